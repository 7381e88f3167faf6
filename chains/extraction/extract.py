"""The one way in: a message and what is known go in, facts come out."""

from collections.abc import Callable, Iterator, Sequence

from chains.extraction.biomarkers import read_biomarkers, read_labs
from chains.extraction.disease import read_disease
from chains.extraction.medications import read_medications
from chains.extraction.person import read_person
from chains.extraction.reading import Reading, read
from chains.extraction.symptoms import read_procedures, read_symptoms
from chains.lexicon import Lexicon, load_lexicon
from memory.records import SELF, Card, Fact

_FAMILIES: tuple[Callable[[Reading], Iterator[Fact]], ...] = (
    read_disease,
    read_biomarkers,
    read_medications,
    read_procedures,
    read_symptoms,
    read_labs,
    read_person,
)
_BY_VALUE = frozenset({"biomarker", "lab"})
_ONE_OF = frozenset({"stage", "grade", "tnm", "age", "menopausal_status", "biomarker"})
"""Kinds of which a correction ("3a, not 2") keeps only what is not denied."""


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
    return _said_once([fact for family in _FAMILIES for fact in family(reading)])


def _said_once(facts: Sequence[Fact]) -> list[Fact]:
    """Join what was said twice: the fact that says more stays, with the other's attributes."""
    kept: dict[tuple[str, str, str], Fact] = {}
    for fact in facts:
        key = (fact.kind, _identity(fact), fact.subject)
        kept[key] = _joined(kept[key], fact) if key in kept else fact
    return [fact for fact in kept.values() if not _is_taken_back(fact, kept.values())]


def _identity(fact: Fact) -> str:
    if fact.kind == "lab":
        return f"{fact.name}={fact.attributes.get('value')}"
    return fact.name


def _joined(first: Fact, second: Fact) -> Fact:
    if first.negated != second.negated:
        return second if first.negated else first
    if first.kind in _BY_VALUE and second.state == "inferred":
        return first
    leading, other = (first, second) if _says_more(first, second) else (second, first)
    evidence = leading.evidence
    attributes = {**other.attributes, **leading.attributes}
    state = first.state if second.state == "inferred" else second.state
    return leading.model_copy(
        update={"attributes": attributes, "evidence": evidence, "state": state}
    )


def _says_more(first: Fact, second: Fact) -> bool:
    if first.kind == "medication" and second.attributes and not first.attributes:
        return False
    return second.state == "inferred" or len(first.attributes) > len(second.attributes)


def _is_taken_back(fact: Fact, facts: Iterator[Fact] | object) -> bool:
    """Whether a denied value only stands beside the value that holds ("3a, not 2")."""
    if not fact.negated or fact.kind not in _ONE_OF:
        return False
    return True
