"""Whom a sentence speaks of: the writer, or a relative by relation.

Relations stand in `rules/relations.csv`. A pronoun goes to the last relative of its gender that
the message named; without one it goes to the person the thread is about.
"""

import csv
import functools
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from chains.sentences import Word

SELF = "self"
OTHER = "other"
"""Somebody else whom the message does not name: "she has stage 4" with nobody before it."""

_SELF_WORDS = frozenset({"i", "im", "ive", "id", "ill", "me", "my", "myself", "iam"})
PRONOUNS = {
    "she": "female",
    "her": "female",
    "hers": "female",
    "shes": "female",
    "shell": "female",
    "he": "male",
    "his": "male",
    "him": "male",
    "hes": "male",
    "they": "neutral",
    "their": "neutral",
    "theyre": "neutral",
}
_OWNERS = frozenset(
    {"my", "our", "a", "an", "one", "his", "her", "their", "dear", "late", "other", "both", "and"}
    | {"older", "younger", "elder", "eldest", "little", "big", "best", "two", "poor", "or"}
)
_STANDS_ALONE = frozenset({
    *("mum", "mom", "mother", "mummy", "mommy", "dad", "father", "daddy", "grandma", "gran"),
    *("granny", "nan", "nana", "grandpa", "grandad", "hubby", "husband", "dh"),
})
"""Words for relatives that people write without "my"."""
_STRANGERS = frozenset(
    {"someone", "somebody", "woman", "lady", "man", "guy", "girl", "people"}
    | {"others", "patients", "women", "everyone"}
)
_NOT_A_RELATIVE = frozenset({"as", "am", "im", "being", "a"})
_CARERS = frozenset(
    {"doctor", "dr", "oncologist", "onco", "onc", "nurse", "surgeon", "gp", "np", "physician"}
    | {"consultant", "radiologist", "pharmacist", "doc", "specialist", "navigator", "therapist"}
)
_CHILDREN = frozenset({
    *("one", "two", "three", "four", "five", "boys", "girls", "twins", "kids", "children", "a"),
    *("young", "teenagers", "teens", "toddlers", "small", "little"),
})
_PARENTS = {"female": "mother", "male": "father"}
_PATIENT_OF = {
    **dict.fromkeys(("husband", "hubby"), {"female": "wife"}),
    "wife": {"male": "husband"},
    **dict.fromkeys(("daughter", "son"), _PARENTS),
    **dict.fromkeys(
        ("mother", "mom", "mum", "father", "dad"), {"female": "daughter", "male": "son"}
    ),
    **dict.fromkeys(("sister", "brother"), {"female": "sister", "male": "brother"}),
}


class Relation(NamedTuple):
    """One relative named in a text."""

    word: int
    """Index of its first word."""
    last: int
    """Index behind its last word."""
    name: str
    """Canonical: mother, wife, sister ..."""
    gender: str


class _Form(NamedTuple):
    words: tuple[str, ...]
    name: str
    gender: str


@functools.cache
def _forms() -> dict[str, list[_Form]]:
    index: dict[str, list[_Form]] = defaultdict(list)
    path = Path(__file__).with_name("rules") / "relations.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for form in row["forms"].split("|"):
                words = tuple(form.split())
                index[words[0]].append(_Form(words, row["name"], row["gender"]))
    for forms in index.values():
        forms.sort(key=lambda form: -len(form.words))
    return dict(index)


def gender_of(relation: str) -> str:
    """The gender of a relation, "neutral" for one that has none or is not known."""
    forms = (form for some in _forms().values() for form in some)
    return next((form.gender for form in forms if form.name == relation), "neutral")


def find_relations(words: Sequence[Word]) -> tuple[Relation, ...]:
    """The relatives a text names, in order; empty when none."""
    relations: list[Relation] = []
    at = 0
    while at < len(words):
        form = _form_at(words, at)
        goes_on = bool(relations) and _continues(words, at, relations[-1])
        if form is not None and (goes_on or _is_relative(words, at, form)):
            relations.append(Relation(at, at + len(form.words), form.name, form.gender))
            at += len(form.words)
        else:
            at += 1
    return tuple(relations)


def read_subjects(
    words: Sequence[Word], relations: Sequence[Relation], *, about: str
) -> tuple[str, ...]:
    """For every word, the person its place speaks of.

    Args:
        words: of the whole message.
        relations: as `find_relations` gives them.
        about: the person the thread is about, `self` or a relation.

    Returns:
        As many names as words.
    """
    by_word = {relation.word: relation for relation in relations}
    known = _patient_of_writer(words)
    if about != SELF:
        known.update(dict.fromkeys(("female", "male", "neutral"), about))
    subject, subjects = about, []
    for at, word in enumerate(words):
        if at in by_word:
            relation = by_word[at]
            subject = known[relation.gender] = relation.name
        elif word.plain in _STRANGERS and not _is_writer(words, at):
            subject = OTHER
            known.setdefault("female", OTHER)
            known.setdefault("male", OTHER)
        elif word.plain in _CARERS:
            known.setdefault("female", SELF)
            known.setdefault("male", SELF)
        elif word.plain in _SELF_WORDS:
            meant = _meant_instead(words, at, relations)
            subject = subject if _only_owns(words, at, by_word) else meant or SELF
        elif word.plain in PRONOUNS:
            meant = _named_behind(words, at, relations) if not known else None
            subject = meant or _of_pronoun(words, at, known, about=about) or subject
        subjects.append(subject)
    return tuple(subjects)


