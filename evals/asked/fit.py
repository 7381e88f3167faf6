"""Turns the encoder's space to how patients ask: `python -m evals.asked.fit`, then `make vectors`.

Other words for a question (`vectorstore/library/asked_as.csv`) should lie nearer to it than to
every other question of the library: a softmax over all of them, one matrix for both sides, begun
as the encoder is and stopped early, so that what it knows of other words stays. The matrix is cut
to its first directions, which costs nothing and makes the vectors a third as long.
"""

import sys
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from langchain_core.embeddings import Embeddings

from vectorstore.articles import Library, load_library
from vectorstore.asked_space import SHIPPED_SPACE, AskedSpace
from vectorstore.chunking import content_hash
from vectorstore.embeddings import MiniLMEmbeddings
from vectorstore.similarity import Matrix
from vectorstore.vectors import SHIPPED_QUESTIONS, encode_missing

DIMENSIONS = 128
SEED, STEPS, BATCH = 20261130, 150, 256
SHARPNESS, RATE = 20.0, 0.001
"""Of the softmax over cosines; of the first step, which falls to none by a cosine."""
_FIRST, _SECOND = 0.9, 0.99
"""How long the moments of the gradient are remembered (Adam)."""

Places = npt.NDArray[np.intp]


class Asked(NamedTuple):
    """The library's questions and other words for them, by the encoder."""

    questions: Matrix
    ways: Matrix
    meant: Places
    """Of each way: the place of its question."""
    articles: Places
    """Of each question: the place of its article."""


def read_asked(library: Library, encoder: Embeddings) -> Asked:
    """Everything there is, encoded; about a minute for each 10,000 texts."""
    questions: list[str] = []
    ways: list[str] = []
    meant: list[int] = []
    articles: list[int] = []
    for place, article in enumerate(library.articles.values()):
        for number, text in enumerate(article.answers, 1):
            others = article.asked_as.get(number, ())
            ways += others
            meant += [len(questions)] * len(others)
            questions.append(text)
            articles.append(place)
    vectors = encode_missing((*questions, *ways), {}, encoder)
    by_question = np.array([vectors[content_hash(text)] for text in questions])
    by_way = np.array([vectors[content_hash(text)] for text in ways])
    return Asked(by_question, by_way, np.array(meant), np.array(articles))


def fit(asked: Asked, learnt: Places, steps: int = STEPS) -> AskedSpace:
    """The space fitted on some of the ways.

    Args:
        asked: Questions and ways; every question competes.
        learnt: Places of the ways that are learnt from.
        steps: Of the descent.
    """
    rng = np.random.default_rng(SEED)
    turn = np.eye(asked.ways.shape[1], dtype=np.float32)
    first, second = np.zeros_like(turn), np.zeros_like(turn)
    for step in range(1, steps + 1):
        batch = rng.choice(learnt, min(BATCH, len(learnt)), replace=False)
        gradient = _gradient(asked.ways[batch], asked.questions, asked.meant[batch], turn)
        first = _FIRST * first + (1 - _FIRST) * gradient
        second = _SECOND * second + (1 - _SECOND) * gradient**2
        pace = RATE * 0.5 * (1 + np.cos(np.pi * step / steps))
        scale = np.sqrt(second / (1 - _SECOND**step)) + 1e-8
        turn -= np.float32(pace) * (first / (1 - _FIRST**step)) / scale
    left, strength, _ = np.linalg.svd(turn)
    return AskedSpace(left[:, :DIMENSIONS] * strength[:DIMENSIONS])


def _gradient(ways: Matrix, questions: Matrix, meant: Places, turn: Matrix) -> Matrix:
    """Of the loss by the matrix, through the cosines of turned ways and turned questions."""
    way, way_length = _unit(ways @ turn)
    question, question_length = _unit(questions @ turn)
    shares = np.exp(SHARPNESS * (way @ question.T - 1))
    shares /= shares.sum(axis=1, keepdims=True)
    shares[np.arange(len(meant)), meant] -= 1
    shares *= SHARPNESS / len(meant)
    by_way = _through(shares @ question, way) / way_length
    by_question = _through(shares.T @ way, question) / question_length
    found: Matrix = ways.T @ by_way + questions.T @ by_question
    return found


def _unit(rows: Matrix) -> tuple[Matrix, Matrix]:
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / length, length


def _through(gradient: Matrix, unit: Matrix) -> Matrix:
    """What of a gradient turns a vector of length 1, and does not stretch it."""
    turning: Matrix = gradient - (gradient * unit).sum(axis=1, keepdims=True) * unit
    return turning


def main() -> int:
    """Fit on every way and write what ships."""
    asked = read_asked(load_library(), MiniLMEmbeddings())
    space = fit(asked, np.arange(len(asked.ways)))
    assert space.turn is not None  # noqa: S101 - a fitted space has one
    np.save(SHIPPED_SPACE, space.turn.astype(np.float16))
    SHIPPED_QUESTIONS.unlink(missing_ok=True)  # of the space before; `make vectors` makes it anew
    sys.stdout.write(f"fitted on {len(asked.ways)} ways to ask {len(asked.questions)} questions\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
