"""Health topics of MedlinePlus, by its web service or from its XML of all topics."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from lxml import etree

from vectorstore.description import PUBLIC_DOMAIN
from vectorstore.errors import DocumentError
from vectorstore.fetch.documents import FetchedDocument, Part, plain
from vectorstore.fetch.failures import PageError
from vectorstore.fetch.http import PoliteClient, Validators
from vectorstore.fetch.runs import Fetched, Wanted
from vectorstore.fetch.safe_xml import read_xml

BASE_URL = "https://wsearch.nlm.nih.gov/ws/query"
PUBLISHER = "MedlinePlus, U.S. National Library of Medicine"
TERMS = (
    "breast cancer",
    "male breast cancer",
    "mammography",
    "breast biopsy",
    "breast reconstruction",
    "mastectomy",
    "cancer chemotherapy",
    "cancer immunotherapy",
    "radiation therapy",
    "genetic testing",
    "lymphedema",
    "hot flashes",
    "menopause",
    "osteoporosis",
    "fatigue",
    "nausea and vomiting",
    "peripheral nerve disorders",
    "living with cancer",
    "caregivers",
    "clinical trials",
    "palliative care",
    "advance directives",
)
"""Asked for where the operator names no terms."""
_BLOCKS = ["p", "li", "h2", "h3", "h4"]


@dataclass(frozen=True, slots=True)
class MedlinePlus:
    """The topics that terms find, English only."""

    terms: Sequence[str] = TERMS
    per_term: int = 3
    """Topics at most of each term."""
    base_url: str = BASE_URL
    name: str = "medlineplus"
    batch: int = 1_000
    _found: dict[str, FetchedDocument] = field(default_factory=dict)

    def wanted(self, client: PoliteClient) -> Iterator[Wanted | DocumentError]:
        """The topics of each term; the answer holds them whole."""
        for term in self.terms:
            params = {
                "db": "healthTopics",
                "term": term,
                "retmax": str(self.per_term),
                "rettype": "topic",
                "tool": "CareThread",
            }
            try:
                root = read_xml(client.get(self.base_url, params).body, f'the answer to "{term}"')
                topics = list(read_topics(root))
            except DocumentError as error:
                yield error
                continue
            if not topics:
                yield PageError(f'MedlinePlus has no topic for "{term}"')
            for topic in topics[: self.per_term]:
                name = urlsplit(topic.url).path.strip("/").removesuffix(".html")
                self._found[name] = topic
                yield Wanted(name, topic.url)

    def fetch(
        self, _client: PoliteClient, wanted: list[Wanted], _known: dict[str, Validators]
    ) -> Iterator[Fetched | DocumentError]:
        """What the answers held."""
        for one in wanted:
            yield Fetched(one, self._found[one.name])


def read_topics(root: etree._Element) -> Iterator[FetchedDocument]:
    """English topics with a summary; what stands on other sites (`site`) is not taken.

    Args:
        root: a web service answer (`rettype=topic`), or the XML of all topics.
    """
    generated = str(root.get("date-generated", ""))[6:10]
    for topic in root.iter("health-topic"):
        title, url = str(topic.get("title", "")), str(topic.get("url", ""))
        summary = topic.find("full-summary")
        if topic.get("language", "English") != "English" or not (title and url) or summary is None:
            continue
        parts = tuple(_parts(_markup(summary), plain(title)))
        if parts:
            yield FetchedDocument(
                publisher=PUBLISHER,
                title=plain(title),
                year=int(generated) if generated.isdecimal() else datetime.now(UTC).year,
                url=url.replace("http://", "https://", 1),
                kind="patient_page",
                licence=PUBLIC_DOMAIN,
                audience="patient",
                parts=parts,
                # A topic names the day it was first made and none on which it was last changed.
                dated="host" if generated.isdecimal() else "fetched",
            )


def _markup(summary: etree._Element) -> str:
    """HTML of a summary, which comes escaped, or as elements in older answers."""
    inner = [str(summary.text or "")]
    inner += [etree.tostring(child, encoding="unicode") for child in summary]
    return "".join(inner)


def _parts(markup: str, title: str) -> Iterator[Part]:
    soup = BeautifulSoup(markup, "lxml")
    heading, paragraphs = title, list[str]()
    for element in soup.find_all(_BLOCKS):
        if element.find_parent(_BLOCKS) is not None:
            continue
        words = plain(element.get_text(" " if element.name == "li" else ""))
        if element.name in ("h2", "h3", "h4"):
            if paragraphs:
                yield Part(heading, tuple(paragraphs))
            heading, paragraphs = words or heading, []
        elif words:
            paragraphs.append(words)
    if not paragraphs and heading == title and (words := plain(soup.get_text())):
        paragraphs.append(words)
    if paragraphs:
        yield Part(heading, tuple(paragraphs))
