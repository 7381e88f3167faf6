"""A question that stands alone: a follow-up completed from the conversation and the card."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from chains.condense.causes import is_it_from
from chains.condense.choices import bearing, choice, correction, denied, ordinal, short_answer
from chains.condense.comparing import comparison, member
from chains.condense.completion import completed
from chains.condense.conversation import Conversation
from chains.condense.ellipsis import about, for_person, fragment
from chains.condense.entities import Entity as Entity
from chains.condense.entities import names, persons, sides
from chains.condense.focus import situated
from chains.condense.fronted import unfronted
from chains.condense.leaning import (
    cause,
    figure,
    leaning,
    leans,
    means,
    of_whom,
    remedy,
    switching,
    tested,
    than,
)
from chains.condense.owned import asked_of_own
from chains.condense.partners import partnered
from chains.condense.pointing import of_form
from chains.condense.references import aspect, pronouns, third_person
from chains.condense.short_asks import asked_bare
from chains.condense.supplied import supplied
from chains.condense.wording import load_wording
from chains.intent import is_asking
from chains.lexicon import Lexicon
from chains.stages import CondensedQuestion, LastTurn
from memory.records import Card

_ACCENTED = re.compile(r"[äöüßñáéíóúèêàç]", re.IGNORECASE)
_OWNS = re.compile(r"['’]s$", re.IGNORECASE)
_VALUE = re.compile(r"\b(?:[0-4]|i{1,3}|iv)[a-c]?\b", re.IGNORECASE)
"""A stage behind "and", without the word."""
Step = Callable[[str, Conversation], str | None]

_LAST_TURNS = 4
_LONGEST_REWRITTEN = 600
"""Characters; what is longer brings its own context."""
_WHOLE: tuple[Step, ...] = (
    choice,
    correction,
    bearing,
    asked_of_own,
    is_it_from,
    asked_bare,
    fragment,
    for_person,
    short_answer,
    about,
)
"""Each makes the whole question; the first that can does."""
_SETTLED: tuple[Step, ...] = (choice, asked_of_own, is_it_from, asked_bare, fragment, for_person)
"""Those whose question lacks nothing: an offer taken up, the last question asked again."""
_WITHIN: tuple[Step, ...] = (
    ordinal,
    of_form,
    third_person,
    comparison,
    cause,
    figure,
    means,
    member,
    pronouns,
    aspect,
    remedy,
    tested,
    than,
    switching,
)
"""Each completes a part; all are tried, one after the other."""


def condense(
    message: str, history: Sequence[LastTurn], card: Card, *, lexicon: Lexicon
) -> CondensedQuestion:
    """Complete a message that leans on what was said; leave alone one that does not.

    Args:
        message: As it is to be read, both halves joined.
        history: The turns before, oldest first; may be empty, the last four count.
        card: What is known of the person it is about; may be empty.
        lexicon: The words of the field.

    Returns:
        The question, its spelling as the person wrote it. A rewrite that would lose or invent a
        thing is thrown away: then `standalone` is the message.
    """
    talk = Conversation(tuple(history[-_LAST_TURNS:]), card, lexicon, load_wording())
    if talk.wording.one["new_topic"].match(message):
        talk = replace(talk, history=())
    begun = _begun(message, talk)
    text = with_supplied(begun, _rewritten(begun, talk).strip(), talk)
    if text in (message.strip(), begun) or not _is_faithful(message, text, talk):
        return CondensedQuestion(raw=message, standalone=message, history=talk.history)
    text = _by_their_names(text, talk)
    return CondensedQuestion(
        raw=message, standalone=text, added=_added(message, text, talk), history=talk.history
    )


def with_supplied(
    message: str, text: str, talk: Conversation, weights: Mapping[str, float] | None = None
) -> str:
    """What the rules made of a message, with what they leave out; a statement is left alone.

    Args:
        message: As it was written, or begun.
        text: As the rules complete it.
        talk: The conversation and the card.
        weights: Of the signs; those shipped when left out.
    """
    if not text or len(message) > _LONGEST_REWRITTEN or is_foreign(message):
        return text
    if text == message and not is_asking(message) and not leans(message, talk):
        return text
    if any(step(message, talk) is not None for step in _SETTLED):
        return text
    return supplied(text, message, talk, weights)


def is_faithful_rewrite(
    message: str, text: str, history: Sequence[LastTurn], card: Card, *, lexicon: Lexicon
) -> bool:
    """Whether a rewrite, whoever made it, loses nothing of a message and invents nothing.

    Args:
        message: As the person wrote it.
        text: The rewrite.
        history: The turns before, oldest first; the last four count.
        card: What is known of the person it is about.
        lexicon: The words of the field.
    """
    talk = Conversation(tuple(history[-_LAST_TURNS:]), card, lexicon, load_wording())
    return _is_faithful(message, text, talk)


def _by_their_names(text: str, talk: Conversation) -> str:
    """Cancer medicines by the names the library and the card know them by, not by a brand."""
    for entity in reversed(talk.named(text)):
        if entity.kind == "drug":
            owns = _OWNS.search(text[entity.start : entity.end])
            name = entity.name + (owns.group() if owns else "")
            text = text[: entity.start] + name + text[entity.end :]
    return text


def _begun(message: str, talk: Conversation) -> str:
    """The message without what only turns away ("ok forget that, ...") or is added on."""
    one = talk.wording.one
    begun = one["turning_away"].sub("", one["new_topic"].sub("", message))
    begun = one["added_on"].sub("", begun).strip()
    return unfronted(begun) if talk.last is not None else begun


def _rewritten(message: str, talk: Conversation) -> str:
    if not message.strip() or len(message) > _LONGEST_REWRITTEN or is_foreign(message):
        return message
    for step in _WHOLE:
        if (whole := step(message, talk)) is not None:
            if step is correction and whole in message and whole != message:
                return _rewritten(whole, talk)  # a question of its own, which may lean too
            return of_whom(whole, talk) if step in (fragment, about) else whole
    if not is_asking(message) and not leans(message, talk):
        return message
    text = message
    for step in (*_WITHIN, completed):
        text = step(text, talk.about(text)) or text
    talk = talk.about(text)
    text = leaning(text, talk) or text
    if text == message or not [e for e in talk.named(text) if e.kind != "symptom"]:
        text = situated(text, message, talk) or text
    text = partnered(text, message, talk) or text
    return of_whom(text, talk) if text != message else text


def is_foreign(message: str) -> bool:
    """True for a message in another language than English, by its commonest words."""
    wording = load_wording()
    found = {match.group() for match in wording.one["foreign_words"].finditer(message.lower())}
    needed = wording.foreign_count - bool(_ACCENTED.search(message))
    return "¿" in message or len(found) >= needed


def _is_faithful(message: str, text: str, talk: Conversation) -> bool:
    """Nothing the message names is lost, nothing is named that nobody spoke of.

    A class that was pointed at is kept by its member.
    """
    before = names(talk.named(message)) - names(talk.named(denied(message, talk)))
    after = names(talk.named(text))
    known = set(before)
    for turn in talk.history:
        texts = (turn.message, turn.question, *turn.offered)
        # A broken word that is completed may name a thing with the words before it.
        finished = (f"{turn.message.rpartition(' ')[0]} {ending}" for ending in turn.offered)
        known.update(*(names(talk.named(said)) for said in (*texts, *finished)))
    # A complaint told with its part of the body may have a name of its own: "pain in the arms".
    known.update(*(names(talk.named(e.words)) for named in talk.spoken for e in named))
    for value in _VALUE.findall(message):
        known |= names(talk.named(f"stage {value}"))
    for fact in talk.card.facts:
        known |= {fact.name.lower(), *names(talk.named(fact.name))}
    of_class = {name for entity in talk.named(text) for name in sides(entity.name, talk.lexicon)}
    return before <= after | of_class and after <= talk.with_parts(known)


def _added(message: str, text: str, talk: Conversation) -> tuple[str, ...]:
    """Names the rewrite holds and the message did not, in their order."""
    before = names(talk.named(message))
    things = [e.name for e in talk.named(text) if e.key not in before]
    told = {person.name for person in persons(message)}
    others = [p.name for p in persons(text) if p.name not in told]
    return tuple(dict.fromkeys([*things, *others]))
