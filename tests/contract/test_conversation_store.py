"""What every conversation store does; run once for each of them."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from memory.card import route
from memory.demonstration import MARK, NOTE, new_demonstration_id
from memory.errors import (
    FactNotFoundError,
    InvalidIdError,
    PersonNotFoundError,
    ThreadNotFoundError,
    TurnNotFoundError,
)
from memory.records import Card, Fact, NewEvent, Removed
from memory.settings import MemorySettings
from memory.sql_store import open_store

POSTGRES = os.environ.get("DATABASE_URL", "")
needs_postgres = pytest.mark.skipif(
    not POSTGRES.startswith("postgresql"),
    reason="DATABASE_URL names no PostgreSQL server to test on",
)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=needs_postgres)])
def store(request, tmp_path):
    if request.param == "sqlite":
        opened = open_store(MemorySettings(data_dir=tmp_path))
        yield opened
        opened.close()
        return
    # A schema of the test's own: nothing else in that database is read or changed.
    schema = f"test_{uuid4().hex}"
    server = sa.create_engine(POSTGRES)
    with server.begin() as connection:
        connection.execute(sa.schema.CreateSchema(schema))
    url = server.url.update_query_dict({"options": f"-csearch_path={schema}"})
    opened = open_store(
        MemorySettings(data_dir=tmp_path, database_url=url.render_as_string(hide_password=False))
    )
    yield opened
    opened.close()
    with server.begin() as connection:
        connection.execute(sa.schema.DropSchema(schema, cascade=True))
    server.dispose()


def fact(kind, name, *, evidence=None, **said):
    return Fact(
        fact_id=uuid4().hex, kind=kind, name=name, evidence=evidence or f"I said {name}", **said
    )


def medicine(name, **said):
    return fact("medication", name, status="current", **said)


def tell(store, person_id, *facts, thread_id=None, typed="a message"):
    """A whole turn that says these facts; the turn as it is stored."""
    thread_id = thread_id or f"thread of {person_id}"
    store.ensure_thread(person_id, thread_id)
    turn = store.begin_turn(person_id, thread_id, typed=typed)
    said = [one.model_copy(update={"message_id": turn.message_id}) for one in facts]
    changes = route(store.cards(person_id), said)
    store.save_cards(person_id, turn.turn_id, changes=changes)
    cards = {
        subject: [known.model_dump(mode="json") for known in card.facts]
        for subject, card in store.cards(person_id).items()
    }
    record = {"facts": [one.model_dump(mode="json") for one in said], "card": cards}
    store.append_event(person_id, turn.turn_id, kind="facts", payload=json.dumps(record))
    store.finish_turn(person_id, turn.turn_id, status="complete", record=json.dumps(record))
    return store.turn(person_id, turn.turn_id)


def names(store, person_id, subject="self"):
    return [known.name for known in store.card(person_id, subject).facts]


def everything_stored(store, person_id):
    """All that can be read of a person, without what masks keep, as one text."""
    texts = [store.export_person(person_id)]
    for thread in store.threads(person_id):
        for turn in store.turns(person_id, thread.thread_id, limit=1000):
            texts += [event.payload for event in store.events(person_id, turn.turn_id)]
    return "\n".join(texts)


# Threads


def test_thread_is_made_once(store):
    made = store.ensure_thread("ann", "t1", about="mother")
    assert (made.thread_id, made.person_id, made.about, made.title) == ("t1", "ann", "mother", "")
    assert store.ensure_thread("ann", "t1", about="self") == made
    assert store.threads("ann") == [made]


def test_threads_come_newest_first(store):
    for thread_id in ("t1", "t2", "t3"):
        store.ensure_thread("ann", thread_id)
    assert [thread.thread_id for thread in store.threads("ann")] == ["t3", "t2", "t1"]


def test_thread_can_be_renamed_and_turned_to_another_card(store):
    store.ensure_thread("ann", "t1")
    store.set_title("ann", "t1", title="Low counts")
    store.set_about("ann", "t1", about="mother")
    (thread,) = store.threads("ann")
    assert (thread.title, thread.about) == ("Low counts", "mother")


def test_outlines_begin_with_the_thread_last_written_in(store):
    tell(store, "ann", thread_id="t1", typed="first words")
    tell(store, "ann", thread_id="t2", typed="other words")
    tell(store, "ann", thread_id="t1", typed="later words")
    tell(store, "bob", thread_id="t4", typed="of bob")
    outlines = store.outlines("ann")
    assert [o.thread.thread_id for o in outlines] == ["t1", "t2"]
    assert [o.opening for o in outlines] == ["first words", "other words"]
    assert outlines[0].last_at > outlines[1].last_at > outlines[0].thread.created_at


def test_outline_of_a_thread_without_a_message_has_no_opening(store):
    made = store.ensure_thread("ann", "t1")
    (outline,) = store.outlines("ann")
    assert (outline.thread, outline.opening, outline.last_at) == (made, "", made.created_at)
    assert store.outlines("nobody") == []


def test_threads_are_found_by_words_of_title_and_messages_alone(store):
    tell(store, "ann", thread_id="t1", typed="Ribociclib makes me tired")
    tell(store, "ann", thread_id="t2", typed="hot flashes at night")
    tell(store, "bob", thread_id="t3", typed="ribociclib")
    store.set_title("ann", "t2", title="Sleep")
    assert store.find_threads("ann", "RIBO tired") == ["t1"]
    assert store.find_threads("ann", "sleep flashes") == ["t2"]
    assert store.find_threads("ann", "ribociclib flashes") == []
    assert store.find_threads("ann", "  ") == ["t2", "t1"]


def test_deleted_message_opens_and_finds_nothing(store):
    first = tell(store, "ann", thread_id="t1", typed="ribociclib")
    tell(store, "ann", thread_id="t1", typed="later words")
    store.delete_message("ann", first.turn_id)
    assert store.outlines("ann")[0].opening == "later words"
    assert store.find_threads("ann", "ribociclib") == []


def test_ids_may_be_any_text_up_to_255_characters(store):
    odd = "Ann's thread / 🙂 ' OR 1=1 --".ljust(255, "x")
    store.ensure_thread(odd, odd)
    assert store.threads(odd)[0].thread_id == odd


@pytest.mark.parametrize("bad", ["", "x" * 256])
def test_id_that_is_empty_or_too_long_is_refused(store, bad):
    with pytest.raises(InvalidIdError):
        store.ensure_thread("ann", bad)
    with pytest.raises(InvalidIdError):
        store.threads(bad)


# Turns


def test_message_is_kept_as_it_begins(store):
    store.ensure_thread("ann", "t1")
    begun = store.begin_turn("ann", "t1", typed="lowered to 400", message="the dose was lowered")
    assert store.turn("ann", begun.turn_id) == begun
    assert (begun.number, begun.status, begun.record) == (1, "running", None)
    assert (begun.typed, begun.message) == ("lowered to 400", "the dose was lowered")
    assert begun.created_at.utcoffset().total_seconds() == 0


def test_message_is_what_was_typed_unless_another_is_given(store):
    store.ensure_thread("ann", "t1")
    begun = store.begin_turn("ann", "t1", typed="yes")
    assert begun.message == "yes"
    store.set_message("ann", begun.turn_id, message="both halves, yes")
    read = store.turn("ann", begun.turn_id)
    assert (read.message, read.typed) == ("both halves, yes", "yes")


@pytest.mark.parametrize("typed", ["", "naïve 🙂", "cut off \ud83d", "line\n\ttab", "x" * 50_000])
def test_message_is_kept_as_written(store, typed):
    store.ensure_thread("ann", "t1")
    begun = store.begin_turn("ann", "t1", typed=typed)
    assert store.turn("ann", begun.turn_id).typed == typed
    json.loads(store.export_person("ann"))


def test_finished_turn_has_its_record(store):
    turn = tell(store, "ann")
    assert turn.status == "complete"
    assert json.loads(turn.record) == {"facts": [], "card": {}}


def test_turns_are_paged_from_the_newest_back(store):
    for _ in range(5):
        tell(store, "ann", thread_id="t1")
    numbers = [turn.number for turn in store.turns("ann", "t1", limit=2)]
    before = [turn.number for turn in store.turns("ann", "t1", limit=2, before=4)]
    assert (numbers, before) == ([4, 5], [2, 3])
    assert [turn.number for turn in store.turns("ann", "t1")] == [1, 2, 3, 4, 5]


def test_last_turn_is_the_one_before(store):
    tell(store, "ann", thread_id="t1", typed="first")
    tell(store, "ann", thread_id="t1", typed="second")
    assert store.last_turn("ann", "t1", before_number=2).typed == "first"
    assert store.last_turn("ann", "t1", before_number=1) is None


def test_events_are_numbered_and_read_from_any_point(store):
    store.ensure_thread("ann", "t1")
    turn_id = store.begin_turn("ann", "t1", typed="hello").turn_id
    first = store.append_event("ann", turn_id, kind="triage", payload='{"level":"none"}')
    later = [NewEvent(kind="text", payload=f'"{part}"') for part in ("a", "b")]
    assert store.append_events("ann", turn_id, events=[]) == []
    appended = store.append_events("ann", turn_id, events=later)
    assert [event.number for event in (first, *appended)] == [1, 2, 3]
    assert store.events("ann", turn_id) == [first, *appended]
    assert store.events("ann", turn_id, after=2) == appended[1:]


def test_running_turns_are_interrupted_and_finished_ones_are_not(store):
    finished = tell(store, "ann", thread_id="t1")
    left = [store.begin_turn("ann", "t1", typed="left") for _ in range(2)]
    assert store.interrupt_running() == 2
    assert store.interrupt_running() == 0
    assert {store.turn("ann", turn.turn_id).status for turn in left} == {"interrupted"}
    assert store.turn("ann", finished.turn_id).status == "complete"


def test_feedback_is_kept_once_a_turn(store):
    rated, other = tell(store, "ann"), tell(store, "ann")
    store.save_feedback("ann", rated.turn_id, thumbs="up")
    store.save_feedback("ann", rated.turn_id, thumbs="down", reason="too long")
    given = store.feedback("ann", [rated.turn_id, other.turn_id])
    assert list(given) == [rated.turn_id]
    assert (given[rated.turn_id].thumbs, given[rated.turn_id].reason) == ("down", "too long")


# What else is kept


def test_kept_text_is_replaced_taken_away_and_its_owners_alone(store):
    store.keep("ann", "consent", "yes")
    store.keep("ann", "visit-sheet", "ask about the scan")
    store.keep("ann", "consent", "no")
    assert store.kept("ann") == {"consent": "no", "visit-sheet": "ask about the scan"}
    assert (store.kept("bea"), store.kept("nobody")) == ({}, {})
    assert json.loads(store.export_person("ann"))["kept"]["consent"] == "no"
    store.keep("ann", "consent", None)
    assert list(store.kept("ann")) == ["visit-sheet"]
    store.forget_person("ann")
    assert store.kept("ann") == {}


def test_taking_away_what_nobody_kept_makes_nobody(store):
    store.keep("nobody", "consent", None)
    with pytest.raises(PersonNotFoundError):
        store.export_person("nobody")


# Cards


def test_cards_are_kept_by_whom_they_are_about(store):
    tell(store, "ann", medicine("letrozole"), fact("age", "71", subject="mother"))
    assert (names(store, "ann"), names(store, "ann", "mother")) == (["letrozole"], ["71"])
    assert set(store.cards("ann")) == {"self", "mother"}
    assert store.card("ann", "sister") == Card(subject="sister")


def test_card_is_read_back_as_it_was_merged(store):
    changes = {}
    store.ensure_thread("ann", "t1")
    for value in ("0.8", "1.2", "0.8"):
        turn = store.begin_turn("ann", "t1", typed="counts")
        said = [
            fact("lab", "ANC", attributes={"value": value}, message_id=turn.message_id),
            medicine("letrozole", message_id=turn.message_id),
            fact("stage", f"stage at {value}", message_id=turn.message_id),
        ]
        changes = route(store.cards("ann"), said)
        store.save_cards("ann", turn.turn_id, changes=changes)
    assert store.card("ann") == changes["self"].card
    assert [known.attributes["value"] for known in store.card("ann").of_kind("lab")] == [
        "1.2",
        "0.8",
    ]


def test_retracted_fact_is_off_the_card(store):
    tell(store, "ann", fact("metastasis", "bone"))
    tell(store, "ann", fact("metastasis", "bone", negated=True))
    assert names(store, "ann") == []


def test_fact_can_be_confirmed(store):
    tell(store, "ann", medicine("letrozole"))
    fact_id = store.card("ann").facts[0].fact_id
    change = store.confirm_fact("ann", fact_id)
    assert store.card("ann") == change.card
    assert store.card("ann").facts[0].state == "confirmed"


def test_corrected_fact_settles_the_contradiction_and_masks_the_old_words(store):
    for value in ("positive", "negative"):
        said = fact("biomarker", "HER2", attributes={"value": value}, evidence=f"her2 {value}")
        tell(store, "ann", said)
    right, wrong = store.card("ann").facts
    store.correct_fact("ann", right.fact_id, attributes={"value": "low"})
    (known,) = store.card("ann").facts
    assert (known.attributes["value"], known.state) == ("low", "corrected")
    masked = {(mask.message_id, mask.evidence, mask.reason) for mask in store.masks("ann")}
    assert masked == {
        (right.message_id, "her2 positive", "corrected"),
        (wrong.message_id, "her2 negative", "corrected"),
    }


def test_correction_that_changes_nothing_masks_nothing(store):
    tell(store, "ann", medicine("letrozole"))
    (known,) = store.card("ann").facts
    store.correct_fact("ann", known.fact_id, name="letrozole", status="current")
    assert store.card("ann").facts[0].state == "corrected"
    assert store.masks("ann") == []


def test_changes_come_whole_or_not_at_all(store):
    tell(store, "ann", medicine("letrozole"))
    changes = route(store.cards("ann"), [medicine("fulvestrant")])
    with pytest.raises(TurnNotFoundError):
        store.save_cards("ann", uuid4().hex, changes=changes)
    assert names(store, "ann") == ["letrozole"]


# Made-up people


def test_old_demonstrations_are_wiped_and_nobody_else(store):
    made_up = new_demonstration_id()
    for person in (made_up, "ann"):
        tell(store, person, medicine("letrozole"))
        store.keep(person, "note", "kept")
    store.keep(made_up, MARK, "yes")
    started = datetime.now(UTC)
    assert store.wipe_demonstrations(before=started - timedelta(hours=1)) == 0
    assert store.kept(made_up)[MARK] == "yes"
    assert store.wipe_demonstrations(before=started + timedelta(seconds=1)) == 1
    assert (store.kept(made_up), store.threads(made_up), store.cards(made_up)) == ({}, [], {})
    assert store.kept("ann") == {"note": "kept"}
    assert names(store, "ann") == ["letrozole"]


def test_nobody_real_is_marked_as_made_up(store):
    with pytest.raises(InvalidIdError):
        store.keep("ann", MARK, "yes")
    assert store.kept("ann") == {}


def test_export_of_a_made_up_person_says_so_first(store):
    made_up = new_demonstration_id()
    tell(store, made_up, medicine("letrozole"))
    tell(store, "ann", medicine("letrozole"))
    exported = json.loads(store.export_person(made_up))
    assert next(iter(exported.items())) == ("made_up", NOTE)
    assert "made_up" not in json.loads(store.export_person("ann"))


# Forgetting a fact


def test_forgotten_fact_is_gone_from_card_records_and_events(store):
    tell(store, "ann", medicine("letrozole", evidence="takes letro"), typed="message one")
    tell(store, "ann", medicine("letrozole", evidence="still letro"), typed="message two")
    tell(store, "ann", fact("symptom", "fatigue"), typed="message three")
    assert everything_stored(store, "ann").count("letrozole") > 3
    store.forget_fact("ann", store.card("ann").facts[0].fact_id)
    assert "letro" not in everything_stored(store, "ann")
    assert names(store, "ann") == ["fatigue"]
    kept = store.turns("ann", "thread of ann")
    assert [turn.typed for turn in kept] == ["message one", "message two", "message three"]
    assert [known["name"] for known in json.loads(kept[2].record)["card"]["self"]] == ["fatigue"]


def test_forgotten_fact_is_gone_from_what_is_kept_beside(store):
    tell(store, "ann", medicine("letrozole", evidence="takes letro"))
    tell(store, "ann", medicine("tamoxifen", subject="mother"))
    sheet = {"questions": [{"text": "Is letrozole right?"}], "notes": "Letrozole\ntamoxifen"}
    store.keep("ann", "sheet", json.dumps(sheet))
    store.keep("ann", "consent", "yes")
    store.forget_fact("ann", store.card("ann").facts[0].fact_id)
    exported = json.loads(store.export_person("ann"))["kept"]
    assert "letro" not in exported["sheet"].lower()
    assert "tamoxifen" in exported["sheet"]
    assert exported["consent"] == "yes"


def test_deleted_message_takes_along_what_came_from_it(store):
    gone = tell(store, "ann", typed="one")
    left = tell(store, "ann", typed="two")
    questions = [
        {"question_id": f"{turn.turn_id}:asked", "text": turn.typed} for turn in (gone, left)
    ]
    store.keep("ann", "sheet", json.dumps({"questions": questions, "notes": "mine"}))
    store.delete_message("ann", gone.turn_id)
    kept = json.loads(store.kept("ann")["sheet"])
    assert kept == {"questions": [questions[1]], "notes": "mine"}


def test_every_wording_of_a_forgotten_fact_is_masked(store):
    first = tell(store, "ann", medicine("letrozole", evidence="takes letro"))
    second = tell(store, "ann", medicine("letrozole", evidence="still letro"))
    store.forget_fact("ann", store.card("ann").facts[0].fact_id)
    masks = store.masks("ann")
    assert {(mask.message_id, mask.evidence) for mask in masks} == {
        (first.message_id, "takes letro"),
        (second.message_id, "still letro"),
    }
    assert {(mask.kind, mask.name, mask.subject, mask.reason) for mask in masks} == {
        ("medication", "letrozole", "self", "forgotten")
    }


def test_mask_names_the_turns_message_where_the_fact_names_none(store):
    store.ensure_thread("ann", "t1")
    turn = store.begin_turn("ann", "t1", typed="I take letro")
    changes = route({}, [medicine("letrozole", evidence="letro")])
    store.save_cards("ann", turn.turn_id, changes=changes)
    store.forget_fact("ann", store.card("ann").facts[0].fact_id)
    assert [mask.message_id for mask in store.masks("ann")] == [turn.message_id]


def test_fact_forgotten_while_a_turn_runs_stays_forgotten(store):
    tell(store, "ann", medicine("letrozole"))
    (known,) = store.card("ann").facts
    running = store.begin_turn("ann", "thread of ann", typed="400 mg of letrozole")
    changes = route(store.cards("ann"), [medicine("letrozole", attributes={"dose": "400 mg"})])
    store.forget_fact("ann", known.fact_id)
    store.save_cards("ann", running.turn_id, changes=changes)
    record = {"card": {"self": [changes["self"].card.facts[0].model_dump(mode="json")]}}
    store.finish_turn("ann", running.turn_id, status="complete", record=json.dumps(record))
    assert names(store, "ann") == []
    assert json.loads(store.turn("ann", running.turn_id).record) == {"card": {"self": []}}


def test_forgotten_fact_can_be_told_again(store):
    tell(store, "ann", medicine("letrozole"))
    store.forget_fact("ann", store.card("ann").facts[0].fact_id)
    turn = tell(store, "ann", medicine("letrozole"))
    assert names(store, "ann") == ["letrozole"]
    assert json.loads(turn.record)["card"]["self"][0]["name"] == "letrozole"


# Deleting messages and threads


def test_deleted_message_is_gone_with_what_it_alone_said(store):
    first = tell(store, "ann", medicine("letrozole"), fact("symptom", "fatigue"), typed="canary")
    tell(store, "ann", fact("symptom", "fatigue"), typed="tired again")
    store.set_title("ann", "thread of ann", title="canary…")
    assert "canary" in everything_stored(store, "ann")
    removed = store.delete_message("ann", first.turn_id)
    assert removed == Removed(turns=1, events=1, facts=1)
    assert "canary" not in everything_stored(store, "ann")
    assert "letrozole" not in everything_stored(store, "ann")
    assert names(store, "ann") == ["fatigue"]
    with pytest.raises(TurnNotFoundError):
        store.turn("ann", first.turn_id)


def test_message_joined_to_a_deleted_half_goes_with_it(store):
    store.ensure_thread("ann", "t1")
    half = store.begin_turn("ann", "t1", typed="the dose was")
    store.begin_turn("ann", "t1", typed="lowered", message="the dose was lowered")
    store.begin_turn("ann", "t1", typed="thanks for the dose was")
    assert store.delete_message("ann", half.turn_id).turns == 2
    assert [turn.typed for turn in store.turns("ann", "t1")] == ["thanks for the dose was"]


def test_masks_go_with_the_message_they_mask(store):
    turn = tell(store, "ann", medicine("letrozole"))
    store.forget_fact("ann", store.card("ann").facts[0].fact_id)
    assert store.masks("ann")
    store.delete_message("ann", turn.turn_id)
    assert store.masks("ann") == []


def test_forgotten_thread_takes_what_was_learnt_there_alone(store):
    both = medicine("letrozole")
    tell(store, "ann", both, thread_id="t1")
    tell(
        store,
        "ann",
        both.model_copy(update={"fact_id": "b", "attributes": {"dose": "2.5 mg"}}),
        fact("symptom", "fatigue"),
        thread_id="t2",
    )
    assert names(store, "ann") == ["letrozole", "fatigue"]
    assert store.forget_thread("ann", "t2") == Removed(threads=1, turns=1, events=1, facts=1)
    (kept,) = store.card("ann").facts
    assert (kept.name, kept.attributes) == ("letrozole", {})
    assert "fatigue" not in everything_stored(store, "ann")
    assert "2.5 mg" not in everything_stored(store, "ann")
    assert [thread.thread_id for thread in store.threads("ann")] == ["t1"]
    with pytest.raises(ThreadNotFoundError):
        store.turns("ann", "t2")


def test_start_over_makes_a_thread_and_empties_one_card(store):
    tell(store, "ann", medicine("letrozole"), fact("age", "71", subject="mother"))
    thread = store.start_over("ann", "t9")
    assert (thread.thread_id, thread.about) == ("t9", "self")
    assert (names(store, "ann"), names(store, "ann", "mother")) == ([], ["71"])
    assert [mask.name for mask in store.masks("ann")] == ["letrozole"]
    assert "letrozole" not in everything_stored(store, "ann")


def test_start_over_serves_someone_new(store):
    assert store.start_over("new", "t1", about="mother").about == "mother"


def test_forgotten_person_is_gone(store):
    turn = tell(store, "ann", medicine("letrozole"), thread_id="t1")
    tell(store, "bea", medicine("fulvestrant"), thread_id="t2")
    store.save_feedback("ann", turn.turn_id, thumbs="up", reason="kind")
    assert names(store, "ann") == ["letrozole"]
    assert store.forget_person("ann") == Removed(people=1, threads=1, turns=1, events=1, facts=1)
    assert (store.threads("ann"), store.cards("ann"), store.masks("ann")) == ([], {}, [])
    assert store.feedback("ann", [turn.turn_id]) == {}
    with pytest.raises(PersonNotFoundError):
        store.export_person("ann")
    assert names(store, "bea") == ["fulvestrant"]
    assert store.forget_person("ann") == Removed()


def test_forgotten_person_may_come_anew(store):
    tell(store, "ann", medicine("letrozole"), thread_id="t1")
    store.forget_person("ann")
    assert tell(store, "ann", fact("symptom", "fatigue"), thread_id="t1").number == 1
    assert names(store, "ann") == ["fatigue"]


# Export


def test_tellings_of_a_fact_are_there_oldest_first_with_their_messages(store):
    first = tell(store, "ann", medicine("letrozole"), typed="I take letrozole")
    tell(
        store, "ann", medicine("letrozole", attributes={"dose": "2.5 mg"}), typed="letrozole 2.5 mg"
    )
    tell(store, "bea", medicine("palbociclib"))
    (known,) = store.card("ann").facts
    (tellings,) = store.told("ann").values()
    assert [one.message for one in tellings] == ["I take letrozole", "letrozole 2.5 mg"]
    assert tellings[0].turn_id == first.turn_id
    assert tellings[0].thread_id == first.thread_id
    assert tellings[0].told_at == first.created_at
    assert [one.said.attributes.get("dose") for one in tellings] == [None, "2.5 mg"]
    assert list(store.told("ann")) == [known.fact_id]


def test_tellings_go_with_their_fact_and_with_their_message(store):
    tell(store, "ann", medicine("letrozole"))
    turn = tell(store, "ann", medicine("palbociclib"), medicine("letrozole"))
    store.delete_message("ann", turn.turn_id)
    (known,) = store.card("ann").facts
    assert [len(tellings) for tellings in store.told("ann").values()] == [1]
    store.forget_fact("ann", known.fact_id)
    assert store.told("ann") == {}
    assert store.told("nobody") == {}


def test_export_says_that_answers_are_information_and_not_advice(store):
    tell(store, "ann", medicine("letrozole"))
    assert "not medical advice" in json.loads(store.export_person("ann"))["notice"]


def test_export_holds_all_that_is_kept(store):
    turn = tell(store, "ann", medicine("letrozole"), typed="naïve words")
    store.save_feedback("ann", turn.turn_id, thumbs="up", reason="kind")
    exported = json.loads(store.export_person("ann"))
    assert "person_id" not in exported  # it is the browser's cookie
    assert exported["cards"]["self"][0]["name"] == "letrozole"
    (thread,) = exported["threads"]
    (told,) = thread["turns"]
    assert (told["typed"], told["status"], told["number"]) == ("naïve words", "complete", 1)
    assert told["record"]["facts"][0]["name"] == "letrozole"
    assert told["feedback"]["reason"] == "kind"
    for dated in (exported["since"], thread["created_at"], told["created_at"]):
        assert dated.endswith("+00:00")


def test_export_of_a_turn_that_never_ended(store):
    store.ensure_thread("ann", "t1")
    store.begin_turn("ann", "t1", typed="left")
    (told,) = json.loads(store.export_person("ann"))["threads"][0]["turns"]
    assert (told["status"], told["record"], told["feedback"]) == ("running", None, None)


# One person's things, asked for by another

THREAD_OPERATIONS = {
    "ensure_thread": lambda store, who, thread: store.ensure_thread(who, thread),
    "begin_turn": lambda store, who, thread: store.begin_turn(who, thread, typed="x"),
    "turns": lambda store, who, thread: store.turns(who, thread),
    "last_turn": lambda store, who, thread: store.last_turn(who, thread, before_number=9),
    "set_about": lambda store, who, thread: store.set_about(who, thread, about="mother"),
    "set_title": lambda store, who, thread: store.set_title(who, thread, title="x"),
    "forget_thread": lambda store, who, thread: store.forget_thread(who, thread),
    "start_over": lambda store, who, thread: store.start_over(who, thread),
}
TURN_OPERATIONS = {
    "turn": lambda store, who, turn: store.turn(who, turn),
    "events": lambda store, who, turn: store.events(who, turn),
    "append_event": lambda store, who, turn: store.append_event(who, turn, kind="k", payload="1"),
    "set_message": lambda store, who, turn: store.set_message(who, turn, message="x"),
    "finish_turn": lambda store, who, turn: store.finish_turn(who, turn, status="failed"),
    "save_cards": lambda store, who, turn: store.save_cards(who, turn, changes={}),
    "save_feedback": lambda store, who, turn: store.save_feedback(who, turn, thumbs="up"),
    "delete_message": lambda store, who, turn: store.delete_message(who, turn),
}
FACT_OPERATIONS = {
    "confirm_fact": lambda store, who, fact_id: store.confirm_fact(who, fact_id),
    "correct_fact": lambda store, who, fact_id: store.correct_fact(who, fact_id, name="x"),
    "forget_fact": lambda store, who, fact_id: store.forget_fact(who, fact_id),
}


@pytest.mark.parametrize("asking", ["bea", "nobody"])
@pytest.mark.parametrize("operation", THREAD_OPERATIONS.values(), ids=THREAD_OPERATIONS)
def test_thread_of_another_person_is_not_there(store, operation, asking):
    tell(store, "ann", medicine("letrozole"), thread_id="t1")
    tell(store, "bea", medicine("fulvestrant"), thread_id="t2")
    before = everything_but_time(store, "ann")
    with pytest.raises(ThreadNotFoundError):
        operation(store, asking, "t1")
    assert everything_but_time(store, "ann") == before


@pytest.mark.parametrize("asking", ["bea", "nobody"])
@pytest.mark.parametrize("operation", TURN_OPERATIONS.values(), ids=TURN_OPERATIONS)
def test_turn_of_another_person_is_not_there(store, operation, asking):
    turn = tell(store, "ann", medicine("letrozole"), thread_id="t1")
    tell(store, "bea", medicine("fulvestrant"), thread_id="t2")
    before = everything_but_time(store, "ann")
    with pytest.raises((TurnNotFoundError, PersonNotFoundError)):
        operation(store, asking, turn.turn_id)
    assert everything_but_time(store, "ann") == before


@pytest.mark.parametrize("asking", ["bea", "nobody"])
@pytest.mark.parametrize("operation", FACT_OPERATIONS.values(), ids=FACT_OPERATIONS)
def test_fact_of_another_person_is_not_there(store, operation, asking):
    tell(store, "ann", medicine("letrozole"), thread_id="t1")
    tell(store, "bea", medicine("fulvestrant"), thread_id="t2")
    fact_id = store.card("ann").facts[0].fact_id
    with pytest.raises(FactNotFoundError):
        operation(store, asking, fact_id)
    assert store.card("ann").facts[0].state == "stated"


def test_feedback_of_another_person_is_not_there(store):
    turn = tell(store, "ann")
    store.save_feedback("ann", turn.turn_id, thumbs="up")
    tell(store, "bea")
    assert store.feedback("bea", [turn.turn_id]) == {}


def test_two_people_may_hold_facts_of_one_id(store):
    shared = medicine("letrozole")
    tell(store, "ann", shared)
    tell(store, "bea", shared)
    store.forget_fact("ann", shared.fact_id)
    assert (names(store, "ann"), names(store, "bea")) == ([], ["letrozole"])


def everything_but_time(store, person_id):
    exported = json.loads(store.export_person(person_id))
    return exported | {"exported_at": None}


# Many at once


def test_eight_writers_lose_nothing(store):
    def write(worker):
        person_id = f"person {worker % 2}"
        for n in range(10):
            tell(store, person_id, fact("symptom", f"symptom {worker} {n}"), thread_id=person_id)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    for person_id in ("person 0", "person 1"):
        turns = store.turns(person_id, person_id, limit=1000)
        assert [turn.number for turn in turns] == list(range(1, 41))
        assert {turn.status for turn in turns} == {"complete"}
        assert len(names(store, person_id)) == 40


def test_events_of_many_writers_to_one_turn_are_all_numbered(store):
    store.ensure_thread("ann", "t1")
    turn_id = store.begin_turn("ann", "t1", typed="x").turn_id
    with ThreadPoolExecutor(8) as pool:
        list(
            pool.map(
                lambda n: store.append_event("ann", turn_id, kind="k", payload=str(n)), range(40)
            )
        )
    events = store.events("ann", turn_id)
    assert [event.number for event in events] == list(range(1, 41))
    assert {event.payload for event in events} == {str(n) for n in range(40)}


def test_people_who_come_at_the_same_moment_are_each_made_once(store):
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda n: store.ensure_thread("ann", f"t{n % 3}"), range(24)))
    assert {thread.thread_id for thread in made} == {"t0", "t1", "t2"}
    assert len(store.threads("ann")) == 3
