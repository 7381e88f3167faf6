"""Plain text, with or without front matter; and the decoding that other formats share."""

import codecs
import re
from pathlib import Path

from vectorstore.articles import split_front_matter
from vectorstore.errors import ArticleError, DocumentError
from vectorstore.reading.blocks import Block, Reading

_PARAGRAPHS = re.compile(r"\n\s*\n")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def text_of(path: Path) -> str:
    """The text of a file in UTF-8, or in UTF-16 with its mark; lines end in a line feed.

    Raises:
        DocumentError: it is in another encoding, or no text at all.
    """
    raw = path.read_bytes()
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), "utf-8")
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentError(f"{path.name}: is not UTF-8 text; save it as UTF-8") from error
    if "\0" in text:
        raise DocumentError(f"{path.name}: is not text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_text(path: Path) -> Reading:
    """Read plain text; a paragraph ends at an empty line, a `#` at its front marks a heading.

    Raises:
        DocumentError: it is not text, or its front matter is not YAML.
    """
    stated, text = parted(path, fence="---\n")
    paragraphs = (" ".join(part.split()) for part in _PARAGRAPHS.split(text))
    return Reading(stated, (_block(part) for part in paragraphs if part.strip("# ")))


def parted(path: Path, *, fence: str) -> tuple[dict[str, str], str]:
    """What a file says of itself in its front matter, where it begins with one, and the rest.

    Raises:
        DocumentError: it is not text, or its front matter is not YAML.
    """
    text = text_of(path)
    if not text.startswith(fence):
        return {}, text
    try:
        front, body, _ = split_front_matter(text, path.name)
    except ArticleError as error:
        raise DocumentError(str(error)) from error
    return stated_of(front), "\n".join(body)


def stated_of(front: dict[str, object]) -> dict[str, str]:
    """A front matter's single values as texts; lists and mappings say nothing to the shelf."""
    told = {k: v for k, v in front.items() if isinstance(v, str | int | float | bool)}
    days = {k: v.isoformat() for k, v in front.items() if hasattr(v, "isoformat")}
    return {key: str(value).strip() for key, value in {**told, **days}.items()}


def _block(text: str) -> Block:
    bare = text.lstrip("#")
    level = len(text) - len(bare)
    return Block(bare.strip(), level if bare.startswith(" ") and level <= 6 else 0)
