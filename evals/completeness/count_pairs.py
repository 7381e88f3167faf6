"""Counts which word follows which: `python -m evals.completeness.count_pairs NCI TOPICS`.

NCI is a folder of National Cancer Institute pages (Markdown), TOPICS the JSON of MedlinePlus
health topics: both public domain. With them are counted our own library, our own messages in
`whole_messages.txt` and in the cases of the other steps. No case of this step is counted, so that
its measures stay measures. No chance is in it: the same texts give the same file.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from chains.completeness.word_pairs import START, WORD_PAIRS
from evals.cases import EVALS
from evals.completeness.count_words import read_texts

LEAST = 3
"""Times a pair must have been seen."""
_OWN_WEIGHT = 2
"""Our own messages are few, and nearest to what people type."""
_OWN = ("triage/cases.jsonl", "extraction/cases.jsonl", "condense/cases.jsonl")
_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+|[.?!;:,()\n]")
_FRONT_MATTER = re.compile(r"\A---.*?^---", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKUP = re.compile(r"https?://\S+|<[^>]*>|&lt;.*?&gt;|\[[^\]]*\]|\{[^}]*\}")


def _plain(texts: Iterable[str]) -> Iterator[str]:
    yield from (_MARKUP.sub("\n", _LINK.sub(r"\1", text)) for text in texts)


def _library() -> Iterator[str]:
    for path in sorted((EVALS.parent / "vectorstore" / "library").rglob("*.md")):
        yield _FRONT_MATTER.sub("", path.read_text(encoding="utf-8"))


def _own_messages() -> Iterator[str]:
    yield from (EVALS / "completeness/whole_messages.txt").read_text(encoding="utf-8").splitlines()
    for name in _OWN:
        for line in (EVALS / name).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield row["text"] if "text" in row else row["message"]


def count(texts: Iterable[str], pairs: Counter[tuple[str, str]], weight: int) -> None:
    """Add the pairs of these texts; a word alone counts as a pair with `START` before it."""
    for text in texts:
        before = ""
        for token in _TOKEN.findall(text.lower().replace("\u2019", "'")):
            word = token.replace("'", "")
            if word.isalpha():
                pairs[START, word] += weight
                if before:
                    pairs[before, word] += weight
            before = word if word.isalpha() else "#" if word.isdigit() else ""


def main() -> None:
    """Count, and write `word_pairs.txt`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("nci", type=Path)
    parser.add_argument("topics", type=Path)
    arguments = parser.parse_args()
    pairs: Counter[tuple[str, str]] = Counter()
    count(_plain(read_texts(arguments.nci, arguments.topics)), pairs, 1)
    count(_plain(_library()), pairs, 1)
    count(_own_messages(), pairs, _OWN_WEIGHT)
    followers: dict[str, list[str]] = {}
    for (before, word), times in sorted(pairs.items()):
        if times >= LEAST:
            followers.setdefault(before, []).append(f"{word}:{times}")
    lines = [f"{before} {' '.join(words)}" for before, words in followers.items()]
    WORD_PAIRS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
