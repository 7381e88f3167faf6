"""What a document on the shelf must say of itself, and where that is read from."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from vectorstore.errors import DocumentError

SOURCE_KINDS = (
    "guideline",
    "label",
    "review",
    "trial",
    "observational",
    "laboratory",
    "patient_page",
)
AUDIENCES = ("patient", "professional")
GIVEN_KEYS = ("publisher", "title", "year", "licence", "audience", "kind", "url")
"""What an operator can say for files that do not say it themselves."""
PUBLIC_DOMAIN = "public domain"
NOT_STATED = "not stated"

_PUBLISHERS = Path(__file__).parent / "publishers.csv"
_OTHER_NAMES = {
    "licence": ("licence", "license", "rights"),
    "audience": ("audience",),
    "publisher": ("publisher", "source"),
    "reviewed": ("reviewed", "lastReviewed", "last_reviewed", "updated", "date", "revised"),
    "design": ("design", "study_design"),
    "size": ("size", "participants", "sample_size"),
    "in_people": ("in_people", "people", "humans"),
}
_FREE = re.compile(r"public[\s_-]*domain|\bcc-?0\b|creative commons zero|us government work", re.I)
_NOT_FREE = re.compile(r"\bnot\b|\bexcept\b|\bunless\b", re.I)
_PROFESSIONAL = re.compile(r"professional|clinician|physician|doctor|\bhp\b|nurse|oncologist", re.I)
_PATIENT = re.compile(r"patient|public|consumer|lay|caregiver|family|people|everyone", re.I)
_FOR_PROFESSIONALS = re.compile(r"[/-]hp(?:[/-]|$)")
_ADAPTED = re.compile(r"\s*\(adapted\)\s*$", re.I)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_DAY = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")
_NUMBER = re.compile(r"\d[\d,]*")


@dataclass(frozen=True, slots=True)
class Description:
    """A document as it is named to a patient and judged by the composer."""

    title: str
    publisher: str
    year: int
    licence: str
    """`public domain`, or as it was told; only the first may be quoted."""
    audience: str
    """patient or professional."""
    kind: str
    """One of `SOURCE_KINDS`."""
    url: str
    """Its web address; empty for a file that has none."""
    file_name: str
    reviewed: date | None = None
    """When it was last reviewed, where that is told; never for a document without a date."""
    is_undated: bool = False
    """True where nothing tells a date; `year` is then the year in which it was read."""
    design: str = ""
    """Design of a study in words, such as `randomized trial`; empty where it is not told."""
    size: int | None = None
    """People, or animals, in the study."""
    in_people: bool | None = None
    """Whether people were studied; None where it is not told."""

    @property
    def may_be_quoted(self) -> bool:
        """True for a text in the public domain."""
        return self.licence == PUBLIC_DOMAIN

    def address(self, page: int | None) -> str:
        """Where a citation opens: the address at its page, or the file's name and page."""
        at = f"#page={page}" if page is not None else ""
        return f"{self.url.partition('#')[0] if at else self.url}{at}" or ""

    def place(self, page: int | None) -> str:
        """The address of a passage; of a file without one its name and page."""
        return self.address(page) if self.url else f"{self.file_name}{_at(page)}"


def describe(
    path: Path, stated: Mapping[str, str], given: Mapping[str, str], first_heading: str, today: date
) -> Description:
    """Put together what a file says and what the operator says.

    Args:
        path: The file.
        stated: What it says of itself, by the keys of a front matter; leads.
        given: What the operator says for files that do not; keys of `GIVEN_KEYS`.
        first_heading: The heading it begins with, its title where none is told; may be empty.
        today: The day on which it is read.

    Raises:
        DocumentError: something is missing or wrong; says what to add.
    """
    own = {key: value for key, value in map_names(stated).items() if value}
    url = own.get("url", given.get("url", ""))
    known = _publisher(url, own.get("publisher", ""))
    adapted = bool(_ADAPTED.search(own.get("publisher", ""))) and not url
    told = {**_implied(url, known, adapted), **given, **own}
    told["publisher"] = _publisher_name(told.get("publisher", ""), known, adapted)
    title = told.get("title", "") or first_heading or _title_of(stated, url)
    told["title"] = _title(title, known)
    year, reviewed = _date(told, own, given, is_undated_allowed=adapted, today=today)
    if year is None:
        told.pop("year", None)
    else:
        told["year"] = str(year)
    _require(path, told)
    size = _NUMBER.search(own.get("size", ""))
    return Description(
        title=told["title"],
        publisher=told["publisher"],
        year=int(told["year"]),
        licence=_licence(told["licence"]),
        audience=_audience(path, told["audience"]),
        kind=told["kind"],
        url=url,
        file_name=path.name,
        reviewed=reviewed,
        is_undated=adapted and reviewed is None and "year" not in {**own, **given},
        design=own.get("design", ""),
        size=int(size[0].replace(",", "")) if size else None,
        in_people=_yes_or_no(own.get("in_people", "")),
    )


