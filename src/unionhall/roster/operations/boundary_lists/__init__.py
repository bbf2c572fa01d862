"""Outlines of districts: planned, applied, taken back, and the worksites assigned anew."""
