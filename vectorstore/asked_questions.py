"""How near what was asked is to each question of the library, in the nearest of its wordings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from vectorstore.articles import Library
from vectorstore.asked_space import AskedSpace, read_space
from vectorstore.chunking import content_hash, question_id
from vectorstore.similarity import Matrix
from vectorstore.vectors import SHIPPED_QUESTIONS, read_vectors


@dataclass(frozen=True, slots=True)
class AskedQuestions:
    """The library's questions and other words for them side by side; safe to share."""

    ids: tuple[str, ...]
    """Id of the question that each row words; a question has a row for each of its wordings."""
    rows: Matrix
    """Shape (wordings, dimensions of the space), each of length 1."""
    space: AskedSpace

    def nearest(self, vectors: Sequence[Sequence[float]], *, limit: int) -> list[dict[str, float]]:
        """For each vector of the encoder: ids of the nearest questions and their cosines.

        Args:
            vectors: of what was asked, each of length 1; may be none.
            limit: most wordings looked at, of which a question may have several.
        """
        if not vectors:
            return []
        cosines = self.space.of(np.array(vectors, np.float32)) @ self.rows.T
        return [self._best(row, min(limit, len(self.ids))) for row in cosines]

    def _best(self, cosines: Matrix, limit: int) -> dict[str, float]:
        best: dict[str, float] = {}
        for place in np.argpartition(-cosines, limit - 1)[:limit].tolist():
            key, cosine = self.ids[place], float(cosines[place])
            best[key] = max(cosine, best.get(key, -1.0))
        return best


def shipped_questions(library: Library) -> AskedQuestions | None:
    """Those of a library whose questions all have vectors that ship with the program.

    None for another library, and for one that has questions `make vectors` has not seen: their
    nearness is then read from the index, in the encoder's own space and in their own words alone.
    """
    known: Mapping[str, Matrix] = read_vectors(SHIPPED_QUESTIONS)
    ids: list[str] = []
    rows: list[Matrix] = []
    for article in library.articles.values():
        for number, text in article.wordings():
            row = known.get(content_hash(text))
            if row is None:
                return None
            ids.append(question_id(article.article_id, number))
            rows.append(row)
    return AskedQuestions(tuple(ids), np.stack(rows), read_space()) if rows else None
