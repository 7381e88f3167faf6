"""The end of a message, as the signals read it."""

import re
from dataclasses import dataclass
from typing import Literal

from chains.completeness.word_lists import WordLists

Mark = Literal["none", "stop", "ellipsis", "comma", "other"]

_TOKEN = re.compile(r"\d+(?:[.,]\d+)+%?|[^\W_](?:[\w'/+-]*[\w+%])?[+%-]?|&|[^\W_]\.(?:[^\W_]\.)+")
_SENTENCE_END = re.compile(r"[.!?;:]++(?=[\s)\"]|[A-Za-z]{2})|\n+|\.{2,}")
_ELLIPSIS = re.compile(r"(\.\s?\.+|\u2026)\W*$")
END_CHARACTERS = 40
"""As much of a message as marks at its end are looked for in."""
EMOTICON = re.compile(r"[:;=8xX]'?-?[()\[\]]+")
_FEW = 4
"""Words of a message that one sure word of another language decides."""
_TEXTED = {
    "wat": "what", "wut": "what", "wen": "when", "shud": "should", "cud": "could",
    "wud": "would", "ur": "your", "u": "you", "dis": "this", "dat": "that", "tht": "that",
    "frm": "from", "hav": "have", "bcuz": "because", "wer": "where", "wich": "which",
}  # fmt: skip
_CLOSING = " \t\n.!?;:,\u2026"
_STOP = re.compile(r"[.!?][\s\"')\]*]*$")
_ABBREVIATION = re.compile(r"\b(?:dr|mr|mrs|ms|st|vs|approx|e\.g|i\.e)\.$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the last sentence."""

    text: str
    """As written, with straight apostrophes."""
    lower: str
    """In lower case; a texted short form as the word it stands for ("shud" as "should")."""
    start: int
    """In characters of the message."""
    end: int
    after_comma: bool


@dataclass(frozen=True, slots=True)
class Tail:
    """The last sentence of a message and the mark it ends with."""

    text: str
    """The whole message, without white space around it."""
    words: tuple[Word, ...]
    """Of the last sentence; may be empty."""
    earlier: tuple[str, ...]
    """The last words before that sentence, lower case, at most 5; empty when it is the only one."""
    is_new_line: bool
    """The sentence stands on a line of its own, below others."""
    mark: Mark
    length: int
    """Characters of the message as it came."""
    is_other_language: bool

    @property
    def lower(self) -> tuple[str, ...]:
        """The words of the last sentence in lower case."""
        return tuple(word.lower for word in self.words)

    @property
    def last(self) -> Word:
        """The last word; only when there is one."""
        return self.words[-1]

    def fragment(self, size: int = 6) -> str:
        """The last `size` words as written, to the end of the message."""
        return self.text[self.words[-size:][0].start :] if self.words else self.text[-40:]


def read_tail(text: str, lists: WordLists) -> Tail:
    """Read the end of a message; `text` is not empty."""
    written = text.strip()
    plain = written.replace("\u2019", "'")
    start = _last_start(plain)
    words = _words(plain, start)
    return Tail(
        text=written,
        words=words,
        earlier=tuple(re.findall(r"[\w']+", plain[:start].lower())[-5:]),
        is_new_line="\n" in plain[max(start - 2, 0) : start],
        mark=_mark(plain, words),
        length=len(text),
        is_other_language=_is_other_language(words, lists),
    )


def _last_start(text: str) -> int:
    """Where the last sentence begins."""
    body = text.rstrip(_CLOSING)
    found = _SENTENCE_END.finditer(body)
    starts = [m.end() for m in found if not _ABBREVIATION.search(body[: m.end()][-8:])]
    return starts[-1] if starts else 0


def _words(text: str, start: int) -> tuple[Word, ...]:
    words: list[Word] = []
    previous = start
    for match in _TOKEN.finditer(text, start):
        comma = "," in text[previous : match.start()]
        lower = match[0].lower()
        read = _TEXTED.get(lower, lower)
        words.append(Word(match[0], read, match.start(), match.end(), comma))
        previous = match.end()
    return tuple(words)


def _mark(text: str, words: tuple[Word, ...]) -> Mark:
    end = text[-END_CHARACTERS:]
    if _ELLIPSIS.search(end):
        return "ellipsis"
    if _STOP.search(end):
        return "stop"
    if not words or words[-1].end == len(text):
        return "none"
    if EMOTICON.search(text[-4:]):
        return "other"
    return "comma" if text.endswith(",") else "other"


def _is_other_language(words: tuple[Word, ...], lists: WordLists) -> bool:
    foreign = sum(lists.has(word.lower, "other_language") for word in words)
    accented = any(not word.text.isascii() for word in words)
    if len(words) <= _FEW and any(lists.has(word.lower, "other_language_sure") for word in words):
        return True
    return foreign >= 2 and foreign * 4 >= len(words) or (accented and foreign > 0)
