"""A made-up person is apart from everyone real, and is wiped."""

import json

import pytest

from chains.demonstration.people import load_people
from chains.demonstration.playing import begin_demonstration, shown_in, wipe, wipe_all, wipe_old
from memory.demonstration import is_demonstration
from memory.errors import NotFoundError
from tests.support.people import Person

ROSA = next(person for person in load_people() if person.key == "rosa")


@pytest.fixture
def real(services):
    person = Person(services)
    person.says("My canary is Rosalind and I take capecitabine")
    return person


def exported(services, person_id):
    kept = json.loads(services.store.export_person(person_id))
    return {key: value for key, value in kept.items() if key != "exported_at"}


def test_made_up_person_neither_reads_nor_writes_a_real_one(services, real):
    before = exported(services, real.person_id)
    made_up = begin_demonstration(services.store, ROSA)
    assert is_demonstration(made_up)
    assert not is_demonstration(real.person_id)
    shown = Person(services, made_up)
    shown.thread_id = services.store.threads(made_up)[0].thread_id
    for step in ROSA.steps:
        record = shown.says(step.says)
    assert "Rosalind" not in json.dumps(exported(services, made_up))
    assert "capecitabine" not in shown.says("what do you know about me?").model_dump_json()
    stolen = Person(services, made_up)
    stolen.thread_id = real.thread_id
    assert "capecitabine" not in stolen.says("what am I taking?").model_dump_json()
    with pytest.raises(NotFoundError):
        services.store.turns(made_up, real.thread_id)
    with pytest.raises(NotFoundError):
        services.store.forget_fact(real.person_id, record.card["self"][0].fact_id)
    assert exported(services, real.person_id) == before


def test_wipe_takes_the_made_up_person_and_nobody_else(services, real):
    made_up, other = (begin_demonstration(services.store, ROSA) for _ in range(2))
    wipe(services.store, made_up)
    assert shown_in(services.store, made_up) is None
    assert services.store.threads(made_up) == []
    assert shown_in(services.store, other) == "rosa"
    for nobody in (made_up, real.person_id):
        with pytest.raises(NotFoundError):
            wipe(services.store, nobody)
    assert wipe_old(services.store) == 0
    assert wipe_all(services.store) >= 1
    assert shown_in(services.store, other) is None
    assert exported(services, real.person_id)["threads"]


def test_no_two_demonstrations_share_an_id(services):
    first, second = (begin_demonstration(services.store, ROSA) for _ in range(2))
    assert first != second
    assert services.store.threads(first)[0].thread_id != services.store.threads(second)[0].thread_id
