"""Whether a message is a note of findings, item by item: "stage 2, 48, letrozole"."""

import re

from chains.extraction.reading import Reading, Span

_FINDING = re.compile(
    r"(?:^|[,;+.\n(]\s*|\b(?:and|with|plus)\s)(?:i'?m\s|am\s|now\s|only\s|her2\s|currently\s)*"
    r"(?:stage\s?(?:[0-4]|i{1,3}v?|iv|one|two|three|four)[abc]?"
    r"|grade\s?[1-3]|(?:triple|trip)[\s-]?(?:neg|pos)\w*|\d{2}\s?(?:yo|y/o|years old|yrs old|f|m)?)"
    r"(?=\s*(?:[,;+.)\n](?!\d)|$|\b(?:and|with|plus|on)\s))",
    re.IGNORECASE,
)
"""A stage, a grade or an age that is an item of its own; the lexicon has no rows of them."""
_ITEM_OPENS = re.compile(r"(?:^|[,;+.&\n(]\s*|\b(?:and|with|plus)\s)(?:the\s|a\s)?$", re.IGNORECASE)
_ITEM_ENDS = re.compile(
    r"\s*(?:gene|mutation|mutant|carrier)?\s*(?:[,;+.&)\n]|$|\b(?:and|with|plus|on)\s)",
    re.IGNORECASE,
)


def notes_a_finding(reading: Reading) -> bool:
    """Whether an item of the message is a stage, a grade or an age and nothing else."""
    return _FINDING.search(reading.text) is not None


def is_item(reading: Reading, span: Span) -> bool:
    """Whether what stands here is an item of its own, with no word for a person or a verb."""
    opens = _ITEM_OPENS.search(reading.text, 0, span.start)
    return opens is not None and _ITEM_ENDS.match(reading.text, span.end) is not None
