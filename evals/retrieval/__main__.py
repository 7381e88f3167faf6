"""`make eval-retrieval DATA=<folder>`: passages found by us and by simpler systems, in one run."""

import argparse
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path

from evals.cases import CaseError
from evals.figures import Figure
from evals.report import Baseline, Floors, report
from evals.retrieval.corpus import open_corpus
from evals.retrieval.known_items import item_files, known_item_figures, read_items
from evals.retrieval.scope import scope_figures
from evals.retrieval.sizes import size_figures
from evals.retrieval.systems import build_systems


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 0 when they could be measured, 2 when not."""
    options = _options(arguments)
    if not options.data.is_dir():
        print(f"{options.data}: no such folder", file=sys.stderr)
        return 2
    try:
        figures = _measure(options)
    except CaseError as error:
        print(error, file=sys.stderr)
        return 2
    print(report(figures, Floors({}), Baseline({})).text)
    return 0


def _measure(options: argparse.Namespace) -> list[Figure]:
    figures: list[Figure] = []
    if not options.no_scope:
        figures += scope_figures(options.sample)
    items = [item for path in item_files() for item in read_items(path)]
    corpus = open_corpus(options.data)
    systems = build_systems(corpus)
    figures += known_item_figures(systems, options.sample)
    if not options.no_sizes:
        figures += size_figures(
            systems, [item.question for item in items], keep=options.keep_copies
        )
    corpus.shelf.close()
    return figures


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evals.retrieval", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of pages in Markdown")
    parser.add_argument("--sample", type=int, help="so many questions of each set")
    parser.add_argument("--no-scope", action="store_true", help="leave whole turns out")
    parser.add_argument("--no-sizes", action="store_true", help="leave 10,000 and 100,000 out")
    parser.add_argument(
        "--keep-copies", action="store_true", help="keep the larger shelves for the next run"
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    warnings.simplefilter("ignore", ResourceWarning)
    sys.exit(main())
