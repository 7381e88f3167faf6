"""How patients ask the library's own questions: what the comparing of questions is fitted on."""
