"""Count the words of public patient pages: `python -m evals.completeness.count_words NCI TOPICS`.

NCI is a folder of Markdown pages of the National Cancer Institute, TOPICS the JSON file of
MedlinePlus topic summaries; both are in the public domain. Writes `health_words.csv`.
"""

import argparse
import csv
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from chains.completeness.word_lists import HEALTH_WORDS

LEAST_COUNT = 4
LEAST_LOWER_SHARE = 0.4
"""Of a word's uses; words written with a capital more often are names."""
_FRONT_MATTER = re.compile(r"^---.*?---", re.DOTALL)
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKUP = re.compile(r"https?://\S+|[*_#|]")
_WORD = re.compile(r"(?<![\w/.-])([A-Za-z]+(?:'[a-z]+)?)(?![\w/-])")


def read_texts(pages: Path, topics: Path) -> Iterator[str]:
    """Text of every page and topic."""
    for page in sorted(pages.rglob("*.md")):
        yield _FRONT_MATTER.sub("", page.read_text(encoding="utf-8"))
    yield from _strings(json.loads(topics.read_text(encoding="utf-8")))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for part in value.values() for text in _strings(part))
    elif isinstance(value, list):
        yield from (text for part in value for text in _strings(part))


def count_words(texts: Iterable[str]) -> list[tuple[str, int]]:
    """Words with their uses, most used first."""
    used, lower = Counter[str](), Counter[str]()
    for text in texts:
        for match in _WORD.finditer(_MARKUP.sub(" ", _LINK.sub(r"\1", text))):
            word = match[1].lower()
            used[word] += 1
            lower[word] += match[1] == word
    kept = (w for w in used if len(w) > 1 and used[w] >= LEAST_COUNT)
    rows = [(w, used[w]) for w in kept if lower[w] > LEAST_LOWER_SHARE * used[w]]
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def main() -> None:
    """Read, count, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path)
    parser.add_argument("topics", type=Path)
    arguments = parser.parse_args()
    rows = count_words(read_texts(arguments.pages, arguments.topics))
    with HEALTH_WORDS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("word", "count"))
        writer.writerows(rows)
    print(f"{len(rows)} words")


if __name__ == "__main__":
    main()
