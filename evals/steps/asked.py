"""Which of the library's questions is meant by other words for it, articles never learnt from."""

from pathlib import Path

import numpy as np
import numpy.typing as npt

from evals.asked.fit import SEED, STEPS, Asked, Places, fit, read_asked
from evals.figures import Figure, count, share
from vectorstore.articles import Library, load_library
from vectorstore.asked_space import AskedSpace
from vectorstore.embeddings import MiniLMEmbeddings

STEP = "asked"
_FOLDS = 4
"""One fold of the articles is asked about, the others are learnt from."""
_STEPS_OF_SAMPLE = 5

Hits = npt.NDArray[np.bool_]


def evaluate(data: Path | None, sample: int | None = None) -> list[Figure]:
    """The question itself nearest, and one of its article, beside the encoder as it ships.

    Words alone are compared, none of the rules that a turn adds.
    """
    asked = read_asked(_articles(sample), MiniLMEmbeddings())
    of_fold = np.random.default_rng(SEED).permutation(asked.articles.max() + 1) % _FOLDS == 0
    is_held = of_fold[asked.articles[asked.meant]]
    space = fit(asked, np.flatnonzero(~is_held), STEPS if sample is None else _STEPS_OF_SAMPLE)
    held = np.flatnonzero(is_held)
    ours, plain = _nearest(asked, held, space), _nearest(asked, held, AskedSpace())
    meant = asked.meant[held]
    return [
        _share("the question meant is nearest", ours == meant, plain == meant),
        _share(
            "its article is nearest",
            asked.articles[ours] == asked.articles[meant],
            asked.articles[plain] == asked.articles[meant],
        ),
    ]


def _share(what: str, ours: Hits, plain: Hits) -> Figure:
    beside = {"encoder as it ships": count(plain.tolist())}
    measure = f"{what}, articles held back"
    return share(STEP, measure, count(ours.tolist()), baselines=beside)


def _articles(sample: int | None) -> Library:
    """The library; of a sample two articles a case, since each of their words is encoded."""
    articles = load_library().articles
    most = len(articles) if sample is None else 2 * sample
    return Library(dict(list(articles.items())[:most]))


def _nearest(asked: Asked, held: Places, space: AskedSpace) -> Places:
    """The place of the question nearest to each of the ways that are held back."""
    cosines = space.of(asked.ways[held]) @ space.of(asked.questions).T
    places: Places = cosines.argmax(axis=1)
    return places
