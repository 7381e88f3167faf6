"""Published pages, papers and labels, read by the operator's command and put on the shelf.

Nothing here runs at start or in a turn: `python -m vectorstore fetch` alone leads here.
"""