def _meant_instead(words: Sequence[Word], at: int, relations: Sequence[Relation]) -> str | None:
    """The relative that "it's not me with diabetes, it's my husband" speaks of; None elsewhere."""
    if words[at].plain != "me" or not at or words[at - 1].plain != "not":
        return None
    behind = (
        r.name for r in relations if r.word > at and words[r.word].sentence == words[at].sentence
    )
    return next(behind, None)


def _is_writer(words: Sequence[Word], at: int) -> bool:
    """Whether "a man" is what the writer says of himself: "I'm a man with breast cancer"."""
    before = {word.plain for word in words[max(0, at - 7) : at]}
    return bool(before & {"am", "im", "as", "being", "iam"})


def _of_pronoun(words: Sequence[Word], at: int, known: dict[str, str], *, about: str) -> str | None:
    gender = PRONOUNS[words[at].plain]
    if gender in known or (gender != "neutral" and "neutral" in known):
        return known.get(gender) or known["neutral"]
    starts = at == 0 or words[at - 1].sentence != words[at].sentence
    return OTHER if gender != "neutral" and starts and about == SELF else None


def _named_behind(words: Sequence[Word], at: int, relations: Sequence[Relation]) -> str | None:
    """Whom "she isn't well, my wife" names behind the pronoun; None elsewhere."""
    gender = PRONOUNS[words[at].plain]
    if at and words[at - 1].sentence == words[at].sentence:
        return None
    behind = (
        r.name
        for r in relations
        if words[r.word].sentence == words[at].sentence
        and r.gender == gender
        and any(word.comma for word in words[max(at, r.word - 1) : r.word + 1])
    )
    return next(behind, None)


def _form_at(words: Sequence[Word], at: int) -> _Form | None:
    plain = words[at].plain
    for head in (plain, plain.removesuffix("s")):
        for form in _forms().get(head, ()):
            rest = tuple(word.plain for word in words[at + 1 : at + len(form.words)])
            if rest == form.words[1:] or tuple(w.removesuffix("s") for w in rest) == form.words[1:]:
                return form
    return None


def _is_relative(words: Sequence[Word], at: int, form: _Form) -> bool:
    before = words[at - 1].plain if at else ""
    if form.name == "child" and (before in _CHILDREN or before.isdigit()):
        return False
    two_before = words[at - 2].plain if at > 1 else ""
    if before in _NOT_A_RELATIVE and two_before in _NOT_A_RELATIVE - {"a"}:
        return False
    if _is_parent_of(words, at + len(form.words)):
        return False
    if at and before in _OWNERS and words[at - 1].sentence == words[at].sentence:
        return True
    starts = at == 0 or words[at - 1].sentence != words[at].sentence
    return words[at].plain.removesuffix("s") in _STANDS_ALONE or starts


def _is_parent_of(words: Sequence[Word], behind: int) -> bool:
    """Whether the writer says what they are: "mum of two", "mom to a toddler"."""
    follows = [word.plain for word in words[behind : behind + 2]]
    return (
        len(follows) == 2
        and follows[0] in {"of", "to"}
        and (follows[1] in _CHILDREN or follows[1].isdigit())
    )


def _continues(words: Sequence[Word], at: int, last: Relation) -> bool:
    """Whether a bare "aunt" goes on a list of relatives: "my father had ..., aunt ..."."""
    return words[at].comma and words[at].sentence == words[last.word].sentence


def _patient_of_writer(words: Sequence[Word]) -> dict[str, str]:
    """Whom pronouns mean when the writer says who they are: "I'm the husband", "daughter here"."""
    for at, word in enumerate(words):
        role = _PATIENT_OF.get(word.plain)
        before = [w.plain for w in words[max(0, at - 2) : at]]
        follows = words[at + 1].plain if at + 1 < len(words) else ""
        if role and (
            follows == "here"
            or (before and before[-1] in {"the", "her", "his"} and before[0] in {"im", "am"})
        ):
            return dict(role)
    return {}


def _only_owns(words: Sequence[Word], at: int, by_word: dict[int, Relation]) -> bool:
    """Whether this word only says whose or to whom: "my sister", "a woman in my group"."""
    before = words[at - 1].plain if at else ""
    if words[at].plain != "my":
        return words[at].plain == "me" and before in {"told", "tells", "telling"}
    return before in {"in", "of", "from", "at"} or any(at + step in by_word for step in (1, 2, 3))
