"""What a person is allergic to, told as such or by what it did: "penicillin gives me a rash"."""

import dataclasses
import re
from collections.abc import Iterator
from typing import NamedTuple

from chains.extraction.reading import Reading, Span
from chains.lexicon import Drug, Mention
from memory.records import Fact

_ALLERGIC = re.compile(
    r"\b(?:allergic to|allerg(?:y|ies) (?:to|are|is|include)|allergies:|allergy:"
    r"|(?:severe|bad|anaphylactic|anaphylaxis) reaction to|anaphyla\w+ (?:to|from|with)"
    r"|intolerant (?:to|of))\s([^.;!?\n]+)",
    re.IGNORECASE,
)
_COME_OUT_IN = re.compile(
    r"\b(?:come|came|comes|break|broke|breaks|brought me)\sout\sin\s(?:an?\s|huge\s|big\s|awful\s)*"
    r"(?:hives|rash|welts|blotches|spots)\s(?:with|from|on|after|to)\s([^.;!?\n]+)",
    re.IGNORECASE,
)
_CANT_HAVE = re.compile(
    r"\b(?:can'?t|cannot|can not)\s(?:have|take|use|be given)\s([a-z][\w -]{2,30}?)(?:,|;"
    r"|\s-)?\s(?:because\s|as\s|cos\s|since\s)?"
    r"(?:(?:i'?m|i am|she'?s)\s(?:\w+\s)?allergic|(?:i\s)?had\s(?:an?\s)?(?:anaphyla\w+"
    r"|allergic reaction))\b",
    re.IGNORECASE,
)
_SAME_ALLERGEN = {
    **{"contrast": "contrast dye", "sulpha": "sulfa"},
    **dict.fromkeys(
        ("plasters", "plaster", "band aids", "band-aids", "bandaids", "tape"), "adhesive tape"
    ),
    **dict.fromkeys(("surgical tape", "medical tape", "adhesive", "adhesives"), "adhesive tape"),
}
_ALLERGY_BEHIND = re.compile(
    r"\b([a-z][\w-]+)\sallerg(?:y|ies)\b(?!\s(?:to|are|is|season|med|pill|shot|tablet|test))",
    re.IGNORECASE,
)
_NOT_ALLERGENS = frozenset({
    "no",
    "any",
    "an",
    "my",
    "the",
    "known",
    "have",
    "drug",
    "food",
    "seasonal",
    "and",
    "other",
    "bad",
    "severe",
    "of",
})
_ALLERGENS_END = re.compile(
    r"\s(?:but|so|and (?:i|my|am|on|also|take|have|had|now|currently|the|was|it)|because|which"
    r"|since|on|i|take|what|can|is|with|who|when|while|though)\b|\s-\s|\(|,?\s(?:otherwise"
    r"|no other)\b",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\w+ed\b|(?:it|its|got|came|comes|makes?|made|gives?|gave|gets?|had|has|went|goes|broke|brings"
    r"|could|would|cant|can't|never|always|found|causes|really|very|so|swells?|feels?|felt)\b",
    re.IGNORECASE,
)
"""Opens what the allergen did, not another allergen: "allergic to taxol, swelled right up"."""
_ITEMS = re.compile(r"\s*(?:,|/|&|\+|\band\b|\bor\b)\s*", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|all|any|some|also|to|both|a|an|my)\s", re.IGNORECASE)
_PRONOUNS = frozenset({"it", "this", "that", "them", "these", "those", "things", "everything"})
_LONGEST_ALLERGEN = 3
"""Words."""
_HARM = (
    r"(?:an?\s|the\s|awful\s|terrible\s|horrible\s|bad\s|nasty\s|itchy\s|big\s|huge\s|my\s|skin\s"
    r"|whole\s|face\s|body\s)*"
    r"(?:rash(?:es)?|hives|welts|blotch(?:es|y)|blisters?|anaphyla\w+|(?:swollen|puffy) (?:face"
    r"|lips"
    r"|tongue|throat)|(?:lips|tongue|face|throat|eyes|airway)\s(?:to\s)?(?:swell|close|puff)\w*"
    r"|swell up|skin\s(?:blister|peel|itch)|blister|itch(?:y|ing)?(?: all over)?|come up in\s\w+)"
)
_UPSET = (
    r"(?:throw up|be sick|vomit|sick|ill|nausea|pass out|faint|hallucinate|see things|wheeze"
    r"|stop breathing|terribly ill|so ill|really sick|so sick)"
)
_DOES = (
    r"(?:,?\s(?:it|they|that|and it|as it|because it|cos it))?,?\s(?:(?:always|just|really|once"
    r"|also)\s)?(?:gives?|gave|brings?|brought|makes?|made"
    r"|causes?|caused"
    r"|sends?|sent|leaves?|left)\s(?:me\s|my\s|her\s|his\s)?(?:(?:(?:out|up)\s)?(?:in|with|into"
    r"|come out in"
    r"|come up in|break out in|get|feel)\s)?"
)
_GIVES_HARM = re.compile(
    rf"(?:{_DOES}{_HARM}|\s(?:and i|and me) (?:don'?t|do not) (?:mix|get on))\b", re.IGNORECASE
)
_GIVES_SHOCK = re.compile(rf"{_DOES}(?:an?\s)?anaphyla\w+", re.IGNORECASE)
_GIVES_UPSET = re.compile(rf"{_DOES}{_UPSET}\b", re.IGNORECASE)
_NOT_FOR_ME = re.compile(
    r"\b(?:can'?t|cannot|can not|mustn'?t|never|not allowed to|won'?t)\s(?:\w+\s)?(?:have|take|use"
    r"|be given|touch|tolerate)\b",
    re.IGNORECASE,
)
"""Beside what upset somebody: it is not taken for that."""
_HARMED_BY = re.compile(
    r"\b(?:come|came|comes|break|broke|breaks|go|went|swell|swelled|get|got)\s(?:(?:out|up|all)\s)?"
    rf"(?:in\s)?(?:{_HARM}|lumps|itchy|spots)\s(?:if|when|whenever|every time|with|from|after|to"
    rf"|on)\s"
    r"(?:(?:i|she|he)\s(?:take|have|had|took|takes|has|use|used|eat)\s)?(?:\w+\s)?$",
    re.IGNORECASE,
)
_REACTED_TO = re.compile(
    r"\b(?:reacted|react|reacts)\s(?:\w+ly\s|really\s|so\s|very\s)*to\s(?:the\s|my\s)?$"
    r"|\b(?:severe|bad|terrible|awful|nasty|horrible|serious)\sreaction\s(?:to|with)\s(?:the\s)?$",
    re.IGNORECASE,
)
_WENT_ON = re.compile(
    r"\b(?:carried on|carry on|kept (?:going|me on|taking)|still (?:on|take|taking)|continued?"
    r"|stayed on"
    r"|am on|i'?m on|i'?m taking)\b",
    re.IGNORECASE,
)
"""It is taken all the same."""
_SUBSTANCES = re.compile(
    r"\b(?:latex|plasters?|nickel|shellfish|prawns|peanuts?|nuts|strawberries|iodine"
    r"|contrast(?: dye)?"
    r"|sulfa|sulpha|bee stings?|surgical tape|adhesive tape|chlorhexidine)\b",
    re.IGNORECASE,
)
"""What people are allergic to and the lexicon holds as no medicine."""


_HINT = re.compile(
    r"rash|hives|welts|blotch|blister|anaphyl|sw[eo]ll|puff|react|close|itch|spots|lumps|come up in"
    r"|mix|get on|throw up|sick|vomit|ill\b|nausea|pass out|faint|hallucinat|see things|wheez"
    r"|breath",
    re.IGNORECASE,
)
"""What every reaction has; most messages need no more than this look."""


class Reaction(NamedTuple):
    """Something that harmed a person, and the words that say so."""

    name: str
    allergen: Span
    told: Span
    """All of it, harm and what did it."""


def reactions(reading: Reading) -> tuple[Reaction, ...]:
    """What harmed somebody as an allergen does; of cancer medicines only what is called a reaction.

    A rash under letrozole is a side effect of what is taken: it is no reaction here.
    """
    if _HINT.search(reading.text) is None:
        return ()
    places = [
        (m.name, Span(m.start, m.end), _is_cancer_medicine(reading, m))
        for m in reading.of_kind("drug", "food")
    ]
    taken = {span.start for _, span, _ in places}
    for found in _SUBSTANCES.finditer(reading.text):
        if found.start() not in taken:
            places.append((found[0].lower(), Span(*found.span()), False))
    return tuple(
        Reaction(name, span, told)
        for name, span, is_cancer in places
        if (told := _reaction(reading, span, is_cancer=is_cancer)) is not None
    )


def _is_cancer_medicine(reading: Reading, mention: Mention) -> bool:
    drug = reading.lexicon.drug(mention.name)
    return drug is not None and drug.role == "cancer"


def _reaction(reading: Reading, span: Span, *, is_cancer: bool) -> Span | None:
    """The words that tell of a reaction to what stands here; None where none do."""
    place = reading.sentence(span.start)
    named = _REACTED_TO.search(reading.text, place.start, span.start)
    if named is not None:
        return Span(named.start(), span.end)
    if is_cancer:
        shock = _GIVES_SHOCK.match(reading.text, span.end, place.end)
        return Span(span.start, shock.end()) if shock is not None else None
    if _WENT_ON.search(reading.text, *place):
        return None
    behind = span.end
    if reading.lowered.startswith(" drugs", behind):
        behind += len(" drugs")
    harm = _GIVES_HARM.match(reading.text, behind, place.end)
    if harm is None and _NOT_FOR_ME.search(reading.text, *place):
        harm = _GIVES_UPSET.match(reading.text, behind, place.end)
    if harm is not None:
        return Span(span.start, harm.end())
    before = _HARMED_BY.search(reading.text, place.start, span.start)
    return Span(before.start(), span.end) if before is not None else None


def _reacted(reading: Reading) -> Iterator[Fact]:
    for one in reactions(reading):
        context = reading.context(one.allergen)
        if (
            reading.reader.is_asked(*one.allergen)
            or context.hypothetical
            and not _is_if(reading, one)
        ):
            continue
        subject = reading.context(Span(one.told.end - 1, one.told.end)).subject
        context = dataclasses.replace(context, negated=False, subject=subject)
        name = _SAME_ALLERGEN.get(one.name, one.name)
        yield reading.fact("allergy", name, one.told, context=context)


def _is_if(reading: Reading, one: Reaction) -> bool:
    """Whether the "if" is that of the reaction: "I come out in hives if I take it"."""
    return one.told.start < one.allergen.start


def read_allergies(reading: Reading) -> Iterator[Fact]:
    """A fact for each thing a person is allergic to."""
    yield from _reacted(reading)
    for match in (m for p in (_ALLERGIC, _COME_OUT_IN) for m in p.finditer(reading.text)):
        end = _ALLERGENS_END.search(match[1])
        written = match[1][: end.start()] if end else match[1]
        yield from _allergens(reading, Span(match.start(1), match.start(1) + len(written)))
    for match in _CANT_HAVE.finditer(reading.text):
        yield from _allergens(reading, Span(*match.span(1)), is_denied=False)
    for match in _ALLERGY_BEHIND.finditer(reading.text):
        if match[1].lower() not in _NOT_ALLERGENS:
            yield from _allergens(reading, Span(*match.span(1)))


def _allergens(reading: Reading, span: Span, *, is_denied: bool | None = None) -> Iterator[Fact]:
    context = reading.context(Span(span.start, span.start + 1))
    if is_denied is not None:
        context = dataclasses.replace(context, negated=is_denied)
    if context.is_question or context.hypothetical or context.negated:
        return
    at = span.start
    for item in _ITEMS.split(reading.text[span.start : span.end]):
        name = _ARTICLE.sub("", item.strip()).strip(" .").lower()
        if name and _TELLS.match(name) and reading.lexicon.drug(name) is None:
            return
        if not name or name in _PRONOUNS or len(name.split()) > _LONGEST_ALLERGEN:
            continue
        at = max(reading.lowered.find(name, at), span.start)
        place = Span(at, at + len(name))
        drug = reading.lexicon.drug(name) or _misspelt(reading, place)
        called = drug.name if drug else _SAME_ALLERGEN.get(name, name)
        yield reading.fact("allergy", called, place, context=context)


def _misspelt(reading: Reading, place: Span) -> Drug | None:
    for mention in reading.of_kind("drug"):
        if place.start <= mention.start < place.end:
            return reading.lexicon.drug(mention.name)
    return None
