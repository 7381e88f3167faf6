"""Every script, played: each step shows what its note promises."""

import pytest

from chains.demonstration.people import load_people
from chains.errors import RuleError
from chains.lab.expectations import misses
from tests.support.people import Person

PEOPLE = {person.key: person for person in load_people()}
SHOWN = {"memory", "cut-off", "follow-up", "interaction", "red flag"}
CHECKED = {
    "memory": "facts",
    "cut-off": "cut",
    "follow-up": "standalone_has",
    "second half": "standalone_has",
    "red flag": "level",
}
"""The field that a step of this kind must promise at least."""


@pytest.mark.parametrize("key", PEOPLE)
def test_every_step_shows_what_its_note_says(services, key):
    made_up, told = PEOPLE[key], []
    person = Person(services)
    for number, step in enumerate(made_up.steps, 1):
        record = person.says(step.says, about=made_up.about)
        told += [f"step {number}, {step.says!r}: {miss}" for miss in misses(step.shows, record)]
    assert told == []


@pytest.mark.parametrize("key", PEOPLE)
def test_script_shows_memory_cut_off_follow_up_interaction_and_red_flag(key):
    steps = PEOPLE[key].steps
    assert {step.what for step in steps} >= SHOWN
    assert [s.says for s in steps if s.shows.is_empty()] == []
    lacking = [s.says for s in steps if s.what in CHECKED and not getattr(s.shows, CHECKED[s.what])]
    assert lacking == []


def test_people_differ_in_age_and_in_whom_they_write_for():
    ages = [person.age for person in PEOPLE.values()]
    assert len(PEOPLE) >= 6
    assert min(ages) < 35
    assert max(ages) > 75
    assert {person.about for person in PEOPLE.values()} >= {"self", "mother"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- a list", "no YAML of a person"),
        ("name: A\nage: 7", "Field required"),
        ("name: [", "no YAML of a person"),
    ],
)
def test_broken_file_is_named(tmp_path, text, told):
    (tmp_path / "someone.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RuleError, match="someone.yaml.*"):
        load_people(tmp_path)
    with pytest.raises(RuleError, match=told):
        load_people(tmp_path)
