"""A document's blocks cut into the passages that are indexed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vectorstore.reading.blocks import Block

MOST_WORDS = 120
"""Words of a passage; with title and heading it stays under the encoder's 256 word pieces."""
LEAST_WORDS = 4
"""A passage of fewer words says nothing by itself."""
_MOST_CHARACTERS = 1100
"""A passage of long chemical names or figures is cut by its characters."""

_MOST_BROKEN = 0.05
"""Share of words with a letter that could not be decoded from which a passage is no text."""

_NOT_TOLD = re.compile(
    r"(?:references?|bibliography|literature cited|works cited|table of contents|contents"
    r"|about (?:this|the) pdq.*|about pdq|(?:latest )?(?:updates|changes) to this summary.*"
    r"|acknowledge?ments?|copyright.*|disclaimer|contact us|permission to use.*"
    r"|clinical trials accepting patients|research results and related resources"
    r"|related (?:resources|pages|topics|content)|more (?:information|resources)|learn more"
    r"|(?:current )?clinical trials?(?: information)?)[:.]?",
    re.IGNORECASE,
)
"""Headings of sections that say nothing of the subject: lists of literature, notices, links."""
_EMPTY_WORDS = re.compile(
    r"placeholder slot|credit: .*|enlarge(?: image)?|go to (?:health professional|patient) version"
    r"|key points|skip to .*|top of page|on this page:?",
    re.IGNORECASE,
)
_MARKS = re.compile(r"\s?\[\s?\d{1,3}(?:\s?[,;\u2013-]\s?\d{1,3})*\s?\]")
"""Numbers of a list of literature that is not kept."""
_NO_LETTERS = re.compile(r"[\u00ad\u200b]|\*\*")
"""Soft hyphens, and marks of bold letters that a converter left behind."""
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]?\s+(?=[\"“(]?[A-Z0-9])")
_NOT_AN_END = re.compile(
    r"(?:\b(?:e\.g|i\.e|vs|Dr|Mr|Mrs|Ms|Prof|St|No|Fig|Figs|Ref|cf|approx|et al|U\.S|Inc|Jr|ca)"
    r"|\b[A-Z])\.$"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document: some sentences under one heading."""

    number: int
    """Its place in the document, from 1."""
    section: str
    """The heading it stands under, with the one above it; empty before the first."""
    page: int | None
    text: str
    """A paragraph, list item or table row a line."""


def passages_of(blocks: Iterable[Block], title: str) -> Iterator[Passage]:
    """The passages of a document in order; no section twice with the same words.

    Args:
        blocks: Its text.
        title: Its title, which is no section of its own.
    """
    number = 0
    seen: set[str] = set()
    for section, group in _sections(blocks, title):
        for page, text in _packed(group):
            if text in seen or not _is_readable(text):
                continue
            seen.add(text)
            number += 1
            yield Passage(number, section, page, text)


def sentences(text: str) -> list[str]:
    """The sentences of a text, word for word, in order."""
    found: list[str] = []
    begin = 0
    for match in _SENTENCE_END.finditer(text):
        head = text[begin : match.start()]
        if _NOT_AN_END.search(head):
            continue
        # A quotation mark or bracket behind the full stop belongs to the sentence before it.
        end = match.start() + len(match[0].rstrip()) if match[0].strip() else match.start()
        found.append(text[begin:end].strip())
        begin = match.end()
    found.append(text[begin:].strip())
    return [sentence for sentence in found if sentence]


def cleaned(text: str) -> str:
    """A block's text without marks of literature and soft hyphens; may be empty."""
    bare = _MARKS.sub("", _NO_LETTERS.sub("", text))
    bare = " ".join(bare.split())
    return "" if _EMPTY_WORDS.fullmatch(bare) else bare


def _sections(blocks: Iterable[Block], title: str) -> Iterator[tuple[str, list[Block]]]:
    path: list[tuple[int, str]] = []
    group: list[Block] = []
    skipped_from: int | None = None
    for block in blocks:
        if not block.level:
            if skipped_from is None:
                group.append(block)
            continue
        yield _heading(path, title), group
        group = []
        if skipped_from is not None and block.level <= skipped_from:
            skipped_from = None
        if skipped_from is None and _NOT_TOLD.fullmatch(block.text.strip()):
            skipped_from = block.level
        path = [entry for entry in path if entry[0] < block.level]
        path.append((block.level, cleaned(block.text)))
    yield _heading(path, title), group


def _is_readable(text: str) -> bool:
    """False for a few words, and for what a wrong conversion left of a file that is no text."""
    words = text.split()
    broken = sum("\ufffd" in word for word in words)
    return len(words) >= LEAST_WORDS and broken <= _MOST_BROKEN * len(words)


def _heading(path: list[tuple[int, str]], title: str) -> str:
    """The last heading, and the one above it unless that is the title."""
    told = [text for _, text in path if text and not _is_title(text, title)]
    return ": ".join(told[-2:])


def _is_title(text: str, title: str) -> bool:
    bare, whole = text.lower(), title.lower()
    return bare.startswith(whole) or whole.startswith(bare)


def _packed(blocks: Iterable[Block]) -> Iterator[tuple[int | None, str]]:
    """Runs of whole sentences that fit, each of one page; a block on a line."""
    parts: list[str] = []
    page: int | None = None
    words = characters = 0
    for block in blocks:
        joint = "\n"
        for sentence in (piece for s in sentences(cleaned(block.text)) for piece in _fitting(s)):
            size = len(sentence.split())
            is_full = words + size > MOST_WORDS or characters + len(sentence) > _MOST_CHARACTERS
            if parts and (is_full or block.page != page):
                yield page, "".join(parts)
                parts, words, characters = [], 0, 0
            if not parts:
                page = block.page
            parts += [joint, sentence] if parts else [sentence]
            words, characters, joint = words + size, characters + len(sentence), " "
    if parts:
        yield page, "".join(parts)


def _fitting(sentence: str) -> Iterator[str]:
    """A sentence, or runs of its words where it is too long for a passage."""
    if len(sentence) <= _MOST_CHARACTERS and len(sentence.split()) <= MOST_WORDS:
        yield sentence
        return
    run: list[str] = []
    size = 0
    for word in sentence.split():
        if run and (size + len(word) > _MOST_CHARACTERS or len(run) == MOST_WORDS):
            yield " ".join(run)
            run, size = [], 0
        run.append(word[:_MOST_CHARACTERS])
        size += len(word) + 1
    if run:
        yield " ".join(run)
