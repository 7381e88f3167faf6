"""How good each step is: cases, scorers, baselines, benchmarks."""
