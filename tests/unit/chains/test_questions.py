"""Which plan a question gets."""

import pytest

from chains.errors import RuleError
from chains.questions import load_plans, plan_for


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How does trastuzumab deruxtecan work?", "how_it_works"),
        ("how do aromatase inhibitors fight the cancer", "how_it_works"),
        ("Is letrozole better than tamoxifen?", "compare"),
        ("difference between ribociclib and palbociclib", "compare"),
        ("What are the side effects of capecitabine?", "side_effects"),
        ("can anastrozole cause hair loss", "side_effects"),
        ("Can I drink green tea while on palbociclib?", "together"),
        ("What does HER2-low mean?", "result_meaning"),
        ("my CA 15-3 is going up", "result_meaning"),
        ("When should I call about diarrhea?", "when_to_call"),
        ("I forgot a pill, missed a dose of abemaciclib", "how_taken"),
        ("How do I find a support group?", "how_to_find"),
        ("where can I get a second opinion", "how_to_find"),
        ("What comes next if this stops working?", "what_next"),
        ("What helps with hot flashes?", "coping"),
        ("Is CAR-T approved for breast cancer?", "availability"),
        ("what treatments are there for stage III", "options"),
    ],
)
def test_question_gets_the_plan_of_its_kind(lexicon, question, kind):
    assert plan_for(question, lexicon).kind == kind


@pytest.mark.parametrize("question", ["zebra", "?", "", "zzz"])
def test_any_text_gets_the_last_plan_at_least(lexicon, question):
    assert plan_for(question, lexicon) == load_plans()[-1]


def test_every_plan_says_where_its_answer_comes_from():
    assert all(plan.lead and plan.sections for plan in load_plans())


def test_every_section_of_a_plan_stands_in_the_library(services):
    library = services.index.library.articles.values()
    kinds = {section.kind for article in library for section in article.sections}
    named = {kind for plan in load_plans() for kind in (*plan.lead, *plan.sections)}
    assert named <= kinds


@pytest.mark.parametrize(
    "rows", ["- {kind: a, patterns: ['('], lead: [], sections: []}", "- {kind: a}", "- 5"]
)
def test_broken_plan_is_refused_by_its_file(tmp_path, rows):
    path = tmp_path / "broken.yaml"
    path.write_text(rows, encoding="utf-8")
    with pytest.raises(RuleError, match=r"broken\.yaml"):
        load_plans(path)
