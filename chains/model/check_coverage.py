"""Whether what a clause speaks of is spoken of in the passages, in the same or in other words."""

from chains.model.check_alignment import Told, weight
from chains.model.check_contrasts import spans
from chains.model.check_parts import Part
from chains.model.check_words import Token

_FEW_WORDS = 4
_UNCOVERED_WORDS = 2.0
_UNCOVERED_SHARE = 0.34
NEAR = 0.5
"""Cosine of two words in their places from which one may stand for the other.

Chosen on evals/grounding/pairs_1.jsonl and pairs_2.jsonl: from 0.45 to 0.55 it gives back more
true sentences than false ones by two to one; lists of words alone held back as many of each."""


def is_off_topic(said: Part, told: Told) -> bool:
    """Whether a sentence of few words begins with what no passage names.

    So short a sentence is about what it begins with, and says too little for nearness to judge.
    """
    words = [word for word in said.tokens if not word.is_light]
    return bool(words) and len(words) <= _FEW_WORDS and not is_covered(words[0], said, told)


def is_foreign(clause: Part, told: Told, *, is_strict: bool) -> bool:
    """Whether too much of a clause is told by no passage.

    Args:
        clause: A part of a sentence.
        told: The passages.
        is_strict: True where no near word stands for one that is told: what a figure is of hangs
            on single words.
    """
    words = [word for word in clause.tokens if not word.is_light]
    missing = [word for word in words if not is_covered(word, clause, told)]
    if is_strict or not _is_too_much(missing, words):
        return _is_too_much(missing, words)
    near = _near(clause, told)
    return _is_too_much([word for word in missing if word not in near], words)


def is_new(part: Part, told: Told, *, is_strict: bool) -> bool:
    """Whether no word of a part is told by any passage; `is_strict` as in `is_foreign`."""
    words = [word for word in part.tokens if not word.is_light]
    if not words or any(is_covered(word, part, told) for word in words):
        return False
    near = frozenset[Token]() if is_strict else _near(part, told)
    return not any(word in near for word in words)


def is_covered(word: Token, clause: Part, told: Told) -> bool:
    """Whether a passage holds a word, as a word of the field's lists too, or a figure holds it."""
    if word.means & told.means:
        return True
    if any(q.start <= word.start < q.end for q in clause.quantities):
        return True
    return any(start <= word.start < end for start, end in spans(clause.text))


def _is_too_much(missing: list[Token], words: list[Token]) -> bool:
    heavy = sum(weight(word) for word in missing)
    if any(meaning[0] in "@#" for word in missing for meaning in word.means):
        heavy += 1
    return heavy >= _UNCOVERED_WORDS and heavy / sum(map(weight, words)) > _UNCOVERED_SHARE


def _near(part: Part, told: Told) -> frozenset[Token]:
    """Words of a part that stand near to a word of the passages."""
    cosines = told.nearest_words(part)
    return frozenset(w for w, cosine in zip(part.tokens, cosines, strict=True) if cosine >= NEAR)
