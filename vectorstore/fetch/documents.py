"""What was fetched, as a Markdown document with the front matter that the shelf reads."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

import yaml

from vectorstore.fetch.failures import LeftOutError

Kind = Literal[
    "guideline", "label", "review", "trial", "observational", "laboratory", "patient_page"
]
FACTS_ONLY = "facts only"
"""Licence of what may be named and linked, and is not quoted."""
_FETCHED = re.compile(r"^fetched: .*\n", flags=re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and the paragraphs under it, as published."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FetchedDocument:
    """One page, paper or label."""

    publisher: str
    title: str
    year: int
    url: str
    """What a patient is shown."""
    kind: Kind
    licence: str
    audience: Literal["patient", "professional"]
    parts: tuple[Part, ...]
    dated: Literal["page", "host", "fetched"] = "page"
    """Where `year` comes from: the page, the host's answer, or the day it was fetched, for a page
    that names no date."""
    design: str = ""
    """Of a paper: its publication type, in lower case."""
    size: int | None = None
    """Of a paper: participants, where the abstract says how many."""
    in_people: bool | None = None
    """Of a paper: None where it is not indexed yet."""

    def markdown(self, fetched: date) -> str:
        """Front matter and body.

        Raises:
            LeftOutError: it holds no text.
        """
        body = "\n\n".join(_written(part) for part in self.parts if part.paragraphs)
        if not body:
            raise LeftOutError(f"{self.title or self.url}: holds no text to keep")
        front = yaml.safe_dump(
            self._front(fetched), sort_keys=False, allow_unicode=True, width=10_000
        )
        return f"---\n{front}---\n\n{body}\n"

    def _front(self, fetched: date) -> dict[str, object]:
        front: dict[str, object] = {
            "publisher": self.publisher,
            "title": self.title,
            "year": self.year,
            "url": self.url,
            "kind": self.kind,
            "licence": self.licence,
            "audience": self.audience,
            "fetched": fetched.isoformat(),
            "dated": self.dated,
        }
        if self.design:
            front["design"] = self.design
            front["size"] = self.size if self.size is not None else "not stated"
            front["in_people"] = {True: "yes", False: "no", None: "unknown"}[self.in_people]
        return front


def is_same_document(one: str, other: str) -> bool:
    """Whether two Markdown texts say the same, the day of fetching aside."""
    return _FETCHED.sub("", one, count=1) == _FETCHED.sub("", other, count=1)


def plain(text: str) -> str:
    """One line with single spaces."""
    return " ".join(text.split())


def _written(part: Part) -> str:
    # A paragraph that begins with # would read as a heading.
    lines = [line.lstrip("# ") for p in part.paragraphs if (line := plain(p))]
    return "\n\n".join([f"## {plain(part.heading)}", *lines])
