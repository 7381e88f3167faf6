"""What `python -m vectorstore ingest` can be told."""

import argparse
from pathlib import Path

from vectorstore.description import AUDIENCES, GIVEN_KEYS, SOURCE_KINDS


def add_ingest_options(parser: argparse.ArgumentParser) -> None:
    """Add the paths and the options; what a file says of itself always leads."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument(
        "--prune", action="store_true", help="take off what came from these paths and is gone"
    )
    parser.add_argument("--threads", type=int, default=0, help="texts encoded at the same time")
    said = parser.add_argument_group(
        "for files that do not say it themselves (title and url: for a single file)"
    )
    said.add_argument("--publisher")
    said.add_argument("--title")
    said.add_argument("--year")
    said.add_argument("--licence", help='such as "public domain"; nothing else is quoted')
    said.add_argument("--audience", choices=AUDIENCES)
    said.add_argument("--kind", choices=SOURCE_KINDS)
    said.add_argument("--url", help="where the file can be opened; its name is told without one")


def given(options: argparse.Namespace) -> dict[str, str]:
    """What was said for all files."""
    said = {key: getattr(options, key) for key in GIVEN_KEYS}
    return {key: str(value) for key, value in said.items() if value}
