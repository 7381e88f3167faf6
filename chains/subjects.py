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

from chains.apposition import described, named_last
from chains.kinship import CHILDREN, KIN, PATIENT_OF
from chains.sentences import Word
from chains.subject_words import (
    AT_ME,
    CARERS,
    CLIENTS,
    ME,
    NOT_A_RELATIVE,
    OBSERVING,
    OPINIONS,
    OWNERS,
    PRONOUNS,
    SELF_WORDS,
    SPOUSES,
    STANDS_ALONE,
    STRANGERS,
    WRITES_AS,
)

SELF = "self"
OTHER = "other"
"""Somebody else whom the message does not name: "she has stage 4" with nobody before it."""


_NUMBERED = frozenset({"stage", "grade", "phase", "type"})
"""Before a Roman "I"."""
_NEXT_TO = frozenset({"to", "beside", "opposite", "near", "behind"})
"""Before a "me" that only says where somebody sits."""


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
            relation = _with_owner(
                words, Relation(at, at + len(form.words), form.name, form.gender)
            )
            relations.append(relation)
            at = relation.last
        else:
            at += 1
    return tuple(relations)


def _with_owner(words: Sequence[Word], owner: Relation) -> Relation:
    """The relative of a relative that words may name: "my sister's friend", "mum's sister"."""
    if not words[owner.last - 1].plain.endswith("s") or owner.last >= len(words):
        return owner
    form = _form_at(words, owner.last)
    if form is not None:
        name = KIN.get((owner.name, form.name), OTHER)
        last = owner.last + len(form.words)
        return _with_owner(words, Relation(owner.word, last, name, form.gender))
    return owner


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
    names = _names_of_patient(words) if known else frozenset()
    if about != SELF:
        known.update(dict.fromkeys(("female", "male", "neutral"), about))
    subject, subjects = about, []
    for at, word in enumerate(words):
        if at in by_word:
            relation = by_word[at]
            subject = known[relation.gender] = _owned_by(words, relation, known)
            subject = SELF if _observes_writer(words, relation) else subject
        elif word.plain in PATIENT_OF and _is_writers_role(words, at):
            subject = SELF
        elif word.plain in names:
            subject = known.get("female") or next(iter(known.values()))
        elif _is_stranger(words, at):
            subject = OTHER
            known.setdefault("female", OTHER)
            known.setdefault("male", OTHER)
        elif word.plain in CARERS:
            known.setdefault("female", SELF)
            known.setdefault("male", SELF)
        elif is_of_writer(words, at):
            meant = _meant_instead(words, at, relations) or _denied(words, at, subject)
            subject = subject if _only_owns(words, at, by_word) else meant or SELF
        elif word.plain in PRONOUNS:
            meant = _named_behind(words, at, relations) if not known else None
            subject = meant or _of_pronoun(words, at, known, about=about) or subject
        subjects.append(subject)
    strangers = [at for at in range(len(words)) if _is_stranger(words, at)]
    places = [*(relation.word for relation in relations), *strangers]
    return tuple(named_last(words, relations, described(words, places, subjects)))


def is_of_writer(words: Sequence[Word], at: int) -> bool:
    """Whether this word is the writer's "I" or "my", and not one of "I think she ..."."""
    if words[at].plain not in SELF_WORDS:
        return False
    follows = words[at + 1].plain if at + 1 < len(words) else ""
    is_numeral = at > 0 and words[at - 1].plain in _NUMBERED
    return not (words[at].plain == "i" and (follows in OPINIONS or is_numeral))


def _meant_instead(words: Sequence[Word], at: int, relations: Sequence[Relation]) -> str | None:
    """The relative that "it's not me with diabetes, it's my husband" speaks of; None elsewhere."""
    if words[at].plain != "me" or not at or words[at - 1].plain != "not":
        return None
    behind = (
        r.name for r in relations if r.word > at and words[r.word].sentence == words[at].sentence
    )
    return next(behind, None)


def _denied(words: Sequence[Word], at: int, subject: str) -> str | None:
    """Whom "it is about my mum, not me" goes on to speak of; None elsewhere."""
    return subject if at and words[at].plain == "me" and words[at - 1].plain == "not" else None


def _observes_writer(words: Sequence[Word], relation: Relation) -> bool:
    """Whether a relative only sees what the writer has: "my husband noticed a rash on me"."""
    behind = [w for w in words[relation.last :] if w.sentence == words[relation.word].sentence]
    if not behind or behind[0].plain not in OBSERVING:
        return False
    plain = [word.plain for word in behind]
    on = next((at for at, w in enumerate(plain[:-1]) if w in AT_ME and plain[at + 1] in ME), None)
    return on is not None and not any(word in PRONOUNS for word in plain[:on])


