"""A message as plain tokens that still know where they stood."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from chains.triage.spelling import Speller

SENTENCE_ENDS = frozenset({".", "?"})
CLAUSE_ENDS = frozenset({".", "?", ","})
JOINTS = frozenset({",", "and", "but", "so", "because", "while", "although", "though", "however"})
"""Where one clause of a sentence ends and the next begins."""
MAX_CHARS = 100_000
"""What is read of a message: all of any that is accepted, head and tail of a longer one."""

_TOKEN = re.compile(
    r"\d+(?:[.,·]\d+)?|[a-z]+(?:'[a-z]+)*|\?|\.\.+|[.!;\n\r。]+|[,:()…–—%]|(?<=\s)-(?=\s)|/(?=\d)"
)
_PUNCTUATION: Mapping[str, str] = {"?": "?", "/": "", "%": "percent"}
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")


@dataclass(frozen=True, slots=True)
class Reading:
    """Tokens of a message, spelling repaired, beside the words as written."""

    text: str
    tokens: tuple[str, ...]
    """Words without apostrophes, figures with a decimal point, and the marks `.`, `?`, `,`."""
    spans: tuple[tuple[int, int], ...]
    """Start and end of each token in `text`."""
    line: str
    """The tokens with one space after each."""
    starts: tuple[int, ...]
    """Where each token starts in `line`."""
    opens: tuple[int, ...]
    """For each token, the first token of its sentence."""
    closes: tuple[int, ...]
    """For each token, the mark that ends its sentence, or the number of tokens."""

    def words(self, first: int, last: int) -> str:
        """The message's own words from token `first` up to but without `last`."""
        if first >= last:
            return ""
        return self.text[self.spans[first][0] : self.spans[last - 1][1]]


def read(text: str, speller: Speller) -> Reading:
    """Cut a message into tokens; never fails, whatever the text."""
    if len(text) > MAX_CHARS:
        text = f"{text[: MAX_CHARS // 2]}\n{text[-MAX_CHARS // 2 :]}"
    tokens: list[str] = []
    spans: list[tuple[int, int]] = []
    starts: list[int] = []
    position = 0
    repaired: dict[str, str] = {}
    for found in _TOKEN.finditer(_plain(text)):
        token = _token(found.group(), speller, repaired)
        if token:
            tokens.append(token)
            spans.append(found.span())
            starts.append(position)
            position += len(token) + 1
    opens, closes = _sentences(tokens)
    line = " ".join(tokens) + " "
    return Reading(text, tuple(tokens), tuple(spans), line, tuple(starts), opens, closes)


def _sentences(tokens: Sequence[str]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    opens: list[int] = []
    closes: list[int] = []
    first = 0
    for index, token in enumerate((*tokens, ".")):
        if token in SENTENCE_ENDS:
            length = index - first + 1
            opens += [first] * length
            closes += [index] * length
            first = index + 1
    return tuple(opens[: len(tokens)]), tuple(closes[: len(tokens)])


def plain_words(text: str) -> str:
    """Words of a rule, written the way `Reading.line` writes a message."""
    return " ".join(found.group().replace("'", "") for found in _TOKEN.finditer(_plain(text)))


def _token(raw: str, speller: Speller, repaired: dict[str, str]) -> str:
    if raw[0].isdigit():
        return raw.replace(",", ".").replace("·", ".")
    if raw[0].isalpha():
        if raw not in repaired:
            word = _DRAWN_OUT.sub(r"\1", raw.replace("'", ""))
            word = speller.stem(word) if raw.endswith("'s") else word
            repaired[raw] = speller.repair(word)
        return repaired[raw]
    if raw in _PUNCTUATION:
        return _PUNCTUATION[raw]
    return "," if raw in ",:()…–—-" or raw.startswith("..") else "."


def _plain(text: str) -> str:
    """Lower case without accents, character for character as long as `text`."""
    return "".join(map(_plain_char, text)) if not text.isascii() else text.lower()


def _plain_char(char: str) -> str:
    if char.isascii():
        return char.lower()
    if char in "’‘ʼ`´′":
        return "'"
    folded = normalize("NFKD", char).lower()
    return folded[0] if folded and folded[0].isascii() else char
