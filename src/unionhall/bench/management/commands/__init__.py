"""See docs/slices/bench.md."""
