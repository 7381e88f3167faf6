"""A second look at a message in which no rule saw a red flag: words weighed as cases taught.

The rules know forms; people find others. `red_flag_weights.csv` holds what each word and pair of
words of the cases in `evals/triage` speaks for: a red flag at all, its level, its row. It was made
by `python -m evals.triage.learn`. What is found here only ever adds a flag, and never lowers one.
"""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, sqrt
from pathlib import Path

from chains.errors import RuleError
from chains.stages import TriageLevel
from chains.triage.guards import Place
from chains.triage.reading import CLAUSE_ENDS, SENTENCE_ENDS, Reading
from chains.triage.signs import Finding

WEIGHTS = Path(__file__).parents[1] / "rules" / "red_flag_weights.csv"
SCALE = 50
"""Weights are kept as whole numbers, so many to one."""
SPREAD = 3.0
"""Weight of one word of a text that has no other; many words share it."""
SIGN = "second_look+"
"""The `+` keeps it from counting as one of two symptoms: its row is a guess."""
CRISIS = "T14"
UNNAMED = "T0"
"""The code where no row is likely enough: the card of the level alone is shown."""
_SURE = 3.0
"""Log odds of a red flag from which it is one."""
_SURE_ALONE = 4.2
"""The same for one sentence among others, so that a danger told in passing is not lost."""
_SURE_WHERE_SPOKEN_OF = 5.0
"""The same where a rule knows a sign of the message and let it pass."""
_DOUBT = 0.4
"""Chance of the higher level from which it is taken: doubt goes up."""
_NAMED, _NAMED_CRISIS = 0.5, 0.75
"""Chance of a row from which it is named; a crisis card is for nobody else."""
_FEWEST, _FEWEST_ALONE = 5, 6
"""Tokens of a message, and of one sentence among others, that is weighed at all."""
_FEWEST_KNOWN = 5
"""Words and pairs a text must hold that the cases knew: `and pomelo?` speaks for nothing."""
_PIECE, _MOST = 60, 400
"""Most tokens of a piece weighed at once, and of a message that is weighed."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What words speak for; all in log odds."""

    columns: tuple[str, ...]
    """`flag`, `urgent`, `emergency`, then the rows `T1` to `T16`."""
    bias: tuple[float, ...]
    by_words: Mapping[str, tuple[float, ...]]


def second_look(reading: Reading, *, is_spoken_of: Callable[[], bool]) -> Finding | None:
    """The red flag that the words of a message speak for, if they are clear enough.

    Args:
        reading: of a message in which the rules found no red flag.
        is_spoken_of: asked when the words speak for one; True when a rule saw a sign that a guard
            took back.

    Raises:
        RuleError: `red_flag_weights.csv` is broken.
    """
    if len(reading.tokens) > _MOST:
        return None
    weights = load_weights()
    weighed = [
        (*each, _scores(reading.tokens[each[1].first : each[1].last], weights))
        for each in _pieces(reading)
    ]
    clear = [each for each in weighed if each[2][0] >= each[0]]
    if not clear:
        return None
    _, piece, scores = max(clear, key=lambda each: each[2][0])
    if scores[0] < _SURE_WHERE_SPOKEN_OF and is_spoken_of():
        return None
    place = _strongest(reading, piece, weights)
    return Finding(SIGN, _row(scores, weights), _level(scores), place)


def grams(tokens: Sequence[str]) -> frozenset[str]:
    """The words of a text and the pairs that stand side by side, without its marks."""
    words = [token for token in tokens if token not in CLAUSE_ENDS]
    pairs = (f"{first} {second}" for first, second in zip(words, words[1:], strict=False))
    return frozenset((*words, *pairs))


@cache
def load_weights(path: Path = WEIGHTS) -> Weights:
    """Read the weights, once a process.

    Raises:
        RuleError: The table is not what `evals.triage.learn` writes.
    """
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    try:
        table = {words: tuple(int(value) / SCALE for value in values) for words, *values in rows}
        bias = table.pop("")
    except (ValueError, KeyError) as error:
        raise RuleError(f"{path.name} is broken: {type(error).__name__}.") from error
    return Weights(tuple(header[1:]), bias, table)


def _pieces(reading: Reading) -> Iterator[tuple[float, Place]]:
    """What is weighed, with the log odds it needs: sentences together, then each by itself."""
    for piece in _together(reading):
        yield _SURE, piece
    for sentence in _sentences(reading, Place(0, len(reading.tokens))):
        if sentence.last - sentence.first >= _FEWEST_ALONE:
            yield _SURE_ALONE, sentence


def _together(reading: Reading) -> Iterator[Place]:
    """Whole sentences, up to `_PIECE` tokens; a longer sentence is one piece."""
    first = 0
    for index in range(len(reading.tokens)):
        is_last = index + 1 == len(reading.tokens)
        end = index if is_last else reading.closes[index + 1]
        if is_last or (reading.tokens[index] in SENTENCE_ENDS and end - first > _PIECE):
            if index + 1 - first >= _FEWEST:
                yield Place(first, index + 1)
            first = index + 1


def _sentences(reading: Reading, piece: Place) -> list[Place]:
    starts = sorted({reading.opens[index] for index in range(piece.first, piece.last)})
    places = [Place(first, min(reading.closes[first], piece.last)) for first in starts]
    return [place for place in places if place.last > place.first]


def _scores(tokens: Sequence[str], weights: Weights) -> list[float]:
    known = [weights.by_words[gram] for gram in grams(tokens) if gram in weights.by_words]
    share = SPREAD / sqrt(len(known) + 1)
    if len(known) < _FEWEST_KNOWN:
        return [-SPREAD] * len(weights.bias)
    columns = zip(weights.bias, *known, strict=True)
    return [bias + share * sum(values) for bias, *values in columns]


def _level(scores: Sequence[float]) -> TriageLevel:
    if _chance(scores[2]) >= _DOUBT:
        return "emergency"
    return "urgent" if _chance(scores[1]) >= _DOUBT else "same_day"


def _row(scores: Sequence[float], weights: Weights) -> str:
    """The likeliest row of the table, where it is likely enough."""
    odds = [exp(min(score, 30.0)) for score in scores[3:]]
    best = max(range(len(odds)), key=odds.__getitem__)
    code = weights.columns[3 + best]
    least = _NAMED_CRISIS if code == CRISIS else _NAMED
    return code if odds[best] / sum(odds) >= least else UNNAMED


def _chance(log_odds: float) -> float:
    return 1 / (1 + exp(-max(min(log_odds, 30.0), -30.0)))


def _strongest(reading: Reading, piece: Place, weights: Weights) -> Place:
    """The sentence of the piece that speaks most for the red flag."""
    sentences = _sentences(reading, piece) or [piece]
    return max(sentences, key=lambda p: _scores(reading.tokens[p.first : p.last], weights)[0])
