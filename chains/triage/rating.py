"""Which red flags a message raises, and how soon the person needs help."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations

from chains.stages import TriageFlag, TriageLevel, TriageResult
from chains.triage.guards import Guards, Place
from chains.triage.reading import Reading, read
from chains.triage.rules import Rules, load_rules, severity
from chains.triage.signs import Finding, find_signs

CRISIS = "T14"
Found = tuple[Reading, list[Finding]]
"""A message read, and its signs and pairs of signs."""
NOT_SYMPTOMS = frozenset({"T16"})
"""Rows that do not count towards two symptoms that are urgent together."""
_TIMES = 8
"""Times one sign is weighed; a longer text says the same again."""


def triage(text: str) -> TriageResult:
    """Find the red flags of a message.

    Args:
        text: any string; of more than 100,000 characters head and tail are read.

    Returns:
        Flags with the row's code and the words that raised them, the one that leads first;
        a crisis leads always. `level` is that of the most severe flag, or urgent when two
        different symptoms are same_day. No flags and level none when there is no red flag.

    Raises:
        RuleError: A table of `chains/rules` is broken. Never for the text's sake.
    """
    return rated(*find(text))


def find(text: str) -> Found:
    """A message read, and its signs and pairs of signs, those that are no flag by themselves too.

    Raises:
        RuleError: A table of `chains/rules` is broken.
    """
    rules = load_rules()
    reading = read(text, rules.speller)
    found = list(_first_of_each(find_signs(reading, rules, guards())))
    found += _pairs(found, rules)
    return reading, found


def rated(reading: Reading, found: Iterable[Finding]) -> TriageResult:
    """The flags among the findings, and the level of all together."""
    flags = [finding for finding in found if finding.code]
    flags.sort(key=lambda flag: (flag.code != CRISIS, -severity(flag.level), flag.place.first))
    return TriageResult(level=_level(flags), flags=tuple(_flags(flags, reading)))


@cache
def guards() -> Guards:
    """The guards of the tables, built once a process."""
    return Guards(load_rules().guards)


def _first_of_each(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Every sign, but each only so many times: none can crowd out another."""
    seen: Counter[str] = Counter()
    for finding in findings:
        seen[finding.sign] += 1
        if seen[finding.sign] <= _TIMES:
            yield finding


def _pairs(found: Sequence[Finding], rules: Rules) -> Iterator[Finding]:
    by_sign = {finding.sign: finding for finding in reversed(found)}
    for pair in rules.pairs if len(by_sign) > 1 else ():
        first, second = (by_sign.get(sign) for sign in pair.signs)
        if first and second:
            yield Finding("+".join(pair.signs), pair.code, pair.level, first.place)


def _level(flags: Sequence[Finding]) -> TriageLevel:
    if not flags:
        return "none"
    worst = max((flag.level for flag in flags), key=severity)
    return "urgent" if worst == "same_day" and _are_two(flags) else worst


def _are_two(flags: Iterable[Finding]) -> bool:
    """True for two symptoms; not for one that two rows saw in the same words."""
    single = [flag for flag in flags if flag.code not in NOT_SYMPTOMS and "+" not in flag.sign]
    return any(
        first.sign != second.sign
        and (first.place.last <= second.place.first or second.place.last <= first.place.first)
        for first, second in combinations(single, 2)
    )


def _flags(findings: Sequence[Finding], reading: Reading) -> Iterator[TriageFlag]:
    """One flag a row, with the words that say most of its most severe findings."""
    by_code: dict[str, list[Finding]] = {}
    for finding in findings:
        by_code.setdefault(finding.code, []).append(finding)
    for code, same in by_code.items():
        places = [finding.place for finding in same if finding.level == same[0].level]
        place = next((each for each in places if _has_figure(each, reading)), places[0])
        for other in places:
            if other.first < place.last and place.first < other.last:
                place = Place(min(place.first, other.first), max(place.last, other.last))
        yield TriageFlag(code=code, evidence=reading.words(place.first, place.last))


def _has_figure(place: Place, reading: Reading) -> bool:
    return any(token[0].isdigit() for token in reading.tokens[place.first : place.last])
