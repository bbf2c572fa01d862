"""One person at a time: added, corrected, merged and parted, shrunk by the clock."""
