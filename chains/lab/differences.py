"""What differs between two runs of the same conversations, step by step."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from chains.record import TurnRecord
from memory.records import Fact

if TYPE_CHECKING:
    import pandas as pd

COLUMNS: Final = ("thread", "turn", "message", "step", "what", "before", "now")
STEPS: Final = (
    *("triage", "completeness", "extraction", "card", "condense", "retrieve", "compose", "answer"),
)
_PASSAGES = 5
"""The best passages count; below them ranks are close."""
_LONGEST = 160
Place = tuple[str, int]
"""A thread and the number of the message in it, 1, 2, 3 ..."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is otherwise now."""

    thread: str
    turn: int
    message: str
    step: str
    what: str
    before: str
    now: str


def differences(
    before: Iterable[TurnRecord], now: Iterable[TurnRecord], *, only: Collection[str] = STEPS
) -> list[Difference]:
    """Hold two runs against each other, message by message.

    Args:
        before: Records of the baseline; messages are matched by thread and place in it.
        now: Records of this run.
        only: Steps that are compared.

    Returns:
        Every difference, in the order of the turns and of their steps. Times, ids and tokens do
        not count.
    """
    held, found = placed(before), placed(now)
    told: list[Difference] = []
    for place in dict.fromkeys((*found, *held)):
        old, new = held.get(place), found.get(place)
        if old is None or new is None:
            told.append(_absent(place, old, new))
        else:
            told += (d for d in _of_turn(place, old, new) if d.step in only)
    return told


def placed(records: Iterable[TurnRecord]) -> dict[Place, TurnRecord]:
    """Records by thread and place in it; a refused message has a place too."""
    counts: dict[str, int] = {}
    found: dict[Place, TurnRecord] = {}
    for record in records:
        counts[record.thread_id] = counts.get(record.thread_id, 0) + 1
        found[record.thread_id, counts[record.thread_id]] = record
    return found


def table(found: Sequence[Difference]) -> "pd.DataFrame":
    """Differences as a table, one a row."""
    import pandas as pd  # noqa: PLC0415 - heavy, and only wanted here

    return pd.DataFrame([asdict(one) for one in found], columns=list(COLUMNS))


def _absent(place: Place, old: TurnRecord | None, new: TurnRecord | None) -> Difference:
    record = new or old
    message = record.message if record is not None else ""
    told = ("not there", "a turn") if old is None else ("a turn", "not there")
    return Difference(*place, _short(message), "turn", "turn", *told)


def _of_turn(place: Place, old: TurnRecord, new: TurnRecord) -> Iterator[Difference]:
    then = {(step, what): values for step, what, values in _readings(old)}
    for step, what, values in _readings(new):
        was = then[step, what]
        if was != values:
            gone = [value for value in was if value not in values]
            come = [value for value in values if value not in was]
            if not gone and not come:  # the same in another order
                gone, come = list(was), list(values)
            shown = (_short("; ".join(gone) or "nothing"), _short("; ".join(come) or "nothing"))
            yield Difference(*place, _short(new.message), step, what, *shown)


def _readings(record: TurnRecord) -> Iterator[tuple[str, str, list[str]]]:
    """Everything that counts of a turn: step, name, values."""
    answer, cut = record.answer, record.completeness
    yield "triage", "level", [record.triage.level]
    yield "triage", "flags", sorted(f"{f.code} {f.evidence}" for f in record.triage.flags)
    yield "completeness", "label", [f"{cut.label} {cut.reason or ''}".strip()]
    yield "completeness", "guesses", list(cut.guesses)
    yield "extraction", "facts", sorted(map(_fact, record.facts))
    yield "card", "facts", sorted(_fact(f) for facts in record.card.values() for f in facts)
    yield "condense", "question", [record.standalone_question]
    yield "retrieve", "passages", [passage.id for passage in record.passages[:_PASSAGES]]
    yield "compose", "kind", [record.kind]
    yield "compose", "sentences", [sentence.text for sentence in answer.sentences]
    yield "compose", "sources", [source.url for source in answer.sources]
    yield "answer", "text", answer.markdown.splitlines()


def _fact(fact: Fact) -> str:
    said = ", ".join(f"{key} {value}" for key, value in sorted(fact.attributes.items()))
    parts = (fact.status or "", said, "denied" if fact.negated else "")
    return " ".join([f"{fact.subject}/{fact.kind}:{fact.name}", *filter(None, parts)])


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."
