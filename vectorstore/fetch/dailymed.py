"""Labels from DailyMed: web services v2, a list of labels in JSON, then one in SPL (HL7 XML)."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from lxml import etree

from vectorstore.errors import DocumentError
from vectorstore.fetch.documents import FACTS_ONLY, FetchedDocument, plain
from vectorstore.fetch.failures import NothingThereError, PageError
from vectorstore.fetch.http import PoliteClient, Validators
from vectorstore.fetch.label_sections import SECTIONS, LabelSection, label_document
from vectorstore.fetch.runs import Fetched, Wanted, each_by_itself
from vectorstore.fetch.safe_xml import local_name, read_xml, text_of

BASE_URL = "https://dailymed.nlm.nih.gov/dailymed/services/v2"
PUBLISHER = "DailyMed, U.S. National Library of Medicine"
_V3 = "{urn:hl7-org:v3}"
_CODES = frozenset(section.loinc for section in SECTIONS)
_BLOCKS = frozenset({"paragraph", "item", "tr", "caption"})
_SET_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", flags=re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DailyMed:
    """Labels of the medicines named, one each."""

    drugs: Sequence[str]
    base_url: str = BASE_URL
    name: str = "dailymed"
    batch: int = 1

    def wanted(self, client: PoliteClient) -> Iterator[Wanted | DocumentError]:
        """The set id of the label that stands for each medicine."""
        base = self.base_url.rstrip("/")
        for drug in self.drugs:
            name = plain(drug).lower()
            try:
                reply = client.get(f"{base}/spls.json", {"drug_name": name, "pagesize": "100"})
                set_id = _chosen(reply.body, name)
                yield Wanted(f"{name} {set_id}", f"{base}/spls/{set_id}.xml")
            except NothingThereError:
                yield PageError(f"{name}: DailyMed has no label under this name")
            except DocumentError as error:
                yield error

    def fetch(
        self, client: PoliteClient, wanted: list[Wanted], known: dict[str, Validators]
    ) -> Iterator[Fetched | DocumentError]:
        """Each label by itself, only where it changed."""
        return each_by_itself(
            client, wanted, known, lambda one, reply: read_label(reply.body, one.name)
        )


def read_label(body: bytes, asked_for: str) -> FetchedDocument:
    """A label in SPL as a document.

    Args:
        body: the SPL document.
        asked_for: what a failure calls it.

    Raises:
        PageError: it is not readable, or has none of the sections a patient needs.
    """
    root = read_xml(body, asked_for)
    if local_name(root) != "document":
        raise PageError(f"{asked_for}: is not a label in SPL")
    found = _wanted_sections(root)

    def paragraphs(section: LabelSection) -> list[str]:
        return [text for part in found.get(section.loinc, []) for text in _paragraphs(part)]

    return label_document(
        publisher=PUBLISHER,
        name=_name(root) or asked_for,
        set_id=_attribute(root, f"{_V3}setId", "root"),
        effective=_attribute(root, f"{_V3}effectiveTime", "value"),
        licence=FACTS_ONLY,
        paragraphs=paragraphs,
    )


def _chosen(body: bytes, name: str) -> str:
    """The label that stands for a medicine: alone, a brand's, the newest."""
    try:
        answer = json.loads(body)
    except ValueError as error:
        raise PageError(f"{name}: DailyMed's answer is not readable JSON") from error
    rows = answer.get("data") if isinstance(answer, dict) else None
    labels = [row for row in rows or [] if isinstance(row, dict) and _names(row, name)]
    if not labels:
        raise NothingThereError(name)
    return str(max(labels, key=lambda row: _standing(row, name))["setid"])


def _names(row: dict[str, object], name: str) -> bool:
    # The search also answers with what only sounds alike.
    titled = re.search(rf"\b{re.escape(name)}\b", str(row.get("title", "")), re.IGNORECASE)
    return titled is not None and _SET_ID.fullmatch(str(row.get("setid", ""))) is not None


def _standing(row: dict[str, object], name: str) -> tuple[bool, bool, date]:
    title = str(row["title"]).lower()
    brand, _, rest = title.partition(" (")
    inside = rest.partition(")")[0]
    is_mixture = bool(
        re.search(r"\band\b|,|;|/", inside or title.partition("[")[0].partition(",")[0])
    )
    is_first_makers = bool(inside) and brand != inside and name in f"{brand} {inside}"
    return not is_mixture, is_first_makers, _published(str(row.get("published_date", "")))


def _published(text: str) -> date:
    try:
        return datetime.strptime(text, "%b %d, %Y").replace(tzinfo=UTC).date()
    except ValueError:
        return date.min


def _wanted_sections(root: etree._Element) -> dict[str, list[etree._Element]]:
    """Sections by code; one inside another that is kept whole is not kept twice."""
    found: dict[str, list[etree._Element]] = {}
    taken: set[etree._Element] = set()
    for section in root.iter(f"{_V3}section"):
        code = _attribute(section, f"{_V3}code", "code")
        if code in _CODES and taken.isdisjoint(section.iterancestors()):
            taken.add(section)
            found.setdefault(code, []).append(section)
    return found


def _paragraphs(section: etree._Element) -> Iterator[str]:
    """Titles of subsections, paragraphs, items and rows, in reading order."""
    for element in section.iter():
        name = local_name(element)
        is_subtitle = name == "title" and element.getparent() is not section
        is_bare = name == "text" and not any(local_name(e) in _BLOCKS for e in element.iter())
        if is_subtitle or is_bare:
            yield text_of(element)
        elif name in _BLOCKS and not _is_inside_block(element):
            yield _block(element)


def _block(element: etree._Element) -> str:
    if local_name(element) != "tr":
        return text_of(element)
    return "; ".join(text for cell in element if (text := text_of(cell)))


def _is_inside_block(element: etree._Element) -> bool:
    return any(local_name(parent) in _BLOCKS for parent in element.iterancestors())


def _name(root: etree._Element) -> str:
    product = root.find(f".//{_V3}manufacturedProduct/{_V3}manufacturedProduct")
    product = product if product is not None else root.find(f".//{_V3}manufacturedProduct")
    if product is None:
        return ""
    brand = text_of(product.find(f"{_V3}name"))
    generic = text_of(product.find(f".//{_V3}genericMedicine/{_V3}name"))
    if not generic or generic.lower() == brand.lower():
        return brand.capitalize()
    return f"{generic.capitalize()} ({brand.title()})" if brand else generic.capitalize()


def _attribute(element: etree._Element, child: str, name: str) -> str:
    found = element.find(child)
    return str(found.get(name, "")) if found is not None else ""
