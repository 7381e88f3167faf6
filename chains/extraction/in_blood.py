"""Supplements that are named as a test of the blood: "why do they check my vitamin D"."""

import re

from chains.extraction.reading import Reading, Span
from chains.lexicon import Mention

_MEASURED = re.compile(
    r"\b(?:check|test|measur|monitor|watch|look at|draw|take)\w*\s(?:(?:for|up|on|at|blood)\s)*"
    r"(?:my|her|his|the)\s$",
    re.IGNORECASE,
)
_IS_AMOUNT = re.compile(
    r"\s(?:levels?|test\w*|result|blood)\b|\s(?:is|was|are|came back|has been|keeps?|went|goes)\s"
    r"(?:\w+\s){0,2}?(?:high|low|normal|raised|up|down|fine|ok)\b",
    re.IGNORECASE,
)
"""Behind calcium or a vitamin: so much of it is in the blood; nobody says that it is taken."""


def is_in_blood(reading: Reading, place: Span, mention: Mention) -> bool:
    """Whether a supplement's name is that of a blood test: "why do they check my vitamin D"."""
    drug = reading.lexicon.drug(mention.name)
    if drug is None or drug.role != "supplement":
        return False
    return bool(
        _MEASURED.search(reading.text, place.start, mention.start)
        or _IS_AMOUNT.match(reading.text, mention.end, place.end)
    )
