"""`python -m chains replay FILE`: recorded conversations against the code as it is now."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from chains.errors import TurnError
from chains.lab.differences import STEPS, differences, table
from chains.lab.lines import Line, Lines, read_lines, write_lines
from chains.lab.replay import Played, play
from chains.services import build_services
from chains.settings import load_settings

FINE, DIFFERS, CANNOT = 0, 1, 2
_WIDTH = 48


class FileError(TurnError):
    """A file cannot be read or written; the text names it."""


def replay_main(arguments: Sequence[str]) -> int:
    """Run the command.

    Returns:
        0 when nothing differs from the baseline and all that was expected is so, 1 otherwise or
        when a row could not be read, 2 when nothing could be replayed.
    """
    options = _parser().parse_args(arguments)
    try:
        given = _read(options.file)
        held = _read(options.against) if options.against else None
        if not given.lines:
            raise FileError(f"{options.file}: there is no message to replay")
        if held is not None and not any(line.record for line in held.lines):
            raise FileError(f"{options.against}: holds no record; make it with --write")
        played = _played(given.lines)
        if options.write:
            _write(options.write, write_lines(one.as_line() for one in played))
    except TurnError as error:
        print(error, file=sys.stderr)  # noqa: T201 - the command line's own output
        return CANNOT
    is_fine = _tell_differences(played, held, options.only or STEPS)
    is_fine = _tell_misses(played) and is_fine
    return FINE if is_fine and not given.faults else DIFFERS


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m chains replay", description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE", help="JSONL or CSV, one message a line")
    parser.add_argument("--against", type=Path, metavar="BASELINE", help="records to hold it to")
    parser.add_argument("--write", type=Path, metavar="BASELINE", help="write the records of now")
    parser.add_argument("--only", nargs="+", choices=STEPS, help="compare these steps alone")
    return parser


def _read(path: Path) -> Lines:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(f"{path}: cannot be read as UTF-8 text") from error
    read = read_lines(text, is_csv=path.suffix.lower() == ".csv")
    for fault in read.faults:
        print(f"{path}: {fault}", file=sys.stderr)  # noqa: T201
    return read


def _played(lines: Sequence[Line]) -> list[Played]:
    settings = load_settings()
    with tempfile.TemporaryDirectory(prefix="carethread-") as folder:
        if "data_dir" not in settings.model_fields_set:
            place = {"data_dir": Path(folder), "database_url": None}
            settings = settings.model_copy(update=place)
        return list(play(lines, build_services(settings)))


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise FileError(f"{path}: cannot be written") from error


def _tell_differences(played: Sequence[Played], held: Lines | None, only: Sequence[str]) -> bool:
    if held is None:
        return True
    before = [line.record for line in held.lines if line.record is not None]
    # A record tells its own thread; a line may have named it anew.
    now = [one.record for one in played]
    found = differences(before, now, only=only)
    if found:
        frame = table(found)
        for column in ("message", "before", "now"):
            frame[column] = frame[column].str.slice(0, _WIDTH)
        print(frame.to_string(index=False))  # noqa: T201
    turns = len({(one.thread, one.turn) for one in found})
    print(f"{len(played)} turns replayed, {turns or 'none'} differ from the baseline.")  # noqa: T201
    return not found


def _tell_misses(played: Sequence[Played]) -> bool:
    wanted = [one for one in played if not one.line.expected.is_empty()]
    if not wanted:
        return True
    for one in wanted:
        for miss in one.misses:
            place = f"{one.line.thread_id}, turn {one.record.turn}"
            print(f"{place}: {miss.check}: wanted {miss.wanted}; found {miss.found}")  # noqa: T201
    fine = sum(one.is_fine for one in wanted)
    print(f"{fine} of {len(wanted)} turns show what is expected of them.")  # noqa: T201
    return fine == len(wanted)
