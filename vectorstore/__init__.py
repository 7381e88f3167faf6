"""The library of trusted sources, its index, and the retriever."""
