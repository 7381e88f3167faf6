"""Medicines, supplements and herbs: who takes what, since when, how much, and what changed."""

import dataclasses
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chains.context import Context
from chains.extraction import doses
from chains.extraction.doses import Found
from chains.extraction.reading import Reading, Span, cover
from chains.extraction.taking import context_of, course_asked_of, is_presupposed, is_told
from chains.extraction.timing import TREATMENT_HELD, starts_later, status_of, switch_role
from chains.lexicon import Mention
from memory.records import Fact, FactStatus

_COORDINATED = re.compile(r"\s*(?:,|and|&|\+|/|plus|with|n|,\s?and|\s)\s*", re.IGNORECASE)
_LISTED = re.compile(
    r"(?:\s*(?:,|\band\b|&|\+|/|\bplus\b|\bwith\b|\bn\b|on top of|as well as|along with"
    r"|together with|alongside)"
    r"|\s*\d+(?:\.\d+)?\s?(?:mg|mcg|g|iu)?)+\s*|\s",
    re.IGNORECASE,
)
_LIST_ALONE = 2
"""Medicines that make a list of themselves: an answer to what is taken."""
_ENDS_ITEM = re.compile(r"\s?[,.;]")
_WORD = re.compile(r"\w")
_JOINT = re.compile(r",|;|\+|&|/|\b(?:and|then|now|but|plus|with|so|after)\b", re.IGNORECASE)
_OPENING = re.compile(
    r"\W*(?:(?:for|since|after|in|about|over)\s)?(?:\w+\s?){1,3},[^,]*$", re.IGNORECASE
)
"""A sentence that opens with a time: "Since March, on letrozole"."""
_SHARED = ("schedule", "duration", "since", "until")


@dataclass(frozen=True, slots=True)
class _Place:
    """One medicine where the message names it."""

    mention: Mention
    names: tuple[str, ...]
    inferred: tuple[str, ...]
    window: Span
    """The characters that may speak of its dose and dates."""
    context: Context
    status: FactStatus


def read_medications(reading: Reading) -> Iterator[Fact]:
    """A fact for each medicine a person takes, took or will take; then doses told apart from it."""
    mentions = list(reading.of_kind("drug", "regimen"))
    places: list[_Place] = []
    told = _told(reading, mentions)
    for at, mention in enumerate(mentions):
        context = context_of(reading, mention)
        if at not in told:
            continue
        window = _window(reading, mentions, at)
        status = status_of(reading, mentions, at, context=context)
        if context.is_correction and context.negated:
            status = "current"
        if context.is_question and is_presupposed(reading, mention):
            context, status = dataclasses.replace(context, negated=False), "current"
        status = course_asked_of(reading, mention) or status
        names, inferred = _names(reading, mention)
        if not context.is_timed and switch_role(reading, mentions, at) is None:
            status = next((p.status for p in reversed(places) if p.names == names), status)
        places.append(_Place(mention, names, inferred, window, context, status))
    places = _planned_together(reading, places)
    for at, place in enumerate(places):
        attributes = _attributes(reading, place)
        for name, found in _lent(reading, places, at).items():
            attributes.setdefault(name, found)
        yield from _facts(reading, place, attributes)
    yield from _told_apart(reading, mentions, places)


def _planned_together(reading: Reading, places: Sequence[_Place]) -> list[_Place]:
    """The places, where "starting A, B and C next week" plans A and B too."""
    mentions = [place.mention for place in places]
    shared = list(places)
    for group in _lists(reading, mentions):
        is_plan = places[group[-1]].status == "planned" and starts_later(
            reading, mentions[group[0]]
        )
        for at in group if is_plan else ():
            shared[at] = dataclasses.replace(places[at], status="planned")
    return shared


def _told(reading: Reading, mentions: Sequence[Mention]) -> frozenset[int]:
    """Which mentions say that it is taken, the bare ones of their lists with them."""
    contexts = [context_of(reading, mention) for mention in mentions]
    told = {at for at, one in enumerate(mentions) if is_told(reading, one, contexts[at])}
    for group in _lists(reading, mentions):
        bare = [
            at
            for at in group
            if at not in told
            and reading.is_stated(mentions[at], contexts[at])
            and not contexts[at].is_timed
        ]
        is_list_alone = len(group) >= _LIST_ALONE and len(bare) == len(group)
        if told.intersection(group) or (is_list_alone and _is_whole(reading, mentions, group)):
            told.update(bare)
    return frozenset(told)


def _lists(reading: Reading, mentions: Sequence[Mention]) -> Iterator[range]:
    """Runs of mentions with nothing but joining words between them."""
    first = 0
    for at in range(1, len(mentions) + 1):
        goes_on = at < len(mentions) and _LISTED.fullmatch(
            reading.text, mentions[at - 1].end, mentions[at].start
        )
        if not goes_on:
            yield range(first, at)
            first = at


