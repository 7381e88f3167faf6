"""Where an answer points: reading, services, trials."""

from collections.abc import Sequence
from urllib.parse import urlencode

from chains.compose.person import Known
from chains.stages import Link, Service
from chains.tables import Tables
from vectorstore.articles import Article

MOST_READING = 5
MOST_SERVICES = 3
LEADING_TOPICS = 3
PREVIEW_WORDS = 22
TRIALS = "https://clinicaltrials.gov/search"
TRIAL_VALUES = ("positive", "negative", "low")
"""Only these leave this machine in a link; words a person typed as a result do not."""
TRIAL_MARKERS = ("ER", "PR", "HER2", "BRCA1", "BRCA2", "PIK3CA", "ESR1", "PD-L1")


def topics_of(articles: Sequence[Article], known: Known) -> frozenset[str]:
    """Topics of the answer, with those the card adds."""
    topics = {topic for article in articles for topic in article.topics}
    spread = {"metastatic", "oligometastatic"} & set(known.values.get("extent", {}))
    return frozenset(topics | spread)


def further_reading(articles: Sequence[Article], known: Known, tables: Tables) -> list[Link]:
    """Pages of the main article's sources, then a guideline for patients by title."""
    reading = [
        Link(title=f"{source.title} ({source.publisher})", url=source.url)
        for article in articles
        for source in article.sources.values()
        if source.kind in ("patient_page", "guideline")
    ]
    links = {link.url: link for link in reading[: MOST_READING - 2]}
    for leaflet in _leaflets(topics_of(articles, known), known, tables):
        links[leaflet.url] = leaflet
    return list(links.values())[:MOST_READING]


def trial_search(known: Known) -> Link:
    """A search of recruiting trials, filled in from the card; markers and spread, nothing else."""
    terms = [
        f"{name} {value}"
        for name in TRIAL_MARKERS
        for value in list(known.values.get(f"biomarker.{name}", {}))[:1]
        if value in TRIAL_VALUES
    ]
    condition = "Breast Cancer"
    if "metastatic" in known.values.get("extent", {}):
        condition = "Metastatic Breast Cancer"
    query = {"cond": condition, "aggFilters": "status:rec"}
    if terms:
        query["term"] = " AND ".join(terms)
    found = ", ".join([condition.lower(), *terms])
    return Link(title=f"ClinicalTrials.gov: recruiting trials for {found}", url=_url(query))


def services_for(
    articles: Sequence[Article], known: Known, tables: Tables
) -> list[tuple[Service, str]]:
    """Services whose topics fit the answer best, each with for whom it is."""
    leading = articles[0].topics[:LEADING_TOPICS]
    spread = topics_of((), known)
    scored = [
        (sum(LEADING_TOPICS - leading.index(t) for t in row.topics & set(leading)), row)
        for row in tables.services
    ]
    scored = [(value + len(row.topics & spread) if value else 0, row) for value, row in scored]
    best = sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0])
    return [
        (Service(name=row.name, url=row.url), f"{row.for_whom}{_phone(row.phone)}")
        for _, row in best[:MOST_SERVICES]
    ]


def preview(text: str) -> str:
    """The first words of an answer."""
    words = text.split()
    return text if len(words) <= PREVIEW_WORDS else " ".join(words[:PREVIEW_WORDS]) + " ..."


def _leaflets(topics: frozenset[str], known: Known, tables: Tables) -> list[Link]:
    """The guide that fits best; that of spread cancer only for those who spoke of it."""
    is_spread = "metastatic" in known.values.get("extent", {})
    rows = [row for row in tables.leaflets if is_spread == ("metastatic" in row.topics)]
    best = max(rows, key=lambda row: len(row.topics & topics))
    return [Link(title=best.title, url=best.url)] if best.topics & topics else []


def _url(query: dict[str, str]) -> str:
    return f"{TRIALS}?{urlencode(query)}"


def _phone(number: str) -> str:
    return f" Phone {number}." if number else ""
