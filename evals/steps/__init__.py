"""One module a step; each has `evaluate(data, sample)`, which gives the step's figures."""
