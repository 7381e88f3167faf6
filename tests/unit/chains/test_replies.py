"""Replies that claim nothing about medicine."""

import pytest
import yaml

from chains.errors import RuleError
from chains.naming import Named
from chains.questions import PLANS
from chains.replies import load_replies
from chains.stages import Completeness, RelatedQuestion
from tests.support.builders import card, fact, marker

OPENS = (RelatedQuestion(question="What is HER2?", preview="A protein."),)


@pytest.fixture
def replies():
    return load_replies()


def test_clarification_names_where_the_message_stops_and_shows_it_as_typed(replies):
    whole = Completeness(label="truncated", reason="dangling", fragment="<b>*my* dose")
    answer = replies.ask_to_finish(whole)
    assert answer.kind == "clarification"
    assert r"\<b\>\*my\* dose" in answer.markdown


def test_statement_is_told_back_fact_by_fact(replies):
    facts = [marker("HER2", "positive"), fact("medication", "letrozole", dose="2.5 mg")]
    told = replies.understood_facts(facts, card(*facts), [])
    assert "- HER2 positive\n- letrozole, 2.5 mg" in told


def test_facts_about_a_relative_say_about_whom(replies):
    one = fact("stage", "II", subject="mother")
    assert "your mother" in replies.understood_facts([one], card(one, subject="mother"), [])


def test_contradiction_names_both_values_and_asks(replies):
    facts = [marker("ER", "positive"), marker("ER", "negative")]
    told = replies.understood_facts(facts[1:], card(*facts), facts)
    assert "ER positive and ER negative" in told
    assert "?" in told


def test_nothing_new_is_said_so(replies):
    told_again = replies.understood_facts([], card(marker("ER", "positive")), [])
    assert replies.understood["nothing_new"].format(whom="") in told_again


def test_every_limit_of_the_wording_can_be_told(replies):
    for name in replies.out_of_scope:
        answer = replies.limit(name, length=9, limit=5)
        assert answer.kind == "out_of_scope"
        assert "{" not in answer.markdown


def test_missing_source_says_so_what_is_nearest_and_whom_to_ask(replies):
    answer = replies.without_source(OPENS)
    assert answer.kind == "no_source"
    assert answer.sources == ()
    assert "What is HER2?" in answer.markdown
    assert "care team" in answer.markdown


def test_missing_source_with_nothing_near_offers_nothing(replies):
    assert replies.no_source["nearest"] not in replies.without_source([]).markdown


def test_card_is_shown_a_line_a_fact(replies):
    known = card(fact("stage", "II"), fact("age", "52"))
    assert "- stage II\n- age 52" in replies.show_card(known).markdown


def test_empty_card_of_a_relative_says_whose_it_is(replies):
    assert "your sister" in replies.show_card(card(subject="sister")).markdown


@pytest.mark.parametrize("facts", [(fact("age", "52"),), ()])
def test_forgetting_shows_the_words_as_typed(replies, facts):
    answer = replies.forgot([Named("[my](javascript:alert(1)) *age*", facts)])
    assert r"\[my\](javascript" in answer.markdown
    assert r"\*age\*" in answer.markdown


def test_every_reply_carries_the_notice(replies):
    known = card(fact("age", "52"))
    answers = [
        replies.ask_to_finish(Completeness(label="truncated", fragment="the")),
        replies.corrected(known.facts),
        replies.limit("topic"),
        replies.without_source([]),
        replies.say("thanks"),
        replies.say("greeting"),
        replies.show_card(known),
        replies.forgot([Named("age", (fact("age", "52"),))]),
        replies.started_over(),
    ]
    assert all("not medical advice" in answer.markdown for answer in answers)


def test_missing_part_of_the_wording_is_named(tmp_path):
    wording = yaml.safe_load((PLANS / "replies.yaml").read_text(encoding="utf-8"))
    del wording["no_source"]
    path = tmp_path / "replies.yaml"
    path.write_text(yaml.safe_dump(wording), encoding="utf-8")
    with pytest.raises(RuleError, match="no_source"):
        load_replies(path)
