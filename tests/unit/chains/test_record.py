"""The record of a turn has every field, whatever the turn was."""

import json

import pytest

from chains.compose.draft import Draft
from chains.compose.phrases import load_phrases
from chains.compose.writing import write
from chains.record import TurnRecord, answer_record, card_record, row_record
from tests.support.builders import card, claim, fact

FIELDS = {
    "thread_id",
    "turn",
    "message",
    "kind",
    "triage",
    "completeness",
    "facts",
    "card",
    "standalone_question",
    "passages",
    "answer",
    "timings_ms",
    "usage",
}
ANSWER_FIELDS = {
    "markdown",
    "sentences",
    "sources",
    "questions_to_ask",
    "further_reading",
    "services",
    "related_questions",
    "general",
    "used_facts",
}


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("What is letrozole?", "answer"),
        ("I take letrozole", "memory"),
        ("Because of my low neutrophils the dose was", "clarification"),
        ("fever of 39.1 since last night, I am on chemo", "emergency"),
        ("how do I repair a bicycle", "out_of_scope"),
        ("", "out_of_scope"),
    ],
)
def test_every_field_is_there_for_every_kind(person, message, kind):
    record = json.loads(person.says(message).model_dump_json())
    assert record["kind"] == kind
    assert set(record) == FIELDS
    assert set(record["answer"]) == ANSWER_FIELDS
    assert set(record["triage"]) == {"level", "flags"}
    assert set(record["completeness"]) == {"label", "reason", "fragment", "guesses", "confidence"}
    assert set(record["usage"]) == {"prompt_tokens", "completion_tokens"}
    assert record["standalone_question"] == message or record["standalone_question"]
    assert "self" in record["card"]
    assert record["answer"]["markdown"]
    assert "total" in record["timings_ms"]


def test_every_citation_has_its_source_and_every_source_its_passage(person):
    record = person.says("What are the side effects of palbociclib?")
    numbers = {source.n for source in record.answer.sources}
    cited = {n for sentence in record.answer.sentences for n in sentence.citations}
    passages = {passage.id for passage in record.passages}
    assert cited == numbers != set()
    assert numbers == set(range(1, len(numbers) + 1))
    assert all(set(source.passage_ids) <= passages for source in record.answer.sources)


def test_every_sentence_stands_in_a_passage_it_cites(person):
    record = person.says("I take ribociclib", "can I drink grapefruit juice?")
    texts = {passage.id: passage.text for passage in record.passages}
    for sentence in record.answer.sentences:
        ids = [i for s in record.answer.sources if s.n in sentence.citations for i in s.passage_ids]
        assert any(sentence.text in texts[i] for i in ids)


def test_used_facts_are_on_the_card_and_make_the_answer_the_persons_own(person):
    record = person.says("I have ER positive metastatic breast cancer", "What are my options?")
    on_card = {f.fact_id for f in record.card["self"]}
    assert set(record.answer.used_facts) <= on_card
    assert record.answer.general == (not record.answer.used_facts)


def test_record_is_read_back_as_it_was_written(person):
    record = person.says("What is tamoxifen?")
    assert TurnRecord.model_validate_json(record.model_dump_json()) == record


def test_stored_record_is_the_one_given_back(person):
    record = person.says("What is tamoxifen?")
    kept = person.services.store.turns(person.person_id, person.thread_id)[-1]
    assert TurnRecord.model_validate_json(kept.record) == record


def test_self_is_on_the_card_record_also_when_nothing_is_known():
    assert card_record({}) == {"self": ()}
    mother = card(fact("age", "70", subject="mother"), subject="mother")
    assert set(card_record({"mother": mother})) == {"self", "mother"}


def test_answer_record_leaves_out_what_later_steps_alone_need():
    answer = write(Draft(short=(claim(),)), load_phrases())
    dumped = answer_record(answer).model_dump()
    assert set(dumped) == ANSWER_FIELDS
    assert set(dumped["sentences"][0]) == {"text", "citations"}


def test_interaction_row_is_a_passage_with_its_source(tables):
    row = tables.interactions[0]
    passage = row_record(row)
    assert (passage.id, passage.url) == (row.row_id, row.url)
    assert row.effect in passage.text and row.advice in passage.text
