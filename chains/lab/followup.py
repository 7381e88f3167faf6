"""How a question was completed: what it names, what was kept, lost and brought in, from where."""

from dataclasses import dataclass

from chains.condense.entities import entities, names, persons
from chains.lab.opening import Told
from chains.lexicon import Lexicon
from chains.record import TurnRecord


@dataclass(frozen=True, slots=True)
class Followed:
    """A raw message beside the question that stands alone."""

    raw: str
    standalone: str
    kept: tuple[str, ...]
    """Things that both name."""
    lost: tuple[str, ...]
    """Things that only the message names: mostly a fault."""
    added: tuple[tuple[str, str], ...]
    """Things that only the question names, each with where it was known from."""

    @property
    def is_rewritten(self) -> bool:
        """True when the question is not the message as it was."""
        return self.raw.strip() != self.standalone.strip()


def followed(told: Told, record: TurnRecord, lexicon: Lexicon) -> Followed:
    """Hold the message of a turn against its question.

    Args:
        told: The turn with what stood before it.
        record: Its record, of then or of now.
        lexicon: The words of the field.
    """
    raw, standalone = record.message, record.standalone_question
    before, after = _named(raw, lexicon), _named(standalone, lexicon)
    return Followed(
        raw=raw,
        standalone=standalone,
        kept=tuple(name for name in after if name in before),
        lost=tuple(name for name in before if name not in after),
        added=tuple((n, _origin(n, told, lexicon)) for n in after if n not in before),
    )


def _named(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    found = [e for e in entities(text, lexicon) if names([e])]
    return tuple(dict.fromkeys(e.name for e in (*found, *persons(text))))


def _origin(name: str, told: Told, lexicon: Lexicon) -> str:
    """The newest turn that names it, or the card; "nowhere" would be an invention."""
    for turn in reversed(told.before):
        if name in _named(turn.message, lexicon):
            return f"turn {turn.number}"
    facts = (f for card in told.cards.values() for f in card.facts)
    if any(name.lower() == fact.name.lower() for fact in facts):
        return "the card"
    if name == told.about:
        return "whom it is about"
    for turn in reversed(told.before):
        record = TurnRecord.model_validate_json(turn.record) if turn.record else None
        if record is not None and name in _named(record.answer.markdown, lexicon):
            return f"the answer of turn {turn.number}"
    return "nowhere"
