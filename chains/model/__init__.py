"""A language model's words, held against what the library says before anyone sees them."""
