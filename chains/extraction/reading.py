"""One message as the fact families read it: its words, what it names, whom it speaks of."""

import dataclasses
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from chains.context import Context, ContextReader
from chains.lexicon import Lexicon, Mention
from chains.subjects import OTHER, SELF
from memory.records import Card, Fact, FactKind

PERSONAL = frozenset({
    *("i", "im", "ive", "id", "ill", "me", "my", "we", "our", "us", "she", "her", "shes"),
    *("he", "his", "him", "hes", "they", "their", "myself", "iam"),
})
_GENERAL = re.compile(
    r"\b(?:is|are)\s(?:(?:an?|the)(?!\s(?:bit|worst|hardest|bane|biggest|main|only|pits"
    r"|nightmare|joke"
    r"|pain|real|lot|struggle|problem|killer))|used|common|known|often|usually|approved|given"
    r"|caused|better"
    r"|worse)\b"
    r"|\bworks? by\b|\bcauses?\b(?!\sof)|\bcan\b(?!'?t|\s(?:barely|hardly|only|just|still|not"
    r"|no|scarcely)\b)|\bmay\s(?:be|cause|help|have|not"
    r"|also|lead)\b"
    r"|\b(?:patients|women|people|men|those|anyone)\b|\b(?:improve|treat|prevent|help|show"
    r"|increase)s\b"
    r"|\b(?:trial|study|studies|research|guidelines?|fda|nccn|approved)\b",
    re.IGNORECASE,
)


_TAKEN_BACK = re.compile(
    r"\b(?:i (?:said|wrote|put|typed|told you)|you(?:'?ve| have)? (?:put|got|have|had|wrote|say)"
    r"(?: me)?(?: down)?(?: as)?|(?:the |my |your )?(?:card|list|summary|app) says)\b"
    r"(?P<wrong>[^.;!?\n]*?)(?:,|;|\bbut\b|\s[-–—]\s|\.\s|\n)(?P<right>[^?\n]*)",
    re.IGNORECASE,
)
"""Words that quote what was said before, and what is said in their place."""
_PUT_RIGHT = re.compile(
    r"\b(?:it'?s|it is|i'?m|i am|actually|should be|meant|really|wrong|not|isn'?t|wasn'?t|she'?s"
    r"|he'?s|it was|in fact|is)\b",
    re.IGNORECASE,
)


_EVERYDAY = re.compile(
    r"\b(?:dinner|lunch|party|meeting|waiting room|office|football|rugby|cricket|match|tour|telly"
    r"|tv|film|movie|episode|shop|supermarket|recital|piano|teacher|homework|exam|boss"
    r"|department|boiler"
    r"|mechanic|garage|playlist|concert|gig|festival|wedding|holiday cottage|out of (?:10|ten))\b"
    r"|\bidc (?:if|what|about|any ?more|who|how)\b|\bpet (?:shop|food|dog|cat|insurance|sitter)",
    re.IGNORECASE,
)
"""Words of another life than treatment; with them alone beside it, "stage 4" is of a race."""


_REPORTED = re.compile(
    r"\b(?:the|my|her|his|latest|last|new|this|path\w*|biopsy"
    r"|testing)\s(?:\w+\s){0,2}?(?:pathology|path|report|biopsy|scan"
    r"|pet|ct|mri|mammogram|ultrasound|x-?ray|results?|bloods?|bloodwork|labs?|letter|test"
    r"|testing)\s(?:\w+\s){0,2}?"
    r"(?:shows?|showed|says?|said|found|reads?|came|confirms?|confirmed|reveals?|revealed|is|was)\b"
    r"|\b(?:pathology|path report|biopsy|scan|mri|pet(?: scan)?|ct(?: scan)?"
    r"|results?)\s(?:shows?|showed|says|came back)\b",
    re.IGNORECASE,
)
"""A report of somebody's, which is no sentence about the world."""
_COOLS = re.compile(
    r"\s(?:(?:is|was|has|had|just|unit|thing|got)\s)*(?:unit|broke\w*|died|conked|packed"
    r"|blasting|off|out|fixed|repair\w*"
    r"|freezing|in the (?:car|room|house|office|waiting)|at (?:home|work)|not working"
    r"|isn'?t working|wasn'?t working)\b",
    re.IGNORECASE,
)
_LONGEST_ACRONYM = 4
"""Characters."""


