"""Words of the body that are said of the heart: "so tired of waiting rooms", "numb and scared"."""

import re

from chains.extraction.reading import Reading, Span
from chains.lexicon import Mention

_FED_UP = re.compile(r"(?:\sand\s(?:tired|sick|fed up))?\sof\s(?!late\b|breath\b)", re.IGNORECASE)
_OF_FEELING = re.compile(
    r"(?:tired|sick|exhausted|weary|sick and tired|fed up|so tired|so sick)", re.IGNORECASE
)
_MOODS = (
    r"(?:scared|overwhelmed|sad|lost|empty|shocked|in shock|frightened|terrified|angry|lonely|alone"
    r"|hopeless|helpless|disconnected|unreal|confused|tearful|anxious|afraid|devastated)"
)
_AND_MOOD = re.compile(rf"\s?(?:,|and|but|or)\s(?:so\s|very\s|really\s)?{_MOODS}\b", re.IGNORECASE)
_MOOD_AND = re.compile(rf"\b{_MOODS}\s?(?:,|and|but|or)\s(?:so\s|just\s)?$", re.IGNORECASE)


def is_of_heart(reading: Reading, mention: Mention) -> bool:
    """Whether a word for a symptom says how somebody bears it, and not what the body does."""
    place: Span = reading.sentence(mention.start)
    if _OF_FEELING.fullmatch(mention.text) and _FED_UP.match(reading.text, mention.end, place.end):
        return True
    if not mention.text.lower().endswith("numb"):
        return False
    return bool(
        _AND_MOOD.match(reading.text, mention.end, place.end)
        or _MOOD_AND.search(reading.text, place.start, mention.start)
    )
