"""Captured pages of publishers in a folder, found by the address that a source names."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

_HEAD_LINES = 12
_NOTES = re.compile(r"FACT NOTES|HOW READ:|THIRD-PARTY", re.IGNORECASE)
_NCI_URL = re.compile(r"^url: *'?\"?(\S+?)'?\"?$", re.MULTILINE)
_URL = re.compile(r"https?://[^\s;,)\"']+")
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s;,)\"']+[^\s;,.)\"']")
_PMC = re.compile(r"\bPMC\d+", re.IGNORECASE)
_PMID = re.compile(r"\b(?:PMID:? ?|pubmed\.ncbi\.nlm\.nih\.gov/)(\d{6,9})", re.IGNORECASE)
_SET_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """The captured text of one address."""

    text: str
    is_whole: bool
    """False for notes of a page's opening: what is missing there may stand on the page."""


class Pages:
    """Pages by every name an address goes by."""

    def __init__(self, pages: Mapping[str, Page]) -> None:
        """Keep pages by key."""
        self._pages = pages

    def __len__(self) -> int:
        """How many names are known."""
        return len(self._pages)

    def of(self, url: str) -> Page | None:
        """The page that an address leads to; None when it was not captured."""
        return next((self._pages[key] for key in keys_of(url) if key in self._pages), None)


def keys_of(text: str) -> list[str]:
    """Names of the documents that a text points to: DOI, PMC and PubMed ids, label ids, addresses.

    Args:
        text: An address, or the head of a file that names some.
    """
    keys = [found.lower() for found in _DOI.findall(text)]
    keys += [found.lower() for found in _PMC.findall(text)]
    keys += [f"pmid{found}" for found in _PMID.findall(text)]
    keys += [found.lower() for found in _SET_ID.findall(text)]
    return [*keys, *(_address(url) for url in _URL.findall(text))]


def read_pages(folder: Path) -> Pages:
    """Every page below a folder.

    Args:
        folder: Markdown and text files that name their address in their first lines, and JSON
            files of topics with `url` and `text`; others are passed over.
    """
    pages: dict[str, Page] = {}
    for path in sorted(folder.rglob("*")):
        for keys, page in _read(path):
            for key in keys:
                known = pages.get(key)
                if known is None or (page.is_whole and not known.is_whole):
                    pages[key] = page
                elif page.is_whole == known.is_whole and page.text not in known.text:
                    pages[key] = Page(f"{known.text}\n{page.text}", known.is_whole)
    return Pages(pages)


def _read(path: Path) -> Iterator[tuple[list[str], Page]]:
    if path.suffix in (".md", ".txt"):
        text = path.read_text(encoding="utf-8")
        url = _NCI_URL.search(text[:2000])
        if text.startswith("---") and url:
            yield [_address(url[1])], Page(text, is_whole=True)
            return
        head = "\n".join(text.splitlines()[:_HEAD_LINES])
        yield keys_of(head), Page(text, is_whole=not _NOTES.search(head))
    elif path.suffix == ".json":
        yield from _topics(path)


def _topics(path: Path) -> Iterator[tuple[list[str], Page]]:
    held = json.loads(path.read_text(encoding="utf-8"))
    for topic in held.get("topics", ()) if isinstance(held, dict) else ():
        yield [_address(topic["url"])], Page(topic["text"], is_whole=True)


def _address(url: str) -> str:
    parts = urlsplit(url.strip("'\" ").rstrip(".,"))
    host = (parts.hostname or "").removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{parts.path.rstrip('/').lower()}{query}"
