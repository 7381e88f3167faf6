"""Misspelt medicines: how they are made, and simpler systems that repair them."""
