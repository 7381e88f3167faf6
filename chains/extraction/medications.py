"""Medicines, supplements and herbs: who takes what, since when, how much, and what changed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chains.context import Context
from chains.extraction import doses
from chains.extraction.doses import Found
from chains.extraction.reading import OTHER, PERSONAL, Reading, Span, cover
from chains.lexicon import Mention
from memory.records import Fact, FactStatus

_ALLERGY = re.compile(
    r"(\ballerg\w*\s(?:to|reaction to)\b|\ballerg(?:y|ies):?\s)[^.;!?]*$", re.IGNORECASE
)
_ALLERGENS_OVER = re.compile(
    r"\b(?:so|but|on|take|taking|i|i'm|im|we|they|now|use)\b", re.IGNORECASE
)
_ALLERGY_AFTER = re.compile(r"\s(?:allergy|allergies)\b", re.IGNORECASE)
_SWITCH = re.compile(
    r"\b(?:switch|swap|chang|mov|transition|replac|went|going|go)\w*\b", re.IGNORECASE
)
_FROM = re.compile(r"\bfrom\s(?:the\s|my\s|her\s)?$", re.IGNORECASE)
_TO_NEXT = re.compile(
    r"[^.;!?]{0,25}?(?:\bto\b|\bfor\b|\bwith\b|\bonto\b|->|→|=>|\binto\b)\s(?:the\s)?",
    re.IGNORECASE,
)
_ARROW = re.compile(r"\s*(?:-+>|→|=+>)\s*")
_PLAN = re.compile(
    r"\b(?:want\w*|plan\w*|going|hop\w+|will|ll|need\w*|due|about|supposed|gonna)\s(?:me\s"
    r"|us\s|her\s|him\s)?(?:to\s)?"
    r"(?:add|put|start|begin|switch|move|go|change|try)\w*\b[^.;!?,]*$",
    re.IGNORECASE,
)
_COORDINATED = re.compile(r"\s*(?:,|and|&|\+|/|plus|with|,\s?and|\s)\s*", re.IGNORECASE)
_NEEDS_WORDS = frozenset({"supplement", "herb"})
_TAKEN = re.compile(
    r"\b(?:tak(?:e|es|ing|en)|on|us(?:e|es|ing)|start(?:ed|ing)?|have been|stopped|prescribed"
    r"|add(?:ed|ing)?|swallow\w*"
    r"|pop(?:ping)?|daily|every (?:day|night|morning)|supplement(?:ing|s)?|capsules?|tablets?"
    r"|pills?|drops|gummies|dose"
    r"|mg|mcg|iu|came off|quit|continue|also take|drink(?:ing)?|sipping|plus|meds?"
    r"|medications?|infusions?|shots?|jabs?|injections?)\b",
    re.IGNORECASE,
)
_FORM_BEHIND = re.compile(
    r"\s(?:\w+\s)?(?:capsules?|tablets?|pills?|supplements?|powder|drops|gummies|\d+\s?(?:mg"
    r"|mcg|iu|g)\b|daily)",
    re.IGNORECASE,
)
_EATEN = re.compile(
    r"\b(?:eat\w*|ate|cook\w*|put|sprinkl\w+|curry|recipe|salad|smoothie|food|meal"
    r"|diet)\b[^.;!?]*$",
    re.IGNORECASE,
)
_PONDERED = re.compile(
    r"\b(?:think\w*|consider\w*|wonder\w*|might|should|could|if|maybe)\b", re.IGNORECASE
)
_FIRST_COURSE = re.compile(
    r"\bhad\s(?:my|her|his|the)\s(?:\w+\s)?(?:first|second|third|\d(?:st|nd|rd|th))\b",
    re.IGNORECASE,
)
_EITHER = re.compile(r"\s*(?:or|vs\.?|versus)\s*(?:the\s)?", re.IGNORECASE)
_LISTING = re.compile(r"[,;+.\n]\s?\S")
_FINDINGS = frozenset({
    *("biomarker", "extent", "diagnosis", "symptom", "procedure", "lab", "metastasis"),
    *("comorbidity", "menopausal_status", "regimen"),
})
_JOINT = re.compile(r",|;|\+|&|/|\b(?:and|then|now|but|plus|with|so)\b", re.IGNORECASE)
_OPENING = re.compile(
    r"\W*(?:(?:for|since|after|in|about|over)\s)?(?:\w+\s?){1,3},[^,]*$", re.IGNORECASE
)
"""A sentence that opens with a time: "Since March, on letrozole"."""
_RESTART = re.compile(r"[^.;!?]*\b(?:restart\w*|re-start\w*|back on it)\b", re.IGNORECASE)
_FOR_NOW = re.compile(
    r"[^.;!?]{0,30}?\b(?:for now|temporarily|for a (?:week|few|couple|bit|while)|until my"
    r"|until counts)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"\b(?:in|during)\s(?:19|20)\d\d\b|\b(?:19|20)\d\d\s?(?:-|–|to)\s?(?:19|20)\d\d\b"
)
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
    for at, mention in enumerate(mentions):
        context = reading.context(mention)
        if not _is_told(reading, mention, context):
            continue
        window = _window(reading, mentions, at)
        status = _status(reading, mentions, at, context=context)
        names, inferred = _names(reading, mention)
        if not context.is_timed and _switch_role(reading, mentions, at) is None:
            status = next((p.status for p in reversed(places) if p.names == names), status)
        places.append(_Place(mention, names, inferred, window, context, status))
    for at, place in enumerate(places):
        attributes = _attributes(reading, place)
        for name, found in _lent(reading, places, at).items():
            attributes.setdefault(name, found)
        yield from _facts(reading, place, attributes)
    yield from _told_apart(reading, mentions, places)


def _names(reading: Reading, mention: Mention) -> tuple[tuple[str, ...], tuple[str, ...]]:
    regimen = reading.lexicon.regimen(mention.name) if mention.kind == "regimen" else None
    return (regimen.drugs, regimen.inferred) if regimen else ((mention.name,), ())


def _is_told(reading: Reading, mention: Mention, context: Context) -> bool:
    place = reading.sentence(mention.start)
    if _is_allergen(reading, place, mention):
        return False
    if not reading.is_stated(mention, context):
        return _is_planned_by_others(reading, place, mention) and not (
            context.is_question or context.subject == OTHER
        )
    if _is_choice(reading, place, mention):
        return False
    drug = reading.lexicon.drug(mention.name)
    if (
        drug is not None
        and drug.role in _NEEDS_WORDS
        and not _is_swallowed(reading, place, mention)
    ):
        return False
    return context.is_timed or _is_note(reading, place, mention)


def _is_choice(reading: Reading, place: Span, mention: Mention) -> bool:
    """Whether the medicine is one of two that are weighed: "exemestane or tamoxifen"."""
    return any(
        _EITHER.fullmatch(reading.text, *gap) is not None
        for other in reading.of_kind("drug", "regimen", "drug_class")
        for gap in ((other.end, mention.start), (mention.end, other.start))
        if place.start <= other.start < place.end and gap[0] < gap[1]
    )


def _is_allergen(reading: Reading, place: Span, mention: Mention) -> bool:
    opened = _ALLERGY.search(reading.text, place.start, mention.start)
    if opened is not None:
        return _ALLERGENS_OVER.search(reading.text, opened.end(1), mention.start) is None
    return _ALLERGY_AFTER.match(reading.text, mention.end) is not None


def _is_planned_by_others(reading: Reading, place: Span, mention: Mention) -> bool:
    """Whether "they want to add it", which is more than a thought."""
    before = reading.text[place.start : mention.start]
    return _PLAN.search(before) is not None and not _PONDERED.search(before)


def _is_swallowed(reading: Reading, place: Span, mention: Mention) -> bool:
    """Whether words say that a supplement or herb is taken, and not eaten."""
    before = reading.text[place.start : mention.start]
    if _EATEN.search(before):
        return False
    if _TAKEN.search(before) or _TAKEN.search(mention.text):
        return True
    return _FORM_BEHIND.match(reading.text, mention.end, place.end) is not None


def _is_note(reading: Reading, place: Span, mention: Mention) -> bool:
    """Whether a bare name tells of someone: a person, a dose or another finding stands by it."""
    words = reading.reader.sentence_at(mention.start)
    plain = {word.plain for word in reading.reader.words[words.first : words.last]}
    if plain & PERSONAL:
        return True
    if "or" in plain or "vs" in plain:
        return False
    if _SWITCH.search(reading.text, *place) or _ARROW.search(reading.text, *place):
        return True
    is_list = _LISTING.search(reading.text) is not None
    if is_list and any(m.kind in _FINDINGS for m in reading.mentions if m != mention):
        return True
    return (
        any(
            find(reading.text, place) is not None
            for find in (doses.find_schedule, doses.find_since, doses.find_duration)
        )
        or doses.find_dose(reading.text, place, after=mention.end) is not None
    )


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


def _status(
    reading: Reading, mentions: Sequence[Mention], at: int, *, context: Context
) -> FactStatus:
    mention = mentions[at]
    place = reading.sentence(mention.start)
    if _PLAN.search(reading.text, place.start, mention.start):
        return "planned"
    if _FIRST_COURSE.search(reading.text, place.start, mention.start):
        return "current"
    role = _switch_role(reading, mentions, at)
    if role == "left":
        return "current" if context.temporality == "planned" else "past"
    if role == "taken" and context.temporality != "planned":
        return "current"
    end = min([place.end, *(m.start for m in mentions[at + 1 :])])
    if context.temporality == "past" and _RESTART.match(reading.text, mention.end, end):
        return "current"
    if context.temporality == "past" and _FOR_NOW.match(reading.text, mention.end, place.end):
        return "on_hold"
    if not context.is_timed and _YEAR.search(reading.text, mention.end, place.end):
        return "past"
    return context.temporality


def _switch_role(reading: Reading, mentions: Sequence[Mention], at: int) -> str | None:
    """`left` or `taken` where the words say that one medicine gave way to another."""
    mention = mentions[at]
    place = reading.sentence(mention.start)
    before = reading.text[place.start : mention.start]
    later = next((m for m in mentions[at + 1 :] if m.start < place.end), None)
    earlier = next((m for m in reversed(mentions[:at]) if m.start >= place.start), None)
    if later and _gives_way(reading, mention, later, before):
        return "left"
    if earlier:
        lead = reading.text[place.start : earlier.start]
        if _gives_way(reading, earlier, mention, lead):
            return "taken"
    return None


def _gives_way(reading: Reading, left: Mention, taken: Mention, before: str) -> bool:
    between = reading.text[left.end : taken.start]
    if _ARROW.fullmatch(between):
        return True
    if not _TO_NEXT.fullmatch(between):
        return False
    return bool(_SWITCH.search(before) or _FROM.search(before) or _SWITCH.search(between))


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
    return doses.find_dose(reading.text, place.window, after=place.mention.end)


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
    update = {"status": None if is_denied else place.status, "attributes": attributes}
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
