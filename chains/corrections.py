"""What a correction says was wrong, and what is right instead."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from chains.errors import RuleError
from chains.extraction import extract
from chains.intent import kinds_named
from chains.lexicon import Lexicon
from chains.sentences import split_words
from chains.subjects import find_relations
from memory.records import SELF, Card, Fact

_PATH = Path(__file__).parent / "plans" / "corrections.yaml"
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
_ONE_OF = frozenset({
    *("biomarker", "procedure", "metastasis", "diagnosis", "allergy", "stage", "grade", "age"),
    *("tumor_size", "menopausal_status", "nodes"),
})
"""Kinds where the only fact there is may be the wrong one, though it is not named."""
_FIGURE = re.compile(r"(\d+(?:\.\d+)?)\s?([a-z]+(?:/\w+)?)?", re.IGNORECASE)
"""A dose: figure, and unit where it is said."""
_LEAD = re.compile(
    r"^\W*(?:(?:s|actually|sorry|now|really|dose|of|on|take|only|just"
    r"|the)\s)*",
    re.IGNORECASE,
)
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
    for pattern in _patterns("pairs"):
        if found := pattern.search(said):
            yield Righting(found["wrong"], found["right"])
    for pattern in _patterns("right_alone"):
        if found := pattern.search(said):
            yield Righting("", found["right"])


def names_both(message: str, lexicon: Lexicon) -> bool:
    """Whether a correction names what was wrong and what is right, so that nothing is missing."""
    return any(
        pair.wrong and lexicon.mentions(pair.wrong) and lexicon.mentions(pair.right)
        for pair in rightings(message)
    )


def names_right(message: str, lexicon: Lexicon) -> bool:
    """Whether what is right is named and ends the message: "make that a lumpectomy"."""
    ends = message.rstrip(" .!")
    return any(
        any(m.end == len(pair.right) and not m.corrected for m in lexicon.mentions(pair.right))
        and ends.endswith(pair.right)
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
        dosed = _with_dose(fact, pair)
        if dosed is not None:
            yield fact, dosed
            continue
        if pair.wrong:
            old = value_like(fact, pair.wrong, lexicon)
            if old is None or not is_same(fact, old):
                continue
        new = value_like(fact, pair.right, lexicon)
        if new is not None and not is_same(fact, new):
            yield fact, new


def likeliest(
    found: Sequence[tuple[Fact, Fact]],
    held: Iterable[Fact],
    *,
    message: str,
    last: Collection[str],
    lexicon: Lexicon,
) -> list[tuple[Fact, Fact]]:
    """The one fact that is meant where a message says what is right alone; empty in doubt.

    Args:
        found: Facts that may be wrong, each with what would be right instead.
        held: What the card held before the message.
        message: The message.
        last: Ids of the facts that the message before told.
        lexicon: The words of the field.
    """
    named = kinds_named(message)
    said = {mention.name for mention in lexicon.mentions(message)}
    # A value that is told of PR by its name is none of ER.
    of_name = {fact.kind for fact in held if fact.name in said}
    found = [pair for pair in found if pair[0].kind not in of_name or pair[0].name in said]
    some = [pair for pair in found if pair[0].name in said]
    some = some or [pair for pair in found if pair[0].kind in named]
    some = some or [pair for pair in found if pair[0].fact_id in last]
    some = some or [pair for pair in found if pair[0].kind in _ONE_OF]
    return some if len(some) == 1 else []


def _with_dose(fact: Fact, pair: Righting) -> Fact | None:
    """The medicine in another dose: "it's 100 not 125", where 125 mg is what the card says."""
    known = _FIGURE.search(fact.attributes.get("dose", "")) if fact.kind == "medication" else None
    wrong, right = (_FIGURE.fullmatch(_LEAD.sub("", said)) for said in (pair.wrong, pair.right))
    if known is None or wrong is None or right is None or wrong[1] != known[1]:
        return None
    dose = f"{right[1]} {right[2] or known[2]}".strip()
    return fact.model_copy(update={"attributes": {**fact.attributes, "dose": dose}})


@cache
def _patterns(name: str, path: Path = _PATH) -> tuple[re.Pattern[str], ...]:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        words = data["words"]
        filled = (
            re.sub(r"(?<!P)<([a-z]+)>", lambda found: words[found[1]], pattern)
            for pattern in data[name]
        )
        return tuple(re.compile(pattern, re.IGNORECASE) for pattern in filled)
    except (KeyError, TypeError, re.error) as error:
        raise RuleError(f"{path.name}: {error}") from error


_NOT_MINE = re.compile(
    r"\b(?:not|isn'?t|aren'?t) (?:\w+ ){0,2}?(?:mine|me|my own|my)\b|\bnot about me\b", re.I
)
_MINE = re.compile(r"\b(?:mine|me|my own|that'?s my)\b", re.I)
_THEIRS = re.compile(
    r"^\W*(?:(?:no|oh|oops|sorry|wait|hang on|actually|i mean)[\s,.!]+)+(?:that|this|it)"
    r"(?:'?s| is| was) (?:for |about )?(?:my |our )?[\w-]+(?: in law)?(?:'?s)?\s*(?:[.,;!\n]|$)",
    re.IGNORECASE,
)
"""Takes back of oneself: "no wait, that's my mum. I take letrozole"."""
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
    if _NOT_MINE.search(said) or _THEIRS.match(said):
        return relations.pop()
    denied = _NOT_THEIRS.search(said)
    if denied and _MINE.search(said):
        later, _ = split_words(said[denied.start() :])
        return SELF if find_relations(later) else None
    return None
