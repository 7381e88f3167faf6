"""Every claim of an answer held against the passage it cites."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from chains.compose.draft import Claim, Draft, Origin
from chains.compose.shelf import MOST_QUOTED
from chains.stages import GroundingReport
from chains.tables import Tables
from vectorstore.cutting import sentences
from vectorstore.ingest import LibraryIndex
from vectorstore.verdicts import Verdict, line_hash


class ClaimJudge(Protocol):
    """Judges a sentence that a model wrote."""

    def says(self, claim: Claim) -> bool:
        """Whether the lines that a claim cites say it."""
        ...


class Grounder:
    """Knows what the library and the tables say, and which claims a review found unsupported."""

    def __init__(
        self,
        index: LibraryIndex,
        tables: Tables,
        verdicts: Mapping[str, Verdict],
        judge: ClaimJudge | None = None,
    ) -> None:
        """Read what may be said.

        Args:
            index: Its chunks; a claim counts as said where it stands word for word.
            tables: The interaction rows.
            verdicts: What the review at build time found, by claim hash; a claim that it found
                unsupported is never said.
            judge: Judges what a model wrote; without one nothing of a model passes.
        """
        self._shelf = index.shelf
        self._judge = judge
        self._said = {
            (chunk_id, line.text): frozenset(article.sources[n].url for n in line.citations)
            for chunk_id, chunk in index.chunks.items()
            for article in (index.article(chunk.article_id),)
            for line in chunk.lines
            if not _is_refuted(verdicts.get(line_hash(article, line)))
        } | {
            (row.row_id, text): frozenset({row.url})
            for row in tables.interactions
            for text in (row.effect, row.advice)
        }

    def ground(self, draft: Draft) -> tuple[Draft, GroundingReport]:
        """Keep the claims that their cited passage says, with the sources it says them from.

        Args:
            draft: The answer, not yet held against anything.

        Returns:
            The draft less what nothing says, and what was kept and dropped.
        """
        claims = draft.claims()
        dropped = [claim for claim in claims if not self._is_said(claim)]
        report = GroundingReport(
            supported=len(claims) - len(dropped), dropped=tuple(claim.text for claim in dropped)
        )
        return draft.without(frozenset(dropped)), report

    def _is_said(self, claim: Claim) -> bool:
        if claim.form != "line":
            return self._is_on_shelf(claim)
        if not claim.cited:
            return self._stands(claim.chunk_id, claim.text, claim.origins)
        lines = (self._stands(line.chunk_id, line.text, line.origins) for line in claim.cited)
        return all(lines) and self._judge is not None and self._judge.says(claim)

    def _stands(self, chunk_id: str, text: str, origins: Sequence[Origin]) -> bool:
        urls = self._said.get((chunk_id, text))
        cited = {origin.url for origin in origins}
        return urls is not None and bool(cited) and cited <= urls

    def _is_on_shelf(self, claim: Claim) -> bool:
        """A quotation stands word for word in a passage that may be quoted; a title is a title."""
        passage = self._shelf.passage(claim.chunk_id)
        if passage is None or {origin.url for origin in claim.origins} != {passage.place}:
            return False
        if claim.form == "pointer":
            return claim.text == passage.document.title
        is_short = len(sentences(claim.text)) <= MOST_QUOTED
        return passage.document.may_be_quoted and is_short and claim.text in passage.text


def _is_refuted(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.verdict == "unsupported"
