"""What a message says of the one before it, or of its own beginning, in few words.

"and calcium tablets" goes on with a list of medicines; "My wife is 53. No, 54." puts right what
it just said.
"""

import re
from collections.abc import Mapping, Sequence

from chains.corrections import Righting, rightings, wrong_facts
from chains.extraction import extract
from chains.intent import is_asking
from chains.lexicon import Lexicon
from chains.sentences import split_words
from chains.subject_words import PRONOUNS
from chains.subjects import find_relations
from chains.whose import spoken_to
from memory.records import Card, Fact, Thread

_GOES_ON = re.compile(
    r"\W*(?:(?:oh|sorry|yes|yeah|i forgot|forgot(?: to say)?|i should add)[\s,.:!-]+)*"
    r"(?:and|plus|also|as well as|\+|&)\s+(?P<rest>[^?]{3,90})",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"\b(?:and|plus|also|too|as well|of course|the|an?|some|my|her|his|daily|a day|every (?:day"
    r"|night|morning|week|month)|once|twice|weekly|monthly|tablets?|pills?|capsules?|injections?"
    r"|shots?|jabs?|drops|supplements?|mg|mcg|iu|units?|each|in the (?:morning|evening)|at night"
    r"|sorry|for (?:my|her|his|the)?(?: \w+)?)\b|[\d.,;:!+&/()-]+",
    re.IGNORECASE,
)
"""What may stand around the names in a list of medicines."""
_NO_WAIT = re.compile(
    r"(?:[.;,!\n]|\s[-–—]|\.\.+)\s*(?:"
    r"(?:no|nope)\s?(?:[,.!-]+|\b(?=\s(?:sorry|wait|i mean)))"
    r"|(?:sorry|wait|oops|whoops|i mean|i meant|actually|make that|correction|scratch that)\b)"
    r"[\s,.:!-]*(?:(?:no|sorry|wait|oops|i mean|i meant|make that|it'?s|it is|she'?s|he'?s|i'?m"
    r"|she is|he is|actually|rather)\b[\s,.:!-]*)*"
    r"(?![^.;,!?\n]*\b(?:too|also|as well)\b)"
    r"(?P<right>(?!(?:i|it|she|he|my|we|you|they|that|this|not|what|is|can|but|and)\b)"
    r"[\w+/%-]+(?: [\w+/%-]+){0,2}?)(?=\s*(?:[.;,!?\n]|$|\s(?:birthday|now|sorry)\b))",
    re.IGNORECASE,
)
"""Takes back what was just written, and says what is right."""


_ONE_FOR_ANOTHER = frozenset({"medication", "metastasis", "stage", "grade", "age", "procedure"})
"""Kinds of which a slip names one for another."""


def goes_on(
    message: str, before: Sequence[str], cards: Mapping[str, Card], thread: Thread, lexicon: Lexicon
) -> list[Fact]:
    """Medicines that a message adds to those of the one before it; empty elsewhere.

    Args:
        message: As it is read.
        before: The messages before it, oldest first.
        cards: By subject.
        thread: Says whom the conversation is about.
        lexicon: The words of the field.
    """
    found = _GOES_ON.fullmatch(message.strip())
    if found is None or not before or is_asking(before[-1]):
        return []
    rest = found["rest"]
    drugs = [m for m in lexicon.mentions(rest) if m.kind == "drug"]
    left = rest
    for mention in reversed(drugs):
        left = left[: mention.start] + left[mention.end :]
    if not drugs or _FILLER.sub("", left).strip():
        return []
    earlier = spoken_to(before[-1], thread, cards, before[:-1])
    told = extract(before[-1], Card(subject=earlier), about=earlier, lexicon=lexicon)
    takers = {f.subject for f in told if f.kind == "medication" and f.status == "current"}
    if len(takers) != 1:
        return []
    whose = takers.pop()
    # "on" says that they are taken, whoever it is that takes them.
    return extract(f"on {rest}", Card(subject=whose), about=whose, lexicon=lexicon)


def called_wrong(message: str, cards: Mapping[str, Card], lexicon: Lexicon) -> str | None:
    """The one person whose card holds what a message calls wrong; None elsewhere.

    "scratch that, the her2 negative is wrong" means whose HER2 is negative, whoever was spoken
    of last.
    """
    words, _ = split_words(message)
    if len(cards) < 2 or find_relations(words) or any(w.plain in PRONOUNS for w in words):
        return None
    for pair in rightings(message):
        held = {s for s, card in cards.items() if any(wrong_facts(pair, card.facts, lexicon))}
        if pair.wrong and len(held) == 1:
            return held.pop()
    return None


def set_right(text: str, facts: Sequence[Fact], lexicon: Lexicon) -> list[Fact]:
    """The facts of a message as it puts them right itself: "My wife is 53. No, 54."."""
    kept = list(facts)
    for found in _NO_WAIT.finditer(text):
        start, end = found.span("right")
        places = {fact.fact_id: text.find(fact.evidence or "\0") for fact in kept}
        earlier = [f for f in kept if 0 <= places[f.fact_id] < found.start() and not f.negated]
        instead = [fact for fact in kept if start <= places[fact.fact_id] < end]
        if instead:
            kept = _without_replaced(kept, earlier, instead, places)
            continue
        wrong = list(wrong_facts(Righting("", found["right"]), earlier, lexicon))
        if not wrong:
            continue
        # The nearest is meant: nothing that takes such a value stands between.
        old, new = max(wrong, key=lambda pair: places[pair[0].fact_id])
        right = {"name": new.name, "attributes": new.attributes, "evidence": found["right"]}
        kept = [f.model_copy(update=right) if f.fact_id == old.fact_id else f for f in kept]
    return kept


def _without_replaced(
    kept: list[Fact], earlier: Sequence[Fact], instead: Sequence[Fact], places: Mapping[str, int]
) -> list[Fact]:
    """The facts without the nearest of its kind that another was named instead of."""
    right = next((f for f in instead if f.kind in _ONE_FOR_ANOTHER and not f.negated), None)
    like = [f for f in earlier if right and (f.kind, f.subject) == (right.kind, right.subject)]
    wrong = max(like, key=lambda fact: places[fact.fact_id], default=None)
    return [fact for fact in kept if fact is not wrong]
