"""A whole answer from the shipped library."""

import re

import pytest

from chains.compose.person import known_of
from chains.retrieval import retrieve
from chains.stages import CondensedQuestion
from tests.support.builders import card, fact, marker


@pytest.fixture
def drafted(services):
    def draft(question, *facts, subject="self"):
        about = card(*facts, subject=subject)
        asked = CondensedQuestion(raw=question, standalone=question)
        kit = services.composer.kit
        known = known_of(about, kit.lexicon)
        evidence = retrieve(asked, known, told=frozenset(), searcher=services.searcher, kit=kit)
        return services.composer.compose(asked, evidence.hits, about)

    return draft


QUESTIONS = [
    "How does palbociclib work?",
    "What are the side effects of tamoxifen?",
    "What helps with fatigue?",
    "Can I drink alcohol, such as a glass of wine, after breast cancer?",
    "How do I get a second opinion?",
    "What does HER2-low mean?",
    "What are the options for triple negative disease?",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_claim_is_grounded(services, drafted, question):
    draft = drafted(question)
    _, report = services.grounder.ground(draft)
    assert report.dropped == ()
    assert report.supported > 2


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_sentence_stands_twice_and_the_answer_is_neither_short_nor_long(drafted, question):
    said = [claim.text for claim in drafted(question).claims()]
    assert len(said) == len(set(said))
    assert 60 <= sum(len(text.split()) for text in said) <= 400


@pytest.mark.parametrize("question", QUESTIONS)
def test_answer_has_a_short_answer_questions_reading_and_related_questions(drafted, question):
    draft = drafted(question)
    assert 1 <= len(draft.short) <= 2
    assert 3 <= len(draft.questions_to_ask) <= 6
    assert draft.further_reading
    assert all(r.question != question and r.preview for r in draft.related)


def test_nothing_known_is_said_with_how_to_make_it_ones_own(services, drafted):
    assert drafted("What helps with fatigue?").general_note == (
        services.composer.kit.phrases.general
    )


def test_used_card_opens_the_answer_and_the_general_line_goes(drafted):
    draft = drafted(
        "What are the side effects of ribociclib?",
        fact("medication", "ribociclib"),
        fact("extent", "metastatic"),
    )
    assert draft.used_facts
    assert "ribociclib" in draft.in_mind
    assert draft.general_note == ""


def test_relative_is_spoken_of_not_to(drafted):
    draft = drafted(
        "What are the options for HER2-positive disease that has spread?",
        fact("extent", "metastatic", subject="mother"),
        fact("biomarker", "HER2", subject="mother", value="positive"),
        subject="mother",
    )
    reasons = " ".join(claim.because for claim in draft.claims())
    assert "your mother" in draft.in_mind + reasons
    assert not re.search(r"\byou take\b|\byour cancer\b", reasons)


def test_ruled_out_lines_are_left_out(services, drafted):
    known = (marker("ER", "negative"), marker("PR", "negative"), marker("HER2", "negative"))
    draft = drafted("What are my treatment options for breast cancer?", *known)
    lines = {
        line.text: line
        for article in services.index.library.articles.values()
        for section in article.sections
        for line in section.lines
    }
    held = known_of(card(*known), services.lexicon)
    said = [lines[claim.text] for claim in draft.claims() if claim.text in lines]
    assert said and all(held.fit(line).verdict != "ruled_out" for line in said)


@pytest.mark.parametrize(
    "question", ["Should I lower my dose of letrozole?", "can i skip my tamoxifen this week"]
)
def test_dose_decision_is_handed_to_the_care_team(drafted, question):
    draft = drafted(question, fact("medication", "letrozole"))
    assert any("care team" in line for line in draft.openings)


def test_comparison_puts_both_medicines_side_by_side(drafted):
    draft = drafted("What is the difference between ribociclib and palbociclib?")
    assert len(draft.sides) == 2
    assert len(draft.table) >= 2


def test_opening_is_never_an_empty_phrase(drafted):
    draft = drafted("Which integrative approaches help?", fact("preference", "integrative"))
    assert "told you" not in draft.in_mind
    assert ": .*" not in draft.in_mind


def test_medicine_that_no_source_speaks_of_is_named(services):
    asked = CondensedQuestion(raw="what helps with fatigue", standalone="what helps with fatigue")
    hits = services.searcher.search(asked.raw)
    draft = services.composer.compose(asked, hits, card(), left_out=("metformin",))
    assert any("metformin" in line for line in draft.openings)


def test_feeling_gets_warmth_first_then_what_helps(services):
    draft = services.composer.comfort("I am so scared that it comes back", card())
    assert draft.openings[0]
    assert draft.short
    assert draft.services


def test_statement_opens_questions_with_what_answers_them(services):
    told = [fact("symptom", "fatigue")]
    draft = services.composer.opened_by("I am so tired all day", told, (), card(*told))
    assert 1 <= len(draft.related) <= 2
    assert [c.lead for c in draft.claims()] == [r.question for r in draft.related]
