"""Whose card a message is read with, where a thread speaks of more than one person."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from chains.sentences import split_words
from chains.subject_words import PRONOUNS
from chains.subjects import OTHER, find_relations, gender_of, is_of_writer, read_subjects
from memory.records import SELF, Card, Fact, Thread

_LONGEST_NAMING = 12
"""Words of a message that does no more than name whom the one before it spoke of."""
_JOINING = frozenset({"and", "plus", "my", "her", "his", "our", "the", "also"})
_PLURAL = frozenset({"both", "have", "are", "had", "were", "take", "took", "get", "carry"})
_NO_CARD = frozenset({"friend", OTHER})


_BOTH = re.compile(
    r"(?<![^.;,:!?\n])\s*(?:we(?:'re| are)? |they(?:'re| are)? |us )?both\b[^.;!?\n]*",
    re.IGNORECASE,
)
"""A clause about two people who were named before."""
_LIKEWISE = re.compile(
    r"\W*(?:and |oh |yes |well |also |but |now |then )*(?:"
    r"(?:so|same) (?:am|do|did|have|was|is|does|has|did|for|with|as|goes for) "
    r"(?:(?P<i>i|me|mine)|(?:my |our )?[\w' -]{2,20}?)"
    r"|(?:(?P<i2>i|i'm|im|i am|i've|me|i was)|she|he|(?:my |our )?[\w' -]{2,20}?)(?:'s|'ve)? ?"
    r"(?:(?:also )?(?:am|do|did|have|is|does|has|was|take|takes|took|on|had|get|gets|got|started"
    r"|use|taking|having)*) ?(?:(?:it|that|this|them|those|one|the same(?: one| thing| drug)?) ?)?"
    r"(?:too|as well|also|the same|likewise)"
    r"|(?P<i3>me too|same here|ditto|me as well|likewise)"
    r")\W*",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[^.;!?\n,]+")
_LIKENED = frozenset({
    *("medication", "biomarker", "diagnosis", "stage", "grade", "extent", "comorbidity"),
    *("symptom", "allergy", "procedure", "metastasis", "menopausal_status"),
})


class _Focus(NamedTuple):
    """Whom the messages so far spoke of."""

    last: str
    """Whom the last words were about."""
    by_gender: dict[str, str]
    """The relative of each gender that was named last."""


def spoken_to(
    message: str,
    thread: Thread,
    cards: Mapping[str, Card],
    before: Sequence[str] = (),
    *,
    is_asking: bool = False,
) -> str:
    """Whom the message speaks of before its facts are read.

    Args:
        message: As it is read.
        thread: Says whom the conversation is about; where that is a relative, so is the message.
        cards: By subject.
        before: The messages before it in the thread, oldest first.
        is_asking: It asks; a question that names nobody is the writer's own where they have a
            card.

    Returns:
        The thread's person; in a thread about the writer, the one relative whom the message
        names or whom its pronouns mean, or of whom the message before it spoke where this one
        names nobody. `other` where that is somebody without a card.
    """
    if thread.about != SELF:
        return thread.about
    words, _ = split_words(message)
    others = [subject for subject in cards if subject not in (SELF, OTHER)]
    relations = find_relations(words)
    named = {relation.name for relation in relations}
    first = relations[0].word if relations else 0
    owner = PRONOUNS.get(words[first - 1].plain) if first else None
    if owner is not None:
        return _of_pronouns({owner}, _focus(before), others)
    if named:
        known = named & set(others)
        return known.pop() if len(named) == len(known) == 1 else SELF
    focus = _focus(before)
    genders = {PRONOUNS[word.plain] for word in words if word.plain in PRONOUNS} - {"neutral"}
    if genders:
        return _of_pronouns(genders, focus, others)
    if any(is_of_writer(words, at) for at in range(len(words))):
        return SELF
    has_own = bool(cards.get(SELF, Card()).facts)
    if not before or focus.last in _NO_CARD or (is_asking and has_own):
        return SELF
    return focus.last


def late_naming(message: str, before: Sequence[str]) -> str | None:
    """The relative of whom the message before spoke, where only this one says who it is.

    "she is on Kisqali", then "sorry, my mother I mean". None elsewhere.
    """
    words, sentences = split_words(message)
    names = {relation.name for relation in find_relations(words)} - _NO_CARD
    is_short = 0 < len(words) <= _LONGEST_NAMING and not any(one.asks for one in sentences)
    if not before or not is_short or len(names) != 1 or _focus(before).by_gender:
        return None
    name = names.pop()
    earlier, _ = split_words(before[-1])
    genders = {PRONOUNS[word.plain] for word in earlier if word.plain in PRONOUNS}
    return name if genders & {gender_of(name), "neutral"} or _is_open(genders, name) else None


def of_both(message: str, facts: Sequence[Fact]) -> list[Fact]:
    """Facts told of two relatives at once, as the first one's too.

    "both my mother and my sister have BRCA2": what follows in that sentence is said of the last
    one named alone.
    """
    words, _ = split_words(message)
    relations = find_relations(words)
    subjects = read_subjects(words, relations, about=SELF)
    copies: list[Fact] = _of_two(message, facts, set(subjects) - {OTHER})
    for one, other in pairwise(relations):
        between = {word.plain for word in words[one.last : other.word]}
        verb = words[other.last].plain if other.last < len(words) else ""
        if not between & {"and", "plus"} or not between <= _JOINING or verb not in _PLURAL:
            continue
        first, second = subjects[one.word], subjects[other.word]
        sentence = words[other.word].sentence
        end = max(word.end for word in words if word.sentence == sentence)
        copies += [
            fact.model_copy(update={"subject": first, "fact_id": f"{fact.fact_id}-{first}"})
            for fact in facts
            if fact.subject == second
            and words[other.last].start <= message.find(fact.evidence or "\0") < end
        ]
    return [*copies, *_likened_within(message, [*facts, *copies])]


def _likened_within(message: str, facts: Sequence[Fact]) -> list[Fact]:
    """Facts of a clause that the next one says of another: "I'm on it. My mother is as well"."""
    copies: list[Fact] = []
    clauses = [found for found in _CLAUSE.finditer(message) if found.group().strip()]
    for one, other in pairwise(clauses):
        place = range(*one.span())
        told = [f for f in facts if message.find(f.evidence or "\0") in place]
        copies += [
            fact.model_copy(update={"fact_id": f"{fact.fact_id}-{fact.subject}"})
            for fact in echoed(other.group(), told, SELF)
            if not any(f.subject == fact.subject and f.name == fact.name for f in facts)
        ]
    return copies


def _of_two(message: str, facts: Sequence[Fact], persons: set[str]) -> list[Fact]:
    """Facts of a sentence that begins with "both", as the other person's of the two too."""
    if len(persons) != 2:
        return []
    place = next((found.span() for found in _BOTH.finditer(message)), None)
    if place is None:
        return []
    start, end = place
    return [
        fact.model_copy(update={"subject": other, "fact_id": f"{fact.fact_id}-{other}"})
        for fact in facts
        if start <= message.find(fact.evidence or "\0", start) < end and fact.subject in persons
        for other in persons - {fact.subject}
        if not any(told.subject == other and told.name == fact.name for told in facts)
    ]


