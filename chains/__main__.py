"""The command line: `python -m chains --jsonl` answers one JSON object a line.

`python -m chains replay FILE --against BASELINE` holds recorded conversations against today's code.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from chains.accept import accept
from chains.errors import MessageRefusedError, TurnError
from chains.events import TurnFinished
from chains.record import TurnRecord
from chains.services import Services, build_services
from chains.settings import Settings, load_settings
from chains.turn import run_turn
from chains.unkept import unkept_record
from memory.errors import StoreError
from memory.records import SELF, Thread


class Request(BaseModel):
    """One line of input."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    thread_id: str = Field(min_length=1, max_length=255)
    message: str
    person_id: str | None = Field(default=None, min_length=1, max_length=255)
    """The thread's id when it is not given."""
    about: str = Field(default=SELF, min_length=1, max_length=40)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit status is 0 when every line was answered."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["replay"]:
        from chains.lab.command import replay_main  # noqa: PLC0415 - heavy, and not for --jsonl

        return replay_main(arguments[1:])
    parser = argparse.ArgumentParser(prog="python -m chains", description=__doc__)
    parser.add_argument("--jsonl", action="store_true", help="read one request a line on stdin")
    parser.add_argument("--data", type=Path, help="folder to keep people's data in")
    parser.add_argument(
        "--agreed",
        action="store_true",
        help="everyone in these lines agreed that messages go to the language model that is set",
    )
    options = parser.parse_args(arguments)
    if not options.jsonl:
        parser.error("say --jsonl and give one JSON object a line on standard input")
    try:
        settings = load_settings()
        with tempfile.TemporaryDirectory(prefix="carethread-") as folder:
            placed = _placed(settings, options.data, Path(folder))
            return _answer_lines(placed, has_agreed=options.agreed)
    except TurnError as error:
        print(error, file=sys.stderr)  # noqa: T201 - the command line's own output
        return 2


def _placed(settings: Settings, data: Path | None, temporary: Path) -> Settings:
    """The settings with the store where the command says: `--data`, the setting, or nowhere."""
    if data is not None:
        return settings.model_copy(update={"data_dir": data})
    if "data_dir" in settings.model_fields_set:
        return settings
    return settings.model_copy(update={"data_dir": temporary, "database_url": None})


def _answer_lines(settings: Settings, *, has_agreed: bool = False) -> int:
    services = build_services(settings)
    is_fine = True
    for number, line in enumerate(sys.stdin.buffer, start=1):
        if not line.strip():
            continue
        try:
            request = Request.model_validate_json(line)
        except ValidationError as error:
            what = error.errors(include_input=False, include_url=False)[0]
            where = ".".join(map(str, what["loc"])) or "the line"
            print(f"line {number}: {where}: {what['msg']}", file=sys.stderr)  # noqa: T201
            is_fine = False
            continue
        if has_agreed:
            _agree(request, services)
        record = answer_request(request, services)
        print(record.model_dump_json(), flush=True)  # noqa: T201
    return 0 if is_fine else 1


def _agree(request: Request, services: Services) -> None:
    """Keep that the person of a line agreed, where a model is set and the store answers."""
    if services.model is None:
        return
    from chains.model.consent import agree  # noqa: PLC0415 - where a model is set
    from chains.model.endpoint import endpoint_of  # noqa: PLC0415

    with suppress(StoreError):
        person_id = request.person_id or request.thread_id
        agree(services.store, person_id, endpoint_of(services.settings))


def answer_request(request: Request, services: Services) -> TurnRecord:
    """Answer one message; one that cannot be kept is triaged all the same."""
    person_id = request.person_id or request.thread_id
    thread = Thread(
        thread_id=request.thread_id,
        person_id=person_id,
        about=request.about,
        created_at=datetime.now(UTC),
    )
    try:
        thread = _opened(request, person_id, services)
        turn = accept(request.message, thread, services)
        return _last(run_turn(turn, thread, services))
    except MessageRefusedError as error:
        return unkept_record(request.message, str(error), thread, services)
    except StoreError:
        why = services.replies.single["not_kept"]
        return unkept_record(request.message, why, thread, services)


def _opened(request: Request, person_id: str, services: Services) -> Thread:
    thread = services.store.ensure_thread(person_id, request.thread_id, about=request.about)
    if thread.about != request.about:
        services.store.set_about(person_id, request.thread_id, about=request.about)
        thread = thread.model_copy(update={"about": request.about})
    return thread


def _last(events: Iterator[object]) -> TurnRecord:
    finished = [event for event in events if isinstance(event, TurnFinished)]
    return finished[-1].record


if __name__ == "__main__":
    sys.exit(main())
