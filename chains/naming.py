"""Which facts of which card the words of a command name."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from chains.intent import kinds_named
from chains.lexicon import Lexicon
from chains.sentences import split_words
from chains.subjects import find_relations
from memory.records import SELF, Card, Fact

_ITEMS = re.compile(r"\s*(?:,|;|&|\+|\band\b|\bplus\b|\bas well as\b|\balong with\b|\bor\b)\s*")
_SHORTEST = 3
_FULL = frozenset({
    *("the", "a", "an", "my", "our", "her", "his", "mum", "mums", "mom", "moms", "about", "that"),
    *("bit", "bits", "thing", "things", "part", "fact", "everything", "all", "of", "on", "i", "im"),
    *("ive", "am", "is", "has", "have", "told", "said", "you", "mentioned", "what", "to", "in"),
    *("facts", "taking", "take", "know", "knows", "remember", "stored", "got", "kept", "saved"),
    *("info", "data", "wrote", "written", "down", "put", "tell", "your", "any", "anything"),
    *("details", "information", "card", "takes", "being", "having", "for", "with", "old", "stuff"),
    *("note", "and", "was", "were"),
})
"""Words that name no fact by themselves."""


_SUPPLEMENTS = re.compile(r"\b(?:supplements?|vitamins?|herbs?|herbals?|herbal remedies)\b", re.I)
_MEDICINES = re.compile(r"\b(?:medic\w+|meds?|drugs?|pills|tablets|treatments?)\b", re.IGNORECASE)
_OVER = re.compile(
    r"\b(?:no longer|stopped|any ?more|used to|past|old|previous|former|finished|came off|earlier"
    r"|(?:am|'m|im) (?:not (?:on|taking)|off)|don'?t (?:take|use|have))\b",
    re.IGNORECASE,
)
"""Words that mean, of a kind of facts, those that are over."""


_ALL = re.compile(r"^\W*(?:please )?(?:everything|all|the (?:whole )?lot)\b", re.IGNORECASE)
"""All of a card: said where something of it is to stay."""


class Named(NamedTuple):
    """What one item of a command names."""

    words: str
    facts: tuple[Fact, ...]
    """On whichever card; empty when no card holds it."""


def named_items(
    what: str, cards: Mapping[str, Card], *, subject: str, lexicon: Lexicon
) -> list[Named]:
    """The items that words name, each with the facts it means.

    Args:
        what: "my age and the nausea"; as written.
        cards: all cards of the person.
        subject: whose card is meant where the words name nobody.
        lexicon: the words of the field.

    Returns:
        One entry an item; where no item alone is known, one entry for all of the words.
    """
    whose = _whose(what, cards)
    found = [
        Named(item, tuple(_facts(item, cards, whose or subject, lexicon)))
        for item in _items(what, cards, subject, lexicon)
    ]
    return found or [Named(what, ())]


def _items(what: str, cards: Mapping[str, Card], subject: str, lexicon: Lexicon) -> list[str]:
    """The words one by one where that leaves each a name: "ER and PR", not "bread and butter"."""
    parts = [part for part in _ITEMS.split(what) if part.strip()]
    whole = {mention.name for mention in lexicon.mentions(what)}
    by_part = {mention.name for part in parts for mention in lexicon.mentions(part)}
    return parts if whole <= by_part else [what]


def _whose(words: str, cards: Mapping[str, Card]) -> str | None:
    split, _ = split_words(words)
    relations = [relation.name for relation in find_relations(split)]
    return relations[0] if relations else None


def _facts(item: str, cards: Mapping[str, Card], subject: str, lexicon: Lexicon) -> Iterable[Fact]:
    whose = _whose(item, cards) or (SELF if _says_mine(item) else subject)
    own = cards.get(whose, Card(subject=whose))
    if _whose(item, cards) is not None and not _content(item, lexicon):
        return own.facts
    if _ALL.search(item) and not _content(item, lexicon):
        return own.facts
    found = facts_named(item, own.facts, lexicon)
    if found or _whose(item, cards) is not None:
        return found
    elsewhere = [
        facts_named(item, card.facts, lexicon) for other, card in cards.items() if other != whose
    ]
    held = [facts for facts in elsewhere if facts]
    return held[0] if len(held) == 1 else ()


def _says_mine(item: str) -> bool:
    return re.match(r"\W*(?:about )?my (?!\w+'s)", item, re.IGNORECASE) is not None


def _content(item: str, lexicon: Lexicon) -> list[str]:
    """Words that would name a fact, were it there."""
    split, _ = split_words(item)
    taken = {i for r in find_relations(split) for i in range(r.word, r.last)}
    return [w.plain for at, w in enumerate(split) if at not in taken and w.plain not in _FULL]


def facts_named(
    what: str, facts: Sequence[Fact], lexicon: Lexicon, *, by_evidence: bool = True
) -> list[Fact]:
    """Facts that the words name, by canonical name, by kind, or by the words they were told in."""
    names = {mention.name.lower() for mention in lexicon.mentions(what)}
    kinds = kinds_named(what)
    words = set(re.findall(r"[\w+-]+", what.lower().replace("_", " ")))
    named = [fact for fact in facts if _is_named(fact, names, words)]
    # "my letrozole pills" is that one medicine, not all of them.
    held = {fact.kind for fact in named}
    by_kind: Sequence[Fact] = [f for f in facts if f.kind in kinds and f.kind not in held]
    is_told_apart = _says_kind_apart(what) or held == {"extent"}
    if named and by_kind and not is_told_apart:
        by_kind = []
    by_kind = _of_sort(what, by_kind, lexicon)
    if named or by_kind:
        return [fact for fact in facts if fact in named or fact in by_kind]
    return [fact for fact in facts if by_evidence and _by_evidence(fact, words)]


def _of_sort(what: str, facts: Sequence[Fact], lexicon: Lexicon) -> Sequence[Fact]:
    """Of facts named by kind, those of the sort the words add: supplements, what is over."""
    if _SUPPLEMENTS.search(what) and not _MEDICINES.search(what):
        drugs = {fact.fact_id: lexicon.drug(fact.name) for fact in facts}
        facts = [f for f in facts if (d := drugs[f.fact_id]) and d.role in ("supplement", "herb")]
    if _OVER.search(what) and any(fact.status == "past" for fact in facts):
        facts = [fact for fact in facts if fact.status == "past"]
    return facts


def _says_kind_apart(what: str) -> bool:
    return len(_ITEMS.split(what)) > 1


def _is_named(fact: Fact, names: set[str], words: set[str]) -> bool:
    name = fact.name.lower()
    if name in names or set(re.findall(r"[\w+-]+", name)) <= words:
        return True
    return any(_is_short_for(word, name) for word in words)


def _by_evidence(fact: Fact, words: set[str]) -> bool:
    """Whether a telling word of the item stands in the words that the fact was told with."""
    said = set(re.findall(r"[\w+-]+", (fact.evidence or "").lower()))
    return any(len(w) > _SHORTEST and w not in _FULL and w in said for w in words)


def _is_short_for(word: str, name: str) -> bool:
    """Whether a word is the name but for its number: "BRCA" for BRCA1."""
    return len(word) >= _SHORTEST and name.startswith(word) and name[len(word) :].isdigit()