def _is_whole(reading: Reading, mentions: Sequence[Mention], group: range) -> bool:
    """Whether the list is all that the message says."""
    start, end = mentions[group[0]].start, mentions[group[-1]].end
    if _ENDS_ITEM.match(reading.text, end):
        return not _WORD.search(reading.text[:start])
    return not _WORD.search(reading.text[:start]) and not _WORD.search(reading.text[end:])


def _names(reading: Reading, mention: Mention) -> tuple[tuple[str, ...], tuple[str, ...]]:
    regimen = reading.lexicon.regimen(mention.name) if mention.kind == "regimen" else None
    return (regimen.drugs, regimen.inferred) if regimen else ((mention.name,), ())


def _window(reading: Reading, mentions: Sequence[Mention], at: int) -> Span:
    """The characters of its sentence that speak of this medicine and of no other."""
    mention = mentions[at]
    place = reading.sentence(mention.start)
    others = [m for m in reading.of_kind("drug", "regimen", "procedure") if m != mention]
    before = max((m.end for m in others if place.start <= m.end <= mention.start), default=None)
    behind = min((m.start for m in others if mention.end <= m.start < place.end), default=None)
    start = place.start if before is None else _border(reading, before, mention.start)
    if before is None and not _OPENING.match(reading.text, place.start, mention.start):
        comma = reading.text.rfind(",", place.start, mention.start)
        start = comma + 1 if comma >= 0 else start
    end = place.end if behind is None else _border(reading, mention.end, behind)
    return Span(start, end)


def _border(reading: Reading, left: int, right: int) -> int:
    """Where what is said of one medicine ends and of the next begins: the last joining word."""
    joints = list(_JOINT.finditer(reading.text, left, right))
    return joints[-1].start() if joints else right


def _attributes(reading: Reading, place: _Place) -> dict[str, Found]:
    text, window = reading.text, place.window
    is_current = place.status in {"current", "on_hold"}
    change = _change(reading, place) if is_current else None
    is_held = change is not None and change.value == "held"
    found = {
        "dose": _dose(reading, place),
        "schedule": doses.find_schedule(text, window),
        "duration": None if is_held else doses.find_duration(text, window),
        "since": doses.find_since(text, window) if is_current else None,
        "until": doses.find_until(text, window) if place.status == "past" else None,
        "change": change,
    }
    attributes = {name: value for name, value in found.items() if value is not None}
    if change is not None or place.status == "past":
        reason = _reason(reading, reading.sentence(place.mention.start))
        if reason is not None:
            attributes["reason"] = reason
    return attributes


def _dose(reading: Reading, place: _Place) -> Found | None:
    if len(place.names) > 1:
        return None
    left = doses.find_dose_to_be_left(reading.text, place.window)
    if left is not None:
        return left if left.value else None
    found = doses.find_dose(reading.text, place.window, after=place.mention.end)
    if found is None or _is_age(reading, place, found):
        return None
    return found


def _is_age(reading: Reading, place: _Place, found: Found) -> bool:
    """Whether the figure behind the name has no unit and is no dose of it: "letrozole, 60"."""
    figure = reading.text[found.span.start : found.span.end]
    between = reading.text[place.mention.end : found.span.start]
    is_bare = re.fullmatch(r"[\s,(:-]{1,3}", between) is not None
    return is_bare and doses.is_no_dose(place.mention.name, figure)


def _change(reading: Reading, place: _Place) -> Found | None:
    if place.status == "on_hold":
        return Found("held", Span(place.mention.start, place.mention.end))
    change = doses.find_change(reading.text, place.window)
    if change is None or change.value == "held":
        return change
    if not doses.is_of_dose(reading.text, place.window, change, after=place.mention.end):
        return None
    is_dose = _dose(reading, place) is not None or doses.speaks_of_dose(reading.text, place.window)
    return change if is_dose else None


def _reason(reading: Reading, place: Span) -> Found | None:
    """The symptom or illness behind "because of", by its canonical name."""
    causes = [
        m for m in reading.of_kind("symptom", "comorbidity") if place.start <= m.start < place.end
    ]
    for opening in doses.find_because(reading.text, place):
        for cause in causes:
            if 0 <= cause.start - opening.end <= 30:
                return Found(cause.name, Span(cause.start, cause.end))
    return None


def _lent(reading: Reading, places: Sequence[_Place], at: int) -> dict[str, Found]:
    """What "herceptin and perjeta every three weeks" says of herceptin too."""
    if at + 1 >= len(places):
        return {}
    place, following = places[at], places[at + 1]
    between = reading.text[place.mention.end : following.mention.start]
    if not _COORDINATED.fullmatch(between) or place.status != following.status:
        return {}
    later = _attributes(reading, following) | _lent(reading, places, at + 1)
    return {name: later[name] for name in _SHARED if name in later}


