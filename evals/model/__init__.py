"""How answers of a language model fare, beside the library's own."""
