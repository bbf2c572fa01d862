"""Employers, units, areas, worksites and chapters, put and corrected one at a time."""
