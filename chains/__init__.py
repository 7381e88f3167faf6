"""The turn: one module a step, and the way through them."""
