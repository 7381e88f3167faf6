"""The rules of form that every article of the library keeps."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from vectorstore.articles import Article, Line, Section, read_article
from vectorstore.asked_as import read_asked_as
from vectorstore.conditions import Atom
from vectorstore.description import SOURCE_KINDS
from vectorstore.errors import ArticleError

_TOPICS = """
immunotherapy clinical_trials cdk46 endocrine her2 triple_negative er_positive stage metastatic
oligometastatic early side_effects blood_counts infection integrative supplements interactions
exercise food alcohol fatigue second_opinion emotional money scans markers surgery radiation
chemotherapy bone fertility menopause genetics pregnancy men sleep pain heart lymphedema adc parp
pathology survivorship palliative family work questions
"""
TOPICS = frozenset(_TOPICS.split())
_SECTION_KINDS = """
in_short what_it_is how_it_works status limits options how_taken side_effects what_helps
interactions evidence safety tests meaning what_next how_to_find when_to_call questions
"""
SECTION_KINDS = frozenset(_SECTION_KINDS.split())
PUBLISHER_HOSTS = (
    "cancer.gov",
    "cdc.gov",
    "fda.gov",
    "nih.gov",
    "ema.europa.eu",
    "medlineplus.gov",
    "clinicaltrials.gov",
    "doi.org",
    # The law on leave and on work during treatment, from the agencies that enforce it.
    "dol.gov",
    "eeoc.gov",
)
"""Hosts, with all below them, that a source's url may lead to."""

# Closed sets of what an atom may ask for; keys that are not here take any word.
_VALUES = {
    "biomarker": "positive low negative ultralow",
    "extent": "in situ|early|locally advanced|oligometastatic|metastatic|recurrent",
    "stage": "0 I IA IB II IIA IIB III IIIA IIIB IIIC IV",
    "subtype": "triple negative|HER2 positive|HR positive HER2 negative",
    "class": "cdk4_6_inhibitor aromatase_inhibitor serm serd gnrh_agonist endocrine_therapy"
    " her2_targeted antibody_drug_conjugate parp_inhibitor pi3k_akt_inhibitor mtor_inhibitor"
    " checkpoint_inhibitor chemotherapy bone_agent growth_factor steroid blood_thinner",
    "menopausal_status": "premenopausal perimenopausal postmenopausal",
    "preference": "beyond_guidelines integrative no_chemotherapy",
}
_BIOMARKERS = (
    *("ER", "PR", "HER2", "BRCA1", "BRCA2", "PIK3CA", "ESR1", "PD-L1", "Ki-67"),
    *("PALB2", "AKT1", "PTEN"),
)

_ANSWERS_MIN, _ANSWERS_MAX = 5, 20
_LEAST_CLAIMS = 5
_SENTENCE_WORDS = 28

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"(])")
_LEANS_ON_ANOTHER = re.compile(r"(It|This|They|These|That|Those)\b")
_MARKDOWN = re.compile(r"\*\*|__|`|\]\(|^[>#*|]|\[|\]|[{}<>]|\s\|\s|https?://")
_FEVER = "38.0 C (100.4 F)"
_FEVER_FIGURE = re.compile(r"\b38(\.\d)?\s*(°|degrees|C\b)|\b100\.4\b|°")


@dataclass(frozen=True, slots=True)
class Problem:
    """A rule that an article breaks."""

    article_id: str
    line: int | None
    """Line of the file; None when it is about the whole article."""
    text: str

    def __str__(self) -> str:
        """One plain line."""
        where = self.article_id if self.line is None else f"{self.article_id}: line {self.line}"
        return f"{where}: {self.text}"


def check_library(folder: Path) -> list[Problem]:
    """Every problem of every article in a folder, in order; none when all is well."""
    problems: list[Problem] = []
    answers: dict[str, int] = {}
    for path in sorted(folder.glob("*.md")):
        try:
            article = read_article(path)
        except ArticleError as error:
            problems.append(Problem(path.stem, None, str(error).removeprefix(f"{path.name}: ")))
            continue
        if article.article_id != path.stem:
            problems.append(Problem(path.stem, None, "the id is not the name of the file"))
        answers[article.article_id] = len(article.answers)
        problems += check_article(article)
    return problems + _about_asked_as(folder, answers)


def _about_asked_as(folder: Path, answers: Mapping[str, int]) -> list[Problem]:
    """Other words for a question that no article answers, as after one was taken out."""
    return [
        Problem(article_id, None, f"asked_as.csv asks question {number}, which is not there")
        for article_id, ways in read_asked_as(folder).items()
        for number in ways
        if not 1 <= number <= answers.get(article_id, 0)
    ]


