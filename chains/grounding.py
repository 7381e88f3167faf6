"""Every claim of an answer held against the passage it cites."""

from chains.compose.draft import Claim, Draft
from chains.stages import GroundingReport
from chains.tables import Tables
from vectorstore.articles import Library


class Grounder:
    """Knows what the library and the tables say, and which claims a reader found unsupported."""

    def __init__(self, library: Library, tables: Tables, refuted: frozenset[str]) -> None:
        """Read what may be said.

        Args:
            library: The articles; a claim counts as said where it stands word for word.
            tables: The interaction rows.
            refuted: Claims whose verdict at build time is not "supported".
        """
        self._said = {
            (f"{article.article_id}#{section.kind}", line.text): frozenset(
                article.sources[n].url for n in line.citations
            )
            for article in library.articles.values()
            for section in article.sections
            for line in section.lines
            if line.text not in refuted
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
        urls = self._said.get((claim.chunk_id, claim.text))
        cited = {origin.url for origin in claim.origins}
        return urls is not None and bool(cited) and cited <= urls
