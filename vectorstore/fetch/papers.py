"""A paper as PubMed tells it (PubmedArticle XML), as a document."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from vectorstore.fetch.documents import FACTS_ONLY, FetchedDocument, Part
from vectorstore.fetch.failures import LeftOutError, PageError, WithdrawnError
from vectorstore.fetch.full_text import FullText
from vectorstore.fetch.safe_xml import text_of
from vectorstore.fetch.studies import RETRACTED, design_and_kind, in_people, participants

PAPER = "https://pubmed.ncbi.nlm.nih.gov/{pmid}/"
FULL_PAPER = "https://pmc.ncbi.nlm.nih.gov/articles/{pmcid}/"
_TYPES = "MedlineCitation/Article/PublicationTypeList/PublicationType"
_MESH = "MedlineCitation/MeshHeadingList/MeshHeading/DescriptorName"
_YEARS = (
    "MedlineCitation/Article/Journal/JournalIssue/PubDate/Year",
    "MedlineCitation/Article/Journal/JournalIssue/PubDate/MedlineDate",
    "MedlineCitation/Article/ArticleDate/Year",
    "MedlineCitation/DateCompleted/Year",
)


@dataclass(frozen=True, slots=True)
class Paper:
    """One record of PubMed."""

    pmid: str
    pmcid: str
    """`PMC...`; empty where PubMed Central does not hold it."""
    title: str
    journal: str
    year: int
    publication_types: tuple[str, ...]
    mesh: tuple[str, ...]
    abstract: tuple[Part, ...]

    def document(self, full: FullText | None) -> FetchedDocument:
        """Abstract, and the full text where it may be kept.

        Raises:
            WithdrawnError: it was retracted.
            LeftOutError: it has neither.
        """
        if RETRACTED & {name.lower() for name in self.publication_types}:
            raise WithdrawnError(f"pmid-{self.pmid}", f"PMID {self.pmid}: was retracted; left out")
        if not self.abstract and full is None:
            raise LeftOutError(f"PMID {self.pmid}: has no abstract; left out")
        text = " ".join([self.title, *(p for part in self.abstract for p in part.paragraphs)])
        people = in_people(self.mesh)
        design, kind = design_and_kind(self.publication_types, text, people)
        url = FULL_PAPER.format(pmcid=self.pmcid) if full else PAPER.format(pmid=self.pmid)
        return FetchedDocument(
            publisher=self.journal,
            title=self.title,
            year=self.year,
            url=url,
            kind=kind,
            licence=full.licence if full else FACTS_ONLY,
            audience="professional",
            parts=(*self.abstract, *(full.parts if full else ())),
            design=design,
            size=participants(text),
            in_people=people,
        )


def read_papers(root: etree._Element) -> Iterator[Paper | PageError]:
    """The papers of a PubmedArticleSet, in its order; an error stands for one that lacks a part."""
    for article in root.iter("PubmedArticle"):
        pmid = text_of(article.find("MedlineCitation/PMID"))
        title = text_of(article.find("MedlineCitation/Article/ArticleTitle")).strip("[] ")
        year = _year(article)
        if not (pmid and title and year):
            yield PageError(f"PMID {pmid or 'without a number'}: has no title or no year")
            continue
        yield Paper(
            pmid=pmid,
            pmcid=_pmcid(article),
            title=title,
            journal=text_of(article.find("MedlineCitation/Article/Journal/Title")) or "PubMed",
            year=year,
            publication_types=tuple(text_of(e) for e in article.iterfind(_TYPES)),
            mesh=tuple(text_of(e) for e in article.iterfind(_MESH)),
            abstract=tuple(_abstract(article)),
        )


def _abstract(article: etree._Element) -> Iterator[Part]:
    for element in article.iterfind("MedlineCitation/Article/Abstract/AbstractText"):
        if words := text_of(element):
            yield Part((element.get("Label") or "Abstract").capitalize(), (words,))


def _year(article: etree._Element) -> int:
    for where in _YEARS:
        if found := re.search(r"\b(?:19|20)\d\d\b", text_of(article.find(where))):
            return int(found.group())
    return 0


def _pmcid(article: etree._Element) -> str:
    for element in article.iterfind("PubmedData/ArticleIdList/ArticleId"):
        if element.get("IdType") == "pmc" and re.fullmatch(r"PMC\d+", text_of(element)):
            return text_of(element)
    return ""