def _facts(reading: Reading, place: _Place, found: dict[str, Found]) -> Iterator[Fact]:
    near = [
        value.span
        for name, value in found.items()
        if name != "reason" and place.window.start <= value.span.start < place.window.end
    ]
    evidence = cover([place.mention, *near])
    is_denied = place.context.negated
    attributes = {} if is_denied else {name: value.value for name, value in found.items()}
    update = {"status": place.status, "attributes": attributes}
    for name in place.names:
        fact = reading.fact("medication", name, evidence, context=place.context)
        yield fact.model_copy(update=update)
    for name in place.inferred:
        fact = reading.inferred("medication", name, evidence, place.context)
        yield fact.model_copy(update=update)


def _told_apart(
    reading: Reading, mentions: Sequence[Mention], places: Sequence[_Place]
) -> Iterator[Fact]:
    """Dose changes in sentences that name no medicine: "the dose was lowered to 400"."""
    for sentence in reading.reader.sentences:
        words = reading.reader.words
        place = Span(words[sentence.first].start, words[sentence.last - 1].end)
        if any(place.start <= mention.start < place.end for mention in mentions):
            continue
        fact = _change_of_known(reading, place, places)
        if fact is not None:
            yield fact


def _change_of_known(reading: Reading, place: Span, places: Sequence[_Place]) -> Fact | None:
    held = TREATMENT_HELD.search(reading.text, *place)
    if held is not None:
        return _held_of_known(reading, place, places, Span(*held.span()))
    change = doses.find_change(reading.text, place)
    if change is None:
        return None
    if not doses.is_of_dose(reading.text, place, change, after=place.start - 1):
        return None
    context = reading.context(change.span)
    if context.is_question or context.hypothetical or context.negated:
        return None
    dose = doses.find_dose(reading.text, place, after=place.start)
    is_dose = dose is not None or doses.speaks_of_dose(reading.text, place)
    if change.value == "held" or not is_dose:
        return None
    name = _under_discussion(reading, place, places)
    if name is None or context.temporality == "planned":
        return None
    reason = _reason(reading, place)
    found = {"dose": dose, "change": change, "reason": reason}
    attributes = {key: value.value for key, value in found.items() if value is not None}
    evidence = cover([change.span, *([dose.span] if dose else [])])
    subject = places[-1].context.subject if places else reading.card.subject
    fact = reading.fact("medication", name, evidence, context=context, attributes=attributes)
    return fact.model_copy(update={"status": "current", "subject": subject})


def _held_of_known(
    reading: Reading, place: Span, places: Sequence[_Place], held: Span
) -> Fact | None:
    """The medicine that a pause of "the treatment" speaks of."""
    context = reading.context(Span(held.end - 1, held.end))
    if context.is_question or context.hypothetical or context.negated:
        return None
    name = _under_discussion(reading, place, places)
    if name is None or context.temporality == "planned":
        return None
    reason = _reason(reading, place)
    attributes = {"change": "held", **({"reason": reason.value} if reason else {})}
    subject = places[-1].context.subject if places else reading.card.subject
    fact = reading.fact("medication", name, held, context=context, attributes=attributes)
    return fact.model_copy(update={"status": "on_hold", "subject": subject})


def _under_discussion(reading: Reading, place: Span, places: Sequence[_Place]) -> str | None:
    """The one medicine a dose without a name belongs to; None when it could be several."""
    current = [p for p in places if p.mention.end <= place.start and p.status == "current"]
    if current:
        named = list(dict.fromkeys(name for p in current for name in p.names))
        return _only_one(reading, named)
    known = [fact for fact in reading.card.current_medications() if fact.status == "current"]
    latest = [fact.name for fact in known if fact.message_id == known[-1].message_id]
    return _only_one(reading, [fact.name for fact in known]) or _only_one(reading, latest)


def _only_one(reading: Reading, names: Sequence[str]) -> str | None:
    """The only name, or the only one among them that is a cancer medicine with dose levels."""
    if len(names) == 1:
        return names[0]
    lowered = [n for n in names if reading.lexicon.classes_of(n) & _DOSED_IN_STEPS]
    return lowered[0] if len(lowered) == 1 else None


_DOSED_IN_STEPS = frozenset({
    *("cdk4_6_inhibitor", "parp_inhibitor", "pi3k_akt_inhibitor", "mtor_inhibitor"),
    *("tyrosine_kinase_inhibitor", "chemotherapy", "antibody_drug_conjugate"),
})
"""Classes whose dose is commonly reduced; hormone tablets come in one strength."""
