"""Which passages are found, and whether they carry an answer."""

import pytest

from chains.compose.person import known_of
from chains.retrieval import retrieve
from chains.stages import CondensedQuestion
from tests.support.builders import article, card, fact, hit, library, line, marker, section

LIBRARY = library(
    article(
        "tamoxifen",
        "Tamoxifen",
        [section("in_short", line("Tamoxifen blocks estrogen."))],
        topics=("endocrine",),
        answers=("What is tamoxifen?",),
    ),
    article(
        "triple-negative",
        "Triple negative disease",
        [section("in_short", line("Triple negative means three tests are negative."))],
        topics=("triple_negative",),
        answers=("What is triple negative disease?",),
    ),
)


class Found:
    """A searcher that finds what it is told and remembers what it was asked."""

    def __init__(self, *hits):
        self.hits = list(hits)
        self.asked = []

    def search(self, query, k=None):
        self.asked.append(query)
        return self.hits


def found(kit_of, question, *hits, about=None):
    question = CondensedQuestion(raw=question, standalone=question)
    kit = kit_of(LIBRARY)
    known = known_of(about or card(), kit.lexicon)
    return retrieve(question, known, searcher=Found(*hits), kit=kit)


def test_raw_and_condensed_question_are_both_searched(kit_of, lexicon):
    searcher = Found(hit("tamoxifen"))
    question = CondensedQuestion(raw="and with that?", standalone="grapefruit with tamoxifen?")
    retrieve(question, known_of(card(), lexicon), searcher=searcher, kit=kit_of(LIBRARY))
    assert searcher.asked == [["and with that?", "grapefruit with tamoxifen?"]]


def test_near_passage_carries_an_answer(kit_of):
    assert found(kit_of, "what helps", hit("tamoxifen", similarity=0.7)).scope == "answer"


def test_far_passage_about_a_named_medicine_carries_one(kit_of):
    near_enough = hit("tamoxifen", similarity=0.32)
    assert found(kit_of, "how is tamoxifen swallowed", near_enough).scope == "answer"


def test_medical_question_without_a_near_passage_has_no_source(kit_of):
    assert found(kit_of, "zoledronic acid jaw", hit("triple-negative", similarity=0.1)).scope == (
        "no_source"
    )


def test_question_about_something_else_is_out_of_scope(kit_of):
    far = hit("tamoxifen", similarity=0.05)
    assert found(kit_of, "who won the football match", far).scope == "out_of_scope"


def test_nothing_found_is_no_answer(kit_of):
    evidence = found(kit_of, "what about tamoxifen")
    assert (evidence.hits, evidence.scope) == ((), "no_source")


def test_named_article_is_raised_and_no_passage_is_lost(kit_of):
    hits = (hit("triple-negative", score=0.7), hit("tamoxifen", score=0.65))
    evidence = found(kit_of, "tell me about tamoxifen", *hits)
    assert [h.article_id for h in evidence.hits] == ["tamoxifen", "triple-negative"]


def test_article_on_a_ruled_out_type_is_lowered_not_dropped(kit_of):
    hits = (hit("triple-negative", score=0.7), hit("tamoxifen", score=0.65))
    positive = card(marker("ER", "positive"))
    evidence = found(kit_of, "what are my options", *hits, about=positive)
    assert [h.article_id for h in evidence.hits] == ["tamoxifen", "triple-negative"]


@pytest.mark.parametrize("score", [0.9, 1.0])
def test_score_never_exceeds_one(kit_of, score):
    evidence = found(kit_of, "tamoxifen", hit("tamoxifen", score=score))
    assert evidence.hits[0].score == 1.0


def test_preference_on_the_card_filters_nothing(kit_of):
    wish = card(fact("preference", "integrative"))
    hits = (hit("triple-negative", score=0.7), hit("tamoxifen", score=0.65))
    assert len(found(kit_of, "what are my options", *hits, about=wish).hits) == 2
