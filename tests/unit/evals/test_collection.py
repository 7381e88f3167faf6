"""What a question must pass to be collected, and that those collected still do."""

import pytest

from chains.learn.collection import load_collection, preview_of
from evals.collection.checks import broken_rules, must_not

A_SAMPLE = slice(3, None, 10)


@pytest.fixture
def broken(services):
    """The rules that a record breaks as the answer to a question of an article."""

    def hold(article, question, record):
        kit = services.composer.kit
        return broken_rules(question, article, record, lexicon=kit.lexicon, phrases=kit.phrases)

    return hold


@pytest.fixture
def answered(services, person):
    """An article with one of its collected questions, and the answer to it."""
    row = load_collection()[40]
    return services.index.article(row.article_id), row.question, person.says(row.question)


@pytest.mark.parametrize("row", load_collection()[A_SAMPLE], ids=lambda row: row.question)
def test_preview_is_how_the_answer_begins_today_and_the_answer_passes(
    services, person, broken, row
):
    record = person.says(row.question)
    assert preview_of(record) == row.preview, "run `make questions`"
    assert broken(services.index.article(row.article_id), row.question, record) == []


def _with_sentences(record, sentences):
    answer = record.answer.model_copy(update={"sentences": tuple(sentences)})
    return record.model_copy(update={"answer": answer})


def test_answer_that_opens_on_another_line_is_refused(answered, broken):
    article, question, record = answered
    turned = _with_sentences(record, reversed(record.answer.sentences))
    assert "does not open on the line that is marked for it" in broken(article, question, turned)


def test_short_long_and_repeating_answers_are_refused(answered, broken):
    article, question, record = answered
    said = record.answer.sentences
    assert any(
        "words, not 120" in r for r in broken(article, question, _with_sentences(record, said[:2]))
    )
    many = broken(article, question, _with_sentences(record, said * 6))
    assert any("words, not 120" in reason for reason in many) and "says a sentence twice" in many


def test_hard_words_are_refused(answered, broken):
    article, question, record = answered
    hard = [
        s.model_copy(
            update={
                "text": f"Notwithstanding considerable heterogeneity, pharmacological interventions"
                f" necessitate individualized multidisciplinary deliberation number {n}."
            }
        )
        for n, s in enumerate(record.answer.sentences)
    ]
    found = broken(article, question, _with_sentences(record, [record.answer.sentences[0], *hard]))
    assert any("grade" in reason for reason in found)


def test_answer_with_a_gap_is_refused(answered, broken, services):
    article, question, record = answered
    gap = services.composer.kit.phrases.left_out.format(names="aspirin")
    answer = record.answer.model_copy(update={"markdown": f"{gap}\n\n{record.answer.markdown}"})
    found = broken(article, question, record.model_copy(update={"answer": answer}))
    assert found == ["says that something has no source"]


def test_question_that_is_read_as_another_or_teaches_a_fact_is_refused(answered, broken, person):
    article, question, record = answered
    other = record.model_copy(update={"standalone_question": "What is something else?"})
    assert broken(article, question, other) == ["is read as another question"]
    told = person.says("I take letrozole")
    taught = record.model_copy(update={"facts": told.facts})
    assert told.facts
    assert broken(article, question, taught) == ["is taken for a fact about the person"]


def test_what_is_no_answer_is_refused(answered, broken):
    article, question, record = answered
    limit = record.model_copy(update={"kind": "no_source"})
    assert broken(article, question, limit) == ["is told as no_source"]


@pytest.mark.parametrize(
    "claim",
    [
        "You should take 20 mg in the morning.",
        "Stop taking your medicine for a week.",
        "This herb will cure the cancer.",
        "Healing is guaranteed.",
        "Do not worry about it.",
        "{when: extent = early} For early cancer.",
        "A pill \u2014 once a day.",
    ],
)
def test_claim_that_no_answer_may_hold_is_named(claim):
    assert list(must_not([claim]))


def test_what_a_label_says_may_be_told():
    assert (
        list(must_not(["The label starts ribociclib at 600 mg (three tablets) once a day."])) == []
    )