def map_names(stated: Mapping[str, str]) -> dict[str, str]:
    """The statements by our own names for them."""
    named = {
        key: next((stated[name].strip() for name in names if stated.get(name, "").strip()), "")
        for key, names in _OTHER_NAMES.items()
    }
    return {**{key: value.strip() for key, value in stated.items()}, **named}


def _require(path: Path, told: Mapping[str, str]) -> None:
    missing = [key for key in GIVEN_KEYS if key != "url" and not told.get(key)]
    if missing:
        options = " ".join(f"--{key}" for key in missing)
        raise DocumentError(
            f"{path.name}: lacks {', '.join(missing)}; add it to the file's front matter or say it"
            f" with {options}"
        )
    if told["kind"] not in SOURCE_KINDS:
        raise DocumentError(f"{path.name}: kind is not one of {', '.join(SOURCE_KINDS)}")
    if not (told["year"].isdecimal() and len(told["year"]) == 4):
        raise DocumentError(f"{path.name}: year is not a year of four figures")
    if told.get("url") and not told["url"].startswith(("https://", "http://")):
        raise DocumentError(f"{path.name}: url is not a web address")


@dataclass(frozen=True, slots=True)
class _Publisher:
    host: str
    short: str
    publisher: str
    licence: str


@cache
def _publishers() -> tuple[_Publisher, ...]:
    with _PUBLISHERS.open(encoding="utf-8", newline="") as file:
        return tuple(
            _Publisher(row["host"], row["short"], row["publisher"], row["licence"])
            for row in csv.DictReader(file)
        )


def _publisher(url: str, name: str) -> _Publisher | None:
    host = urlsplit(url).hostname or ""
    bare = _ADAPTED.sub("", name)
    for known in _publishers():
        if host == known.host or host.endswith("." + known.host):
            return known
    return next((k for k in _publishers() if not url and bare in (k.short, k.publisher)), None)


def _implied(url: str, known: _Publisher | None, adapted: bool) -> dict[str, str]:
    """What the publisher of a page implies; nothing for one that is not known."""
    if known is None:
        return {}
    for_professionals = bool(_FOR_PROFESSIONALS.search(url))
    implied = {
        "publisher": known.publisher,
        "audience": "professional" if for_professionals else "patient",
        "kind": "review" if for_professionals else "patient_page",
        "licence": NOT_STATED if adapted else known.licence,
    }
    return {key: value for key, value in implied.items() if value}


def _publisher_name(told: str, known: _Publisher | None, adapted: bool) -> str:
    if known is None or _ADAPTED.sub("", told) not in (known.short, known.publisher):
        return told
    return f"{known.publisher} (adapted)" if adapted else known.publisher


def _title_of(stated: Mapping[str, str], url: str) -> str:
    """A title that is there and blank, read from the last part of the address."""
    if "title" not in stated or not url:
        return ""
    return re.sub(r"[-_]+", " ", Path(urlsplit(url).path).stem).capitalize()


def _title(told: str, known: _Publisher | None) -> str:
    """The title without the site's name behind it."""
    title = " ".join(told.split())
    if known is None:
        return title
    names = "|".join(map(re.escape, (known.short, known.publisher)))
    return re.sub(rf"\s+[-|–—]\s+(?:{names})$", "", title) or title


def _date(
    told: Mapping[str, str],
    own: Mapping[str, str],
    given: Mapping[str, str],
    *,
    is_undated_allowed: bool,
    today: date,
) -> tuple[int | None, date | None]:
    """Year and day of review: what the file says, then the operator, then the file's own date.

    A year that cannot be read is kept out of here and told by `_require`.
    """
    reviewed = _day(own.get("reviewed", ""))
    for text in (own.get("year", ""), given.get("year", "")):
        if text:
            return (int(text) if text.isdecimal() else None), reviewed
    if reviewed is not None:
        return reviewed.year, reviewed
    if cited := _YEAR.findall(own.get("reviewed", "") + " " + own.get("citation", "")):
        return int(cited[-1]), None
    if (made := _day(told.get("made", ""))) is not None:
        return made.year, made
    return (today.year if is_undated_allowed else None), None


def _day(text: str) -> date | None:
    found = _DAY.match(text.strip())
    try:
        return date(int(found[1]), int(found[2]), int(found[3] or 1)) if found else None
    except ValueError:
        return None


def _licence(told: str) -> str:
    return PUBLIC_DOMAIN if _FREE.search(told) and not _NOT_FREE.search(told) else told


def _audience(path: Path, told: str) -> str:
    if _PROFESSIONAL.search(told):
        return "professional"
    if _PATIENT.search(told):
        return "patient"
    raise DocumentError(f"{path.name}: audience is not one of {', '.join(AUDIENCES)}")


def _yes_or_no(told: str) -> bool | None:
    return {"true": True, "yes": True, "false": False, "no": False}.get(told.lower())


def _at(page: int | None) -> str:
    return f"#page={page}" if page is not None else ""
