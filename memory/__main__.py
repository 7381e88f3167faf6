"""`python -m memory`: export all that is kept of a person, or forget it."""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NoReturn

from typing_extensions import override

from memory.errors import ConfigurationError, PersonNotFoundError, StoreError
from memory.fhir import card_bundle
from memory.records import SELF, Removed
from memory.settings import MemorySettings, settings_from_environment
from memory.sql_store import open_store
from memory.store import ConversationStore

_FAILED = 2


class _Parser(argparse.ArgumentParser):
    """Tells what is wrong with the arguments in one line."""

    @override
    def error(self, message: str) -> NoReturn:
        self.exit(_FAILED, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: those of the command line when None.

    Returns:
        The exit status: 0, or 2 after one line on standard error.
    """
    given = _parser().parse_args(arguments)
    try:
        store = _open(settings_from_environment())
        if given.command == "export":
            written = _export(store, given)
        else:
            written = _forget(store, given.person, given.thread).model_dump_json()
    except StoreError as error:
        sys.stderr.write(f"memory: {error}\n")
        return _FAILED
    sys.stdout.write(f"{written}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="memory", description="What is kept of a person.")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser)
    export = commands.add_parser("export", help="write all that is kept of a person, as JSON")
    export.add_argument("person", metavar="PERSON", help="the id of the person")
    export.add_argument("--fhir", action="store_true", help="the card as a FHIR R4 bundle instead")
    export.add_argument(
        "--about", metavar="WHOM", default=SELF, help="with --fhir: whose card, such as mother"
    )
    forget = commands.add_parser("forget", help="destroy what is kept; says how much it was")
    forget.add_argument("person", metavar="PERSON", help="the id of the person")
    forget.add_argument("--thread", metavar="THREAD", help="this thread alone")
    return parser


def _open(settings: MemorySettings) -> ConversationStore:
    # A mistyped folder is told, instead of a new store being made in it.
    if settings.database_url is None and not settings.sqlite_path.exists():
        raise ConfigurationError(f"there is no database at {settings.sqlite_path}")
    return open_store(settings)


def _export(store: ConversationStore, given: argparse.Namespace) -> str:
    if not given.fhir:
        return store.export_person(given.person)
    card = store.card(given.person, given.about)
    if not card.facts:
        raise PersonNotFoundError("no card of this person holds a fact about that one")
    told = store.told(given.person)
    return card_bundle(card, told, person_key=given.person, made_at=datetime.now(UTC))


def _forget(store: ConversationStore, person_id: str, thread_id: str | None) -> Removed:
    if thread_id is not None:
        return store.forget_thread(person_id, thread_id)
    removed = store.forget_person(person_id)
    if removed.people == 0:
        raise PersonNotFoundError("nothing is kept for this person")
    return removed


if __name__ == "__main__":
    sys.exit(main())
