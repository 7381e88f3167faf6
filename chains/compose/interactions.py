"""What goes with what: rows of the interaction table as claims."""

from collections.abc import Sequence
from dataclasses import dataclass

from chains.compose.draft import Block, Claim, Origin
from chains.compose.person import Known
from chains.lexicon import Lexicon
from chains.tables import Interaction, Tables

MOST_ROWS = 4
WARNED_OF = ("avoid", "caution")
SUBSTANCES = ("food", "herb", "supplement")


@dataclass(frozen=True, slots=True)
class Mixing:
    """The rows of the table that concern one question and one person."""

    rows: tuple[Interaction, ...]
    is_asked: bool
    """True where the question names both sides, or one while the card holds the other."""
    known: Known

    def short(self) -> tuple[Claim, ...]:
        """The first asked row as the short answer: what happens, and what to do about it."""
        if not self.is_asked:
            return ()
        row = self.rows[0]
        return (self._claim(row, row.effect), self._claim(row, row.advice))

    def block(self, heading: str) -> list[Block]:
        """The other rows under a heading; nothing where there are none."""
        if self.is_asked:
            texts = [(row, text) for row in self.rows[1:] for text in (row.effect, row.advice)]
        else:
            texts = [(row, row.effect) for row in self.rows]
        names = ", ".join(dict.fromkeys(row.a.replace("_", " ") for row in self.rows))
        claims = tuple(self._claim(row, text) for row, text in texts)
        return [Block(heading.format(drug=names), claims)] if claims else []

    def _claim(self, row: Interaction, text: str) -> Claim:
        origin = Origin(row.publisher, row.title, row.year, row.kind, row.url)
        held = (self.known.values.get(key, {}).get(row.a) for key in ("medication", "class"))
        fact_ids = tuple(fact_id for fact_id in held if fact_id)
        return Claim(text, row.row_id, (origin,), fact_ids=fact_ids)


def mixing(question: str, known: Known, lexicon: Lexicon, tables: Tables) -> Mixing:
    """Rows between what is asked about and what is taken or named; else what not to mix at all.

    Args:
        question: The question that stands alone.
        known: The card, as conditions ask for it.
        lexicon: Finds what the question names.
        tables: Holds the rows.
    """
    taken = set(known.values.get("medication", {}))
    classes = set(known.values.get("class", {}))
    named = {mention.name for mention in lexicon.mentions(question)}
    named_classes = {c for name in named for c in lexicon.classes_of(name)}
    sides = tables.interactions_of(taken | classes | named | named_classes)
    # Asked whether something goes with a cancer medicine, rows of that thing alone answer.
    added = {name for name in named if (drug := lexicon.drug(name)) and drug.role != "cancer"}
    asked = [
        row
        for row in sides
        if any(
            row.b in {name, *lexicon.classes_of(name)} or name in lexicon.classes_of(row.b)
            for name in added or named
            if name != row.a != row.b
        )
    ]
    if asked:
        return Mixing(_nearest_first(asked, named, taken | named)[:MOST_ROWS], True, known)
    listed = [
        row
        for row in tables.interactions_of(taken)
        if row.b_kind in SUBSTANCES and row.severity in WARNED_OF
    ]
    return Mixing(tuple(listed[:MOST_ROWS]), False, known)


def _nearest_first(
    rows: Sequence[Interaction], asked: set[str], names: set[str]
) -> tuple[Interaction, ...]:
    """Rows of what is asked before rows of its class; a medicine's own before its class's."""
    return tuple(sorted(rows, key=lambda row: (row.b not in asked, row.a not in names)))
