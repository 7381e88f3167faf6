"""What a question is plainly about, and what lies outside: patterns of `plans/scope.yaml`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from chains.errors import RuleError
from chains.questions import PLANS


@dataclass(frozen=True, slots=True)
class Scope:
    """Other illnesses and what brings a question about one back; articles by plain words."""

    other_cancer: tuple[re.Pattern[str], ...]
    other_illness: tuple[re.Pattern[str], ...]
    breast: tuple[re.Pattern[str], ...]
    cancer_care: tuple[re.Pattern[str], ...]
    steers: tuple[tuple[str, re.Pattern[str]], ...]
    """Article id, and the questions that are plainly about it."""
    kept_for: tuple[tuple[str, re.Pattern[str]], ...]
    """Article id, and the only questions it may answer: what would frighten anybody else."""

    def steered_to(self, question: str) -> frozenset[str]:
        """Ids of the articles that the question is plainly about; mostly none."""
        lowered = question.lower()
        return frozenset(article for article, asked in self.steers if asked.search(lowered))

    def is_kept_from(self, question: str, article_id: str) -> bool:
        """True for an article that is only for those who ask after its subject, as this one not."""
        lowered = question.lower()
        return any(a == article_id and not asked.search(lowered) for a, asked in self.kept_for)

    def is_elsewhere(self, question: str) -> bool:
        """True for a question about another illness in which breast cancer has no part."""
        lowered = question.lower()

        def has(patterns: Sequence[re.Pattern[str]]) -> bool:
            return any(pattern.search(lowered) for pattern in patterns)

        if has(self.breast):
            return False
        return has(self.other_cancer) or (has(self.other_illness) and not has(self.cancer_care))


@cache
def load_scope(path: Path = PLANS / "scope.yaml") -> Scope:
    """Read the patterns.

    Raises:
        RuleError: A list is missing or holds no regular expression.
    """
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        return Scope(
            _compiled(data["other_cancer"]),
            _compiled(data["other_illness"]),
            _compiled(data["breast"]),
            _compiled(data["cancer_care"]),
            _by_article(data["steers"]),
            _by_article(data["kept_for"]),
        )
    except (KeyError, re.error) as error:
        raise RuleError(f"{path.name}: {error}") from error


def _by_article(patterns: Mapping[str, str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((article, re.compile(pattern)) for article, pattern in patterns.items())


def _compiled(patterns: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)
