"""One file read by its ending; whatever is wrong with it told in one plain line."""

import logging
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from vectorstore.errors import DocumentError
from vectorstore.reading.blocks import Reading

MOST_BYTES = 100_000_000
"""Largest file that is read."""
SUFFIXES = (".md", ".markdown", ".txt", ".html", ".htm", ".xhtml", ".docx", ".pdf")

# Parsers take up to half a second to import; each is imported with its first file.


def read_file(path: Path) -> Reading:
    """Read one file.

    Raises:
        DocumentError: it cannot be read; the text names the file and says what to do.
    """
    try:
        size = path.stat().st_size
        if size == 0:
            raise DocumentError(f"{path.name}: is empty")
        if size > MOST_BYTES:
            raise DocumentError(
                f"{path.name}: is larger than {MOST_BYTES // 1_000_000} MB; split it"
            )
        reading = _parser(path)(path)
        return Reading(reading.stated, tuple(reading.blocks))
    except DocumentError:
        raise
    except OSError as error:
        raise DocumentError(f"{path.name}: cannot be read ({error.strerror or error})") from error
    except Exception as error:
        logging.getLogger(__name__).debug("parser failed", exc_info=True)
        raise DocumentError(
            f"{path.name}: is broken or of another form ({type(error).__name__}); save it anew"
        ) from error


def files_in(paths: Sequence[Path]) -> Iterator[Path]:
    """The files given, and those in folders that can be read here, in order, each once.

    A file that is named is given back whatever its ending; hidden files of folders are not.
    """
    seen: set[Path] = set()
    for path in paths:
        found = _walk(path) if path.is_dir() else iter((path,))
        for file in found:
            resolved = file.resolve()
            if resolved not in seen:
                seen.add(resolved)
                yield resolved


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix.lower() in SUFFIXES and not hidden and path.is_file():
            yield path


def _parser(path: Path) -> Callable[[Path], Reading]:
    match path.suffix.lower():
        case ".pdf":
            from vectorstore.reading.pdf import read_pdf  # noqa: PLC0415 - see above

            return read_pdf
        case ".html" | ".htm" | ".xhtml":
            from vectorstore.reading.html import read_html  # noqa: PLC0415 - see above

            return read_html
        case ".docx":
            from vectorstore.reading.docx import read_docx  # noqa: PLC0415 - see above

            return read_docx
        case ".md" | ".markdown":
            from vectorstore.reading.markdown import read_markdown  # noqa: PLC0415 - see above

            return read_markdown
        case ".txt":
            from vectorstore.reading.text import read_text  # noqa: PLC0415 - see above

            return read_text
    raise DocumentError(f"{path.name}: is none of {', '.join(SUFFIXES)}")
