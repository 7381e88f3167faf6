"""Facts that a message states about people, each with the words that say so."""

from chains.extraction.extract import extract

__all__ = ["extract"]
