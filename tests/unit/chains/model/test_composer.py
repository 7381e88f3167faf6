"""A model's answer: checked as it streams, and the library's whole one wherever it fails."""

import logging
import time
from uuid import uuid4

import pytest

from chains.events import (
    ModelUsed,
    Notice,
    Sent,
    TextDelta,
    TextRestarted,
    Waiting,
    text_so_far,
)
from chains.model.consent import agree, consent_of, keep_local
from chains.model.failures import WHY
from chains.turn import run_turn
from tests.support.model_server import Reply, faithful, passages_in
from tests.support.people import Person
from tests.support.with_model import KEY, events_of

QUESTION = "What is letrozole and what are its side effects?"


def _told(services, message=QUESTION, **who):
    who = {"person_id": f"p-{uuid4().hex}", "thread_id": f"t-{uuid4().hex}", **who}
    return events_of(services, message, **who)


def _used(events):
    return next(event for event in events if isinstance(event, ModelUsed))


def test_checked_sentences_are_told_as_they_come_in_our_frame(modelled, services):
    events = _told(modelled)
    record = events[-1].record
    own = Person(services).says(QUESTION).answer
    pieces = [event for event in events if isinstance(event, TextDelta)]
    assert len(pieces) > 3 and not any(isinstance(event, TextRestarted) for event in events)
    assert text_so_far(events) == record.answer.markdown
    assert _used(events).kept >= 3 and not _used(events).handed_over
    assert record.answer.questions_to_ask == own.questions_to_ask
    assert record.answer.related_questions == own.related_questions
    assert record.answer.markdown.endswith(services.replies.notice)
    assert record.usage.prompt_tokens == 1234


def test_each_sentence_names_sources_of_the_lines_it_was_written_from(modelled):
    answer = _told(modelled)[-1].record.answer
    numbers = {source.n for source in answer.sources}
    assert answer.sentences
    assert all(
        sentence.citations and set(sentence.citations) <= numbers for sentence in answer.sentences
    )
    assert all(source.passage_ids for source in answer.sources)


MISBEHAVIOURS = {
    "key": Reply(status=401, error=f"Incorrect API key provided: {KEY}"),
    "busy": Reply(status=429, headers={"retry-after": "90"}),
    "server": Reply(status=500),
    "missing": Reply(status=404),
    "too_long": Reply(status=400, error="the request exceeds the available context size"),
    "refused": Reply(status=400, error="no such parameter"),
    "empty": Reply(""),
    "malformed": Reply(raw="data: {not json\n\n"),
    "language": Reply("Letrozol es un medicamento muy bueno [1]. Puede tomarlo con agua [2]."),
    "unsupported": Reply("Bananas shrink every tumor [1]. The moon is made of cheese [2]."),
}


@pytest.mark.parametrize("kind", MISBEHAVIOURS)
def test_whatever_fails_the_librarys_whole_answer_comes_with_one_line(
    modelled, services, server, kind, caplog
):
    server.behave = lambda _body: MISBEHAVIOURS[kind]
    caplog.set_level(logging.DEBUG)
    events = _told(modelled)
    answer = events[-1].record.answer
    assert _used(events).handed_over == kind
    assert answer.sentences == Person(services).says(QUESTION).answer.sentences
    assert answer.markdown.count(WHY[kind]) == 1
    assert [e.text for e in events if isinstance(e, Notice)] == [
        f"{WHY[kind]} This answer comes straight from the library."
    ]
    assert text_so_far(events) == answer.markdown
    assert KEY not in caplog.text and KEY not in "".join(e.model_dump_json() for e in events)


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (lambda _body: Reply("x", wait_s=20), "timeout"),
        (lambda body: Reply(faithful(body).text, hang_after=25), "timeout"),
        (lambda body: Reply(faithful(body).text, cut_after=25), "cut"),
        (lambda _body: Reply("Letrozole lowers the amount of", finish=False), "cut"),
    ],
)
def test_a_stream_that_stops_leaves_no_half_answer(modelled_at, services, server, reply, kind):
    server.behave = reply
    modelled = modelled_at(server.url, first_word_s=0.7, answer_s=3.0)
    began = time.monotonic()
    events = _told(modelled)
    answer = events[-1].record.answer
    assert time.monotonic() - began < 15
    assert _used(events).handed_over == kind
    assert answer.sentences == Person(services).says(QUESTION).answer.sentences
    assert text_so_far(events) == answer.markdown


def test_a_server_that_drips_is_left_at_the_time_limit_for_the_whole_answer(modelled_at, server):
    server.behave = lambda _body: Reply("Letrozole " * 4000)
    events = _told(modelled_at(server.url, answer_s=0.5))
    assert _used(events).handed_over == "timeout"


def test_nobody_is_made_to_wait_for_a_service_that_was_just_found_dead(modelled_at, server):
    server.behave = lambda _body: Reply("x", wait_s=20)
    modelled = modelled_at(server.url, first_word_s=0.5)
    _told(modelled)
    asked = len(server.bodies)
    began = time.monotonic()
    events = _told(modelled)
    assert len(server.bodies) == asked
    assert not any(isinstance(event, Sent | Waiting) for event in events)
    assert WHY["resting"] in events[-1].record.answer.markdown
    assert time.monotonic() - began < 10