def _is_stranger(words: Sequence[Word], at: int) -> bool:
    """Whether a word names somebody without a card: "a woman", a nurse's "my patient"."""
    if words[at].plain in CLIENTS:
        return at > 0 and words[at - 1].plain in {"my", "our", "a", "one", "this", "another"}
    return words[at].plain in STRANGERS and not _is_writer(words, at)


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
    if form.name == "child" and (before in CHILDREN or before.isdigit()):
        return False
    two_before = words[at - 2].plain if at > 1 else ""
    if before in NOT_A_RELATIVE and two_before in NOT_A_RELATIVE - {"a"}:
        return False
    behind = at + len(form.words)
    if behind < len(words) and words[behind].plain == "side":
        return False
    if _is_parent_of(words, behind) or _is_writers_role(words, at):
        return False
    if words[at].plain in PATIENT_OF and _names_itself(words, at):
        return False
    if at and before in OWNERS and words[at - 1].sentence == words[at].sentence:
        return True
    if before == "the" and form.name in SPOUSES:
        return True
    starts = at == 0 or words[at - 1].sentence != words[at].sentence
    return words[at].plain.removesuffix("s") in STANDS_ALONE or starts


def _is_parent_of(words: Sequence[Word], behind: int) -> bool:
    """Whether the writer says what they are: "mum of two", "mom to a toddler"."""
    follows = [word.plain for word in words[behind : behind + 2]]
    return (
        len(follows) == 2
        and follows[0] in {"of", "to"}
        and (follows[1] in CHILDREN or follows[1].isdigit())
    )


def _continues(words: Sequence[Word], at: int, last: Relation) -> bool:
    """Whether a bare "aunt" goes on a list of relatives: "my father had ..., aunt ..."."""
    return words[at].comma and words[at].sentence == words[last.word].sentence


def _owned_by(words: Sequence[Word], relation: Relation, known: dict[str, str]) -> str:
    """Who "her daughter" is to the writer, where it is known whose; else the word's own name."""
    before = words[relation.word - 1].plain if relation.word else ""
    if relation.word > 2 and words[relation.word - 2].plain == "of":
        of_whom = _form_at(words, relation.word - 3)
        if (
            of_whom is not None
            and words[relation.word - 3].sentence == words[relation.word].sentence
        ):
            return KIN.get((relation.name, of_whom.name), OTHER)
    owner = known.get(PRONOUNS.get(before, "")) if before in {"her", "his", "their"} else None
    if owner is None or owner == SELF:
        return relation.name
    return KIN.get((owner, relation.name), OTHER)


def _patient_of_writer(words: Sequence[Word]) -> dict[str, str]:
    """Whom pronouns mean when the writer says who they are: "I'm the husband", "daughter here"."""
    for at, word in enumerate(words):
        role = PATIENT_OF.get(word.plain)
        if role and (_names_itself(words, at) or _is_writers_role(words, at)):
            return dict(role)
    return {}


def _names_itself(words: Sequence[Word], at: int) -> bool:
    """Whether a word for a relative is the writer: "daughter here", "son of patient"."""
    follows = [word.plain for word in words[at + 1 : at + 4]]
    if follows[:1] and follows[0] in {"here", "asking", "writing"}:
        return True
    return follows[:1] == ["of"] and bool({"patient", "pt"} & set(follows))


def _is_writers_role(words: Sequence[Word], at: int) -> bool:
    """Whether the writer is this relative: "I'm the husband", "I am her aunt", "I'm Ann's son"."""
    before = [word.plain for word in words[max(0, at - 4) : at]]
    if not before or words[at - 1].sentence != words[at].sentence:
        return False
    is_owned = before[-1] in {"the", "her", "his", "their"} or _is_owner(before[-1])
    return is_owned and bool(WRITES_AS & set(before[:-1][-2:]))


def _is_owner(word: str) -> bool:
    """Whether a word may be a name or "patient" with the s of whose: "anns", "patients"."""
    return len(word) > 2 and word.endswith("s") and word not in {"his", "as", "is", "was", "this"}


def _names_of_patient(words: Sequence[Word]) -> frozenset[str]:
    """Names by which the writer calls the patient: "I'm Ann's husband. Ann is 52"."""
    at = (at for at, w in enumerate(words) if w.plain in PATIENT_OF and _is_writers_role(words, at))
    owners = (words[place - 1].plain for place in at)
    return frozenset(
        {owner.removesuffix("s") for owner in owners if _is_owner(owner)} | {"patient", "pt"}
    )


def _only_owns(words: Sequence[Word], at: int, by_word: dict[int, Relation]) -> bool:
    """Whether this word only says whose or to whom: "my sister", "a woman in my group"."""
    before = words[at - 1].plain if at else ""
    if words[at].plain in {"mine", "mines"}:
        return before == "of"
    if words[at].plain != "my":
        behind_who = {word.plain for word in words[max(0, at - 3) : at]} & {"who", "that"}
        is_told = before in {"told", "tells", "telling"} or bool(behind_who)
        is_place = before in _NEXT_TO and any(
            _is_stranger(words, place) for place in range(max(0, at - 4), at)
        )
        return words[at].plain == "me" and (is_told or is_place)
    return before in {"in", "of", "from", "at"} or any(
        at + step in by_word for step in (1, 2, 3, 4)
    )
