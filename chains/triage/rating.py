"""Which red flags a message raises, and how soon the person needs help."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations, islice

from chains.stages import TriageFlag, TriageLevel, TriageResult
from chains.triage.counts import stool_level
from chains.triage.guards import Guards, Place, sentence_of
from chains.triage.reading import SENTENCE_ENDS, Reading, read
from chains.triage.rules import GUARDS, Rules, SignRow, load_rules, severity
from chains.triage.temperature import temperatures

CRISIS = "T14"
FEVER = "T1"
_NOT_SYMPTOMS = frozenset({"T16"})
"""Rows that do not count towards two symptoms that are urgent together."""
_SIGN_LIMIT = 400
"""Signs of one message that are weighed; a longer text says the same again."""
_NEGATORS = frozenset({"no", "not", "without", "isnt", "wasnt", "arent", "never", "dont", "doesnt"})


@dataclass(frozen=True, slots=True)
class Finding:
    """A sign that a message holds and no guard took back."""

    sign: str
    code: str
    level: TriageLevel
    place: Place


def triage(text: str) -> TriageResult:
    """Find the red flags of a message.

    Args:
        text: any string; what stands after 100,000 characters is not read.

    Returns:
        Flags with the row's code and the words that raised them, the one that leads first;
        a crisis leads always. `level` is that of the most severe flag, or urgent when two
        different symptoms are same_day. No flags and level none when there is no red flag.

    Raises:
        RuleError: A table of `chains/rules` is broken. Never for the text's sake.
    """
    rules = load_rules()
    guards = _guards()
    reading = read(text, rules.speller)
    found = list(islice(_findings(reading, rules, guards), _SIGN_LIMIT))
    found += _pairs(found, rules)
    flags = [finding for finding in found if finding.code]
    flags.sort(key=lambda flag: (flag.code != CRISIS, -severity(flag.level), flag.place.first))
    level = _level(flags)
    return TriageResult(level=level, flags=tuple(_flags(flags, reading)))


@cache
def _guards() -> Guards:
    return Guards(load_rules().guards)


def _findings(reading: Reading, rules: Rules, guards: Guards) -> Iterator[Finding]:
    yield from _fever_figures(reading, guards)
    yield from _stool_counts(reading, guards)
    fevers_explained = _low_figures(reading, guards)
    matches = list(_matches(reading, rules))
    listed = frozenset(i for _, place in matches for i in range(place.first, place.last))
    for row, place in matches:
        if not guards.turned_round(reading, place, row.guards, listed=listed):
            level = row.level
            if row.code == FEVER and guards.long_over(reading.tokens):
                level = "same_day"
            if row.sign == "fever" and sentence_of(reading.tokens, place)[0] in fevers_explained:
                level = "same_day"
            yield Finding(row.sign, row.code, level, place)


def _matches(reading: Reading, rules: Rules) -> Iterator[tuple[SignRow, Place]]:
    for index, token in enumerate(reading.tokens):
        for row in rules.by_first_word.get(token, ()):
            place = _match(row, reading, index)
            if place:
                yield row, place


def _match(row: SignRow, reading: Reading, index: int) -> Place | None:
    """The tokens a row's pattern covers from `index`, unless a word takes it back."""
    end = row.pattern.end(reading.line, reading.starts[index])
    if end is None:
        return None
    place = Place(index, index + reading.line.count(" ", reading.starts[index], end))
    covered = reading.tokens[place.first : place.last]
    if row.pattern.has_gap and any(
        word in _NEGATORS and word not in row.pattern.words for word in covered
    ):
        return None
    return None if _taken_back(row, reading, place) else place


def _taken_back(row: SignRow, reading: Reading, place: Place) -> bool:
    if not row.unless:
        return False
    first, last = sentence_of(reading.tokens, place)
    return any(
        reading.tokens[index] in pattern.first_words
        and pattern.end(reading.line, reading.starts[index]) is not None
        for index in range(first, last)
        for pattern in row.unless
    )


def _fever_figures(reading: Reading, guards: Guards) -> Iterator[Finding]:
    for found in temperatures(reading, guards):
        if not found.is_fever or guards.past(reading, found.place):
            continue
        if guards.negated(reading, found.place):
            continue
        names = frozenset({"hypothetical", "question"})
        if guards.turned_round(reading, found.place, names) and (
            found.is_limit or _is_limit_said(reading, found.place, guards)
        ):
            continue
        over = guards.long_over(reading.tokens)
        yield Finding("fever", FEVER, "same_day" if over else "urgent", found.place)


def _is_limit_said(reading: Reading, place: Place, guards: Guards) -> bool:
    first, last = sentence_of(reading.tokens, place)
    near = reading.tokens[max(first, place.first - 4) : min(last, place.last + 3)]
    return guards.says("comparative", near)


def _low_figures(reading: Reading, guards: Guards) -> frozenset[int]:
    """Sentences, by first token, whose only temperatures are below the limit."""
    high: set[int] = set()
    low: set[int] = set()
    for found in temperatures(reading, guards):
        start = sentence_of(reading.tokens, found.place)[0]
        (high if found.is_fever else low).add(start)
    return frozenset(low - high)


def _stool_counts(reading: Reading, guards: Guards) -> Iterator[Finding]:
    start = 0
    for index in range(len(reading.tokens) + 1):
        if index == len(reading.tokens) or reading.tokens[index] in SENTENCE_ENDS:
            level = stool_level(reading, start, index, guards) if index > start else "none"
            place = Place(start, index)
            if level != "none" and not guards.turned_round(reading, place, GUARDS["all"]):
                yield Finding("diarrhea_count", "T13", level, place)
            start = index + 1


def _pairs(found: Iterable[Finding], rules: Rules) -> Iterator[Finding]:
    by_sign = {finding.sign: finding for finding in reversed(list(found))}
    for pair in rules.pairs:
        first, second = (by_sign.get(sign) for sign in pair.signs)
        if first and second:
            yield Finding("+".join(pair.signs), pair.code, pair.level, first.place)


def _level(flags: Iterable[Finding]) -> TriageLevel:
    ranked = sorted(flags, key=lambda flag: -severity(flag.level))
    if not ranked:
        return "none"
    if ranked[0].level == "same_day" and _are_two(ranked):
        return "urgent"
    return ranked[0].level


def _are_two(flags: Iterable[Finding]) -> bool:
    """True for two symptoms; not for one that two rows saw in the same words."""
    single = [flag for flag in flags if flag.code not in _NOT_SYMPTOMS and "+" not in flag.sign]
    return any(
        first.sign != second.sign
        and (first.place.last <= second.place.first or second.place.last <= first.place.first)
        for first, second in combinations(single, 2)
    )


def _flags(findings: Iterable[Finding], reading: Reading) -> Iterator[TriageFlag]:
    """One flag a row, with the words of its first finding."""
    seen: set[str] = set()
    for finding in findings:
        if finding.code not in seen:
            seen.add(finding.code)
            words = reading.words(finding.place.first, finding.place.last)
            yield TriageFlag(code=finding.code, evidence=words)
