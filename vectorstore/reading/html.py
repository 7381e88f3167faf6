"""Web pages: the main content in its order, without navigation and the like."""

import re
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PreformattedString

from vectorstore.reading.blocks import Block, Reading, table_rows

_NO_CONTENT = (
    *("script", "style", "noscript", "template", "nav", "footer", "aside", "form", "button"),
    *("svg", "iframe", "object", "select", "dialog", "menu"),
)
_NO_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary", "menu"})
_NO_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|sidebar|cookie|cookies|share|social|"
    r"pagination|skip-?link|newsletter|advert\w*|toc|related)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BLOCKS = frozenset({
    *("address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div"),
    *("dl", "dt", "figcaption", "figure", "header", "h1", "h2", "h3", "h4", "h5", "h6", "hr"),
    *("li", "main", "ol", "p", "pre", "section", "summary", "table", "ul", "br", "hgroup"),
})
_HEADING = re.compile(r"h([1-6])")
_LEAST_CHARACTERS = 200
"""A `main` or `article` with less text than this is not the page's content."""
_META = {
    "title": ("citation_title", "dc.title", "dcterms.title", "og:title"),
    "publisher": ("citation_publisher", "dc.publisher", "dcterms.publisher", "publisher"),
    "site": ("og:site_name", "application-name"),
    "reviewed": (
        *("dcterms.reviewed", "last-reviewed", "article:modified_time", "dcterms.modified"),
        *("last-modified", "dc.date", "dcterms.date", "date"),
        *("citation_publication_date", "article:published_time", "dcterms.issued"),
    ),
    "licence": ("licence", "license", "dc.rights", "dcterms.license", "dcterms.rights"),
    "audience": ("audience", "dcterms.audience"),
    "kind": ("kind", "evidence_kind"),
    "url": ("og:url", "citation_public_url", "dc.identifier.uri"),
    "year": ("year",),
}


def read_html(path: Path) -> Reading:
    """Read a page; its encoding is what it declares."""
    soup = BeautifulSoup(path.read_bytes(), "lxml")
    stated = _stated(soup)
    return Reading(stated, _blocks(_content(soup)))


def _stated(soup: BeautifulSoup) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in soup.find_all("meta"):
        name = str(meta.get("name") or meta.get("property") or meta.get("http-equiv") or "").lower()
        content = " ".join(str(meta.get("content") or "").split())
        if name and content:
            metas.setdefault(name, content)
    found = {
        key: next((metas[name] for name in names if name in metas), "")
        for key, names in _META.items()
    }
    for key, relation in (("url", "canonical"), ("licence", "license")):
        link = soup.find("link", rel=relation)
        if isinstance(link, Tag) and str(link.get("href") or "").startswith("http"):
            found[key] = str(link["href"])
    if not found["title"]:
        heading = soup.find("h1") or soup.title
        found["title"] = " ".join(heading.get_text(" ").split()) if heading else ""
    found["publisher"] = found["publisher"] or found.pop("site")
    return {key: value for key, value in found.items() if value}


def _content(soup: BeautifulSoup) -> Tag:
    for tag in soup.find_all(True):
        if not tag.decomposed and _is_beside(tag):
            tag.decompose()
    candidates = (soup.find("main"), soup.find(attrs={"role": "main"}), soup.find("article"))
    for found in candidates:
        if isinstance(found, Tag) and len(found.get_text(" ", strip=True)) >= _LEAST_CHARACTERS:
            return found
    body = soup.body or soup
    # A header outside the main content holds the site's name and menu, not the page's.
    for header in body.find_all("header", recursive=False):
        header.decompose()
    return body


def _is_beside(tag: Tag) -> bool:
    if tag.name in ("html", "body", "main", "article"):
        return False
    if tag.name in _NO_CONTENT or str(tag.get("role") or "").lower() in _NO_ROLES:
        return True
    if tag.has_attr("hidden") or tag.get("aria-hidden") == "true":
        return True
    classes = tag.get("class") or []
    names = [*(classes if isinstance(classes, list) else [classes]), str(tag.get("id") or "")]
    return any(_NO_NAMES.search(name) for name in names)


def _blocks(node: Tag, level: int = 0) -> Iterator[Block]:
    words: list[str] = []
    for child in node.children:
        if isinstance(child, Tag) and _holds_blocks(child):
            yield from _flushed(words, level)
            words = []
            if child.name == "table":
                yield from _table(child)
            else:
                heading = _HEADING.fullmatch(child.name)
                yield from _blocks(child, int(heading[1]) if heading else level)
        elif isinstance(child, Tag):
            words.append(child.get_text())
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            words.append(str(child))
    yield from _flushed(words, level)


def _holds_blocks(tag: Tag) -> bool:
    return tag.name in _BLOCKS or tag.find(list(_BLOCKS)) is not None


def _flushed(words: list[str], level: int) -> Iterator[Block]:
    text = " ".join("".join(words).split())
    if text:
        yield Block(text, level)


def _table(table: Tag) -> Iterator[Block]:
    rows = [
        [cell.get_text(" ") for cell in row.find_all(["th", "td"])]
        for row in table.find_all("tr")
        if row.find_parent("table") is table
    ]
    yield from table_rows(rows)
