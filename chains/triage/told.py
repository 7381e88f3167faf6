"""Signs that are nobody's own: asked of others, read, counted, learnt, taken off the card."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from chains.triage.numbers import number_of
from chains.triage.reading import CLAUSE_ENDS, JOINTS, SENTENCE_ENDS, Reading

if TYPE_CHECKING:
    from chains.triage.guards import Guards, Place

KINDS = (
    "quoted",
    "asked",
    "hearsay",
    "statistic",
    "learning",
    "animal",
    "contact",
    "edited",
    "amended",
    "story",
)
_EDITS = frozenset({"edited", "amended"})
_QUOTED = re.compile(r"[\"“][^\"“”\n]{12,400}[\"”]")
_REACH = 30
"""Tokens of a sentence looked at on either side."""
_STOP_REACH = 40
"""The same, where the reasons for a stop stand."""
_ANSWER = 16
"""Tokens after a sign in which the answer stands."""
_NAMED = 5
"""Tokens before a sign in which an animal is named."""
_AGES = ((13, 33), (44, 90))
"""Ages that are no hour of the day and no body temperature."""
_CLOCK = frozenset({"past", "to", "after", "of", "minutes", "hours", "percent", "degrees"})
"""After a number that is no age."""
_HOUSE = 9
"""Tokens before a sign in which somebody of the house, or met, is named."""
_EDIT = 5
"""Tokens between the verb of a card command and the sign it names."""
_DATE = 6
"""Tokens in which a date stands that follows a sign."""
_DONE = frozenset({"quit", "threw", "gave", "came", "went", "left", "not", "havent", "no", "off"})
"""Beside verbs in -ed: the stop has been made."""
_FAR = 40
"""Tokens after a sign in which its clause ends that a date may follow."""


def is_told(guards: Guards, kind: str, reading: Reading, place: Place) -> bool:
    """True when a guard of `KINDS` is sure that nobody has the sign."""
    tokens = reading.tokens
    if kind == "quoted":
        return _is_quoted(guards, reading, place)
    first = max(reading.opens[place.first], place.first - _REACH)
    last = min(reading.closes[place.last - 1], place.last + _REACH)
    sentence, before = tokens[first:last], tokens[first : place.first]
    if kind == "asked":
        answer = tokens[place.last : place.last + _ANSWER]
        return guards.says("asked_by", before) and guards.says("answered_no", answer)
    if kind == "animal":
        return guards.says("animal", before[-_NAMED:])
    if kind == "contact":
        near = guards.says("contact_person", before[-_HOUSE:])
        asked = tokens[place.last : place.last + _REACH]
        house = guards.says("household", before[-_HOUSE:])
        is_caught = house and guards.says("contact_strong", asked)
        return is_caught or (near and guards.says("contact_worry", asked))
    if kind == "story":
        return _is_story(
            guards, (*before, *tokens[place.first : place.last]), tokens[place.last : last]
        )
    if kind in _EDITS:
        return _is_edited(guards, kind, reading, place)
    if kind == "learning":
        return guards.says("learning", sentence)
    is_named = guards.says(kind, before if kind == "hearsay" else sentence)
    return is_named and not guards.says("owned", sentence)


def _is_quoted(guards: Guards, reading: Reading, place: Place) -> bool:
    """`"Vomiting blood" is on the box`: between marks, and nobody is spoken of."""
    start, end = reading.spans[place.first][0], reading.spans[place.last - 1][1]
    inside = any(m.start() < start and end < m.end() for m in _QUOTED.finditer(reading.text))
    return inside and not guards.says("first_person", reading.tokens)


def _is_story(guards: Guards, told: Sequence[str], after: Sequence[str]) -> bool:
    """`a TikTok says a woman threw out her pills`; not `..., so I threw out mine`."""
    if guards.says("story_ours", after[:_DATE]) or not guards.says("story_source", told):
        return False
    source = guards.last("story_source", told) or 0
    if told[source] == "my":  # `the heroine of my show` is not theirs
        told = (*told[:source], *told[source + 1 :])
    person = guards.last("story_person", told)
    if person is None:
        return False
    rest = person + (2 if told[person] in {"a", "an", "the", "some", "one"} else 1)
    kin = guards.says("story_kin", (*told[:person], ",", *told[rest:]))
    return not kin and not guards.says("story_ours", told[rest:])


def _is_edited(guards: Guards, kind: str, reading: Reading, place: Place) -> bool:
    """`take chest pain off my list`, `I stopped letrozole, take it off the card`."""
    tokens = reading.tokens
    first = max(reading.opens[place.first], place.first - _REACH)
    end = min(reading.closes[place.last - 1], place.last + _REACH)
    before, after = tokens[first : place.first], tokens[place.last : end]
    spoken_of = (*before[-_EDIT:], *tokens[place.first : place.last], *after)
    if guards.says("recent", spoken_of) or guards.says("on_own", spoken_of):
        return False
    if guards.says("not_meant", before):
        return True
    later = (*after, *tokens[end : end + _ANSWER])
    if guards.says("card_taken", later) or (kind == "amended" and guards.says("card_told", later)):
        return True
    named = (*before[-_EDIT:], *tokens[place.first : place.last])
    placed = (tokens[place.last - 1], *after)
    if guards.says("card_off", named) and guards.says("card_place", placed):
        return True
    return _is_bare_command(guards, before, tokens[place.first : place.last])


def _is_bare_command(guards: Guards, before: Sequence[str], inside: Sequence[str]) -> bool:
    """`drop the radiation`, `delete that I had a seizure`: a command and nothing else."""
    words = [word for word in (*before, *inside) if not guards.has_word("polite", word)]
    opening = words[: _EDIT - 2]
    is_near = len(before) <= _EDIT and "," not in words
    return is_near and guards.starts_with("card_command", opening)


def is_dated_after(guards: Guards, reading: Reading, place: Place) -> bool:
    """True when the words after a sign date it: `I fainted, 20 years ago`."""
    tokens = reading.tokens
    end = reading.closes[place.last - 1]
    start = place.last
    near = min(end, start + _FAR)
    while start < near and tokens[start] not in CLAUSE_ENDS:
        start += 1
    if start == near < end:
        return False  # so long a clause has no date of its own behind it
    rest = tokens[start + 1 : start + 1 + _DATE]
    stop = next((i for i, word in enumerate(rest) if word in CLAUSE_ENDS), len(rest))
    if start < end:
        words = rest[:stop]
        if guards.says("told_of_treatment", words[:3]) and not guards.starts_with(
            "told_back", words
        ):
            return False  # `shivering, chemo last week`
        return stop <= _DATE - 2 and guards.is_dated(words) and not guards.says("subject", words)
    after = tokens[end + 1 : end + 1 + 2 * _DATE]
    mark = next((i for i, word in enumerate(after) if word in SENTENCE_ENDS), len(after))
    return guards.says("told_back", after[:3]) and guards.is_dated(after[:mark])


def is_at_age(guards: Guards, tokens: Sequence[str]) -> bool:
    """`fainted at 17`, `had a stroke at 80`: an age, and no hour, pulse or temperature."""
    ages = (
        word in {"at", "aged"} and after not in _CLOCK and _is_past_age(number_of(number) or 0)
        for word, number, after in zip(tokens, tokens[1:], (*tokens[2:], ""), strict=False)
    )
    return any(ages) and guards.says("past_verb", tokens) and not guards.says("measured", tokens)


def _is_past_age(age: float) -> bool:
    return any(low <= age <= high for low, high in _AGES)


def is_done(reading: Reading, place: Place) -> bool:
    """`I stopped it`, not `I am thinking of stopping it`."""
    words = reading.tokens[place.first : place.last]
    return any(word.endswith("ed") or word in _DONE for word in words)


def is_ordered_stop(guards: Guards, reading: Reading, place: Place) -> bool:
    """A stop the team ordered, a course that ended, or a question about stopping."""
    first = max(reading.opens[place.first], place.first - _STOP_REACH)
    last = min(reading.closes[place.last - 1], place.last + _STOP_REACH)
    sentence = reading.tokens[first:last]
    if guards.says("on_own", sentence):
        return False
    before = reading.tokens[first : place.first]
    asked = bool(before) and any(
        guards.has_word("stop_question", word) for word in before[:3] if word not in JOINTS
    )
    may_i = guards.says("may_i_stop", sentence) and not guards.says("self_stop", sentence)
    asked = (asked or may_i) and not guards.says("confess", sentence)
    on_own = guards.says("self_stop", sentence) and not guards.says("ordering", sentence)
    ordered = guards.says("by_team", before) and not on_own
    ordered = ordered or guards.says("said_by_team", sentence)
    ordered = ordered or (guards.says("ask_first", sentence) and not is_done(reading, place))
    return asked or ordered or guards.says("course_over", sentence)
