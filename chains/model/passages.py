"""The numbered passages of a prompt: single lines of the library that fit this person."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from chains.compose.composition import Composition
from chains.compose.draft import Cited, Claim, Draft, Origin
from chains.compose.person import QUIET_KEYS
from chains.compose.selection import Candidate
from chains.lexicon import Lexicon
from chains.model.planted import fenced, is_planted
from chains.tables import Tables
from vectorstore.chunking import Chunk
from vectorstore.tokens import count_tokens

LEAST_NEAR = 0.3
"""Nearness below which a line is not worth its tokens."""
USED = 0.75
"""Value of a line that the embedded answer holds: it was chosen by plan and card."""
MOST = 40
CALL = "when_to_call"
_MEDICINES = frozenset({"drug", "regimen", "drug_class"})


@dataclass(frozen=True, slots=True)
class Passage:
    """One line that may be cited by its number."""

    cited: Cited
    title: str
    heading: str
    value: float
    """How much it helps, 0 .. 1.2."""
    tokens: int
    """Of the line with its number."""
    condition: str = ""
    """A branch: what must hold for it, where the card does not say; "If HER2 is positive"."""
    because: str = ""
    """Why it fits this person."""
    fact_ids: tuple[str, ...] = ()
    is_safety: bool = False
    """True for what is said whether or not the model says it: whom to call, what does not mix."""

    def as_cited(self, lexicon: Lexicon) -> Cited:
        """The line as a sentence is judged by it."""
        read = spoken_of(self.title, self.cited.text, lexicon)
        return replace(self.cited, read_as=f"{self.condition}: {read}" if self.condition else read)


def spoken_of(title: str, text: str, lexicon: Lexicon) -> str:
    """A line with its title, where the title says whom or what the line speaks of.

    "It is taken once a day" is of letrozole under that title. A title of two medicines says
    nothing about which.
    """
    if _medicines(text, lexicon) or len(_medicines(title, lexicon)) > 1:
        return text
    return f"{title}. {text}"


def _medicines(text: str, lexicon: Lexicon) -> set[str]:
    return {m.name for m in lexicon.mentions(text) if m.kind in _MEDICINES}


class PassageFinder:
    """Finds the lines for one prompt; holds only what all turns share."""

    def __init__(self, chunks: Mapping[str, Chunk], tables: Tables) -> None:
        """Know where claims stand."""
        self._chunks = chunks
        self._tables = tables

    def find(self, draft: Draft, work: Composition) -> list[Passage]:
        """Lines that fit, the most valuable first; none that the card rules out.

        Args:
            draft: The embedded answer: its claims are all in.
            work: The composition behind it, whose pool holds what else may be said.
        """
        ours = [passage for claim in draft.claims() for passage in self._of_claim(claim)]
        held = {passage.cited.text for passage in ours}
        more = [p for p in self._of_pool(work) if p.cited.text not in held]
        found = [p for p in (*ours, *more) if not is_planted(p.cited.text)]
        return sorted(found, key=lambda passage: -passage.value)

    def _of_claim(self, claim: Claim) -> Iterator[Passage]:
        cited = Cited(claim.chunk_id, claim.text, claim.origins)
        row = self._tables.by_id.get(claim.chunk_id)
        chunk = self._chunks.get(claim.chunk_id)
        if row is not None:
            passage = _passage(cited, f"{row.a} and {row.b}", "Interactions", USED + 0.3)
            yield replace(passage, is_safety=True, fact_ids=claim.fact_ids, because=claim.because)
        elif chunk is not None:
            passage = _passage(cited, chunk.title, chunk.section, USED)
            yield replace(
                passage,
                condition=claim.lead if claim.lead.startswith("If ") else "",
                because=claim.because,
                fact_ids=claim.fact_ids,
                is_safety=chunk.section_kind == CALL,
            )

    def _of_pool(self, work: Composition) -> Iterator[Passage]:
        for candidate in work.pool.candidates:
            condition = _condition(candidate, work)
            if condition is None or candidate.similarity < LEAST_NEAR:
                continue
            claim = candidate.as_claim()
            yield replace(
                _passage(
                    Cited(claim.chunk_id, claim.text, claim.origins),
                    candidate.article.title,
                    candidate.section.heading,
                    candidate.similarity,
                ),
                condition=condition,
                fact_ids=claim.fact_ids,
            )


def _condition(candidate: Candidate, work: Composition) -> str | None:
    """What must hold for the line; empty where it holds, None where it may not be said."""
    if candidate.fit.verdict in ("met", "always"):
        return ""
    atoms = candidate.fit.atoms
    if candidate.fit.verdict != "unknown" or any(atom.key in QUIET_KEYS for atom in atoms):
        return None
    if atoms[0].key.partition(".")[0] not in work.kit.phrases.branches:
        return None  # what has no words to ask for it is no branch
    return work.kit.phrases.branch(atoms[0], work.voice).if_


def _passage(cited: Cited, title: str, heading: str, value: float) -> Passage:
    return Passage(cited, title, heading, value, count_tokens(cited.text) + 6)


def within(passages: Iterable[Passage], budget_tokens: int) -> list[Passage]:
    """The passages that are put before the model, in the order in which they stand there.

    What the embedded answer holds comes first, then the most value per token; lines of one
    section stand together under their title.
    """
    left = budget_tokens
    chosen: list[Passage] = []
    heads: set[tuple[str, str]] = set()
    ranked = sorted(passages, key=lambda p: (p.value < USED, -p.value / max(p.tokens, 12)))
    for passage in ranked:
        head = (passage.title, passage.heading)
        cost = passage.tokens + count_tokens(passage.condition + passage.because)
        cost += 0 if head in heads else count_tokens(" ".join(head)) + 4
        if cost <= left and len(chosen) < MOST:
            chosen.append(passage)
            heads.add(head)
            left -= cost
    best: dict[tuple[str, str], float] = {}
    for passage in chosen:
        head = (passage.title, passage.heading)
        best[head] = max(best.get(head, 0.0), passage.value)
    return sorted(chosen, key=lambda p: (-best[p.title, p.heading], p.title, p.heading))


def as_text(passages: Sequence[Passage]) -> str:
    """The passages as they stand in the prompt, numbered from 1."""
    lines: list[str] = []
    head = ("", "")
    for number, passage in enumerate(passages, start=1):
        if (passage.title, passage.heading) != head:
            head = (passage.title, passage.heading)
            lines.append(f"{fenced(passage.title)}: {fenced(passage.heading)}")
        hint = f"({passage.condition}, not known) " if passage.condition else ""
        hint = f"(fits {passage.because}) " if passage.because else hint
        lines.append(f"[{number}] {hint}{fenced(passage.cited.text)}")
    return "\n".join(lines)


def origins_of(passages: Sequence[Passage]) -> tuple[Origin, ...]:
    """The sources of some passages, each once."""
    return tuple(dict.fromkeys(o for passage in passages for o in passage.cited.origins))
