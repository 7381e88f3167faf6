"""Running text in which no medicine stands, to count what is taken for one."""

import json
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from chains.lexicon import load_lexicon
from evals.drugs.systems import WORD
from vectorstore.articles import load_library

PAGES = 120
"""Pages of NCI that are read, chosen by seed."""
_SEED = 3
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_LINK = re.compile(r"\]\([^)]*\)|https?://\S+")
_STAND_IN = "it"


def own_texts() -> list[str]:
    """Articles of our library whose title names no medicine, medicines taken out."""
    lexicon = load_lexicon()
    plain = [
        article
        for article in load_library().articles.values()
        if not any(one.kind in ("drug", "regimen") for one in lexicon.mentions(article.title))
    ]
    return without_drugs(
        "\n".join(line.text for section in article.sections for line in section.lines)
        for article in plain
    )


def real_texts(data: Path) -> list[str]:
    """Whole real messages and pages of NCI, medicines taken out, the misspelt ones too."""
    pages = sorted((data / "nci").rglob("*.md"))
    chosen = random.Random(_SEED).sample(pages, min(PAGES, len(pages)))
    rows = _rows(data / "truncation_dev.jsonl")
    texts = [row["text"] for row in rows if row["label"] == "complete"]
    texts += [_prose(path.read_text(encoding="utf-8")) for path in chosen]
    return without_drugs(texts, listed_words(data))


def listed_words(data: Path) -> frozenset[str]:
    """Words of all cancer drugs' names and of the misspellings seen in messages, lower case."""
    names: list[str] = [row["typed"] for row in _rows(data / "misspellings_dev.jsonl")]
    for row in _rows(data / "oncology_drugs.jsonl"):
        names += [row["generic"], row["base"], *row["brands"], *row["synonyms"]]
    return frozenset(word for name in names for word in WORD.findall(name.lower()) if len(word) > 4)


def without_drugs(texts: Iterable[str], listed: frozenset[str] = frozenset()) -> list[str]:
    """The texts with every rightly spelt medicine, and every listed word, replaced."""
    return [
        WORD.sub(lambda m: _STAND_IN if m.group().lower() in listed else m.group(), _unnamed(text))
        for text in texts
    ]


def _unnamed(text: str) -> str:
    parts, at = [], 0
    for mention in load_lexicon().mentions(text):
        if mention.kind in ("drug", "regimen") and not mention.corrected:
            parts += [text[at : mention.start], _STAND_IN]
            at = mention.end
    return "".join([*parts, text[at:]])


def _prose(page: str) -> str:
    return _LINK.sub(" ", _FRONT_MATTER.sub("", page))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if path.exists():
        yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())