class Span(NamedTuple):
    """Characters of the message, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A message, read once for all fact families."""

    text: str
    card: Card
    """What was known before; also says which medicine is under discussion."""
    message_id: str | None
    about: str
    lexicon: Lexicon
    mentions: tuple[Mention, ...]
    reader: ContextReader
    lowered: str = field(default="")
    taken_back: tuple[Span, ...] = ()
    """Places that quote what was said before, to put it right."""

    def of_kind(self, *kinds: str) -> Iterator[Mention]:
        """Mentions of these kinds, in order."""
        return (mention for mention in self.mentions if mention.kind in kinds)

    def context(self, span: Mention | Span) -> Context:
        """How the message speaks of this place."""
        context = self.reader.at(span.start, span.end)
        if any(place.start <= span.start < place.end for place in self.taken_back):
            return dataclasses.replace(context, negated=True, is_correction=True)
        return context

    def sentence(self, start: int) -> Span:
        """Characters of the sentence that holds this one."""
        sentence = self.reader.sentence_at(start)
        words = self.reader.words
        return Span(words[sentence.first].start, words[sentence.last - 1].end)

    def is_stated(self, span: Mention | Span, context: Context) -> bool:
        """Whether the place tells of a person, and not of the world, a wish or a question."""
        if context.is_question or context.hypothetical or context.subject == OTHER:
            return False
        if self._is_cooling(span):
            return False
        if self._is_look_alike(span, context) and self._is_everyday(span):
            return False
        return context.is_timed or not self.is_general(span.start)

    def _is_cooling(self, span: Mention | Span) -> bool:
        """Whether "the AC" is what cools a room."""
        is_named = isinstance(span, Mention) and span.kind == "regimen" and span.text == "AC"
        return is_named and _COOLS.match(self.text, span.end) is not None

    def _is_look_alike(self, span: Mention | Span, context: Context) -> bool:
        """Whether the words also mean other things, and nobody says to have them."""
        written = self.text[span.start : span.end]
        if isinstance(span, Mention) and span.kind == "regimen":
            return True
        is_owned = context.is_timed or self.lowered[: span.start].endswith("my ")
        is_short = len(written) <= _LONGEST_ACRONYM or written.lower().startswith((
            "stage",
            "grade",
        ))
        return is_short and not is_owned

    def _is_everyday(self, span: Mention | Span) -> bool:
        """Whether a look-alike stands alone among everyday words: "TC came over for dinner"."""
        place = self.sentence(span.start)
        if any(place.start <= m.start < place.end and m.start != span.start for m in self.mentions):
            return False
        return _EVERYDAY.search(self.text, place.start, place.end) is not None

    def is_general(self, start: int) -> bool:
        """Whether the sentence here names no person and sounds like a sentence about the world."""
        sentence = self.reader.sentence_at(start)
        words = self.reader.words[sentence.first : sentence.last]
        if any(word.plain in PERSONAL for word in words) or self.reader.relations:
            return False
        place = self.sentence(start)
        if _REPORTED.search(self.text, place.start, place.end):
            return False
        return _GENERAL.search(self.text, place.start, place.end) is not None

    def fact(
        self,
        kind: FactKind,
        name: str,
        span: Mention | Span,
        *,
        context: Context,
        attributes: Mapping[str, str] | None = None,
    ) -> Fact:
        """A fact with the words at `span` as evidence; the context says of whom and whether."""
        return Fact(
            fact_id=uuid.uuid4().hex,
            kind=kind,
            name=name,
            subject=context.subject,
            attributes=dict(attributes or {}),
            evidence=self.text[span.start : span.end].strip(" ,.;"),
            message_id=self.message_id,
            negated=context.negated,
            state="corrected" if context.is_correction else "stated",
        )

    def inferred(self, kind: FactKind, name: str, span: Mention | Span, context: Context) -> Fact:
        """A fact that follows from what is said at `span`."""
        return self.fact(kind, name, span, context=context).model_copy(update={"state": "inferred"})


def read(text: str, card: Card, *, message_id: str | None, about: str, lexicon: Lexicon) -> Reading:
    """Prepare a message for the fact families."""
    return Reading(
        text=text,
        card=card,
        message_id=message_id,
        about=about,
        lexicon=lexicon,
        mentions=lexicon.mentions(text),
        reader=ContextReader(text, about=about),
        lowered=text.lower(),
        taken_back=tuple(_taken_back(text)),
    )


def _taken_back(text: str) -> Iterator[Span]:
    for match in _TAKEN_BACK.finditer(text):
        if _PUT_RIGHT.search(match["right"]):
            yield Span(*match.span("wrong"))


def cover(spans: Iterable[Mention | Span]) -> Span:
    """The shortest span that holds all of these; there must be one at least."""
    places = [(span.start, span.end) for span in spans]
    return Span(min(start for start, _ in places), max(end for _, end in places))


__all__ = ["OTHER", "PERSONAL", "SELF", "Reading", "Span", "cover", "read"]
