"""One module a step; each has `evaluate(data, sample)`."""
