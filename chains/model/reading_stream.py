"""A stream of words read as headings and sentences, each with the numbers that it cites."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MARK = re.compile(r"\[\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*\]|【(\d{1,3})[^】]*】")
_CITED = r"(?:\s*\[[\d\s,;]{1,30}\])*"
_END = re.compile(rf"[.!?][\"'”’)*_]*{_CITED}[.]?(?=\s+[^\s\[])")
"""The end of a sentence, its marks included, once the next one has begun."""
_NO_END = re.compile(
    r"(?:\b(?:dr|vs|e\.g|i\.e|st|mr|mrs|ms|approx|no|fig|u\.s)|^\s*\d{1,2})\.$", re.I
)
_BULLET = re.compile(r"^\s*(?:[-*•–]\s+|\d{1,2}[.)]\s+)")
_HEADING = re.compile(r"^\s*(?:#{1,6}\s*(.+?)\s*#*|\*\*([^*]{3,80})\*\*:?)\s*$")
_STRONG = re.compile(r"\*\*|__|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)")
_WHOLE = re.compile(rf"[.!?][\"'”’)*_]*{_CITED}[.]?\s*$|\]\s*$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as the model wrote it."""

    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence without its marks."""

    text: str
    cited: tuple[int, ...]
    """Numbers of passages, in order, each once; may be empty."""


class StreamReader:
    """Takes words in, gives sentences out as soon as each has come to its end."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._rest = ""

    def feed(self, words: str) -> Iterator[Heading | Sentence]:
        """Read on; what is whole by now."""
        self._rest += words
        while True:
            line, newline, rest = self._rest.partition("\n")
            if newline:
                self._rest = rest
                yield from _of_line(line)
                continue
            split = _first_end(line)
            if split is None:
                return
            self._rest = line[split:]
            yield from _of_line(line[:split])

    def end(self) -> Iterator[Heading | Sentence]:
        """What is left; a sentence without an end is not said."""
        left, self._rest = self._rest, ""
        if _WHOLE.search(left):
            yield from _of_line(left)


def _first_end(line: str) -> int | None:
    for match in _END.finditer(line):
        upto = line[: match.start() + 1]
        if not _NO_END.search(upto):
            return match.end()
    return None


def _of_line(line: str) -> Iterator[Heading | Sentence]:
    heading = _HEADING.match(line)
    if heading is not None:
        yield Heading((heading[1] or heading[2]).strip(" :*"))
        return
    rest = _BULLET.sub("", line)
    while rest.strip():
        at = _first_end(rest) or len(rest)
        said = _sentence(rest[:at])
        if said is not None:
            yield said
        rest = rest[at:]


def _sentence(text: str) -> Sentence | None:
    cited = [int(n) for m in _MARK.finditer(text) for n in re.findall(r"\d+", m[1] or m[2])]
    bare = _STRONG.sub("", _MARK.sub("", text))
    bare = re.sub(r"\s+([.,;:!?])", r"\1", re.sub(r"\s+", " ", bare)).strip()
    bare = re.sub(r"([.!?])[.]+$", r"\1", bare)
    if not re.search(r"\w", bare):
        return None
    return Sentence(bare, tuple(dict.fromkeys(cited)))
