"""A prompt costs the same at turn 200 as at turn 10, and tells nothing that the card denies."""

import json

import pytest

from chains.compose.person import known_of
from chains.model.masking import Masks
from chains.model.prompt import Material, build
from chains.model.talk import Asked, Talk, talk_before
from tests.support.builders import card, fact, marker
from tests.support.with_model import events_of
from vectorstore.tokens import count_tokens

QUESTION = "What helps with joint pain from letrozole?"


def _fill(person, record, questions, upto):
    """Turns as they would be kept, without the time of answering each."""
    store = person.services.store
    begun = store.turns(person.person_id, person.thread_id, limit=1)
    for number in range(begun[-1].number + 1, upto):
        asked = questions[number % len(questions)]
        turn = store.begin_turn(person.person_id, person.thread_id, typed=asked)
        kept = record | {"standalone_question": asked, "message": asked, "turn": number}
        store.finish_turn(
            person.person_id, turn.turn_id, status="complete", record=json.dumps(kept)
        )


def test_turn_200_costs_at_most_a_tenth_more_than_turn_10(writer):
    services = writer.services
    writer.says("I have ER positive, HER2 negative breast cancer and I take letrozole.")
    record = json.loads(writer.says("What is letrozole?").model_dump_json())
    articles = services.index.library.articles.values()
    questions = [asked for article in articles for asked in article.answers]
    tokens = {}
    for number in (10, 50, 200):
        _fill(writer, record, questions, number)
        who = {"person_id": writer.person_id, "thread_id": writer.thread_id}
        events = events_of(services, QUESTION, **who)
        assert events[-1].record.turn == number
        tokens[number] = next(e.prompt_tokens for e in events if e.type == "sent")
    assert max(tokens[50], tokens[200]) <= 1.1 * tokens[10]


def test_summary_leaves_out_what_was_forgotten_and_what_the_card_denies(writer, lexicon):
    store = writer.services.store
    asked = (
        "I take letrozole. What helps with joint pain?",
        "Is treatment for HER2 positive breast cancer hard?",
        "What is a mastectomy?",
        "What is radiation?",
        "What is a biopsy?",
    )
    writer.says(*asked)
    held = store.card(writer.person_id)
    store.forget_fact(writer.person_id, held.find("medication", "letrozole").fact_id)
    thread = store.ensure_thread(writer.person_id, writer.thread_id)
    turn = store.begin_turn(writer.person_id, writer.thread_id, typed="and now?")
    known = known_of(card(marker("HER2", "negative")), lexicon)
    talk = talk_before(turn, thread, store, known)
    assert talk.summary and talk.last
    told = " ".join([
        *(one.text for one in talk.summary),
        *(x.said + x.answered for x in talk.last),
    ]).lower()
    assert "mastectomy" in told
    assert "letrozole" not in told and "her2 positive" not in told


@pytest.mark.parametrize("budget", [2000, 3000, 6000])
def test_budget_holds_for_a_long_card_and_a_long_question(budget, lexicon):
    facts = [fact("symptom", f"symptom number {n}") for n in range(200)]
    material = Material(
        question="why " * 4000,
        standalone="because " * 4000,
        card=card(*facts),
        talk=Talk((), tuple(Asked(f"line {n} of a long talk") for n in range(300))),
        passages=[],
        headings=["Side effects"],
    )
    built = build(material, "Rules. " * 280, budget, Masks())
    assert built.tokens <= budget
    assert built.tokens == sum(count_tokens(message.text) for message in built.messages)


def test_each_fact_is_a_part_of_its_own_so_that_it_can_be_forgotten():
    told = [fact("medication", "letrozole"), fact("medication", "ribociclib")]
    material = Material("q", "q", card(*told), Talk((), ()), [], [])
    parts = build(material, "Rules.", 2000, Masks()).messages[1].parts
    assert {p.fact_id for p in parts} - {""} == {f.fact_id for f in told}
