"""`make questions`: the collected questions, chosen anew from answers that pass."""

import sys
from collections import Counter
from dataclasses import dataclass, field

from chains.learn.collection import (
    Chapter,
    CollectedQuestion,
    load_chapters,
    load_collection,
    preview_of,
    write_collection,
)
from chains.record import TurnRecord
from chains.services import Services
from evals.collection.checks import broken_rules
from evals.product import last_record, services
from vectorstore.articles import Article

ALIKE = 0.8
"""Cosine from which two questions count as the same one; the later of the two is left out."""
MOST_OF_ARTICLE = 2


@dataclass
class _Choice:
    """What was chosen so far, and why other questions were not."""

    product: Services
    rows: list[CollectedQuestion] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    tried: int = 0

    def take(self, chapter: Chapter) -> int:
        """Fill a part of the way, one question of each article in turn; gives how many it got."""
        articles = self.product.index.library.articles
        before = len(self.rows)
        found = [articles[key] for key in chapter.articles if key in articles]
        left = [(article, _kept_first(article)) for article in found]
        for _ in range(MOST_OF_ARTICLE):
            for article, questions in left:
                if len(self.rows) - before < chapter.questions:
                    self._next(chapter, article, questions)
        return len(self.rows) - before

    def _next(self, chapter: Chapter, article: Article, questions: list[str]) -> None:
        """The article's next question that passes, if there is one; those tried are used up."""
        while questions:
            question = questions.pop(0)
            row = None if self._is_there(question) else self._tried(chapter, article, question)
            if row is not None:
                self.rows.append(row)
                return

    def _tried(self, chapter: Chapter, article: Article, question: str) -> CollectedQuestion | None:
        self.tried += 1
        record = last_record(f"collected {article.article_id} {question}", [question])
        broken = self._broken(question, article, record)
        self.reasons.update(broken)
        if broken:
            return None
        return CollectedQuestion(chapter.title, article.article_id, question, preview_of(record))

    def _broken(self, question: str, article: Article, record: TurnRecord) -> list[str]:
        kit = self.product.composer.kit
        broken = broken_rules(question, article, record, lexicon=kit.lexicon, phrases=kit.phrases)
        if any(row.preview == preview_of(record) for row in self.rows):
            broken.append("begins like another answer")
        return [reason.partition(",")[0] for reason in broken]

    def _is_there(self, question: str) -> bool:
        similarity = self.product.composer.kit.similarity
        asked = [row.question for row in self.rows]
        return any(c >= ALIKE for c in similarity.cosines(similarity.vector(question), asked))


def main() -> int:
    """Choose and write; 1 when a part of the way could not be filled."""
    choice = _Choice(services())
    missing = 0
    for chapter in load_chapters():
        got = choice.take(chapter)
        missing += chapter.questions - got
        print(f"{got:3} of {chapter.questions:3}  {chapter.title}")
    write_collection(choice.rows)
    print(f"{len(choice.rows)} questions kept of {choice.tried} tried; why others were not:")
    for reason, count in choice.reasons.most_common():
        print(f"{count:5}  {reason}")
    return 1 if missing else 0


def _kept_first(article: Article) -> list[str]:
    """An article's questions as they are tried: those of the last time, then the others."""
    kept = {row.question for row in _before()}
    return sorted(article.answers, key=lambda question: question not in kept)


def _before() -> tuple[CollectedQuestion, ...]:
    """The questions of the last time, which stay where they still pass."""
    try:
        return load_collection()
    except FileNotFoundError:
        return ()


if __name__ == "__main__":
    sys.exit(main())
