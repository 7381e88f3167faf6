"""The one way in: a message and what is known go in, facts come out."""

from collections.abc import Callable, Iterator, Sequence

from chains.extraction.biomarkers import read_biomarkers
from chains.extraction.carriers import read_carriers
from chains.extraction.disease import read_disease
from chains.extraction.labs import read_labs
from chains.extraction.medications import read_medications
from chains.extraction.named_markers import read_named_markers
from chains.extraction.person import read_person
from chains.extraction.reading import OTHER, Reading, read
from chains.extraction.shared_by import shared
from chains.extraction.symptoms import read_procedures, read_symptoms
from chains.lexicon import Lexicon, load_lexicon
from memory.records import SELF, Card, Fact

_FAMILIES: tuple[Callable[[Reading], Iterator[Fact]], ...] = (
    read_disease,
    read_biomarkers,
    read_named_markers,
    read_carriers,
    read_medications,
    read_procedures,
    read_symptoms,
    read_labs,
    read_person,
)
_BY_VALUE = frozenset({"biomarker", "lab"})
_LONGEST_EVIDENCE = 100
"""Characters."""
_NO_CARD = frozenset({"friend", OTHER})
"""People told of in passing; their facts are kept only where the thread is about them."""
_FEW = "oligometastatic"
"""The extent beside which none is inferred from a site."""
_ONE_OF = frozenset({"stage", "grade", "tnm", "age", "menopausal_status", "biomarker"})
"""Kinds of which a denied value says nothing ("3a, not 2"): only what holds is kept."""


def extract(
    text: str,
    card: Card,
    *,
    message_id: str | None = None,
    about: str = SELF,
    lexicon: Lexicon | None = None,
) -> list[Fact]:
    """Read the facts that a message states.

    Args:
        text: one message, as written; may be empty or cut off.
        card: what is known of the person the thread is about; tells which medicine "lowered to
            400" speaks of.
        message_id: kept on every fact.
        about: `self`, or the relation of the person the thread is about; "I" is then the writer.
        lexicon: the words of the field; that of the rules when not given.

    Returns:
        Facts in the order of their families, each said once; empty when nothing is stated.
    """
    if not text.strip():
        return []
    reading = read(
        text, card, message_id=message_id, about=about, lexicon=lexicon or load_lexicon()
    )
    if not reading.reader.words:
        return []
    facts = [fact for family in _FAMILIES for fact in family(reading)]
    facts += shared(reading, facts)
    return _said_once(text, facts, about=about)


def _said_once(text: str, facts: Sequence[Fact], *, about: str) -> list[Fact]:
    """Join what was said twice, and leave out values that only stand denied beside another."""
    kept: dict[tuple[str, str, str], Fact] = {}
    for fact in facts:
        key = (fact.kind, _identity(fact), fact.subject)
        kept[key] = _joined(text, kept[key], fact) if key in kept else fact
    few = {f.subject for f in kept.values() if f.name == _FEW and not f.negated}
    return [
        fact
        for fact in kept.values()
        if not (fact.negated and fact.kind in _ONE_OF)
        and (fact.subject == about or fact.subject not in _NO_CARD)
        and not (fact.kind == "extent" and fact.state == "inferred" and fact.subject in few)
    ]


def _identity(fact: Fact) -> str:
    if fact.kind == "lab":
        return f"{fact.name}={fact.attributes.get('value')}"
    return fact.name


def _joined(text: str, first: Fact, second: Fact) -> Fact:
    """Two facts of one thing as one: stated before inferred, the later word before the earlier."""
    if first.negated != second.negated:
        return second if first.negated else first
    if "inferred" in {first.state, second.state} and first.state != second.state:
        return second if first.state == "inferred" else first
    if first.kind in _BY_VALUE and first.attributes == second.attributes:
        return first
    if first.status != second.status:
        if second.status == "on_hold":
            kept = {**first.attributes, **second.attributes}
            return second.model_copy(update={"attributes": kept})
        return second
    says_more = len(second.attributes) >= len(first.attributes)
    leading = second if says_more and second.kind != "medication" else first
    return leading.model_copy(
        update={
            "attributes": {**first.attributes, **second.attributes},
            "evidence": _both_said(text, first, second)
            if first.kind == "medication"
            else leading.evidence,
            "state": second.state,
        }
    )


def _both_said(text: str, first: Fact, second: Fact) -> str:
    """The words that hold both evidences, when they lie near; else those of the first."""
    start = text.find(first.evidence)
    end = text.find(second.evidence, start) + len(second.evidence)
    is_near = second.attributes and start < end <= start + _LONGEST_EVIDENCE
    return text[start:end] if is_near else first.evidence
