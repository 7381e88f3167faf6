"""The collected questions: each with the part of the way it belongs to and a preview.

They lie beside the other rows of `chains/rules`, not in the library: the previews are words of the
composer, which the library does not know. `make questions` writes them from answers that pass.
"""

import csv
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from chains.compose.kit import ComposerKit
from chains.compose.links import preview
from chains.compose.matching import Match
from chains.compose.nearby import leading
from chains.compose.person import NOTHING
from chains.errors import RuleError
from chains.questions import PLANS
from chains.record import TurnRecord
from chains.tables import RULES
from vectorstore.articles import Article
from vectorstore.chunking import question_id
from vectorstore.hybrid import HybridRetriever
from vectorstore.ingest import LibraryIndex
from vectorstore.lexical import telling_words

COLLECTION = RULES / "questions.csv"
COLUMNS = ("chapter", "article_id", "question", "preview")
NEAR = 0.38
"""Nearness of a search's words to a question from which it is shown; unrelated ones lie lower."""
NEAR_UNKNOWN = 0.5
"""The same for words of which the library holds half at most, which the encoder spells out in
pieces: among 3,938 questions "qzzt" comes as near as 0.47 to one on QT."""
FALLS_OFF = 0.22
"""How much less near than the nearest a question may be."""
MOST_FOUND, MOST_BESIDE, MOST_RELATED = 8, 5, 3
LOOKED_AT = 400
"""Nearest questions of the library among which the collected ones are looked for."""


class Chapter(BaseModel):
    """A part of the way, with how many questions it gets and the articles they come from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    questions: int
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CollectedQuestion:
    """A question that the library answers well, with the first words of the answer."""

    chapter: str
    article_id: str
    question: str
    preview: str


@dataclass(frozen=True, slots=True)
class QuestionsFound:
    """What a search finds: collected questions, and others that the library answers too."""

    collected: tuple[CollectedQuestion, ...]
    others: tuple[CollectedQuestion, ...]


@cache
def load_chapters(path: Path = PLANS / "question_chapters.yaml") -> tuple[Chapter, ...]:
    """The parts of the way, in order.

    Raises:
        RuleError: A part lacks a key or has one too many.
    """
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))
        return tuple(Chapter.model_validate(row) for row in rows)
    except ValidationError as error:
        raise RuleError(f"{path.name}: {error.errors()[0]['loc']} is missing or broken") from error


@cache
def load_collection(path: Path = COLLECTION) -> tuple[CollectedQuestion, ...]:
    """The collected questions, in the order of the way.

    Raises:
        RuleError: The columns are others.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if tuple(rows.fieldnames or ()) != COLUMNS:
            raise RuleError(f"{path.name}: the columns are not {', '.join(COLUMNS)}.")
        return tuple(CollectedQuestion(**row) for row in rows)


def write_collection(rows: Sequence[CollectedQuestion], path: Path = COLLECTION) -> None:
    """Write the file that `load_collection` reads."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([getattr(row, column) for column in COLUMNS] for row in rows)


def preview_of(record: TurnRecord) -> str:
    """The first words of an answer, as they stand beside its question."""
    return preview(" ".join(sentence.text for sentence in record.answer.sentences))


def find_questions(
    words: str,
    collection: Sequence[CollectedQuestion],
    index: LibraryIndex,
    searcher: HybridRetriever,
    kit: ComposerKit,
) -> QuestionsFound:
    """Questions near in meaning to some words, best first; none where nothing is near.

    Args:
        words: What is looked for, as it was typed; its spelling is repaired.
        collection: The collected questions.
        index: Holds every question of the library by meaning.
        searcher: Repairs spelling.
        kit: Knows the lines that open the answers to the others.
    """
    repaired = searcher.repaired(words)
    if not repaired:
        return QuestionsFound((), ())
    # Lay words are also looked for as what they mean: "tired" as fatigue.
    near = _near({repaired, kit.words.clinical(repaired)}, index, _least(repaired, index))
    known = {row.question: row for row in collection}
    texts = dict.fromkeys(text for text, _ in near)
    others = {text: pair for text, pair in near if text not in known}
    return QuestionsFound(
        tuple(known[text] for text in texts if text in known)[:MOST_FOUND],
        tuple(_other(*pair, kit) for pair in list(others.values())[:MOST_BESIDE]),
    )


def _other(article: Article, number: int, kit: ComposerKit) -> CollectedQuestion:
    """A question that is not collected, with the first line of its answer."""
    question = article.answers[number - 1]
    lines = leading(Match(article, number, question, 1.0), kit, NOTHING)
    words = preview(lines[0].line.text) if lines else ""
    return CollectedQuestion(chapter_of(article.article_id), article.article_id, question, words)


def articles_asked_of(
    words: str, index: LibraryIndex, searcher: HybridRetriever, kit: ComposerKit
) -> tuple[Article, ...]:
    """The articles that answer the questions nearest to some words, best first; may be none."""
    repaired = searcher.repaired(words)
    if not repaired:
        return ()
    near = _near({repaired, kit.words.clinical(repaired)}, index, _least(repaired, index))
    found = {article.article_id: article for _, (article, _) in near}
    return tuple(found.values())


def related_to(
    row: CollectedQuestion, collection: Sequence[CollectedQuestion], kit: ComposerKit
) -> tuple[CollectedQuestion, ...]:
    """The collected questions nearest in meaning to one of them, itself left out."""
    others = [other for other in collection if other.question != row.question]
    asked = kit.similarity.vector(row.question)
    near = kit.similarity.cosines(asked, [other.question for other in others])
    order = sorted(range(len(others)), key=lambda at: -near[at])
    return tuple(others[at] for at in order[:MOST_RELATED])


def chapter_of(article_id: str) -> str:
    """The part of the way an article belongs to; empty where it belongs to none."""
    return next((c.title for c in load_chapters() if article_id in c.articles), "")


def _least(words: str, index: LibraryIndex) -> float:
    """Nearness from which a question is shown."""
    telling = telling_words(words)
    known = sum(word in index.vocabulary for word in telling)
    return NEAR if 2 * known > len(telling) else NEAR_UNKNOWN


def _near(
    phrasings: Collection[str], index: LibraryIndex, nearness: float
) -> list[tuple[str, tuple[Article, int]]]:
    """Questions of the library near to one of the phrasings, with where they stand, best first."""
    places = {
        question_id(article.article_id, number): (article, number)
        for article in index.library.articles.values()
        for number in range(1, len(article.answers) + 1)
    }
    vectors = [index.embeddings.embed_query(text) for text in sorted(phrasings)]
    rows = index.vectors.nearest("questions", vectors, limit=min(LOOKED_AT, len(places)))
    near: dict[str, float] = {}
    for neighbor in (n for row in rows for n in row if n.chunk_id in places):
        near[neighbor.chunk_id] = max(neighbor.similarity, near.get(neighbor.chunk_id, 0.0))
    least = max(nearness, max(near.values(), default=0.0) - FALLS_OFF)
    found = sorted(near, key=lambda chunk_id: (-near[chunk_id], chunk_id))
    pairs = (places[chunk_id] for chunk_id in found if near[chunk_id] >= least)
    return [(article.answers[number - 1], (article, number)) for article, number in pairs]