def test_stop_takes_hold_while_the_model_is_waited_for(modelled_at, server):
    server.behave = lambda _body: Reply("x", wait_s=20)
    modelled = modelled_at(server.url)
    person = Person(modelled)
    thread = modelled.store.ensure_thread(person.person_id, person.thread_id)
    turn = modelled.store.begin_turn(person.person_id, person.thread_id, typed=QUESTION)
    events = run_turn(turn, thread, modelled)
    assert any(isinstance(event, Waiting) for event in events)
    events.close()
    kept = modelled.store.turn(person.person_id, turn.turn_id)
    assert (kept.status, kept.record) == ("interrupted", None)


@pytest.mark.parametrize(
    "message",
    [
        "fever of 39.1 now on chemo",
        "I want to kill myself",
        "Because of my neutrophils the dose was",
        "Forget that I take letrozole",
        "What do you know about me?",
        "I take letrozole",
        "hello",
        "How do I change the oil of my car?",
        "What is the capital of France?",
    ],
)
def test_what_is_no_question_for_the_library_never_goes_to_a_model(writer, server, message):
    writer.says(message)
    assert server.bodies == []


def test_what_the_card_rules_out_is_not_in_the_prompt_and_an_unknown_is_a_branch(writer, server):
    writer.says("My cancer is triple negative and metastatic.")
    writer.says("What are my treatment options?")
    told = server.asked()[-1].partition("<PASSAGES>")[2].partition("</PASSAGES>")[0]
    assert told
    assert "letrozole" not in told.lower()
    other = Person(writer.services)
    other.says("What are the treatment options for metastatic breast cancer?")
    hints = [hint for _, hint, _ in passages_in(server.bodies[-1]) if hint.startswith("If ")]
    assert hints and all(hint.endswith("not known") for hint in hints)


def test_a_branch_keeps_its_condition_when_the_model_leaves_it_out(writer, server):
    def of_branches(body):
        lines = [(n, text) for n, hint, text in passages_in(body) if hint.startswith("If ")]
        return Reply(" ".join(f"{text.split('. ')[0].rstrip('.')}. [{n}]" for n, text in lines[:2]))

    server.behave = of_branches
    record = writer.says("What are the treatment options for metastatic breast cancer?")
    assert record.answer.markdown.count("**If ") >= 1


def test_messages_stay_here_until_the_person_agreed_to_another_machine(modelled_at):
    away = modelled_at("http://model.invalid/v1", first_word_s=0.5)
    events = _told(away, person_id="careful")
    assert not any(isinstance(event, Sent) for event in events)
    agree(away.store, "careful", away.model.parts.client.endpoint)
    assert any(isinstance(event, Sent) for event in _told(away, person_id="careful"))
    other = modelled_at("http://elsewhere.invalid/v1")
    assert not consent_of(other.store, "careful", other.model.parts.client.endpoint).may_send


def test_the_switch_keeps_messages_from_a_model_on_this_machine_too(writer, server):
    keep_local(writer.services.store, writer.person_id)
    record = writer.says(QUESTION)
    assert server.bodies == [] and record.kind == "answer"


def test_what_identifies_a_person_is_masked_and_put_back(modelled, server):
    secrets = ["rosa@example.org", "415-555-0134", "MRN 8837261", "12 March 1961"]
    message = (
        f"I am Rosa, {secrets[0]}, phone {secrets[1]}, {secrets[2]}, born {secrets[3]}. {QUESTION}"
    )

    def with_a_place(body):
        text = faithful(body).text
        return Reply(text.replace("[1]", "{email-1} [1]", 1))

    server.behave = with_a_place
    record = _told(modelled, message)[-1].record
    sent = server.asked()[-1]
    assert not any(secret.removeprefix("MRN ") in sent for secret in secrets)
    assert "{email-1}" in sent and "{email-1}" not in record.answer.markdown


def test_the_prompt_stays_under_its_budget_whatever_is_sent(modelled_at, server):
    small = modelled_at(server.url, prompt_tokens=2000)
    long = QUESTION + " I slept badly and walked a little in the garden with my dog." * 120
    sent = [event for event in _told(small, long) if isinstance(event, Sent)]
    assert sent and all(event.prompt_tokens <= 2000 for event in sent)
    assert passages_in(server.bodies[-1])


def test_a_prompt_that_was_too_long_for_the_server_is_halved_for_the_next(modelled, server):
    server.behave = lambda _body: MISBEHAVIOURS["too_long"]
    _told(modelled)
    assert modelled.model.parts.budget.tokens == 3000
    server.behave = faithful
    assert not _used(_told(modelled)).handed_over


def test_the_first_message_of_every_prompt_is_the_same_so_that_it_can_be_cached(writer, server):
    writer.says(QUESTION, "What helps with hot flashes?")
    rules = {body["messages"][0]["content"] for body in server.bodies}
    assert len(server.bodies) == 2 and len(rules) == 1


def test_a_model_that_reads_helps_before_it_answers_and_its_facts_are_kept(writer, server):
    def behave(body):
        if "response_format" not in body:
            return faithful(body)
        if "MESSAGE" not in body["messages"][-1]["content"]:
            return Reply('{"blue": true}')
        return Reply('{"quotes": ["I am still on tamoxifen", "I take ribociclib"], "question": ""}')

    server.behave = behave
    writer.services.model.parts.support._probe()
    events = events_of(
        writer.services,
        "I am still on tamoxifen, what helps with hot flashes?",
        person_id=writer.person_id,
        thread_id=writer.thread_id,
    )
    assert [e.purpose for e in events if isinstance(e, Sent)] == ["reading", "answer"]
    kept = {f.name for f in writer.services.store.card(writer.person_id).facts}
    assert kept == {"tamoxifen"}
