"""The benchmarks: figures as ratios to a reference measured in the same run. See docs/slices/bench.md."""
