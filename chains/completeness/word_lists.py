"""Which words may end a sentence: the rows of `cutoff_words.csv` and `health_words.csv`."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

WordClass = Literal[
    "determiner",
    "possessive",
    "soft_determiner",
    "opening_determiner",
    "gap_word",
    "opening_answer",
    "own_belief",
    "antecedent",
    "be_form",
    "irregular_plural",
    "superlative",
    "infinitive_opener",
    "clause_adverb",
    "spoken_infinitive",
    "recurring",
    "leading_adverb",
    "inner_adverb",
    "copula",
    "modal",
    "ellipsis_head",
    "object_head",
    "subordinator",
    "label",
    "third_owner",
    "preposition",
    "firm_preposition",
    "particle",
    "conjunction",
    "soft_conjunction",
    "auxiliary",
    "negative_auxiliary",
    "contraction",
    "subject_pronoun",
    "object_pronoun",
    "wh_word",
    "degree",
    "adverb",
    "saying_verb",
    "agent",
    "announcing_noun",
    "set_phrase",
    "whole_tail",
    "other_language",
    "other_language_sure",
    "sign_off",
    "name_opener",
    "time_word",
    "attribute",
    "clause_opener",
    "whole_word",
    "short_form",
    "unit_start",
    "measure",
    "sized",
    "fronting",
    "weak_adjective",
    "open_verb",
    "verb",
    "noun_verb",
    "naming",
    "reluctance",
    "device",
    "plural_noun",
]

RULES = Path(__file__).parent.parent / "rules"
HEALTH_WORDS = Path(__file__).parent / "health_words.csv"


@dataclass(frozen=True, slots=True, eq=False)
class WordLists:
    """The words of each class, lower case."""

    words: dict[str, frozenset[str]]
    """Class to its words or phrases."""
    classes: dict[str, frozenset[str]]
    """Word to its classes."""
    longest_tail: int
    """Words of the longest `whole_tail` or `set_phrase`."""

    def has(self, word: str, *classes: WordClass) -> bool:
        """Whether `word` (lower case) belongs to any of the classes."""
        return not self.classes.get(word, frozenset()).isdisjoint(classes)

    def ends_with(self, words: tuple[str, ...], kind: WordClass) -> bool:
        """Whether the last of these words (lower case) are a phrase of the class."""
        phrases = self.words[kind]
        longest = min(self.longest_tail, len(words))
        return any(" ".join(words[-n:]) in phrases for n in range(1, longest + 1))


@dataclass(frozen=True, slots=True, eq=False)
class HealthWords:
    """Words of public patient texts, with how often each was used."""

    count: dict[str, int]
    """Word (lower case) to its uses."""


@cache
def load_word_lists() -> WordLists:
    """Read `cutoff_words.csv`; rows of one class are joined."""
    words: dict[str, set[str]] = {}
    with (RULES / "cutoff_words.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            words.setdefault(row["class"], set()).update(row["words"].split("|"))
    classes: dict[str, set[str]] = {}
    for kind, members in words.items():
        for member in members:
            classes.setdefault(member, set()).add(kind)
    return WordLists(
        words={kind: frozenset(members) for kind, members in words.items()},
        classes={word: frozenset(kinds) for word, kinds in classes.items()},
        longest_tail=max(len(word.split()) for word in classes),
    )


@cache
def load_health_words() -> HealthWords:
    """Read `health_words.csv` (counts in pages of NCI and MedlinePlus, public domain)."""
    with HEALTH_WORDS.open(encoding="utf-8", newline="") as rows:
        return HealthWords({row["word"]: int(row["count"]) for row in csv.DictReader(rows)})
