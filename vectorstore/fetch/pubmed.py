"""Papers from PubMed: E-utilities esearch and efetch, full text from PubMed Central."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from vectorstore.errors import DocumentError
from vectorstore.fetch.failures import PageError
from vectorstore.fetch.full_text import FullText, read_full_text
from vectorstore.fetch.http import PoliteClient, Validators
from vectorstore.fetch.papers import Paper, read_papers
from vectorstore.fetch.runs import Fetched, Wanted
from vectorstore.fetch.safe_xml import read_xml

BASE_URL = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
TOOL = "CareThread"
BATCH = 20


@dataclass(frozen=True, slots=True)
class PubMed:
    """The papers a query finds, the best matches first."""

    query: str
    limit: int = 50
    """Papers at most."""
    with_full_text: bool = True
    email: str = ""
    api_key: str = field(default="", repr=False)
    base_url: str = BASE_URL
    name: str = "pubmed"
    batch: int = BATCH

    def wanted(self, client: PoliteClient) -> Iterator[Wanted | DocumentError]:
        """The numbers the query finds."""
        params = {"term": self.query, "retmode": "json", "sort": "relevance"}
        try:
            url = self._url("esearch")
            body = client.get(url, self._named("pubmed", retmax=str(self.limit), **params)).body
            numbers = _numbers(body)
        except DocumentError as error:
            yield error
            return
        if not numbers:
            yield PageError("PubMed finds nothing for this query")
        for pmid in numbers:
            yield Wanted(f"pmid-{pmid}", f"{self._url('efetch')}?db=pubmed&id={pmid}")

    def fetch(
        self, client: PoliteClient, wanted: list[Wanted], known: dict[str, Validators]
    ) -> Iterator[Fetched | DocumentError]:
        """A batch in one request; where its answer cannot be read, each paper by itself."""
        try:
            papers = self._papers(client, wanted)
        except PageError as error:
            if len(wanted) == 1:
                yield error
                return
            for one in wanted:
                yield from self.fetch(client, [one], known)
            return
        for one in wanted:
            found = papers.get(one.name)
            if isinstance(found, Paper):
                yield self._with_document(client, one, found)
            else:
                yield found or PageError(f"{one.name}: PubMed gave no record of it")

    def _papers(self, client: PoliteClient, wanted: list[Wanted]) -> dict[str, Paper | PageError]:
        numbers = ",".join(one.name.removeprefix("pmid-") for one in wanted)
        named = self._named("pubmed", id=numbers, retmode="xml")
        root = read_xml(client.get(self._url("efetch"), named).body, f"PMID {numbers}")
        papers: dict[str, Paper | PageError] = {}
        for found in read_papers(root):
            if isinstance(found, Paper):
                papers[f"pmid-{found.pmid}"] = found
            elif match := re.search(r"PMID (\d+)", str(found)):
                papers[f"pmid-{match.group(1)}"] = found
        return papers

    def _with_document(
        self, client: PoliteClient, one: Wanted, paper: Paper
    ) -> Fetched | DocumentError:
        try:
            return Fetched(one, paper.document(self._full_text(client, paper)))
        except DocumentError as error:
            return error

    def _full_text(self, client: PoliteClient, paper: Paper) -> FullText | None:
        """None also where PubMed Central fails: the abstract is kept all the same."""
        if not (self.with_full_text and paper.pmcid):
            return None
        named = self._named("pmc", id=paper.pmcid.removeprefix("PMC"), retmode="xml")
        try:
            return read_full_text(
                read_xml(client.get(self._url("efetch"), named).body, paper.pmcid), paper.pmcid
            )
        except PageError:
            return None

    def _url(self, service: str) -> str:
        return f"{self.base_url.rstrip('/')}/{service}.fcgi"

    def _named(self, database: str, **params: str) -> dict[str, str]:
        """Parameters of a request, with who asks, as NCBI wants to know."""
        who = {"tool": TOOL, "email": self.email, "api_key": self.api_key}
        return {"db": database, **params, **{name: value for name, value in who.items() if value}}


def _numbers(body: bytes) -> list[str]:
    try:
        answer = json.loads(body)
        numbers = answer["esearchresult"]["idlist"]
    except (ValueError, KeyError, TypeError) as error:
        raise PageError("PubMed's answer to the search is not readable") from error
    return [str(number) for number in numbers if str(number).isdecimal()]
