"""What a correction says was wrong, and what is right instead."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from chains.extraction import extract
from chains.lexicon import Lexicon
from chains.sentences import split_words
from chains.subjects import find_relations
from memory.records import SELF, Card, Fact

_W = r"(?P<wrong>[\w%+/.-]*[\w%+-](?: (?!not\b|but\b|it\b|i\b|to\b)[\w%+/.-]*[\w%+-]){0,3}?)"
_R = r"(?P<right>(?!(?:i|it|its|that|this|she|he|is|was|my|we|you|mean|meant|not|wrong)\b)[\w%+/.-]*[\w%+-](?: (?!not\b|instead\b|rather\b)[\w%+/.-]*[\w%+-]){0,3})"
_A = r"(?:the |a |an |my |her |his |in |on |to |at |am |was |is |take |taking |age |aged |have |had |me |down |as |for |me as )*"
_IS = (
    r"(?:(?:it|that|this|she|he|they|the \w+|mine|hers)(?:'?s| is| was| should (?:be|have been|say|read)| ought to be)"
    r"|i(?:'m| am|m| take| have| (?:only |just )?had| meant?|'ve got| was)(?: (?:on|taking|to (?:say|write|type|put)))?"
    r"|should(?: be| have been| say| read)|ought to be|make (?:it|that)|rather|actually|really|in fact|put|but)"
)
_ASKED = (
    r"^\W*(?:(?:please|pls|sorry|oops|no|oh|hi|hey|actually|wait|ok|just|also|(?:can|could|would) you"
    r"|i meant|that should be|you should|you (?:need|have) to|i(?: would|'d)? (?:want|like|need)(?: you)? to|needs? to|mistake|typo|correction)\b[\s,.:!]*)*"
)
_END = r"(?: (?:years old|years|please|sorry|thanks?|now|instead|really|actually|i (?:take|have|am|meant|mean|'m).{0,25}|(?:that )?i'?m allergic to|my mistake|not).*|\s*[,.;!(].*)?\W*$"
_PATTERNS = (
    rf"\bnot {_A}{_W}\s*[,;.:-]*\s*(?:but |sorry |rather )?(?:{_IS} )+{_A}{_R}{_END}",
    rf"\bnot {_A}{_W}\s*[,;:]\s*{_A}{_R}{_END}",
    rf"\b(?:isn'?t|wasn'?t|not) {_A}{_W} but {_A}{_R}{_END}",
    rf"\b{_A}{_R}[,.;]? (?:and |it'?s |is |was )?not {_A}{_W}{_END}",
    rf"{_ASKED}(?:change|correct|update|switch|swap|replace|edit|fix|amend|alter) {_A}{_W} (?:to|with|into|by|for) {_A}{_R}{_END}",
    rf"\b(?:said|wrote|put|typed|told you|wrote down|you have|you(?:'ve| have)? (?:got|put|wrote|noted|have)(?: me)?(?: down)?(?: as)?|noted|entered|keyed in|picked|chose|selected|input|card says|listed|written) {_A}{_W}\s*[,;.]*\s*(?:by (?:accident|mistake) ?[,;.]? ?)?(?:but |when |and |whereas )*(?:{_IS} )+{_A}{_R}{_END}",
    rf"\b{_A}{_W} (?:was|is|'s) (?:a typo|a mistake|an error|wrong|incorrect|not right|not correct|a slip)\W+(?:(?:so|sorry) )?(?:{_IS} )*{_A}{_R}{_END}",
    rf"\b{_A}{_W} should (?:be|have been|read|say) {_A}{_R}{_END}",
    rf"(?:{_ASKED}|[.,;] ?)(?:(?:{_IS}|(?:the|my) \w+ (?:is|are|was)) )*{_A}{_R} (?:instead of|rather than|in place of) {_A}{_W}{_END}",
)
_ALONE = (
    rf"(?:{_IS} )+{_A}{_R}{_END}",
    rf"{_ASKED}(?:change|update|correct|set|edit|fix|amend) {_A}(?P<kind>[\w ]{{2,20}}?) (?:from [\w.]+ )?(?:to|into) {_A}{_R}{_END}",
    rf"\b(?:wrong|correction|typo|oops|sorry|meant|mean|actually)\b[\w ]{{0,12}}?[,.:;!-]+\s*{_A}{_R}{_END}",
    rf"\b(?:is|was|are|am|i'm|it's) (?:actually|really|in fact|now) {_A}{_R}{_END}",
    rf"\b(?:wrong|incorrect|mistake|error|typo)\W+{_A}{_R}{_END}",
    rf"\b(?:i |we )?(?:meant|mean) {_A}{_R}{_END}",
)
_FORMS: Mapping[str, str] = {
    "age": "I am {said} years old",
    "stage": "stage {said}",
    "grade": "grade {said}",
    "tumor_size": "tumor size {said}",
    "nodes": "{said} nodes",
    "biomarker": "{name} {said}",
    "lab": "{name} {said}",
    "menopausal_status": "I am {said}",
    "metastasis": "mets in my {said}",
    "allergy": "I am allergic to {said}",
    "procedure": "I had a {said}",
    "medication": "I take {said}",
    "symptom": "I have {said}",
    "comorbidity": "I have {said}",
    "diagnosis": "I was diagnosed with {said}",
    "extent": "I have {said} breast cancer",
}
"""A value in words that the reading of facts knows, by kind of fact."""
_LEXICON_KINDS: Mapping[str, tuple[str, ...]] = {
    "medication": ("drug",),
    "allergy": ("drug", "food", "allergy"),
}
_KIND_WORD = re.compile(
    r"^(?:stage|grade|age|aged|ki-?67|oncotype(?: dx)?|score)\s+", re.IGNORECASE
)


class Righting(NamedTuple):
    """Words that were wrong, and those that are right."""

    wrong: str
    """"" where the message does not say."""
    right: str


def rightings(message: str) -> Iterator[Righting]:
    """The pairs that a message may set right, likeliest first."""
    said = " ".join(re.sub("[’‘`´]", "'", message).split())
    for pattern in _compiled(_PATTERNS):
        if found := pattern.search(said):
            yield Righting(found["wrong"], found["right"])
    for pattern in _compiled(_ALONE):
        if found := pattern.search(said):
            yield Righting("", found["right"])


def names_both(message: str, lexicon: Lexicon) -> bool:
    """Whether a correction names what was wrong and what is right, so that nothing is missing."""
    return any(
        pair.wrong and lexicon.mentions(pair.wrong) and lexicon.mentions(pair.right)
        for pair in rightings(message)
    )


def value_like(fact: Fact, said: str, lexicon: Lexicon) -> Fact | None:
    """What the words say, read as a fact of the same kind as this one; None when they do not."""
    form = _FORMS.get(fact.kind)
    if form is None:
        return None
    # A biomarker is often said with its own name: "HER2 low".
    bare = _KIND_WORD.sub("", said).removeprefix(f"{fact.name} ")
    for words in dict.fromkeys((bare, said)):
        text = form.format(name=fact.name, said=words)
        for read in extract(text, Card(), lexicon=lexicon):
            if read.kind == fact.kind and not read.negated and _is_like(read, fact):
                return read
    return _by_name(fact, said, lexicon)


def _is_like(read: Fact, fact: Fact) -> bool:
    """Whether a value was read; of a lab, of this one."""
    if fact.kind == "lab":
        return read.name == fact.name and "value" in read.attributes
    return fact.kind != "biomarker" or "value" in read.attributes


def _by_name(fact: Fact, said: str, lexicon: Lexicon) -> Fact | None:
    """The fact under another name of its kind: BRCA2 for BRCA1."""
    kinds = _LEXICON_KINDS.get(fact.kind, (fact.kind,))
    named = next((m.name for m in lexicon.mentions(said) if m.kind in kinds), None)
    return fact.model_copy(update={"name": named}) if named is not None else None


def is_same(fact: Fact, read: Fact) -> bool:
    """Whether what was read is this fact's name and, where it says one, its value."""
    value = read.attributes.get("value")
    return fact.name.lower() == read.name.lower() and (
        value is None or value.rstrip("% ") == fact.attributes.get("value", "").rstrip("% ")
    )


