"""Claims of the library against the sources they name: captured pages, else committed verdicts."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from chains.lexicon import load_lexicon
from evals.cases import EVALS, sampled
from evals.figures import Count, Figure, count, share, unscored
from evals.library.claims import KINDS, Finding, check
from evals.library.pages import Pages, read_pages
from evals.product import services
from vectorstore.articles import Article, Library, Line, load_library
from vectorstore.settings import LIBRARY_DIR
from vectorstore.verdicts import Verdict, line_hash, read_verdicts

STEP = "library"
FINDINGS = EVALS / "results" / "library.jsonl"
_NO_DATA = "needs DATA=<folder> of captured pages"


class Claim(NamedTuple):
    """One line of an article."""

    article: Article
    line: Line
    verdict: Verdict | None


def evaluate(data: Path | None, sample: int | None = None) -> list[Figure]:
    """What verdicts say of every claim and, with captured pages, what the pages say."""
    claims = sampled(list(claims_of(load_library())), sample)
    figures = _by_verdict(claims)
    if data is None:
        wanted = {"claims with a captured page": None, "supported by captured pages": 95.0}
        return figures + [unscored(STEP, name, _NO_DATA, goal=g) for name, g in wanted.items()]
    found = [(claim, _check(claim, read)) for read in [read_pages(data)] for claim in claims]
    _write(found)
    return figures + _by_pages(found)


def claims_of(library: Library) -> Iterator[Claim]:
    """Every claim of a library with the verdict a reader gave it."""
    verdicts = read_verdicts(LIBRARY_DIR)
    for article in library.articles.values():
        for section in article.sections:
            for line in section.lines if section.kind != "questions" else ():
                yield Claim(article, line, verdicts.get(line_hash(article, line)))


def _check(claim: Claim, pages: Pages) -> Finding | None:
    sources = (claim.article.sources[n] for n in claim.line.citations)
    return check(
        claim.line.text, [pages.of(source.url) for source in sources], load_lexicon(), _likeness
    )


def _likeness(claim: str, passage: str) -> float:
    similarity = services().composer.kit.similarity
    return float(similarity.vector(claim) @ similarity.vector(passage))


def _by_verdict(claims: Sequence[Claim]) -> list[Figure]:
    read = [c for c in claims if c.verdict is not None and c.verdict.verdict != "unchecked"]
    judged = Counter(c.verdict.verdict for c in read if c.verdict is not None)
    label = [claim.line.verify == "label" for claim in claims]
    return [
        share(STEP, "read against their source by a second reader", Count(len(read), len(claims))),
        share(STEP, "of those, supported", Count(judged["supported"], len(read)), goal=95.0),
        share(STEP, "waiting for the label itself (verify: label)", count(label)),
    ]


def _by_pages(found: Sequence[tuple[Claim, Finding | None]]) -> list[Figure]:
    read = [finding for _, finding in found if finding is not None]
    # What notes do not hold may stand on the page they were taken from: nothing is decided there.
    decided = [f for f in read if f.is_decided]
    figures = [share(STEP, "claims with a captured page", Count(len(read), len(found)))]
    for kind in KINDS:
        named = sum(pair[0] == kind for f in decided for pair in f.named)
        lost = sum(pair[0] == kind for f in decided for pair in f.missing)
        figures.append(
            share(STEP, f"each {kind} stands on the page", Count(named - lost, named), goal=100.0)
        )
    return [
        *figures,
        share(STEP, "negation agrees", count([f.negation_agrees for f in decided])),
        share(
            STEP, "supported by captured pages", count([f.is_supported for f in decided]), goal=95.0
        ),
    ]


def _write(found: Sequence[tuple[Claim, Finding | None]]) -> None:
    """Everything that a reader should look at, one JSON object a line."""
    FINDINGS.parent.mkdir(parents=True, exist_ok=True)
    with FINDINGS.open("w", encoding="utf-8") as file:
        for claim, finding in found:
            row = _row(claim, finding)
            if row is not None:
                file.write(json.dumps(row) + "\n")


def _row(claim: Claim, finding: Finding | None) -> dict[str, object] | None:
    where = {"article": claim.article.article_id, "line": claim.line.number}
    if finding is None or not finding.is_decided:
        return {**where, "what": "uncheckable", "text": claim.line.text}
    if claim.line.verify == "label":
        return {**where, "what": "verify: label", "text": claim.line.text}
    if finding.is_supported:
        return None
    missing = sorted(f"{kind} {name}" for kind, name in finding.missing)
    return {
        **where,
        "what": "not found",
        "missing": missing,
        "nearest": round(finding.nearest, 2),
        "negation_agrees": finding.negation_agrees,
        "text": claim.line.text,
    }
