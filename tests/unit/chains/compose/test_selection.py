"""Which lines answer the question, for this person."""

import pytest

from chains.compose.choosing import choose_articles
from chains.compose.matching import Match
from chains.compose.person import known_of
from chains.compose.selection import (
    build_pool,
    lines_for,
    short_answer,
    unknown_branches,
)
from chains.questions import plan_for
from chains.stages import CondensedQuestion
from tests.support.builders import article, card, fact, hit, library, line, marker, section

HORMONE = article(
    "hormone-medicine",
    "Hormone medicine",
    [
        section("in_short", line("Hormone medicine starves the cancer of estrogen.", number=1)),
        section(
            "how_it_works",
            line("Some pills stop the body from making estrogen.", number=2, marker="step"),
            line("Others sit on the receptor instead.", number=3, marker="step"),
        ),
        section(
            "side_effects",
            line("Hot flashes are common.", number=4, answers=(2,)),
            line("Joints can ache with letrozole.", number=5),
            line("Grapefruit has nothing to do with joints.", number=6),
        ),
        section(
            "options",
            line(
                "For HER2-positive disease it is given with trastuzumab.",
                number=7,
                when="biomarker.HER2 = positive",
            ),
            line(
                "For HER2-negative disease it is given with a CDK4/6 medicine.",
                number=8,
                when="biomarker.HER2 = negative",
            ),
            line(
                "Before menopause the ovaries are quieted.",
                number=9,
                when="menopausal_status = premenopausal",
            ),
            line(
                "On ribociclib blood counts are checked.",
                number=10,
                when="medication = ribociclib",
                answers=(2,),
            ),
        ),
        section("questions", line("How long do I take it?", number=11, citations=())),
    ],
    answers=("What is hormone medicine?", "What are its side effects?"),
)
OTHER = article("walking", "Walking", [section("in_short", line("Walk a little.", number=1))])
TAMOXIFEN = article(
    "tamoxifen", "Tamoxifen", [section("in_short", line("It blocks estrogen.", number=1))]
)
BOTH = library(HORMONE, OTHER, TAMOXIFEN)


@pytest.fixture
def pool_of(kit_of):
    def make(question, *facts):
        kit = kit_of(BOTH)
        return build_pool(question, (HORMONE,), known_of(card(*facts), kit.lexicon), kit)

    return make


def texts(candidates):
    return [candidate.line.text for candidate in candidates]


@pytest.fixture
def chosen(kit_of):
    def choose(hits, question="what helps", *facts):
        kit = kit_of(BOTH)
        asked = CondensedQuestion(raw=question, standalone=question)
        return choose_articles(hits, asked, known_of(card(*facts), kit.lexicon), kit)

    return choose


def test_best_article_and_those_near_it_are_chosen_best_first(chosen):
    hits = [hit("walking", score=0.9), hit("hormone-medicine", score=1.0)]
    assert chosen(hits) == (HORMONE, OTHER)


def test_article_far_behind_the_best_is_left_out(chosen):
    assert chosen([hit("walking", score=0.4), hit("hormone-medicine", score=1.0)]) == (HORMONE,)


def test_no_hits_choose_no_article(chosen):
    assert chosen([]) == ()


def test_article_whose_own_question_is_asked_comes_first(chosen):
    hits = [hit("walking", score=1.0), hit("hormone-medicine", score=0.2)]
    assert chosen(hits, "what is hormone medicine?") == (HORMONE, OTHER)


def test_article_on_a_medicine_speaks_only_of_those_who_ask_or_take_it(chosen):
    hits = [hit("tamoxifen", score=1.0), hit("walking", score=0.5)]
    assert chosen(hits) == (OTHER,)
    assert chosen(hits, "how does tamoxifen work") == (TAMOXIFEN,)
    assert chosen(hits, "what helps", fact("medication", "tamoxifen")) == (TAMOXIFEN,)
    past = fact("medication", "tamoxifen", status="past")
    assert chosen(hits, "what helps", past) == (OTHER,)


def test_branches_come_from_the_sections_of_the_plan_alone(pool_of):
    assert unknown_branches(pool_of("what are the options"), {"side_effects"}) == []