def wrong_facts(
    pair: Righting, facts: Iterable[Fact], lexicon: Lexicon
) -> Iterator[tuple[Fact, Fact]]:
    """The facts that a pair calls wrong, each with what is right instead."""
    for fact in facts:
        if pair.wrong:
            old = value_like(fact, pair.wrong, lexicon)
            if old is None or not is_same(fact, old):
                continue
        new = value_like(fact, pair.right, lexicon)
        if new is not None and not is_same(fact, new):
            yield fact, new


@cache
def _compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


_NOT_MINE = re.compile(
    r"\b(?:not|isn'?t|aren'?t) (?:\w+ ){0,2}?(?:mine|me|my own|my)\b|\bnot about me\b", re.I
)
_MINE = re.compile(r"\b(?:mine|me|my own|that'?s my)\b", re.I)
_NOT_THEIRS = re.compile(
    r"\bnot (?:about |for )?(?:my |the )?(?:\w+ )?(?:\w+'?s?|hers|his)\b", re.I
)
_LONGEST_MOVE = 14
"""Words of a message that only says whose the facts before it are."""


def owner(message: str) -> str | None:
    """Whose facts are, where a message says that they went to the wrong person; None elsewhere.

    "it's mum's, not mine" gives mother, "no, that's me, not my mum" gives self.
    """
    said = re.sub("[’‘`´]", "'", message)
    words, _ = split_words(said)
    relations = {relation.name for relation in find_relations(words)}
    if len(relations) != 1 or len(words) > _LONGEST_MOVE or "?" in said:
        return None
    if _NOT_MINE.search(said):
        return relations.pop()
    denied = _NOT_THEIRS.search(said)
    if denied and _MINE.search(said):
        later, _ = split_words(said[denied.start() :])
        return SELF if find_relations(later) else None
    return None
