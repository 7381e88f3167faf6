"""What a question is plainly about, and what lies outside: patterns of `plans/scope.yaml`."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

from chains.errors import RuleError
from chains.questions import PLANS

_CONDITIONS = Path(__file__).parent / "rules" / "other_conditions.csv"
"""Other cancers and illnesses by the topics of MedlinePlus, with the names people give them."""

Limit = Literal["other_illness", "beside", "prescribing"]
"""Why a message is not answered, as the wording of the reply is called."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Other illnesses and subjects, what brings one back, and articles by plain words."""

    other_cancer: tuple[re.Pattern[str], ...]
    other_illness: tuple[re.Pattern[str], ...]
    breast: tuple[re.Pattern[str], ...]
    cancer_care: tuple[re.Pattern[str], ...]
    denied: re.Pattern[str]
    """What somebody says they do not have or take: it brings nothing back."""
    own_illness: re.Pattern[str]
    asks: re.Pattern[str]
    beside: tuple[re.Pattern[str], ...]
    """Subjects that have nothing to do with the care of a person."""
    beside_care: re.Pattern[str]
    never: tuple[re.Pattern[str], ...]
    prescribing: tuple[re.Pattern[str], ...]
    """Asks to be prescribed something, or how much somebody is to take."""
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

    def is_elsewhere(self, question: str, *, in_care: bool = False) -> bool:
        """True for a question about another illness in which breast cancer has no part.

        Args:
            question: The question, or the heading of a text.
            in_care: The person is known to be treated for breast cancer: an illness beside it is
                part of that care, another cancer is not.
        """
        lowered = self.without_denied(question)
        if _any(self.breast, lowered):
            return False
        is_illness = not in_care and _any(self.other_illness, lowered)
        return _any(self.other_cancer, lowered) or (
            is_illness and not _any(self.cancer_care, lowered)
        )

    def is_told(self, message: str) -> bool:
        """True for a plain telling of an illness of one's own other than cancer."""
        lowered = message.lower()
        return (
            not _any(self.other_cancer, lowered)
            and self.own_illness.search(lowered) is not None
            and self.asks.search(lowered) is None
        )

    def limit(self, message: str, *, brings_back: bool, in_care: bool) -> Limit | None:
        """Why a message is not for us; None where it is, or may be.

        Args:
            message: The message, or its question.
            brings_back: It names a medicine or marker of breast cancer.
            in_care: The person is known to be treated for breast cancer.
        """
        lowered = self.without_denied(message)
        if _any(self.prescribing, lowered):
            return "prescribing"
        if _any(self.never, lowered):
            return "beside"
        if brings_back:
            return None
        if _any(self.beside, lowered) and self.beside_care.search(lowered) is None:
            return "beside"
        return "other_illness" if self.is_elsewhere(message, in_care=in_care) else None

    def without_denied(self, text: str) -> str:
        """A text in lower case without what it says the person does not have or take."""
        return self.denied.sub(" ", text.lower().replace("\u2019", "'"))


def _any(patterns: Sequence[re.Pattern[str]], text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns)


@cache
def load_scope(path: Path = PLANS / "scope.yaml") -> Scope:
    """Read the patterns.

    Raises:
        RuleError: A list is missing or holds no regular expression.
    """
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        return Scope(
            other_cancer=(*_compiled(data["other_cancer"]), _names("cancer")),
            other_illness=(*_compiled(data["other_illness"]), _names("illness")),
            breast=_compiled(data["breast"]),
            cancer_care=_compiled(data["cancer_care"]),
            denied=re.compile(data["denied"]),
            own_illness=re.compile(data["own_illness"]),
            asks=re.compile(data["asks"]),
            beside=_compiled(data["beside"]),
            beside_care=re.compile(data["beside_care"]),
            never=_compiled(data["never"]),
            prescribing=_compiled(data["prescribing"]),
            steers=_by_article(data["steers"]),
            kept_for=_by_article(data["kept_for"]),
        )
    except (KeyError, re.error) as error:
        raise RuleError(f"{path.name}: {error}") from error


def _names(group: str) -> re.Pattern[str]:
    """Any of the names of a group of other conditions, also as a plural or with an 's."""
    with _CONDITIONS.open(encoding="utf-8", newline="") as file:
        rows = [row["names"].split("|") for row in csv.DictReader(file) if row["group"] == group]
    names = "|".join(re.escape(name) for names in rows for name in names)
    return re.compile(rf"\b(?:{names})(?:'?s|es)?\b")


def _by_article(patterns: Mapping[str, str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((article, re.compile(pattern)) for article, pattern in patterns.items())


def _compiled(patterns: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)
