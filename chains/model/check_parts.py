"""A text taken apart into clauses, each read for what it names, counts, limits and denies."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chains.lexicon import Lexicon, Mention
from chains.model.check_contrasts import Contrasts, contrasts
from chains.model.check_polarity import Denials, denials
from chains.model.check_quantities import quantities
from chains.model.check_same import Quantity
from chains.model.check_words import Token, tokens
from vectorstore.lexical import STOP_WORDS

_SENTENCE_END = re.compile(
    r"(?<=[a-z0-9)%\]”\"'])(?<!\bSt)(?<!\bDr)(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bvs)(?<!\bapprox)"
    r"[.!?](?=\s+[A-Z\d“\"(]|\s*$)"
)
_CLAUSE_END = re.compile(
    r"[;:]\s|\s[-–—]\s|—"
    r"|,?\s(?=(?:but|whereas|although|though|because|unless|so that)\b)"
    r"|,\s(?=and (?!\d)(?:\S+ ){4}|(?:so|while|yet|since|as|if)\b|(?:\w+ ){0,3}(?:in|for|of|to"
    r"|with) (?:which|whom)\b)"
    r"|\s(?=and (?:it|they|he|she|that|this|these|there|does|do|is|are|was|were|can|cannot"
    r"|may|must|should|will|has|have|had|works?|helps?|lowers?|raises?|prevents?|causes?"
    r"|makes?)\b)",
    re.IGNORECASE,
)
_FEWEST_WORDS = 4
_OF_MEDICINE = frozenset({"drug", "regimen", "biomarker"})
_BARE_HORMONE = frozenset({"hormone", "hormones", "oestrogen", "estrogen", "progesterone"})


@dataclass(frozen=True, slots=True)
class Part:
    """A clause, or a whole sentence."""

    text: str
    sentence: int
    """Which sentence of all passages it stands in."""
    tokens: tuple[Token, ...]
    quantities: tuple[Quantity, ...]
    contrasts: Contrasts
    names: frozenset[tuple[str, str]]
    """Kind and canonical name: drugs, regimens, biomarkers, classes."""
    denials: Denials

    @property
    def means(self) -> frozenset[str]:
        """All that its words mean."""
        return frozenset(meaning for token in self.tokens for meaning in token.means)


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return _cut(text, [m.end() for m in _SENTENCE_END.finditer(text)])


def clauses(sentence: str) -> list[str]:
    """The clauses of a sentence, each with some words of its own."""
    pieces = _cut(sentence, [m.end() for m in _CLAUSE_END.finditer(sentence)])
    made: list[str] = []
    for piece in pieces:
        if made and (_is_short(piece) or _is_short(made[-1])):
            made[-1] = f"{made[-1]} {piece}"
        else:
            made.append(piece)
    return made


def tails(sentence: str) -> list[str]:
    """What a sentence adds at its end or in its midst: its pieces but the first, however short."""
    return _cut(sentence, [m.end() for m in _CLAUSE_END.finditer(sentence)])[1:]


def _cut(text: str, places: Sequence[int]) -> list[str]:
    edges = [0, *places, len(text)]
    pieces = (text[a:b].strip() for a, b in zip(edges, edges[1:], strict=False))
    return [piece for piece in pieces if piece]


def _is_short(piece: str) -> bool:
    return len(piece.split()) < _FEWEST_WORDS or all(token.is_light for token in tokens(piece))


def read(text: str, lexicon: Lexicon, sentence: int = 0) -> Part:
    """A clause or sentence, read."""
    mentions = [m for m in lexicon.mentions(text) if _is_meant(m)]
    words = tuple(_named(token, mentions) for token in tokens(text))
    return Part(
        text=text,
        sentence=sentence,
        tokens=words,
        quantities=quantities(text),
        contrasts=contrasts(text),
        names=frozenset(_names(mentions)),
        denials=denials(text, words),
    )


def _is_meant(mention: Mention) -> bool:
    """Whether a name is meant.

    One but for a drug as it is spelled; no everyday word (SAMe), nor HER2 as a phone hears it.
    """
    if mention.text in STOP_WORDS or mention.text.lower() == "the two":
        return False
    return mention.kind == "drug" or not mention.corrected


def _named(token: Token, mentions: Sequence[Mention]) -> Token:
    """A word with the names that it is part of, so that a brand is its medicine."""
    names = {
        f"{'@' if mention.kind in _OF_MEDICINE else '#'}{mention.name}"
        for mention in mentions
        if mention.start <= token.start < mention.end and not _is_bare(mention)
    }
    return token._replace(means=token.means | names) if names else token


def _names(mentions: Sequence[Mention]) -> Iterator[tuple[str, str]]:
    for mention in mentions:
        if not _is_bare(mention):
            yield mention.kind, mention.name


def _is_bare(mention: Mention) -> bool:
    """Whether "hormone" stands for no receptor."""
    return mention.kind == "biomarker" and mention.text.lower() in _BARE_HORMONE
