"""How much of one question's words stand in another: stems, the rare ones weighing more."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping

import Stemmer

from vectorstore.lexical import STOP_WORDS

NO_STEMS: Mapping[str, str] = {}
_WORD = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")


def stems(text: str, known: Mapping[str, str] = NO_STEMS) -> frozenset[str]:
    """The stems of the words of a text that say something of its subject; may be empty.

    Args:
        text: Any.
        known: Stems that need no work, by their words; see `stems_by_word`.
    """
    words = _words(text)
    return frozenset({
        *(known[word] for word in words if word in known),
        *_stemmed([word for word in words if word not in known]),
    })


def stems_by_word(text: str) -> dict[str, str]:
    """The stem of each word of a text that says something of its subject."""
    words = list(dict.fromkeys(_words(text)))
    return dict(zip(words, _stemmed(words), strict=True))


def _words(text: str) -> list[str]:
    words = _WORD.findall(text.lower().replace("'", ""))
    return [word for word in words if word not in STOP_WORDS]


def _stemmed(words: list[str]) -> list[str]:
    # A stemmer keeps the word it works on: one a call, for threads.
    found: list[str] = Stemmer.Stemmer("english").stemWords(words)
    return found


class WordWeights:
    """Weights of stems by how few of some texts hold them."""

    def __init__(self, texts: Iterable[frozenset[str]]) -> None:
        """Count stems.

        Args:
            texts: The stems of each text; at least one text.
        """
        held = list(texts)
        counts = Counter(stem for text in held for stem in text)
        self._rarest = math.log(1 + len(held))
        self._weights: Mapping[str, float] = {
            stem: math.log(1 + len(held) / n) for stem, n in counts.items()
        }

    def covered(self, words: frozenset[str], by: frozenset[str]) -> float:
        """Share, 0 .. 1, of the weight of some stems that others hold; 0 when there are none."""
        weight = sum(map(self.of, words))
        return sum(map(self.of, words & by)) / weight if weight else 0.0

    def of(self, stem: str) -> float:
        """The weight of a stem, above 0; one that no text holds weighs most."""
        return self._weights.get(stem, self._rarest)
