"""Published files read into blocks of text, one parser a module; what is kept is not decided."""
