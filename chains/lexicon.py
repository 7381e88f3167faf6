"""The words of the field: medicines, regimens, markers, symptoms, and how people write them.

Rows stand in `rules/drugs.csv`, `rules/regimens.csv` and `rules/terms.csv`. A form in a row may
carry a guard in front: `=AC` counts only when it is written just so, `+er` counts in any case but
only when a sign or value follows ("er+", "er pos").
"""

import csv
import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple, Self

from chains.capitals import may_be_small
from chains.drug_spelling import SHORTEST_REPAIRED, SpellingRepair, expectation
from chains.english import english
from chains.stems import WORD, owner, plain, stem

Role = Literal["cancer", "everyday", "supplement", "herb"]

_BETWEEN = re.compile(r"[\s\-‐‑–_/+]{1,2}|\.\s?")
_MARKED = re.compile(r"\s?(?:[+\-−–/]|(?:(?:is|was|status)\s)?(?:pos|neg|\d+\s?%))", re.IGNORECASE)
_AFTER_ARTICLE = re.compile(r"\b(?:the|an|to)\s$", re.IGNORECASE)
_SHORTEST_MEDICINE = 5
"""Characters; of a shorter name a slip is any word."""
_SHORTEST_NICKNAME = 7
"""Characters; "palbo" is known as it is, but other words are not taken for a slip of it."""
_FEWEST_JUDGED = 3
"""Words; a shorter text does not show its language."""
_REPAIRED_KINDS = frozenset({
    *("symptom", "diagnosis", "extent", "procedure", "metastasis"),
    *("lab", "comorbidity", "menopausal_status", "food"),
})


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in a text that names something the lexicon knows."""

    start: int
    end: int
    """Characters of the text, end exclusive."""
    text: str
    """As written."""
    kind: str
    """drug, regimen, drug_class, or a kind of `rules/terms.csv`."""
    name: str
    """Canonical."""
    corrected: bool = False
    """True when the spelling was repaired."""


@dataclass(frozen=True, slots=True)
class Drug:
    """A medicine, supplement or herb."""

    name: str
    """Short international name, lower case but for proper names."""
    brands: tuple[str, ...]
    synonyms: tuple[str, ...]
    classes: tuple[str, ...]
    role: Role
    is_breast: bool
    """Used against breast cancer."""


@dataclass(frozen=True, slots=True)
class Regimen:
    """A named combination."""

    name: str
    drugs: tuple[str, ...]
    """Canonical names that the regimen always holds."""
    inferred: tuple[str, ...]
    """Canonical names that it usually holds."""


class _Token(NamedTuple):
    start: int
    end: int
    raw: str
    word: str
    corrected: bool


class _Form(NamedTuple):
    stems: tuple[str, ...]
    words: tuple[str, ...]
    guard: str
    written: str
    kind: str
    name: str


class Lexicon:
    """All forms, indexed by their first word. Immutable after it is made; safe to share."""

    def __init__(
        self,
        drugs: Iterable[tuple[Drug, Sequence[str]]],
        regimens: Iterable[tuple[Regimen, Sequence[str]]],
        terms: Iterable[tuple[str, str, Sequence[str]]],
    ) -> None:
        """Index what the rows hold.

        Args:
            drugs: each with all its forms, guards included.
            regimens: each with its forms.
            terms: kind, canonical name, forms.
        """
        self._drugs: dict[str, Drug] = {}
        self._regimens: dict[str, Regimen] = {}
        self._names: dict[str, dict[str, None]] = defaultdict(dict)
        self._index: dict[str, list[_Form]] = defaultdict(list)
        self._words: set[str] = set()
        self._nicknames: set[str] = set()
        self._drug_words: set[str] = set()
        self._read: dict[str, tuple[Mention, ...]] | None = None
        self._whole: Self | None = None
        for drug, forms in drugs:
            self._nicknames.update(synonym.lower() for synonym in drug.synonyms)
            for form in forms:
                self._drugs.setdefault(form.lstrip("=+").lower(), drug)
            self._add("drug", drug.name, forms)
        self._classes = {form: frozenset(drug.classes) for form, drug in self._drugs.items()}
        for regimen, forms in regimens:
            self._regimens[regimen.name] = regimen
            self._add("regimen", regimen.name, forms)
        for kind, name, forms in terms:
            self._add(kind, name, forms)
        for forms_of_word in self._index.values():
            forms_of_word.sort(key=lambda form: (-len(form.stems), not form.guard))

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Every known thing that `text` names: longest first, in order, none overlapping."""
        found = None if self._read is None else self._read.get(text)
        if found is None:
            found = tuple(self._find(text, self._tokens(text)))
            if self._read is not None:
                self._read[text] = found
        return found

    @property
    def shared(self) -> Self:
        """The lexicon that all turns share; what is made from one once is made from this."""
        return self._whole or self

    def for_one_turn(self) -> Self:
        """The same for one turn, in which no text is read twice; it is thrown away with it."""
        _ = self._spelling  # made once, not once a turn
        own = copy(self)
        own._whole = self
        own._read = {}
        return own

    def drug(self, name: str) -> Drug | None:
        """The medicine of this name, brand or synonym, in any case; None when unknown."""
        return self._drugs.get(name.lower())

    def regimen(self, name: str) -> Regimen | None:
        """The regimen of this canonical name; None when unknown."""
        return self._regimens.get(name)

    def classes_of(self, name: str) -> frozenset[str]:
        """Classes of a medicine by any of its names; empty when unknown."""
        return self._classes.get(name.lower(), frozenset())

    def names(self, kind: str) -> tuple[str, ...]:
        """Canonical names of a kind, in the order of the rows; empty for an unknown kind."""
        return tuple(self._names.get(kind, ()))

    def vocabulary(self) -> frozenset[str]:
        """Every lower-case word of every name, brand and form."""
        return frozenset(self._words)

    def is_english(self, word: str) -> bool:
        """Whether an English dictionary of 82,765 words holds `word`, in any case."""
        return word.lower() in english()

    def frequency(self, word: str) -> int:
        """How often `word` stands in the web text the dictionary was counted on; 0 if unknown."""
        return english().get(word.lower(), 0)

    def _is_left_alone(self, word: str) -> bool:
        return self.is_english(word) or self.is_english(word.removesuffix("s"))

    def _add(self, kind: str, name: str, forms: Sequence[str]) -> None:
        self._names[kind][name] = None
        for written in forms:
            raw = WORD.findall(written)
            words = tuple(plain(word) for word in raw)
            guard = written[0] if written[0] in "=+" else ""
            stems = tuple(stem(word) for word in words)
            self._index[stems[0]].append(_Form(stems, words, guard, "".join(raw), kind, name))
            self._words.update(words)
            if kind == "drug":
                self._drug_words.update(words)

    @functools.cached_property
    def _spelling(self) -> SpellingRepair:
        """Made at the first unknown word: it needs the English dictionary."""
        owners: dict[str, set[str]] = defaultdict(set)
        medicines: dict[str, set[str]] = defaultdict(set)
        for form in (form for forms in self._index.values() for form in forms):
            if form.guard or (form.kind != "drug" and form.kind not in _REPAIRED_KINDS):
                continue
            for word in filter(functools.partial(self._is_repair_target, form), form.words):
                if len(word) >= SHORTEST_REPAIRED:
                    owners[word].add(form.name)
                if form.kind == "drug":
                    medicines[word].add(form.name)
        return SpellingRepair(
            {word: frozenset(names) for word, names in owners.items()},
            {word: frozenset(names) for word, names in medicines.items()},
            is_english=self._is_left_alone,
            frequency=self.frequency,
        )

    def _is_repair_target(self, form: _Form, word: str) -> bool:
        least = SHORTEST_REPAIRED if form.kind != "drug" else _SHORTEST_MEDICINE
        if len(word) < least or any(letter.isdigit() for letter in word):
            return False
        if form.kind != "drug":
            return True
        if len(word) < _SHORTEST_NICKNAME and word in self._nicknames:
            return False
        return len(form.words) == 1 or not self.is_english(word)

    def _is_foreign(self, words: Sequence[str]) -> bool:
        """Whether most words of a text are none that the dictionary or the rows hold."""
        unknown = sum(not (word in self._words or self.is_english(word)) for word in words)
        return len(words) >= _FEWEST_JUDGED and 2 * unknown > len(words)

    def _tokens(self, text: str) -> list[_Token]:
        tokens = []
        matches = list(WORD.finditer(text))
        words = [plain(match.group()) for match in matches]
        is_foreign: bool | None = None
        for at, match in enumerate(matches):
            word = words[at]
            corrected = False
            if word not in self._words and owner(match.group()) in self._words:
                word = owner(match.group())
            if word not in self._words and stem(word) not in self._index:
                repaired = self._spelling.repair(word, expectation(words, at))
                if repaired is not None and repaired not in self._drug_words:
                    if is_foreign is None:
                        is_foreign = self._is_foreign(words)
                    repaired = None if is_foreign else repaired
                corrected = repaired is not None
                word = repaired or word
            tokens.append(_Token(match.start(), match.end(), match.group(), stem(word), corrected))
        return tokens

    def _find(self, text: str, tokens: list[_Token]) -> Iterator[Mention]:
        at = 0
        while at < len(tokens):
            form = self._longest(text, tokens, at)
            if form is None:
                at += 1
                continue
            used = tokens[at : at + len(form.stems)]
            start, end = used[0].start, used[-1].end
            corrected = any(token.corrected for token in used)
            yield Mention(start, end, text[start:end], form.kind, form.name, corrected)
            at += len(form.stems)

    def _longest(self, text: str, tokens: list[_Token], at: int) -> _Form | None:
        for form in self._index.get(tokens[at].word, ()):
            used = tokens[at : at + len(form.stems)]
            if len(used) != len(form.stems):
                continue
            if any(token.word != stem for token, stem in zip(used, form.stems, strict=True)):
                continue
            if _is_unbroken(text, used) and _passes_guard(text, used, form):
                return form
        return None


