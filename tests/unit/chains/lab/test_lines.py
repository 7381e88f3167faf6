"""Files of conversations are read row by row, and a broken row is told in one line."""

import pytest

from chains.lab.expectations import Expectation
from chains.lab.lines import read_lines, write_lines

CSV = """thread_id,message,about,expect_kind,expect_cut,expect_facts,expect_standalone_has
one,I take letrozole,,memory,no,medication:letrozole; medication:letrozole=current,
one,"and, what about grapefruit?",mother,,,,grapefruit ; letrozole
,no thread,,,,,
two,bad kind,,maybe,,,
two,bad fact,,,,letrozole,
"""


def test_csv_has_the_expectations_of_each_row_and_tells_its_broken_ones():
    read = read_lines("\ufeff" + CSV, is_csv=True)
    first, second = read.lines
    assert first.expected == Expectation(
        kind="memory",
        cut=False,
        facts=("medication:letrozole", "medication:letrozole=current"),
    )
    assert (second.message, second.about) == ("and, what about grapefruit?", "mother")
    assert second.expected.standalone_has == ("grapefruit", "letrozole")
    assert [fault.partition(":")[0] for fault in read.faults] == ["row 4", "row 5", "row 6"]
    assert all(len(fault.splitlines()) == 1 for fault in read.faults)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("nothing", "no JSON"),
        ("[]", "no object"),
        ('{"message": "x"}', "thread_id"),
        ('{"thread_id": "t", "message": 4}', "message"),
        ('{"thread_id": "t", "message": "x", "expect_mood": "good"}', "expect_mood is not known"),
        ('{"thread_id": "t", "message": "x", "mood": "good"}', "mood"),
    ],
)
def test_broken_json_line_is_told_with_its_number(row, told):
    good = '{"thread_id": "t", "message": "x"}'
    read = read_lines(f"{good}\n\n{row}\n{good}\n")
    assert len(read.lines) == 2
    (fault,) = read.faults
    assert fault.startswith("row 3: ")
    assert told in fault


def test_lines_are_read_back_as_they_were_written(services):
    from chains.lab.replay import play

    read = read_lines(CSV, is_csv=True)
    played = [one.as_line() for one in play(read.lines[:1], services)]
    assert played[0].record is not None
    assert read_lines(write_lines([*played, *read.lines])).lines == (*played, *read.lines)


def test_record_as_the_command_line_writes_it_is_a_line_of_its_own(services):
    from tests.support.people import Person

    record = Person(services).says("I take letrozole")
    (line,) = read_lines(record.model_dump_json()).lines
    assert (line.thread_id, line.message, line.record) == (
        record.thread_id,
        "I take letrozole",
        record,
    )
