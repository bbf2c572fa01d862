"""Any list by its kind: looked at, applied, taken back."""