def _is_unbroken(text: str, used: list[_Token]) -> bool:
    """Whether nothing but a blank, hyphen or the like stands between the words."""
    for left, right in zip(used, used[1:], strict=False):
        between = text[left.end : right.start]
        if not _BETWEEN.fullmatch(between):
            return False
        is_full_stop = between.startswith(".")
        if is_full_stop and not (len(left.raw) <= 2 or left.raw.isdigit()):
            return False
    return True


def _passes_guard(text: str, used: list[_Token], form: _Form) -> bool:
    if not form.guard:
        return True
    end = used[-1].end
    is_marked = _MARKED.match(text, end) is not None
    if form.guard == "+":
        return is_marked
    if form.kind == "biomarker" and not is_marked and _AFTER_ARTICLE.search(text[: used[0].start]):
        return False
    written = "".join(token.raw for token in used)
    if written.lower() != form.written.lower():
        return False
    return written == form.written or may_be_small(
        form.kind, form.written, text, used[0].start, end
    )


def _rows(name: str) -> list[dict[str, str]]:
    path = Path(__file__).with_name("rules") / name
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _read_drug(row: dict[str, str]) -> tuple[Drug, tuple[str, ...]]:
    brands, synonyms = _split(row["brands"]), _split(row["synonyms"])
    role: Role = row["role"]  # type: ignore[assignment]  # a test holds the column to Role
    drug = Drug(
        name=row["name"],
        brands=tuple(form.lstrip("=+") for form in brands),
        synonyms=tuple(form.lstrip("=+") for form in synonyms),
        classes=_split(row["classes"]),
        role=role,
        is_breast=row["is_breast"] == "1",
    )
    # A name that its own forms guard is an everyday word: "is it the same as ...".
    return drug, ((drug.name,) * (f"={drug.name}" not in synonyms)) + brands + synonyms


def _read_regimen(row: dict[str, str]) -> tuple[Regimen, tuple[str, ...]]:
    regimen = Regimen(row["name"], _split(row["drugs"]), _split(row["inferred"]))
    return regimen, _split(row["forms"])


@functools.cache
def load_lexicon() -> Lexicon:
    """The lexicon of the rows beside this module, read once a process."""
    return Lexicon(
        drugs=[_read_drug(row) for row in _rows("drugs.csv")],
        regimens=[_read_regimen(row) for row in _rows("regimens.csv")],
        terms=[(row["kind"], row["name"], _split(row["forms"])) for row in _rows("terms.csv")],
    )
