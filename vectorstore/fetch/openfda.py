"""Labels from openFDA: `/drug/label.json`, one request a medicine."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vectorstore.errors import DocumentError
from vectorstore.fetch.documents import FetchedDocument, plain
from vectorstore.fetch.failures import NothingThereError, PageError
from vectorstore.fetch.http import PoliteClient, Reply, Validators
from vectorstore.fetch.label_sections import SECTIONS, LabelSection, label_document
from vectorstore.fetch.runs import Fetched, Wanted

BASE_URL = "https://api.fda.gov"
PUBLISHER = "U.S. Food and Drug Administration (openFDA)"
LICENCE = "CC0-1.0"
"""open.fda.gov/license: dedicated to the public domain."""
_NAMES = ("generic_name", "brand_name")
_LABELS_ASKED = "25"

Record = dict[str, object]


@dataclass(frozen=True, slots=True)
class OpenFDA:
    """Labels of the medicines named, one each."""

    drugs: Sequence[str]
    base_url: str = BASE_URL
    name: str = "openfda"
    batch: int = 1

    def wanted(self, _client: PoliteClient) -> Iterator[Wanted | DocumentError]:
        """A label a medicine."""
        for drug in self.drugs:
            yield Wanted(plain(drug).lower(), f"{self.base_url.rstrip('/')}/drug/label.json")

    def fetch(
        self, client: PoliteClient, wanted: list[Wanted], known: dict[str, Validators]
    ) -> Iterator[Fetched | DocumentError]:
        """The label that stands for each medicine: by its generic, else by its brand name."""
        for one in wanted:
            try:
                reply = _ask(client, one, known.get(one.name))
                label = None if reply.unchanged else _document(reply.body, one.name)
                yield Fetched(one, label, reply.validators)
            except NothingThereError:
                yield PageError(f"{one.name}: openFDA has no label under this name")
            except DocumentError as error:
                yield error


def _ask(client: PoliteClient, one: Wanted, known: Validators | None) -> Reply:
    name = one.name.replace('"', " ")
    for field in _NAMES:
        params = {"search": f'openfda.{field}:"{name}"', "limit": _LABELS_ASKED}
        try:
            return client.get(one.url, params, known=known)
        except NothingThereError:  # openFDA answers 404 where nothing matches
            if field == _NAMES[-1]:
                raise
    raise NothingThereError(name)


def _document(body: bytes, name: str) -> FetchedDocument:
    try:
        answer = json.loads(body)
    except ValueError as error:
        raise PageError(f"{name}: openFDA's answer is not readable JSON") from error
    results = answer.get("results") if isinstance(answer, dict) else None
    records = [record for record in results or [] if isinstance(record, dict)]
    if not records:
        raise NothingThereError(name)
    record = max(records, key=lambda record: _standing(record, name))

    def paragraphs(section: LabelSection) -> list[str]:
        return _texts(record, section.field)

    return label_document(
        publisher=PUBLISHER,
        name=_title(record, name),
        set_id=_first(record, "set_id"),
        effective=_first(record, "effective_time"),
        licence=LICENCE,
        paragraphs=paragraphs,
    )


def _standing(record: Record, name: str) -> tuple[bool, int, bool, bool, int, str]:
    """Which of a medicine's many labels stands for it, the larger the better.

    The medicine alone rather than in a mixture, on prescription, the first maker's, with the most
    that a patient needs, the newest.
    """
    names = [text.lower() for field in _NAMES for text in _named(record, field)]
    kept = sum(bool(_texts(record, section.field)) for section in SECTIONS)
    return (
        name.lower() in names,
        -len(_named(record, "substance_name") or [name]),
        any("PRESCRIPTION" in text for text in _named(record, "product_type")),
        any(text.startswith(("NDA", "BLA")) for text in _named(record, "application_number")),
        kept,
        _first(record, "effective_time"),
    )


def _title(record: Record, name: str) -> str:
    generic, brand = _named(record, "generic_name"), _named(record, "brand_name")
    shown = generic[0].capitalize() if generic else name.capitalize()
    other = [text.title() for text in brand if text.lower() != shown.lower()]
    return f"{shown} ({other[0]})" if other else shown


def _named(record: Record, field: str) -> list[str]:
    openfda = record.get("openfda")
    return _strings(openfda.get(field)) if isinstance(openfda, dict) else []


def _texts(record: Record, field: str) -> list[str]:
    return [plain(text) for text in _strings(record.get(field)) if text.strip()]


def _first(record: Record, field: str) -> str:
    return next(iter(_strings(record.get(field))), "")


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [text for text in value if isinstance(text, str)] if isinstance(value, list) else []