def echoed(message: str, last: Sequence[Fact], speaker: str) -> list[Fact]:
    """Facts told last of one person, as those of another whom this message likens to them.

    "my mom takes letrozole", then "I take it too" or "so do I". Empty elsewhere.

    Args:
        message: As it is read.
        last: What the message before told.
        speaker: Of whom "he" and "she" speak.
    """
    found = _LIKEWISE.fullmatch(message.strip())
    told = {fact.subject for fact in last}
    if found is None or len(told) != 1:
        return []
    words, _ = split_words(message)
    relations = find_relations(words)
    who = relations[0].name if relations else SELF if _says_i(found) else speaker
    is_named = bool(relations) or _says_i(found) or any(w.plain in PRONOUNS for w in words)
    if not is_named or who in told | _NO_CARD:
        return []
    return [fact.model_copy(update={"subject": who}) for fact in last if fact.kind in _LIKENED]


def _says_i(found: re.Match[str]) -> bool:
    return any(found[name] for name in ("i", "i2", "i3"))


def spoken_of(facts: Iterable[Fact], before: str) -> str:
    """Whom the message is about: the one person its facts speak of, else as it was read."""
    subjects = {fact.subject for fact in facts} - {OTHER}
    return subjects.pop() if before in (SELF, OTHER) and len(subjects) == 1 else before


def _is_open(genders: set[str], name: str) -> bool:
    return bool(genders) and gender_of(name) == "neutral"


def _of_pronouns(genders: set[str], focus: _Focus, others: Sequence[str]) -> str:
    """The relative whom pronouns mean: the last named of their gender, or the only one known."""
    said = [focus.by_gender[gender] for gender in genders if gender in focus.by_gender]
    if not said and focus.last in others and gender_of(focus.last) == "neutral":
        return focus.last
    meant = said or [subject for subject in others if gender_of(subject) in genders]
    if len(meant) != 1:
        return SELF
    return OTHER if meant[0] in _NO_CARD else meant[0]


def _focus(before: Sequence[str]) -> _Focus:
    last, by_gender = SELF, dict[str, str]()
    for message in before:
        words, _ = split_words(message)
        relations = find_relations(words)
        subjects = read_subjects(words, relations, about=last if last not in _NO_CARD else SELF)
        by_gender |= {gender_of(one): one for one in subjects if one not in (SELF, OTHER)}
        last = subjects[-1] if subjects else last
    return _Focus(last, by_gender)
