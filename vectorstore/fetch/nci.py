"""Pages of the National Cancer Institute, from a kept list of addresses."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from vectorstore.description import PUBLIC_DOMAIN
from vectorstore.errors import DocumentError
from vectorstore.fetch.documents import FetchedDocument, Part, plain
from vectorstore.fetch.failures import PageError
from vectorstore.fetch.http import PoliteClient, Reply, Validators
from vectorstore.fetch.runs import Fetched, Wanted, each_by_itself

PAGES = Path(__file__).parent / "nci_pages.csv"
"""Rows of group and url; the addresses alone."""
BASE_URL = "https://www.cancer.gov"
PUBLISHER = "National Cancer Institute"

# Where the words of a page stand, the nearest first: cancer.gov, older layouts, any page.
_BODIES = ("#cgvBody", "article", "main", "#main-content", "body")
_NO_WORDS = (
    "script, style, noscript, template, nav, header, footer, form, iframe, svg, figure, button, "
    "aside, .on-this-page, .page-options, .cgdp-page-options, .usa-breadcrumb, .related-resources, "
    ".document-dates, .public-use, .syndication, [aria-hidden=true], [hidden]"
)
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_TEXTS = {"p", "li", "tr", "dt", "dd", "blockquote", "caption", "pre"}
_BREAKS = ["p", "li", "br", "div", "ul", "ol", "table", "tr"]
_FOR_PROFESSIONALS = re.compile(r"/hp/|-hp-pdq/|Health Professional Version")
_NOTHING = {"placeholder slot", "on this page", "enlarge", "back to top"}
_DATED = re.compile(
    r"(Reviewed|Updated|Published|Posted):?\s*([A-Z][a-z]+ \d{1,2}, \d{4}|\d{4}-\d{2}-\d{2})"
)
_DATE_NAMES = ("dcterms.reviewed", "dcterms.modified", "article:modified_time", "dcterms.issued")


@dataclass(frozen=True, slots=True)
class NCI:
    """The kept list, or some of its groups."""

    groups: Sequence[str] | None = None
    """None for all."""
    base_url: str = BASE_URL
    name: str = "nci"
    batch: int = 1

    def wanted(self, _client: PoliteClient) -> Iterator[Wanted | DocumentError]:
        """The kept addresses, in the order of the list."""
        with PAGES.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if self.groups is None or row["group"] in self.groups:
                    path = urlsplit(row["url"]).path
                    yield Wanted(path.strip("/"), self.base_url.rstrip("/") + path)

    def fetch(
        self, client: PoliteClient, wanted: list[Wanted], known: dict[str, Validators]
    ) -> Iterator[Fetched | DocumentError]:
        """Each page by itself, only where it changed."""
        return each_by_itself(client, wanted, known, _read)


def _read(one: Wanted, reply: Reply) -> FetchedDocument:
    return read_page(reply.body, f"/{one.name}", reply.validators)


def read_page(body: bytes, path: str, validators: Validators) -> FetchedDocument:
    """A page in HTML as a document; its menus, pictures and notes to editors are left out.

    Args:
        body: HTML.
        path: on the host, for the address that a patient is shown.
        validators: the host's date stands in where the page names none.

    Raises:
        PageError: it has no title or no text.
    """
    soup = BeautifulSoup(body, "lxml")
    title = _title(soup)
    if not title:
        raise PageError(f"{BASE_URL}{path}: has no title")
    dated = _date(soup, validators)
    for element in soup.select(_NO_WORDS):
        if not element.decomposed:
            element.decompose()
    parts = tuple(_parts(_body(soup), title))
    if not any(part.paragraphs for part in parts):
        raise PageError(f"{BASE_URL}{path}: holds no text")
    is_professional = bool(_FOR_PROFESSIONALS.search(f"{path}/ {title}"))
    return FetchedDocument(
        publisher=PUBLISHER,
        title=title,
        year=dated.year,
        url=BASE_URL + path,
        kind="patient_page" if not is_professional else "review",
        licence=PUBLIC_DOMAIN,
        audience="professional" if is_professional else "patient",
        parts=parts,
        dated=dated.origin,
    )


@dataclass(frozen=True, slots=True)
class _Dated:
    year: int
    origin: Literal["page", "host", "fetched"]


def _title(soup: BeautifulSoup) -> str:
    heading = soup.find("h1") or soup.title
    words = plain(heading.get_text(" ")) if heading is not None else ""
    # What was cut to its text is not to be called PDQ any more (cancer.gov, reuse of PDQ).
    words = re.sub(r"\s*\(PDQ\s*®?\s*\)", "", words)
    return re.sub(r"\s+[-|]\s+(NCI|National Cancer Institute)\s*$", "", words)


def _date(soup: BeautifulSoup, validators: Validators) -> _Dated:
    """The day of the last review rather than the first publication."""
    told = dict(_DATED.findall(soup.get_text(" ")))
    for word in ("Reviewed", "Updated", "Published", "Posted"):
        if word in told and (year := re.search(r"\d{4}", told[word])):
            return _Dated(int(year.group()), "page")
    for name in _DATE_NAMES:
        meta = soup.select_one(f'meta[name="{name}"], meta[property="{name}"]')
        found = re.match(r"\d{4}", str(meta.get("content", ""))) if meta is not None else None
        if found:
            return _Dated(int(found.group()), "page")
    try:
        return _Dated(parsedate_to_datetime(validators.last_modified).year, "host")
    except ValueError:
        return _Dated(datetime.now(UTC).year, "fetched")


def _words(element: Tag) -> str:
    for inner in element.find_all(_BREAKS):
        inner.insert_before(" ")
    if element.name != "tr":
        return plain(element.get_text())
    cells = (plain(cell.get_text()) for cell in element.find_all(["td", "th"]))
    return "; ".join(cell for cell in cells if cell)


def _body(soup: BeautifulSoup) -> Tag:
    for where in _BODIES:
        found = soup.select_one(where)
        if found is not None and found.get_text(strip=True):
            return found
    return soup


def _parts(body: Tag, title: str) -> Iterator[Part]:
    """The page cut at its headings; what stands before the first belongs to the title."""
    heading, paragraphs = title, list[str]()
    for element in body.find_all(_HEADINGS | _TEXTS):
        if element.find_parent(_TEXTS) is not None:
            continue
        words = _words(element)
        if element.name in _HEADINGS:
            if paragraphs:
                yield Part(heading, tuple(paragraphs))
            heading, paragraphs = words or heading, []
        elif words and words.lower() not in _NOTHING:
            paragraphs.append(words)
    if paragraphs:
        yield Part(heading, tuple(paragraphs))
