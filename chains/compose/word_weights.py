"""How much of one question's words stand in another: stems, the rare ones weighing more."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping

import snowballstemmer

from vectorstore.lexical import STOP_WORDS

_WORD = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")


def stems(text: str) -> frozenset[str]:
    """The stems of the words of a text that say something of its subject; may be empty."""
    words = _WORD.findall(text.lower().replace("'", ""))
    # A stemmer keeps the word it works on: one a call, for threads.
    stemmer = snowballstemmer.stemmer("english")
    return frozenset(stemmer.stemWords([word for word in words if word not in STOP_WORDS]))


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
        weight = sum(map(self._weight, words))
        return sum(map(self._weight, words & by)) / weight if weight else 0.0

    def _weight(self, stem: str) -> float:
        return self._weights.get(stem, self._rarest)
