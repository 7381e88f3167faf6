"""Which passages are found, and whether they carry an answer."""

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

    def search(self, query, k=None, encode=None):
        self.asked.append(query)
        return self.hits


def found(kit_of, question, *hits, about=None):
    question = CondensedQuestion(raw=question, standalone=question)
    kit = kit_of(LIBRARY)
    known = known_of(about or card(), kit.lexicon)
    return retrieve(question, known, told=frozenset(), searcher=Found(*hits), kit=kit)


def test_raw_and_condensed_question_are_both_searched(kit_of, lexicon):
    searcher = Found(hit("tamoxifen"))
    question = CondensedQuestion(raw="and with that?", standalone="grapefruit with tamoxifen?")
    known = known_of(card(), lexicon)
    retrieve(question, known, told=frozenset(), searcher=searcher, kit=kit_of(LIBRARY))
    assert searcher.asked[0][:2] == ["and with that?", "grapefruit with tamoxifen?"]


def test_near_passage_carries_an_answer(kit_of):
    assert found(kit_of, "what helps", hit("tamoxifen", similarity=0.7)).scope == "answer"


def test_less_near_passage_carries_one_where_its_article_names_all_that_is_asked(kit_of):
    near_enough = hit("tamoxifen", similarity=0.45)
    assert found(kit_of, "how is tamoxifen swallowed", near_enough).scope == "answer"


def test_medical_question_without_a_near_passage_has_no_source(kit_of):
    assert found(kit_of, "zoledronic acid jaw", hit("triple-negative", similarity=0.1)).scope == (
        "no_source"
    )


def test_question_about_something_else_is_out_of_scope(kit_of):
    far = hit("tamoxifen", similarity=0.05)
    assert found(kit_of, "who won the football match", far).scope == "out_of_scope"


def test_less_near_passage_that_does_not_name_the_medicine_has_no_source(kit_of):
    passage = hit("tamoxifen", similarity=0.45)
    assert found(kit_of, "how is denosumab swallowed", passage).scope == "no_source"


def test_other_illness_is_told_as_such(kit_of):
    evidence = found(kit_of, "best treatment for prostate cancer?", hit("tamoxifen"))
    assert (evidence.scope, evidence.limit) == ("out_of_scope", "other_illness")


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


def test_score_stays_within_zero_and_one(kit_of):
    hits = (hit("tamoxifen", score=1.0), hit("triple-negative", score=0.0))
    scores = [h.score for h in found(kit_of, "tamoxifen", *hits).hits]
    assert all(0 <= score <= 1 for score in scores)


def test_preference_on_the_card_filters_nothing(kit_of):
    wish = card(fact("preference", "integrative"))
    hits = (hit("triple-negative", score=0.7), hit("tamoxifen", score=0.65))
    assert len(found(kit_of, "what are my options", *hits, about=wish).hits) == 2
