"""The full text of a paper from PubMed Central (JATS XML), where its licence lets it be kept."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from vectorstore.fetch.documents import Part
from vectorstore.fetch.safe_xml import local_name, text_of

_CC_BY = re.compile(r"creativecommons\.org/licenses/by/(\d\.\d)", re.IGNORECASE)
_CC0 = re.compile(r"creativecommons\.org/publicdomain/zero/(\d\.\d)", re.IGNORECASE)
_OTHER_CC = re.compile(r"creativecommons\.org/licenses/by-", re.IGNORECASE)
_LEFT_OUT = frozenset({"table-wrap", "fig", "disp-formula", "supplementary-material", "ref-list"})
_INLINE_LEFT_OUT = frozenset({"xref"})


@dataclass(frozen=True, slots=True)
class FullText:
    """A text that may be kept."""

    licence: str
    """`CC-BY-4.0`, `CC0-1.0` and so on."""
    parts: tuple[Part, ...]


def read_full_text(root: etree._Element, pmcid: str) -> FullText | None:
    """The text of one paper; None where its licence is not CC BY or CC0, or no body is given.

    Args:
        root: what efetch answers for `db=pmc`, a set of articles or one article.
        pmcid: digits, or with `PMC` before them; another paper's text is never taken.
    """
    number = pmcid.upper().removeprefix("PMC")
    articles = [e for e in root.iter() if local_name(e) == "article"]
    article = next((e for e in articles if number in _numbers(e)), None)
    if article is None:
        return None
    licence = _licence(article)
    body = article.find("{*}body")
    if not licence or body is None:
        return None
    parts = tuple(_parts(body))
    return FullText(licence, parts) if parts else None


def _numbers(article: etree._Element) -> set[str]:
    ids = article.iterfind("{*}front/{*}article-meta/{*}article-id")
    kinds = ("pmc", "pmcid", "pmcaid")
    return {text_of(e).upper().removeprefix("PMC") for e in ids if e.get("pub-id-type") in kinds}


def _licence(article: etree._Element) -> str:
    """By the addresses of the licence alone: words like "open access" say nothing about reuse."""
    permissions = article.find("{*}front/{*}article-meta/{*}permissions")
    if permissions is None:
        return ""
    said = " ".join(
        [str(v) for e in permissions.iter() for v in e.attrib.values()] + [text_of(permissions)]
    )
    if _OTHER_CC.search(said):
        return ""
    if found := _CC0.search(said):
        return f"CC0-{found.group(1)}"
    found = _CC_BY.search(said)
    return f"CC-BY-{found.group(1)}" if found else ""


def _parts(body: etree._Element) -> Iterator[Part]:
    loose = tuple(_paragraphs(body))
    if loose:
        yield Part("Text", loose)
    for section in body.iter("{*}sec"):
        if any(local_name(parent) in _LEFT_OUT for parent in section.iterancestors()):
            continue
        paragraphs = tuple(_paragraphs(section))
        if paragraphs:
            yield Part(text_of(section.find("{*}title")) or "Text", paragraphs)


def _paragraphs(section: etree._Element) -> Iterator[str]:
    """Paragraphs of a section itself, lists included, subsections not."""
    for child in section:
        name = local_name(child)
        if name == "p":
            yield _words(child)
        elif name in ("list", "boxed-text", "disp-quote"):
            yield from (_words(p) for p in child.iter("{*}p"))


def _words(paragraph: etree._Element) -> str:
    """The text without tables, figures and the numbers of its references."""
    words = [str(paragraph.text or "")]
    for child in paragraph:
        name = local_name(child)
        is_reference = name in _INLINE_LEFT_OUT and child.get("ref-type") == "bibr"
        if name not in _LEFT_OUT and not is_reference:
            words.append(_words(child))
        words.append(str(child.tail or ""))
    return re.sub(r"\s*[\[(](?:\s|[,;\N{EN DASH}-])*[\])]", "", "".join(words))
