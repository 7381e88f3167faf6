"""Who uses a folder of an index: it is not removed while a process has it open."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, where a folder with open files cannot be removed anyway
    fcntl = None  # type: ignore[assignment]

_NAME = "in-use"
_WRITER = "writer"


def hold(folder: Path) -> TextIOWrapper:
    """Mark a folder as used until the file given back is closed, or the process ends.

    Raises:
        FileNotFoundError: the folder is not there.
    """
    file = (folder / _NAME).open("a", encoding="utf-8")
    if fcntl is not None:
        fcntl.flock(file, fcntl.LOCK_SH)
    return file


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait until no other process writes in a folder, and keep the others waiting meanwhile."""
    with (folder / _WRITER).open("a", encoding="utf-8") as file:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def is_free(folder: Path) -> bool:
    """Whether no process holds the folder."""
    try:
        with (folder / _NAME).open("a", encoding="utf-8") as file:
            if fcntl is not None:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
