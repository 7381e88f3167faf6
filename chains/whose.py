"""Whose card a message is read with, where a thread speaks of more than one person."""

from collections.abc import Iterable, Mapping

from chains.sentences import split_words
from chains.subjects import OTHER, PRONOUNS, find_relations, gender_of
from memory.records import SELF, Card, Fact, Thread


def spoken_to(message: str, thread: Thread, cards: Mapping[str, Card]) -> str:
    """Whom the message speaks of before its facts are read.

    The thread's person; in a thread about the writer, the one relative with a card whom it names,
    or whom its pronouns can only mean.
    """
    others = [subject for subject in cards if subject not in (SELF, OTHER)]
    if thread.about != SELF or not others:
        return thread.about
    words, _ = split_words(message)
    named = {relation.name for relation in find_relations(words)}
    if named:
        known = named & set(others)
        return known.pop() if len(named) == len(known) == 1 else SELF
    genders = {PRONOUNS[word.plain] for word in words if word.plain in PRONOUNS} - {"neutral"}
    meant = [subject for subject in others if gender_of(subject) in genders]
    return meant[0] if len(meant) == 1 else SELF


def spoken_of(facts: Iterable[Fact], before: str) -> str:
    """Whom the message is about: the one person its facts speak of, else as it was read."""
    subjects = {fact.subject for fact in facts} - {OTHER}
    return subjects.pop() if before == SELF and len(subjects) == 1 else before
