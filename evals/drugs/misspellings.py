"""Make the misspellings of `cases.jsonl`: `python -m evals.drugs.misspellings`.

Every generic and brand name of one word that the lexicon marks as used against breast cancer gets
slips of five kinds by seed. A slip that is itself a word of English or of the lexicon is no
misspelling and is left out.
"""

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from chains.lexicon import Lexicon, load_lexicon

CASES = Path(__file__).with_name("cases.jsonl")
SEED = 20261122
MOST_OF_A_KIND = 60
SHORTEST = 5
"""Letters; of a shorter name a slip is any word."""

_KEYBOARD = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_SOUNDS = (
    *(("ph", "f"), ("c", "k"), ("c", "s"), ("x", "ks"), ("z", "s"), ("s", "z"), ("y", "i")),
    *(("i", "y"), ("i", "e"), ("e", "i"), ("a", "e"), ("o", "a"), ("e", "a"), ("u", "o")),
    *(("th", "t"), ("qu", "kw"), ("k", "c"), ("f", "ph"), ("ll", "l"), ("t", "tt"), ("u", "oo")),
)
"""Letters heard as others."""


class Misspelling(NamedTuple):
    """A slip in one name."""

    typed: str
    written: str
    """The name, lower case."""
    generic: str
    slip: str


def main() -> None:
    """Write the cases."""
    lines = [
        json.dumps({"id": f"drug-{number:03}", **one._asdict()})
        for number, one in enumerate(misspellings(load_lexicon()), 1)
    ]
    CASES.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} misspellings")


def misspellings(lexicon: Lexicon, seed: int = SEED) -> Iterator[Misspelling]:
    """Distinct misspellings, at most `MOST_OF_A_KIND` of a kind of slip; the same for a seed."""
    chosen, seen = random.Random(seed), set[str]()
    for slip, make in SLIPS.items():
        names = list(_names(lexicon))
        chosen.shuffle(names)
        made = 0
        for written, generic in names:
            typed = make(written, chosen)
            if made == MOST_OF_A_KIND or typed is None or typed in seen:
                continue
            if lexicon.is_english(typed) or typed in lexicon.vocabulary():
                continue
            seen.add(typed)
            made += 1
            yield Misspelling(typed, written, generic, slip)


def _names(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    for name in lexicon.names("drug"):
        drug = lexicon.drug(name)
        if drug is None or not drug.is_breast:
            continue
        for written in (name, *drug.brands):
            if written.isalpha() and len(written) >= SHORTEST:
                yield written.lower(), name


def _keyboard(word: str, chosen: random.Random) -> str | None:
    at = chosen.randrange(len(word))
    return word[:at] + chosen.choice(_neighbours(word[at])) + word[at + 1 :]


def _neighbours(letter: str) -> list[str]:
    """The keys around a letter's key; the digit row lies above the first letters."""
    row = next(number for number, keys in enumerate(_KEYBOARD) if letter in keys)
    at = _KEYBOARD[row].index(letter)
    beside = _KEYBOARD[row][max(0, at - 1) : at + 2]
    above = _KEYBOARD[row - 1][at : at + 2]
    below = _KEYBOARD[row + 1][max(0, at - 1) : at + 1] if row + 1 < len(_KEYBOARD) else ""
    return [key for key in beside + above + below if key != letter]


def _phonetic(word: str, chosen: random.Random) -> str | None:
    fitting = [(old, new) for old, new in _SOUNDS if old in word]
    if not fitting:
        return None
    old, new = chosen.choice(fitting)
    at = chosen.choice([i for i in range(len(word)) if word.startswith(old, i)])
    return word[:at] + new + word[at + len(old) :]


def _dropped(word: str, chosen: random.Random) -> str | None:
    at = chosen.randrange(len(word))
    return word[:at] + word[at + 1 :]


def _doubled(word: str, chosen: random.Random) -> str | None:
    at = chosen.randrange(len(word))
    return word[: at + 1] + word[at:]


def _swapped(word: str, chosen: random.Random) -> str | None:
    places = [i for i in range(len(word) - 1) if word[i] != word[i + 1]]
    at = chosen.choice(places)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


SLIPS: dict[str, Callable[[str, random.Random], str | None]] = {
    "keyboard": _keyboard,
    "phonetic": _phonetic,
    "dropped": _dropped,
    "doubled": _doubled,
    "swapped": _swapped,
}

if __name__ == "__main__":
    main()
