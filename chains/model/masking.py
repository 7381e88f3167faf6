"""What identifies a person is masked before anything is sent, and put back in the answer."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.?"
_DATE = (
    r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH},? \d{{2,4}}"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{2,4}})"
)
_BORN = (
    r"(?:born(?: on)?|date of birth|d\.?o\.?b\.?|birth ?da(?:y|te))(?: is| was)?[:\s]{1,3}(?:on )?"
)
_NUMBERED = (
    r"(?:mrn|nhs|ssn|medicare|medicaid|insurance|policy|member|patient|hospital|medical record"
    r"|record|chart|account|case|health card|passport|social security)"
    r"(?: (?:number|no\.?|id|nr\.?))?"
)
_RULES: tuple[tuple[str, re.Pattern[str], int], ...] = (
    ("email", re.compile(r"[\w.+%-]+\s?@\s?[\w-]+(?:\.[\w-]+)+"), 0),
    ("birthdate", re.compile(rf"\b{_BORN}({_DATE})", re.IGNORECASE), 1),
    (
        "record",
        re.compile(
            rf"\b{_NUMBERED}(?: is| was)?[\s:#]{{1,3}}((?=[\w/-]*\d)[A-Z]{{0,4}}[\w/-]{{4,20}})",
            re.IGNORECASE,
        ),
        1,
    ),
    ("record", re.compile(r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])"), 0),
    (
        "phone",
        re.compile(
            r"(?<![\w.,/-])(?:\+?\d{1,3}[ .-]?)?(?:\(\d{2,4}\)[ .-]?)?\d{2,6}(?:[ .-]\d{2,6}){1,4}"
            r"(?![\w%]|[.,]\d)"
        ),
        0,
    ),
    ("phone", re.compile(r"(?<![\w.,/-])\+?\d{9,15}(?!\w|[.,]\d)"), 0),
)
_FEWEST_DIGITS, _MOST_DIGITS = 7, 15
_FEWEST_SPACED = 9
"""Digits of figures that stand apart by blanks alone: three doses are no telephone number."""
_CALENDAR = re.compile(r"\d{4}[.-]\d{1,2}[.-]\d{1,2}|\d{1,2}[.-]\d{1,2}[.-]\d{2,4}")
_YEARS = re.compile(r"(?:19|20)\d\d[ -](?:19|20)\d\d")
_PLACE = re.compile(r"\{(?:email|birthdate|record|phone)-\d+\}")


@dataclass(slots=True)
class Masks:
    """What was masked in one turn; thrown away with it, never stored."""

    _places: dict[str, str] = field(default_factory=dict)

    def masked(self, text: str) -> str:
        """The text with each identifier as a place like {email-1}, the same one each time."""
        for kind, pattern, group in _RULES:
            text = pattern.sub(self._replacing(kind, group), text)
        return text

    def put_back(self, text: str) -> str:
        """The text with the identifiers where their places stand; unknown places are taken out."""
        held = {place: words for words, place in self._places.items()}
        return _PLACE.sub(lambda match: held.get(match.group(), ""), text)

    def _replacing(self, kind: str, group: int) -> "Callable[[re.Match[str]], str]":
        def replace(match: re.Match[str]) -> str:
            words = match.group(group)
            if kind == "phone" and not _is_phone(words):
                return match.group()
            start, end = match.start(group) - match.start(), match.end(group) - match.start()
            whole = match.group()
            return whole[:start] + self._place(kind, words) + whole[end:]

        return replace

    def _place(self, kind: str, words: str) -> str:
        known = self._places.get(words)
        if known is None:
            known = self._places[words] = f"{{{kind}-{len(self._places) + 1}}}"
        return known


def without_places(text: str) -> str:
    """The text as it is held against sources: a masked identifier claims nothing."""
    return re.sub(r"\s+", " ", _PLACE.sub("", text)).strip()


def _is_phone(words: str) -> bool:
    """Figures enough for a telephone number, and not those of a date or of years."""
    digits = sum(letter.isdigit() for letter in words)
    if _CALENDAR.fullmatch(words.strip()) or _YEARS.fullmatch(words.strip()):
        return False
    is_spaced_out = not re.search(r"[-+.()]", words) and not words.startswith("0") and " " in words
    return (_FEWEST_SPACED if is_spaced_out else _FEWEST_DIGITS) <= digits <= _MOST_DIGITS