def check_article(article: Article) -> list[Problem]:
    """Every rule of form the article breaks; none when all is well."""
    whole = [Problem(article.article_id, None, text) for text in _about_whole(article)]
    lines = [
        Problem(article.article_id, line.number, text)
        for section in article.sections
        for position, line in enumerate(section.lines)
        for text in _about_line(article, section, line, is_first=position == 0)
    ]
    return whole + lines


def _about_whole(article: Article) -> Iterator[str]:
    if not _ID.fullmatch(article.article_id):
        yield "the id is not lower case with hyphens"
    if not article.topics:
        yield "has no topic"
    for topic in article.topics:
        if topic not in TOPICS:
            yield f"{topic!r} is not a topic"
    if not _ANSWERS_MIN <= len(article.answers) <= _ANSWERS_MAX:
        count = len(article.answers)
        yield f"answers holds {count} questions, not {_ANSWERS_MIN} to {_ANSWERS_MAX}"
    yield from _about_repeats("question", article.answers)
    yield from _about_sections(article.sections)
    yield from _about_sources(article)


def _about_sections(sections: tuple[Section, ...]) -> Iterator[str]:
    kinds = [section.kind for section in sections]
    yield from _about_repeats("section kind", kinds)
    yield from (f"{kind!r} is not a section kind" for kind in kinds if kind not in SECTION_KINDS)
    if not kinds or kinds[0] != "in_short":
        yield "the first section is not in_short"
    if not kinds or kinds[-1] != "questions":
        yield "the last section is not questions"
    yield from (f"the section {s.heading!r} is empty" for s in sections if not s.lines)
    claims = [line.text for s in sections if s.kind != "questions" for line in s.lines]
    if len(claims) < _LEAST_CLAIMS:
        yield f"has {len(claims)} claims, fewer than {_LEAST_CLAIMS}"
    yield from _about_repeats("line", claims)


def _about_sources(article: Article) -> Iterator[str]:
    if list(article.sources) != list(range(1, len(article.sources) + 1)):
        yield "sources are not numbered from 1"
    cited = {n for s in article.sections for line in s.lines for n in line.citations}
    for n, source in article.sources.items():
        if n not in cited:
            yield f"source {n} is never cited"
        if source.kind not in SOURCE_KINDS:
            yield f"source {n}: {source.kind!r} is not a kind of source"
        if not is_publisher_url(source.url):
            yield f"source {n}: {source.url} is not a page of a publisher we name"
        if source.year > article.reviewed.year:
            yield f"source {n}: its year is after the review"


def is_publisher_url(url: str) -> bool:
    """Whether the url leads, over https, to a host that a patient may be sent to."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    is_known = any(host == known or host.endswith(f".{known}") for known in PUBLISHER_HOSTS)
    return parts.scheme == "https" and is_known


def _about_line(article: Article, section: Section, line: Line, *, is_first: bool) -> Iterator[str]:
    if section.kind == "questions":
        if line.citations:
            yield "a question cites no source"
    else:
        yield from _about_claim(article, line, is_first=is_first)
    if line.text[-1] not in ".?!":
        yield "does not end with a full stop or question mark"
    if match := _MARKDOWN.search(line.text):
        yield f"holds {match[0].strip()!r}: no markup in a line"
    if "\u2014" in line.text:
        yield "holds an em dash"
    if _FEVER_FIGURE.search(line.text.replace(_FEVER, "")):
        yield f"a fever is written {_FEVER}"
    for condition in filter(None, (line.when, line.unless)):
        yield from (text for atom in condition.atoms for text in _about_atom(atom))
    if line.verify not in (None, "label"):
        yield f"verify is {line.verify!r}, not label"


def _about_claim(article: Article, line: Line, *, is_first: bool) -> Iterator[str]:
    if not line.citations:
        yield "does not end with its source"
    for n in line.citations:
        if n not in article.sources:
            yield f"cites source {n}, which is not listed"
    if is_first and _LEANS_ON_ANOTHER.match(line.text):
        yield "is first in its section and does not name what it is about"
    for sentence in _SENTENCE_END.split(line.text):
        if (count := len(sentence.split())) > _SENTENCE_WORDS:
            yield f"a sentence of {count} words; {_SENTENCE_WORDS} at most"


def _about_atom(atom: Atom) -> Iterator[str]:
    if atom.biomarker is not None and atom.biomarker not in _BIOMARKERS:
        yield f"{atom.biomarker!r} is not a biomarker we know"
    known = _VALUES.get(atom.key.partition(".")[0])
    if known is None:
        return
    allowed = known.split("|") if "|" in known else known.split()
    yield from (
        f"{value!r} is not a value of {atom.key}" for value in atom.values if value not in allowed
    )


def _about_repeats(what: str, texts: Iterable[str]) -> Iterator[str]:
    yield from (f"the {what} {text!r} stands twice" for text, n in Counter(texts).items() if n > 1)
