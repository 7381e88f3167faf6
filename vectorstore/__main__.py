"""The command line: `python -m vectorstore ingest | fetch | search | stats | check | vectors`.

Standard output carries data alone; an error is one plain line on standard error.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime

from vectorstore.articles import load_library
from vectorstore.errors import VectorStoreError
from vectorstore.fetch.command import add_fetch_command
from vectorstore.ingest_options import add_ingest_options
from vectorstore.library_check import check_library
from vectorstore.settings import settings_from_environment
from vectorstore.stats import library_stats, shelf_stats
from vectorstore.verdicts import read_verdicts


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives 0, 1 where part of it failed, 2 where nothing could be done."""
    options = _parser().parse_args(arguments)
    try:
        status: int = options.command(options)
    except VectorStoreError as error:
        _complain(str(error))
        return 2
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m vectorstore", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    ingest = commands.add_parser(
        "ingest", help="put documents on the shelf: PDF, HTML, Markdown, DOCX, text, folders"
    )
    add_ingest_options(ingest)
    ingest.set_defaults(command=_ingest)
    add_fetch_command(commands)
    search = commands.add_parser("search", help="the passages that answer best")
    search.add_argument("words", nargs="?", help="what to look for")
    form = search.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON object")
    form.add_argument("--jsonl", action="store_true", help="queries on standard input, one a line")
    search.add_argument(
        "--on", choices=("both", "library", "shelf"), default="both", help="where to look"
    )
    search.set_defaults(command=_search)
    stats = commands.add_parser("stats", help="what the library holds and what waits")
    stats.add_argument("--today", type=date.fromisoformat, default=datetime.now(UTC).date())
    stats.set_defaults(command=_stats)
    check = commands.add_parser("check", help="hold every article against the rules of form")
    check.set_defaults(command=_check)
    vectors = commands.add_parser("vectors", help="bring the shipped vectors up to date")
    vectors.set_defaults(command=_vectors)
    return parser


# Chroma and the encoder take seconds to import; commands that do not search go without them.


def _ingest(options: argparse.Namespace) -> int:
    from vectorstore.ingest_command import ingest  # noqa: PLC0415 - see above

    return ingest(options, settings_from_environment())


def _search(options: argparse.Namespace) -> int:
    if options.jsonl == (options.words is not None):
        _complain('search takes either "words" or --jsonl with queries on standard input')
        return 2
    from vectorstore.ingest import open_index  # noqa: PLC0415 - see above
    from vectorstore.passages import passage  # noqa: PLC0415 - see above
    from vectorstore.searching import searcher  # noqa: PLC0415 - see above

    settings = settings_from_environment()
    index = open_index(settings)
    find = searcher(index, settings, options.on)
    status = 0
    for number, line in enumerate(sys.stdin if options.jsonl else [options.words], start=1):
        query = _query(line) if options.jsonl else line
        if query is None:
            _complain(f"line {number}: not a JSON object with a text as query")
            status = 1
            continue
        passages = [passage(index, hit) for hit in find(query)]
        if options.json or options.jsonl:
            _write({"query": query, "passages": [found.model_dump() for found in passages]})
        else:
            for found in passages:
                text = f"{found.score:.2f}  {found.title}: {found.section}\n{found.text}\n"
                sys.stdout.write(f"{text}{found.source} {found.url}\n\n")
    index.close()
    return status


def _query(line: str) -> str | None:
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    query = entry.get("query") if isinstance(entry, dict) else None
    return query if isinstance(query, str) else None


def _stats(options: argparse.Namespace) -> int:
    settings = settings_from_environment()
    folder = settings.library_dir
    stats = library_stats(
        load_library(folder),
        read_verdicts(folder),
        options.today,
        shelf_stats(settings.data_dir, options.today),
    )
    sys.stdout.write(stats.model_dump_json(indent=2) + "\n")
    return 0


def _check(_options: argparse.Namespace) -> int:
    problems = check_library(settings_from_environment().library_dir)
    for problem in problems:
        sys.stdout.write(f"{problem}\n")
    return 1 if problems else 0


def _vectors(_options: argparse.Namespace) -> int:
    from vectorstore import vectors  # noqa: PLC0415 - see above
    from vectorstore.asked_space import TurnedEmbeddings, read_space  # noqa: PLC0415 - see above
    from vectorstore.embeddings import MiniLMEmbeddings  # noqa: PLC0415 - see above

    library, encoder = load_library(settings_from_environment().library_dir), MiniLMEmbeddings()
    turned = TurnedEmbeddings(encoder, read_space())
    for texts, path, embeddings in (
        (vectors.texts_of(library), vectors.SHIPPED_VECTORS, encoder),
        (vectors.questions_of(library), vectors.SHIPPED_QUESTIONS, turned),
    ):
        change = vectors.ship_vectors(texts, path, embeddings)
        counts = {"kept": change.kept, "encoded": change.encoded, "dropped": change.dropped}
        _write({"file": path.name, **counts})
    return 0


def _write(record: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _complain(text: str) -> None:
    sys.stderr.write(" ".join(text.split()) + "\n")


if __name__ == "__main__":
    sys.exit(main())
