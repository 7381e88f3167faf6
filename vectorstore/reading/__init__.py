"""Published files read into blocks of text: one parser a file, nothing decided about what is kept."""