def test_ruled_out_lines_are_never_in_the_pool(pool_of):
    pool = pool_of("what are the options", marker("HER2", "negative"))
    assert not any("HER2-positive" in text for text in texts(pool.candidates))
    assert any("HER2-negative" in text for text in texts(pool.with_verdict("met")))


def test_questions_to_ask_are_no_claims(pool_of):
    assert "How long do I take it?" not in texts(pool_of("how long").candidates)


def test_short_answer_comes_from_the_section_that_answers(pool_of, lexicon):
    question = "What are the side effects of hormone medicine?"
    chosen = short_answer(pool_of(question), plan_for(question, lexicon))
    assert {c.section.kind for c in chosen} == {"side_effects"}
    assert 1 <= len(chosen) <= 2


def test_short_answer_never_turns_on_what_is_not_known(pool_of, lexicon):
    question = "what are my options with HER2-positive disease"
    chosen = short_answer(pool_of(question), plan_for(question, lexicon))
    assert {c.fit.verdict for c in chosen} <= {"always", "met"}


def test_line_that_names_what_is_asked_leads(pool_of, lexicon):
    question = "does letrozole make joints ache as a side effect"
    chosen = short_answer(pool_of(question), plan_for(question, lexicon))
    assert "letrozole" in chosen[0].line.text


def test_branches_of_one_unknown_thing_stand_together(pool_of):
    (lines,) = unknown_branches(pool_of("what are the options"), {"options"})
    assert {c.fit.atoms[0].values[0] for c in lines} == {"positive", "negative"}


def test_known_marker_leaves_no_branches(pool_of):
    pool = pool_of("what are the options", marker("HER2", "positive"))
    assert unknown_branches(pool, {"options"}) == []


def test_single_branch_decides_nothing(pool_of):
    groups = unknown_branches(pool_of("before menopause"), {"options"})
    assert not any("menopause" in text for lines in groups for text in texts(lines))


def test_medicine_that_is_not_on_the_card_makes_no_branch(pool_of):
    groups = unknown_branches(pool_of("ribociclib blood counts"), {"options"})
    assert not any("ribociclib" in text for lines in groups for text in texts(lines))


def test_marked_lines_answer_their_question_those_of_the_person_first(pool_of, kit_of):
    taken = fact("medication", "ribociclib")
    match = Match(HORMONE, 2, HORMONE.answers[1], 1.0)
    assert texts(lines_for(match, pool_of("side effects"))) == ["Hot flashes are common."]
    assert texts(lines_for(match, pool_of("side effects", taken))) == [
        "On ribociclib blood counts are checked.",
        "Hot flashes are common.",
    ]


def test_claim_carries_its_sources_and_the_facts_that_made_it_fit(pool_of):
    taken = fact("medication", "ribociclib")
    pool = pool_of("blood counts", taken)
    (candidate,) = pool.with_verdict("met")
    claim = candidate.as_claim(because="because you take ribociclib")
    assert claim.fact_ids == (taken.fact_id,)
    assert [origin.url for origin in claim.origins] == ["https://www.cancer.gov/hormone-medicine"]
    assert claim.chunk_id == "hormone-medicine#options"


def test_yes_or_no_to_another_question_is_not_said_first(services):
    kit = services.composer.kit
    article = kit.library.articles["hot-flash-medicines-without-hormones"]
    pool = build_pool("Does clonidine help?", (article,), known_of(card(), kit.lexicon), kit)
    replies = [c for c in pool.candidates if c.line.text.startswith(("Yes", "No"))]
    assert replies
    assert not set(map(id, replies)) & set(map(id, pool.without_replies([]).candidates))
    number = replies[0].line.answers[0]
    asked = Match(article, number, article.answers[number - 1], 0.9)
    assert replies[0] in pool.without_replies([asked]).candidates


def test_clash_with_another_cancer_medicine_is_no_answer_for_ours(services):
    kit = services.composer.kit
    article = kit.library.articles["antidepressants-and-tamoxifen"]

    def told(question):
        pool = build_pool(question, (article,), known_of(card(), kit.lexicon), kit)
        return " ".join(c.line.text for c in pool.candidates)

    assert "makes tamoxifen active" in told("Is fluoxetine fine with tamoxifen?")
    assert "makes tamoxifen active" not in told("Is fluoxetine fine with letrozole?")
