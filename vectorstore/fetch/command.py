"""`python -m vectorstore fetch SOURCE ...`: what an operator may ask for.

Light to import, as every command of the line reads it; the sources come with the first fetch.
"""

import argparse

PRIVACY = (
    "What you ask for (a query, the names of medicines) is sent to the host of the source, and to "
    "nobody else. Do not put anything about a person into it. "
    "Nothing is fetched but by this command."
)
NCI_GROUPS = ("breast", "treatment", "coping", "drugs", "summaries")
"""Groups of the kept list of pages."""
MOST_PAPERS = 1_000
"""esearch gives 10,000 at most; a shelf of thousands of abstracts helps nobody."""

Commands = argparse._SubParsersAction


def add_fetch_command(commands: "Commands[argparse.ArgumentParser]") -> None:
    """Hook `fetch` and its sources into the command line."""
    fetch = commands.add_parser(
        "fetch", help="read published pages, papers and labels onto the shelf", description=PRIVACY
    )
    sources = fetch.add_subparsers(required=True, metavar="SOURCE")
    pages = _source(sources, "nci", "a kept list of National Cancer Institute pages")
    pages.add_argument(
        "--group", action="append", choices=NCI_GROUPS, help="only this part of the list"
    )
    papers = _source(sources, "pubmed", "abstracts, and full text where CC BY or CC0")
    papers.add_argument("query", help='as PubMed takes it, such as "lymphedema exercise"')
    papers.add_argument("--limit", type=_count, default=50, help="papers at most (50)")
    papers.add_argument("--abstracts-only", action="store_true", help="leave full texts alone")
    for name in ("openfda", "dailymed"):
        labels = _source(sources, name, f"labels from {name}, by generic or brand name")
        labels.add_argument("drugs", nargs="+", metavar="DRUG")
    topics = _source(sources, "medlineplus", "health topics of MedlinePlus")
    topics.add_argument("terms", nargs="*", metavar="TERM", help="a kept list where none is given")


def _source(
    sources: "Commands[argparse.ArgumentParser]", name: str, told: str
) -> argparse.ArgumentParser:
    parser = sources.add_parser(name, help=told, description=f"{told}. {PRIVACY}")
    parser.add_argument("--base-url", help="another address of the service")
    parser.add_argument("--pause", type=_seconds, help="seconds between two requests")
    parser.add_argument(
        "--no-index",
        action="store_true",
        help="only write the files: `ingest` puts them on the shelf later",
    )
    if name != "nci":
        parser.add_argument(
            "--go-by-api-terms",
            action="store_true",
            help="read the documented API where robots.txt, written for crawlers, forbids it",
        )
    parser.set_defaults(command=_fetch, source=name)
    return parser


def _fetch(options: argparse.Namespace) -> int:
    from vectorstore.fetch.operator_run import run_command  # noqa: PLC0415 - see above

    return run_command(options)


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 600:
        raise argparse.ArgumentTypeError("between 0 and 600 seconds")
    return value


def _count(text: str) -> int:
    value = int(text)
    if not 1 <= value <= MOST_PAPERS:
        raise argparse.ArgumentTypeError(f"between 1 and {MOST_PAPERS:,} papers")
    return value
