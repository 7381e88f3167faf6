"""The folder of one source: each document with what is needed to ask for it again beside it.

The folder is put on the shelf as a whole, at the end of a run.
"""

import json
import os
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from vectorstore.fetch.documents import FetchedDocument, is_same_document
from vectorstore.fetch.http import Validators

RUN_LASTS = timedelta(days=7)
"""A run that was broken off longer ago is begun anew."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The note beside a document."""

    url: str
    """The address that was asked."""
    checked: str
    """When the host was last asked, UTC, ISO 8601."""
    etag: str = ""
    last_modified: str = ""

    @property
    def validators(self) -> Validators:
        """What to ask "has it changed?" with."""
        return Validators(self.etag, self.last_modified)


class SourceFolder:
    """`DATA/fetched/<source>/`; a document is either wholly there or not."""

    def __init__(self, data_dir: Path, source: str) -> None:
        """Make the folder where it is not there."""
        self.folder = data_dir / "fetched" / source
        self.folder.mkdir(parents=True, exist_ok=True)
        self._run = self.folder / "unfinished-run.json"

    def begin(self, asked_for: Sequence[str]) -> datetime:
        """When this run began: now, or when the same run that was broken off did."""
        now = datetime.now(UTC)
        run = _read(self._run)
        if run.get("asked_for") == list(asked_for):
            began = datetime.fromisoformat(str(run["began"]))
            if now - began < RUN_LASTS:
                return began
        _write(self._run, json.dumps({"asked_for": list(asked_for), "began": now.isoformat()}))
        return now

    def finish(self) -> None:
        """The run came to its end; the next one asks for everything again."""
        self._run.unlink(missing_ok=True)

    def kept(self, name: str) -> Kept | None:
        """The note beside a document that is wholly here, or None."""
        path = self.path(name)
        note = _read(path.with_suffix(".json"))
        try:
            return (
                Kept(**{key: str(value) for key, value in note.items()}) if path.exists() else None
            )
        except TypeError:
            return None

    def is_done(self, name: str, began: datetime) -> bool:
        """Whether this run has asked for it already, before it was broken off."""
        kept = self.kept(name)
        return kept is not None and datetime.fromisoformat(kept.checked) >= began

    def keep(self, name: str, document: FetchedDocument, url: str, validators: Validators) -> bool:
        """Write a document in place of an older text of it.

        Returns:
            Whether it is new or says something else than before.

        Raises:
            LeftOutError: it holds no text.
        """
        path, before = self.path(name), self.kept(name)
        text = document.markdown(datetime.now(UTC).date())
        changed = before is None or not is_same_document(path.read_text(encoding="utf-8"), text)
        if changed:
            _write(path, text)
        self._note(name, Kept(url, _now(), validators.etag, validators.last_modified))
        return changed

    def touch(self, name: str, kept: Kept) -> None:
        """The host says it is unchanged: note when."""
        self._note(name, replace(kept, checked=_now()))

    def drop(self, name: str) -> bool:
        """Remove a withdrawn document; False where it was not there."""
        if self.kept(name) is None:
            return False
        self.path(name).with_suffix(".json").unlink(missing_ok=True)
        self.path(name).unlink(missing_ok=True)
        return True

    def path(self, name: str) -> Path:
        """The file of a document; what a file name should not hold becomes a hyphen."""
        return self.folder / f"{re.sub(r'[^a-z0-9]+', '-', name.lower()).strip('-')[:120]}.md"

    def _note(self, name: str, kept: Kept) -> None:
        _write(self.path(name).with_suffix(".json"), json.dumps(asdict(kept), indent=1))


def _now() -> str:
    return datetime.now(UTC).isoformat()


def _read(path: Path) -> dict[str, object]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _write(path: Path, text: str) -> None:
    """Whole or not at all, also when the power goes."""
    unfinished = path.with_name(path.name + ".unfinished")
    with unfinished.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
