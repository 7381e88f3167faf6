"""The signs that a message holds: rows of words, temperatures, numbers of stools."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from chains.stages import TriageLevel
from chains.triage.counts import stool_counts
from chains.triage.grids import GridRow
from chains.triage.guards import Guards, Place, sentence_of
from chains.triage.patterns import NEGATORS
from chains.triage.reading import Reading
from chains.triage.rules import GUARDS, Rules, SignRow
from chains.triage.temperature import Temperature, temperatures

_Row = SignRow | GridRow
FEVER = "T1"
_FEVER_SIGN = "fever"
_FIGURE_GUARDS = frozenset({
    "negated",
    "past",
    "asked",
    "hearsay",
    "learning",
    "contact",
    "animal",
    "distant",
    "story",
})
_SPOKEN_OF = frozenset({"hypothetical", "question"})
_ENOUGH = 4
"""Places of one sign and level that are looked for; more would say the same again."""
_COUNT_WORDS = 5
"""Words on either side of a count that its evidence shows."""
_NEGATORS_TOLD = NEGATORS | {"havent", "hasnt", "hadnt", "didnt", "nor", "ni", "zero"}
"""Between the words of a grid, what is told as not done too."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A sign that a message holds and no guard took back."""

    sign: str
    code: str
    """Empty when the sign counts in a pair only."""
    level: TriageLevel
    place: Place


def find_signs(reading: Reading, rules: Rules, guards: Guards) -> Iterator[Finding]:
    """All signs of a message, figures first; the same sign may come more than once."""
    figures = list(temperatures(reading, guards))
    fever_level = _fever_level(reading, guards)
    if fever_level != "none":
        yield from _fever_figures(reading, figures, guards, level=fever_level)
    yield from _stool_counts(reading, guards)
    below = _sentences_below_limit(reading, figures)
    for row, place in _rows_there(reading, rules, guards):
        level = fever_level if row.code == FEVER else row.level
        if level == "none" and row.code == FEVER:
            continue
        if row.sign == _FEVER_SIGN:
            if _is_quoted_limit(reading, place, guards):
                continue
            if sentence_of(reading, place)[0] in below:
                level = "same_day"
        yield Finding(row.sign, row.code, level, place)


def _fever_level(reading: Reading, guards: Guards) -> TriageLevel:
    """Years after treatment a fever is one like anybody's, unless a medicine is still taken."""
    if not guards.long_over(reading.tokens):
        return "urgent"
    return "same_day" if guards.says("treatment_now", reading.tokens) else "none"


def _rows_there(reading: Reading, rules: Rules, guards: Guards) -> Iterator[tuple[_Row, Place]]:
    """Rows whose words stand in the message and are not turned round."""
    matches: list[tuple[_Row, Place]] = [*_matches(reading, rules), *_grid_matches(reading, rules)]
    listed = frozenset(i for _, place in matches for i in range(place.first, place.last))
    turned: dict[tuple[Place, frozenset[str]], bool] = {}
    found: Counter[tuple[str, TriageLevel]] = Counter()
    for row, place in matches:
        if found[row.sign, row.level] >= _ENOUGH:
            continue
        key = (place, row.guards)
        if key not in turned:
            turned[key] = guards.turned_round(reading, place, row.guards, listed=listed)
        if not turned[key]:
            found[row.sign, row.level] += 1
            yield row, place


def _matches(reading: Reading, rules: Rules) -> Iterator[tuple[SignRow, Place]]:
    """Rows of which no needed word stands in the message are not tried: most of them."""
    tokens = frozenset(reading.tokens)
    near = {
        token: [
            row
            for row in rules.by_first_word[token]
            if not (row.pattern.needed and row.pattern.needed.isdisjoint(tokens))
        ]
        for token in tokens & rules.by_first_word.keys()
    }
    for index, token in enumerate(reading.tokens):
        for row in near.get(token, ()):
            place = _match(row, reading, index)
            if place:
                yield row, place


