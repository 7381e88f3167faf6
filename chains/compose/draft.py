"""An answer before it is held against its sources: claims in blocks, not yet one text."""

from dataclasses import dataclass, field, replace
from typing import Literal, Self

from chains.stages import Link, RelatedQuestion, Service


@dataclass(frozen=True, slots=True)
class Origin:
    """A source a claim cites, by what makes it one: its address and title."""

    publisher: str
    title: str
    year: int
    kind: str
    url: str
    aged: str = field(default="", compare=False)
    """Says how old it is, where it is past its review period."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A line of the library that a model's sentence was written from."""

    chunk_id: str
    text: str
    """Word for word."""
    origins: tuple[Origin, ...]
    read_as: str = ""
    """The line with the title and the condition that it stands under, as a sentence is judged."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence or two, whole from the library, with where they stand."""

    text: str
    chunk_id: str
    """Passage or table row that says it."""
    origins: tuple[Origin, ...]
    lead: str = ""
    """Connecting words before it, such as a branch ("If HER2 is positive"); claim nothing."""
    is_step: bool = False
    """True for a step of an ordered list."""
    because: str = ""
    """Why it was chosen for this person, such as "because you take ribociclib"."""
    fact_ids: tuple[str, ...] = ()
    """Facts of the card that made it fit."""
    form: Literal["line", "quote", "pointer"] = "line"
    """A line of ours; another's words, in quotation marks; or a title to look up, which is no
    claim."""
    cited: tuple[Cited, ...] = ()
    """Set where a model wrote the text: the lines that must say it. Empty for the library's."""
    judged: str = ""
    """The text without what identifies the person, where the model wrote a place for that."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading and the claims under it."""

    heading: str
    claims: tuple[Claim, ...]
    closing: str = ""
    """A line after the claims that claims nothing, such as where a result can be found."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole answer in parts."""

    openings: tuple[str, ...] = ()
    """Lines before the first claim, such as one that meets a feeling; claim nothing."""
    in_mind: str = ""
    """The facts of the card that the answer used; stands right behind the short answer."""
    short: tuple[Claim, ...] = ()
    """The short answer."""
    table: tuple[tuple[str, tuple[Claim | None, ...]], ...] = ()
    """Rows of a comparison: what is compared, and a claim (or none) for each side."""
    sides: tuple[str, ...] = ()
    """Column heads of the comparison."""
    blocks: tuple[Block, ...] = ()
    questions_to_ask: tuple[str, ...] = ()
    further_reading: tuple[Link, ...] = ()
    services: tuple[tuple[Service, str], ...] = ()
    """Each with for whom it is."""
    related: tuple[RelatedQuestion, ...] = ()
    used_facts: tuple[str, ...] = ()
    offer: str = ""
    """One offer to go on with; claims nothing."""
    whose: str = "your"
    general_note: str = ""
    """Says that the answer is the same for everyone; empty where the card was used."""

    def claims(self) -> tuple[Claim, ...]:
        """Every claim, in the order in which it is read."""
        cells = tuple(claim for _, row in self.table for claim in row if claim is not None)
        in_blocks = tuple(claim for block in self.blocks for claim in block.claims)
        return self.short + cells + in_blocks

    def without(self, dropped: frozenset[Claim]) -> Self:
        """The draft less these claims; a block left empty goes with its heading."""
        if not dropped:
            return self
        kept = (
            replace(block, claims=tuple(c for c in block.claims if c not in dropped))
            for block in self.blocks
        )
        table = tuple(
            (name, tuple(None if claim in dropped else claim for claim in row))
            for name, row in self.table
        )
        return replace(
            self,
            short=tuple(claim for claim in self.short if claim not in dropped),
            table=tuple(row for row in table if any(row[1])),
            blocks=tuple(block for block in kept if block.claims),
        )
