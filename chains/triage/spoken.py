"""Signs that are feared, told of somebody far away, or said in a figure; and those that are back.

A sign that is only spoken of is none, unless the words after it say that it is there now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from chains.triage.reading import CLAUSE_ENDS, SENTENCE_ENDS, Reading

if TYPE_CHECKING:
    from chains.triage.guards import Guards, Place

KINDS = ("feared", "distant", "figure", "allergy", "possible", "lasting", "over_later")
TURNED = frozenset({
    *KINDS,
    "past",
    "hypothetical",
    "question",
    "general",
    "asked",
    "hearsay",
    "statistic",
    "story",
})
"""Guards that give way when the sign is said to be there after all."""
_REACH = 30
"""Tokens of a sentence looked at on either side."""
_FEAR = 12
"""Tokens before a sign in which a fear is named."""
_SOON = 4
"""Tokens after a sign in which it is said to be possible."""
_CAUSE = 7
"""Tokens after a sign in which what it is said of stands."""
_AGO = frozenset({"ago", "week", "weekend", "monday", "tuesday", "wednesday", "thursday", "friday"})
"""After what began: it goes on."""
_OVER = 4
"""Tokens that the words for being over take, `now` among them."""
_KIN = frozenset({
    "mother",
    "father",
    "wife",
    "husband",
    "partner",
    "daughter",
    "son",
    "mum",
    "mom",
    "dad",
})
_NEXT = 24
"""Tokens after the sentence of a sign in which it may be said to be there."""


def is_spoken(guards: Guards, kind: str, reading: Reading, place: Place) -> bool:
    """True when a guard of `KINDS` is sure that the sign is only spoken of."""
    return _CHECKS[kind](guards, reading, place)


def is_back(guards: Guards, reading: Reading, place: Place) -> bool:
    """`never had chest pain, and now I do`; `is a fever normal? It started today`."""
    tokens = reading.tokens
    end = reading.closes[place.last - 1]
    rest = tokens[place.last : min(end, place.last + _REACH)]
    after = tokens[end + 1 : end + 1 + _NEXT]
    if guards.says("there_now", rest) or guards.says("there_now", after):
        return True
    return any(
        guards.says("began", each) and (guards.says("recent", each) or _AGO & set(each))
        for each in _sentences(after)
    ) or guards.says("have_it", after[:6])


def is_there_now(guards: Guards, reading: Reading, place: Place) -> bool:
    """`never had a seizure before and now I do`: a negation that holds no more."""
    rest = reading.tokens[place.last : min(reading.closes[place.last - 1], place.last + _SOON * 3)]
    return guards.says("now_do", rest)


def supposes(guards: Guards, reading: Reading, place: Place) -> bool:
    """`say my leg swells on the flight, what then?`, `¿y si me desmayo?`."""
    first, last = reading.opens[place.first], reading.closes[place.first]
    if reading.tokens[last : last + 1] != ("?",) or is_yes(reading, first):
        return False
    sentence = reading.tokens[first : min(last, first + _REACH)]
    words = [word for word in sentence if not guards.has_word("polite", word)]
    return guards.starts_with("supposing", words) and not guards.says("recent", words)


def is_yes(reading: Reading, index: int) -> bool:
    """`sí`, which without its accent is the Spanish `if`."""
    start, end = reading.spans[index]
    return reading.text[start:end].lower() == "sí"


def _sentences(tokens: Sequence[str]) -> list[Sequence[str]]:
    parts: list[Sequence[str]] = []
    first = 0
    for index, word in enumerate((*tokens, ".")):
        if word in SENTENCE_ENDS:
            parts.append(tokens[first:index])
            first = index + 1
    return parts


def _before(reading: Reading, place: Place, reach: int) -> Sequence[str]:
    return reading.tokens[max(reading.opens[place.first], place.first - reach) : place.first]


def _after(reading: Reading, place: Place, reach: int) -> Sequence[str]:
    return reading.tokens[place.last : min(reading.closes[place.last - 1], place.last + reach)]


def _is_feared(guards: Guards, reading: Reading, place: Place) -> bool:
    """`worried I'll get a clot`, `afraid of fainting`; not `worried about this chest pain`."""
    after = _after(reading, place, _REACH)
    if guards.says("recent", after[:_CAUSE]):
        return False
    if guards.says("feared_after", after[:_CAUSE]):
        return True
    before = _before(reading, place, _FEAR)
    since = _since(guards, "fear", before)
    if since is None or guards.says("fear_ends", since):
        return False
    owned = any(guards.has_word("owner", word) for word in since[-2:])
    return guards.says("to_come", since) and not owned


def _since(guards: Guards, kind: str, tokens: Sequence[str]) -> Sequence[str] | None:
    """The tokens from the last word of that kind, or nothing."""
    for index in range(len(tokens) - 1, -1, -1):
        if guards.has_word(kind, tokens[index]):
            return tokens[index:]
    return None


def _is_distant(guards: Guards, reading: Reading, place: Place) -> bool:
    """`my cousin had seizures on Taxol, is that usual`: of somebody far, and a comparison."""
    tokens = reading.tokens
    before = (*_before(reading, place, _FEAR), *tokens[place.first : place.last])
    since = _since(guards, "far_person", before)
    kind = "compared"
    if since is None:
        since, kind = _since(guards, "kin_told", before), "compared_me"
    if since is None or any(
        guards.has_word("close_person", word) for word in _others(guards, since)
    ):
        return False
    told_words = [word for word in (*since, *tokens[place.first : place.last]) if word != "got"]
    if not guards.says("past_verb", told_words):
        return False
    end = reading.closes[place.last - 1]
    sentence = (*since, *tokens[place.first : end])
    told = (*sentence, *tokens[end + 1 : end + 1 + _NEXT])
    if guards.says("recent", sentence) or guards.says("asks_now", told):
        return False
    return guards.says(kind, told)


def _others(guards: Guards, since: Sequence[str]) -> Sequence[str]:
    """Who is named after somebody far; `my coworker's mother` is somebody far too."""
    is_theirs = len(since) > 1 and since[1] in _KIN and guards.has_word("far_person", since[0])
    return since[2:] if is_theirs else since[1:]


def _is_figure(guards: Guards, reading: Reading, place: Place) -> bool:
    """`shaking with anger`, `cannot breathe with all the forms`."""
    after = _after(reading, place, _CAUSE)
    if reading.opens[place.first] == place.first and not after:  # `Fever? Only for disco.`
        after = reading.tokens[place.last + 1 : place.last + 1 + _CAUSE]
    inside = reading.tokens[place.first : place.last]
    if guards.says("figure_of", (*inside, *after)) or _leaps_at_news(guards, inside, after):
        return True
    link = next((i for i, word in enumerate(after[:2]) if guards.has_word("by_cause", word)), None)
    return link is not None and any(
        guards.has_word("figure_cause", word) for word in _clause(after[link:])
    )


def _leaps_at_news(guards: Guards, inside: Sequence[str], after: Sequence[str]) -> bool:
    """`my heart skips a beat every time the clinic phones`."""
    if not guards.says("pulse_word", inside):
        return False
    words = (*inside[1:], *_clause(after))
    return guards.says("each_time", words) and guards.says("news_word", words)


def _clause(tokens: Sequence[str]) -> Sequence[str]:
    end = next((i for i, word in enumerate(tokens) if word in CLAUSE_ENDS), len(tokens))
    return tokens[:end]


def _is_allergy(guards: Guards, reading: Reading, place: Place) -> bool:
    """`I am allergic to penicillin, my lips swell`: known, and nothing says now."""
    first = max(reading.opens[place.first], place.first - _REACH)
    last = min(reading.closes[place.last - 1], place.last + _REACH)
    sentence = reading.tokens[first:last]
    if not guards.says("allergic", sentence) or guards.says("recent", sentence):
        return False
    return not guards.says("under_way", sentence)


def _is_possible(guards: Guards, reading: Reading, place: Place) -> bool:
    """`I know chest pain would be an emergency`, `fever can happen`."""
    after = _after(reading, place, _SOON + 2)
    before = _before(reading, place, _SOON)
    if guards.says("ruled_out", (*before, *after[:3])):
        return True
    inside = reading.tokens[place.first : place.last]
    told = guards.starts_with("possible_after", after) or guards.says("possible_inside", inside)
    return told and not guards.says("owned", before)


def _is_lasting(guards: Guards, reading: Reading, place: Place) -> bool:
    """`I always bruise easily, since I was a child`: as it has been for years, and no worse."""
    end = reading.closes[place.last - 1]
    first = reading.opens[place.first]
    sentence = reading.tokens[max(first, place.first - _REACH) : min(end, place.last + _REACH)]
    said = (*sentence, *reading.tokens[end + 1 : end + 1 + _CAUSE])
    return guards.says("lasting", said) and not guards.says("changed", said)


def _is_over_later(guards: Guards, reading: Reading, place: Place) -> bool:
    """`diarrhoea in the first weeks, then it stopped`; not `a fever last night, gone now`."""
    after = _after(reading, place, _REACH)
    over = next((i for i in range(len(after)) if guards.starts_with("over_later", after[i:])), None)
    if over is None:
        return False
    told = (*_before(reading, place, _FEAR), *after[:over])
    return not guards.says("recent", told) and not guards.says("present", after[over + _OVER :])


_CHECKS: Mapping[str, Callable[[Guards, Reading, Place], bool]] = {
    "feared": _is_feared,
    "distant": _is_distant,
    "figure": _is_figure,
    "allergy": _is_allergy,
    "possible": _is_possible,
    "lasting": _is_lasting,
    "over_later": _is_over_later,
}
