"""With a language model: freer words, held to the same sources. Imported where one is set."""
