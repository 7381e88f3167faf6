"""What a turn is expected to show, as data, and what of it a record does not show."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict

from chains.record import TurnRecord
from chains.stages import TriageLevel, TurnKind
from memory.records import SELF, Fact, FactKind

_SUBJECT, _KIND, _VALUE = "/", ":", "="


@dataclass(frozen=True, slots=True)
class FactWanted:
    """A fact as an expectation names it: `medication:ribociclib`, `mother/biomarker:ER=positive`.

    What stands behind `=` is a value of any of the fact's attributes, or its status.
    """

    subject: str
    kind: str
    name: str
    value: str

    @classmethod
    def read(cls, text: str) -> "FactWanted":
        """Read the form above. Raises ValueError where it is another."""
        subject, is_named, rest = text.rpartition(_SUBJECT)
        kind, is_fact, name = rest.partition(_KIND)
        name, _, value = name.partition(_VALUE)
        if kind.strip() not in get_args(FactKind) or not is_fact or not name.strip():
            raise ValueError(f"{text!r} is not of the form kind:name, kind:name=value")
        return cls(subject.strip() if is_named else SELF, kind.strip(), name.strip(), value.strip())

    def is_on(self, card: dict[str, tuple[Fact, ...]]) -> bool:
        """True when a card holds it, not denied."""
        return any(map(self._is, card.get(self.subject, ())))

    def _is(self, fact: Fact) -> bool:
        if (fact.kind, fact.name.lower()) != (self.kind, self.name.lower()) or fact.negated:
            return False
        values = {value.lower() for value in (*fact.attributes.values(), fact.status or "")}
        return not self.value or self.value.lower() in values


def _fact(text: str) -> str:
    FactWanted.read(text)
    return text


FactText = Annotated[str, AfterValidator(_fact)]


class Expectation(BaseModel):
    """What one turn must show; what is not said is not checked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: TurnKind | None = None
    level: TriageLevel | None = None
    """How urgent the message was found."""
    flags: tuple[str, ...] = ()
    """Codes of red flags that must be among those raised."""
    cut: bool | None = None
    """Whether the message was found to be cut off."""
    facts: tuple[FactText, ...] = ()
    """On the card after the turn; see `FactWanted`."""
    no_facts: tuple[FactText, ...] = ()
    standalone_has: tuple[str, ...] = ()
    """Words of the question that was answered, in any case of letters."""
    standalone_lacks: tuple[str, ...] = ()
    article: tuple[str, ...] = ()
    """Ids of articles that must be among those cited; `interactions` is the table of them."""
    answer_has: tuple[str, ...] = ()
    answer_lacks: tuple[str, ...] = ()

    def is_empty(self) -> bool:
        """True when nothing is expected."""
        return self == Expectation()


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that was expected and is not so."""

    check: str
    """The field of `Expectation`."""
    wanted: str
    found: str


def misses(wanted: Expectation, record: TurnRecord) -> list[Miss]:
    """What the record does not show of what was expected; empty when all is as it should be."""
    return [*_of_reading(wanted, record), *_of_card(wanted, record), *_of_words(wanted, record)]


def cited_articles(record: TurnRecord) -> tuple[str, ...]:
    """Ids of the articles whose passages the answer cites, in the order of its sources."""
    ids = (i.partition("#")[0] for source in record.answer.sources for i in source.passage_ids)
    return tuple(dict.fromkeys(ids))


def _of_reading(wanted: Expectation, record: TurnRecord) -> Iterator[Miss]:
    if wanted.kind is not None and record.kind != wanted.kind:
        yield Miss("kind", wanted.kind, record.kind)
    if wanted.level is not None and record.triage.level != wanted.level:
        yield Miss("level", wanted.level, record.triage.level)
    raised = {flag.code for flag in record.triage.flags}
    for code in wanted.flags:
        if code not in raised:
            yield Miss("flags", code, _listed(sorted(raised)))
    is_cut = record.completeness.is_cut_off
    if wanted.cut is not None and is_cut != wanted.cut:
        yield Miss("cut", _yes(wanted.cut), _yes(is_cut))


def _of_card(wanted: Expectation, record: TurnRecord) -> Iterator[Miss]:
    for text in wanted.facts:
        fact = FactWanted.read(text)
        if not fact.is_on(record.card):
            held = (f.name for f in record.card.get(fact.subject, ()) if f.kind == fact.kind)
            yield Miss("facts", text, _listed(held))
    for text in wanted.no_facts:
        if FactWanted.read(text).is_on(record.card):
            yield Miss("no_facts", f"not {text}", "on the card")


def _of_words(wanted: Expectation, record: TurnRecord) -> Iterator[Miss]:
    for where, text in (
        ("standalone", record.standalone_question),
        ("answer", record.answer.markdown),
    ):
        shown = text if where == "standalone" else "the answer"
        for word in getattr(wanted, f"{where}_has"):
            if word.lower() not in text.lower():
                yield Miss(f"{where}_has", word, shown)
        for word in getattr(wanted, f"{where}_lacks"):
            if word.lower() in text.lower():
                yield Miss(f"{where}_lacks", f"not {word}", shown)
    cited = cited_articles(record)
    for article in wanted.article:
        if article not in cited:
            yield Miss("article", article, _listed(cited))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "none"


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"
