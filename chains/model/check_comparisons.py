"""Comparisons: of two medicines or groups, the one that passages put first is not put last."""

import re
from typing import NamedTuple

from chains.lexicon import Lexicon
from chains.model.check_alignment import Told
from chains.model.check_contrasts import contrasts
from chains.model.check_parts import Part, read

_HOW = re.compile(
    r"\b(?:more|less|fewer|better|worse|(?:high|low|long|short|larg|small|great|old|young|fast"
    r"|slow|strong|weak|earli|lat|likeli|common|rar|mild|hard|easi|safe?|soon|dens)er)\b",
    re.IGNORECASE,
)
_THAN = re.compile(r"\bthan (?!\d|half|one in\b|an?\b|usual\b|before\b)", re.IGNORECASE)
_TURNED = {
    "less": "more",
    "fewer": "more",
    "lower": "higher",
    "worse": "better",
    "shorter": "longer",
    "smaller": "larger",
    "later": "earlier",
    "younger": "older",
    "slower": "faster",
    "weaker": "stronger",
    "rarer": "commoner",
}
_MEDICINES = frozenset({"drug", "drug_class", "regimen", "procedure"})
Named = frozenset[tuple[str, str]]


class Comparison(NamedTuple):
    """What a clause puts first and last."""

    how: str
    """The comparative, of a pair of opposites the one that says more."""
    before: Named
    """Medicines, markers and groups named before "than"."""
    after: Named
    is_turned: bool
    """Whether it says less: "less than", "lower than"."""
    is_denied: bool


def is_told(said: Part, told: Told) -> bool:
    """Whether a clause compares as a passage does, be it the other way about: "less than"."""
    ours = _comparison(said, told.lexicon)
    return ours is not None and any(_agrees(ours, other) for other in _alike(ours, told))


def why_turned_round(said: Part, told: Told) -> str:
    """Why a comparison is the reverse of that of a passage: drug, population or nothing."""
    ours = _comparison(said, told.lexicon)
    if ours is None or is_told(said, told):
        return ""
    if not any(_agrees(_swapped(ours), other) for other in _alike(ours, told)):
        return ""
    kinds = {kind for kind, _ in ours.before | ours.after}
    return "drug" if kinds & _MEDICINES else "population"


def _alike(ours: Comparison, told: Told) -> list[Comparison]:
    """The comparisons of the passages by the same word or its opposite."""
    theirs = (_comparison(part, told.lexicon) for part in told.clauses)
    return [other for other in theirs if other and other.how == ours.how]


def _comparison(part: Part, lexicon: Lexicon) -> Comparison | None:
    than = _THAN.search(part.text)
    found = list(_HOW.finditer(part.text, 0, than.start())) if than else []
    if than is None or not found:
        return None
    how = found[-1][0].lower()
    before = _named(part.text[: than.start()], lexicon)
    after = _named(part.text[than.end() :], lexicon)
    return Comparison(
        how=_TURNED.get(how, how),
        before=before - after,
        after=after - before,
        is_turned=how in _TURNED,
        is_denied=bool(part.denials.denied),
    )


def _named(text: str, lexicon: Lexicon) -> Named:
    groups = contrasts(text)
    return read(text, lexicon).names | {
        (dimension, value) for dimension in groups for value in groups[dimension]
    }


def _swapped(one: Comparison) -> Comparison:
    return one._replace(before=one.after, after=one.before)


def _agrees(one: Comparison, other: Comparison) -> bool:
    """Whether two comparisons put the same first and the same last; of denials nothing is said."""
    if one.is_denied or other.is_denied:
        return False
    if one.is_turned != other.is_turned:
        other = _swapped(other)
    return bool(one.before & other.before) and bool(one.after & other.after)
