"""Which facts of one card cannot both hold, and which newer one is only progress.

"Was stage 2, now stage 4", a birthday and menopause are progress: the newer takes the place of the
older. An earlier stage than the known one, another grade, a lower age and a way back from menopause
cannot be; both stay until the person says which is right.
"""

import re
from collections.abc import Iterable, Sequence

from memory.records import Fact, FactKind

_STAGE = re.compile(r"(?P<main>0|IV|I{1,3})(?P<part>[ABC]?)", re.IGNORECASE)
_STAGES = ("0", "I", "II", "III", "IV")
_MENOPAUSE = ("premenopausal", "perimenopausal", "postmenopausal")
_BIRTHDAY = re.compile(r"\bturn(?:s|ed|ing)?\b|\bbirthday\b", re.IGNORECASE)
_ASKED_ABOUT: frozenset[FactKind] = frozenset({"stage", "grade", "age", "menopausal_status"})


def is_progress(known: Fact, fact: Fact) -> bool:
    """Whether a newer fact of an exclusive kind can follow the known one without contradiction."""
    if fact.kind not in _ASKED_ABOUT or known.state == "inferred":
        return True
    if fact.kind == "stage":
        return _is_later_stage(known.name, fact.name)
    if fact.kind == "age":
        return _is_older(known.name, fact)
    if fact.kind == "menopausal_status":
        return _rank(_MENOPAUSE, known.name) <= _rank(_MENOPAUSE, fact.name)
    return False


def rivals(facts: Iterable[Fact], fact: Fact) -> tuple[Fact, ...]:
    """The facts of a card that cannot hold beside this one, oldest first; empty when all can."""
    if fact.negated:
        return ()
    return tuple(
        other
        for other in facts
        if other.fact_id != fact.fact_id and not other.negated and _disagree(fact, other)
    )


def unsettled(facts: Sequence[Fact]) -> tuple[tuple[Fact, ...], ...]:
    """The contradictions of a card: each a group of facts of which one can hold, oldest first."""
    groups: list[tuple[Fact, ...]] = []
    for fact in facts:
        against = rivals(facts, fact)
        if against and not any(fact in group for group in groups):
            groups.append((fact, *against))
    return tuple(groups)


def _disagree(one: Fact, other: Fact) -> bool:
    if one.kind != other.kind:
        return False
    if one.kind == "biomarker":
        return one.name.casefold() == other.name.casefold()
    return one.kind in _ASKED_ABOUT


def _is_later_stage(known: str, newer: str) -> bool:
    first, second = _STAGE.fullmatch(known.strip()), _STAGE.fullmatch(newer.strip())
    if first is None or second is None:
        return True
    mains = [_rank(_STAGES, match["main"].upper()) for match in (first, second)]
    if mains[0] != mains[1]:
        return mains[0] < mains[1]
    return not first["part"] or first["part"].upper() <= second["part"].upper()


def says_less(known: Fact, fact: Fact) -> bool:
    """Whether the newer is only the known stage in fewer letters: "II" behind "IIB"."""
    if fact.kind != "stage":
        return False
    return known.name.upper().rstrip("ABC") == fact.name.upper() and known.name != fact.name


def _is_older(known: str, fact: Fact) -> bool:
    if not (known.isdigit() and fact.name.isdigit()):
        return True
    years = int(fact.name) - int(known)
    return years == 1 or (years > 0 and _BIRTHDAY.search(fact.evidence) is not None)


def _rank(order: Sequence[str], name: str) -> int:
    return order.index(name) if name in order else len(order)
