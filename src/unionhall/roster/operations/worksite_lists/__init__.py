"""A list of worksites: planned against what we know, applied, its doubtful lines settled."""
