"""Whether a sentence says something that no passage says: far from each, or added at its end."""

import re
from collections.abc import Iterator

from chains.model.check_alignment import Told, weight
from chains.model.check_contrasts import spans
from chains.model.check_parts import Part, clauses, read
from chains.model.check_words import Token

_ADDRESS = re.compile(r"https?://\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b|\S+@\S+")
_PIECE = re.compile(
    r"(?:,\s|\s)(?=(?:and|which|who|because|so|since|as|to|by|but|then)\s)", re.IGNORECASE
)
_FEWEST_PIECES = 2
LEAST_COSINE = 0.3
NEAR_ENOUGH = 0.68
"""Nearness from which other words are taken for other words of the same."""
UNCOVERED_WORDS = 2.0
UNCOVERED_SHARE = 0.34
_NEVER_ADDED = 0.56
_PULLS_AWAY = -0.015
_FAR = 0.4
_HELD_FAST = 0.03
_MOSTLY_NEW = 0.5
_PIECE_PULL = -0.03
_NEW_NAME = 1


def is_unsupported(whole: Part, parts: tuple[Part, ...], told: Told) -> bool:
    """Whether a sentence, or a clause of it, is far from all that the passages say.

    Other words are no fault: a clause may say it in words no passage has where the encoder finds
    it near to a sentence, or to neighbouring ones. What is added shows in two ways: it is far by
    itself, and the sentence is nearer to the passages without it.
    """
    texts = " ".join(part.text for part in told.sentences).lower()
    if any(address not in texts for address in _ADDRESS.findall(whole.text.lower())):
        return True
    near = told.nearest(whole.text)
    if any(_is_far(clause, told) for clause in parts) and near < NEAR_ENOUGH:
        return True
    return _is_clause_added(whole, near, told) or _is_piece_added(whole, near, told)


def _is_far(clause: Part, told: Told) -> bool:
    """Whether a clause has many words that no passage has and is near to none."""
    missing = uncovered(clause, told)
    heavy = sum(weight(word) for word in missing)
    if any(m[0] in "@#" for word in missing for m in word.means):
        heavy += _NEW_NAME
    if heavy < UNCOVERED_WORDS or heavy / _all(clause) <= UNCOVERED_SHARE:
        return False
    return told.nearest(clause.text) < NEAR_ENOUGH


def _is_clause_added(whole: Part, near: float, told: Told) -> bool:
    """Whether a sentence is nearer to the passages without one of its clauses."""
    pieces = clauses(whole.text)
    if len(pieces) < _FEWEST_PIECES:
        return False
    for at, piece in enumerate(pieces):
        part = read(piece, told.lexicon)
        share = new_share(part, told)
        own = told.nearest(piece)
        if not share or own >= _NEVER_ADDED or (at == 0 and share < _MOSTLY_NEW):
            continue
        if told.is_of_several and own >= _FAR:
            continue  # another passage may say it
        pull = near - told.nearest(" ".join(pieces[:at] + pieces[at + 1 :]))
        if pull < _PULLS_AWAY or (share >= _MOSTLY_NEW and own < _FAR and pull < _HELD_FAST):
            return True
    return False


def _is_piece_added(whole: Part, near: float, told: Told) -> bool:
    """Whether the end of a sentence has new words and pulls it away from the passages."""
    for start in _ends(whole.text):
        part = read(whole.text[start:], told.lexicon)
        new = uncovered(part, told)
        if not new or start < len(whole.text) / 3:
            continue
        if near - told.nearest(whole.text[:start].rstrip(" ,")) < _PIECE_PULL:
            return True
    return False


def _ends(text: str) -> Iterator[int]:
    for match in _PIECE.finditer(text):
        yield match.end()


def _all(part: Part) -> float:
    return sum(weight(word) for word in part.tokens if not word.is_light) or 1.0


def new_share(part: Part, told: Told) -> float:
    """Share, 0 .. 1, of what a clause says in words that no passage has."""
    return sum(map(weight, uncovered(part, told))) / _all(part)


def uncovered(clause: Part, told: Told) -> list[Token]:
    """Words of a clause that no passage has, in other words either."""
    return [w for w in clause.tokens if not w.is_light and not _is_covered(w, clause, told)]


def _is_covered(word: Token, clause: Part, told: Told) -> bool:
    """Whether a passage holds a word, in other words too, or a figure holds it."""
    if word.means & told.means:
        return True
    if any(q.start <= word.start < q.end for q in clause.quantities):
        return True
    return any(start <= word.start < end for start, end in spans(clause.text))