def _grid_matches(reading: Reading, rules: Rules) -> Iterator[tuple[GridRow, Place]]:
    for row, place, own in rules.grids.matches(reading):
        others = (i for i in range(place.first, place.last) if i not in own)
        is_denied = any(reading.tokens[i] in _NEGATORS_TOLD for i in others)
        if not ("negated" in row.guards and is_denied) and not _taken_back(row, reading, place):
            yield row, place


def _match(row: SignRow, reading: Reading, index: int) -> Place | None:
    """The tokens a row's pattern covers from `index`, unless a word takes it back."""
    end = row.pattern.end(reading.line, reading.starts[index])
    if end is None:
        return None
    place = Place(index, index + reading.line.count(" ", reading.starts[index], end))
    if row.pattern.has_gap and _has_own_negator(row, reading.tokens[place.first : place.last]):
        return None
    return None if _taken_back(row, reading, place) else place


def _has_own_negator(row: SignRow, covered: Sequence[str]) -> bool:
    """`my chest is not in pain`: a negator in a gap of the pattern."""
    told = f" {' '.join(covered)} "
    for form in row.pattern.negating:
        told = told.replace(f" {form} ", " ")
    return not NEGATORS.isdisjoint(told.split())


def _taken_back(row: _Row, reading: Reading, place: Place) -> bool:
    """True when one of the row's `unless` patterns stands in the same sentence."""
    if not row.unless:
        return False
    first, last = sentence_of(reading, place)
    return any(
        pattern.end(reading.line, reading.starts[index]) is not None
        for index in range(first, last)
        if reading.tokens[index] in row.unless_words
        for pattern in row.unless
        if reading.tokens[index] in pattern.first_words
    )


def _fever_figures(
    reading: Reading, figures: Iterable[Temperature], guards: Guards, *, level: TriageLevel
) -> Iterator[Finding]:
    for figure in figures:
        place = figure.place
        if not figure.is_fever or _is_quoted_limit(reading, place, guards):
            continue
        if guards.turned_round(reading, place, _FIGURE_GUARDS):
            continue
        is_taken = guards.says("take_for", reading.tokens[max(0, place.first - 2) : place.first])
        is_taken |= guards.says("reading_asked", reading.tokens[place.last : place.last + 2])
        is_limit = (figure.is_limit and not is_taken) or _is_compared(reading, place, guards)
        if not (is_limit and guards.turned_round(reading, place, _SPOKEN_OF)):
            yield Finding(_FEVER_SIGN, FEVER, level, place)


def _is_compared(reading: Reading, place: Place, guards: Guards) -> bool:
    """`over 38.6`: a limit."""
    first, last = sentence_of(reading, place)
    near = reading.tokens[max(first, place.first - 4) : min(last, place.last + 3)]
    return guards.says("comparative", near)


def _is_quoted_limit(reading: Reading, place: Place, guards: Guards) -> bool:
    """`100.4 F or higher`, and nobody is said to have it."""
    first, last = sentence_of(reading, place)
    sentence = reading.tokens[first:last]
    return guards.says("or_higher", sentence) and not guards.says("owned", sentence)


def _sentences_below_limit(reading: Reading, figures: Iterable[Temperature]) -> frozenset[int]:
    """Sentences, by first token, whose only temperatures are below the limit."""
    high: set[int] = set()
    low: set[int] = set()
    for figure in figures:
        start = sentence_of(reading, figure.place)[0]
        (high if figure.is_fever else low).add(start)
    return frozenset(low - high)


def _stool_counts(reading: Reading, guards: Guards) -> Iterator[Finding]:
    for count in stool_counts(reading, guards):
        if not guards.turned_round(reading, count.place, GUARDS["all"]):
            yield Finding("diarrhea_count", "T13", count.level, _told_around(reading, count.place))


def _told_around(reading: Reading, count: Place) -> Place:
    """The words around a count, in its own clause: another sign beside it is another symptom."""
    first, last = sentence_of(reading, count)
    start, end = count.first, count.last
    while start > max(first, count.first - _COUNT_WORDS) and reading.tokens[start - 1] != ",":
        start -= 1
    while end < min(last, count.last + _COUNT_WORDS) and reading.tokens[end] != ",":
        end += 1
    return Place(start, end)
