"""What follows the short answer."""

import pytest

from chains.compose.body import LEAST_WORDS, LINES_A_SECTION, WORD_BUDGET, Said, body
from chains.compose.person import known_of
from chains.compose.selection import build_pool
from chains.questions import plan_of
from tests.support.builders import article, card, library, line, section

SORE = article(
    "mouth-sores",
    "Mouth sores",
    [
        section("in_short", line("Mouth sores are common during chemotherapy.", number=1)),
        section(
            "what_helps",
            line("A soft toothbrush is kinder to a sore mouth.", number=2),
            line("Rinses with salt water soothe a sore mouth.", number=3),
            line("Rinsing with salty water soothes a sore mouth.", number=4),
            line("Cool soft foods are easier with a sore mouth.", number=5),
            line("Ice chips during the infusion can lower the risk of mouth sores.", number=6),
            line("Alcohol rinses sting in a sore mouth.", number=7),
        ),
        section(
            "how_to_find",
            line("First look at the list.", number=8, marker="step"),
            line("Then ring the nurse.", number=9, marker="step"),
        ),
        section("when_to_call", line("Call when you cannot drink.", number=10)),
    ],
    topics=("side_effects",),
)
QUESTION = "what helps with mouth sores"


@pytest.fixture
def kit(kit_of):
    return kit_of(library(SORE))


@pytest.fixture
def pool(kit):
    return build_pool(QUESTION, (SORE,), known_of(card(), kit.lexicon), kit)


def numbers(groups):
    return [[c.line.number for c in lines] for lines in groups]


def test_line_in_other_words_is_not_said_again(kit, pool):
    said = {n for lines in numbers(body(pool, plan_of("coping"), Said(kit))) for n in lines}
    assert len({3, 4} & said) == 1


def test_what_the_short_answer_said_is_left_out(kit, pool):
    said = Said(kit)
    said.add("A soft toothbrush is kinder to a sore mouth.")
    assert 2 not in {n for lines in numbers(body(pool, plan_of("coping"), said)) for n in lines}


def test_section_keeps_the_written_order_and_its_most_lines(kit, pool):
    for lines in numbers(body(pool, plan_of("coping"), Said(kit))):
        assert lines == sorted(lines)
        assert len(lines) <= LINES_A_SECTION


def test_steps_are_said_together_or_not_at_all(kit, pool):
    for lines in numbers(body(pool, plan_of("how_to_find"), Said(kit))):
        assert not {8, 9} & set(lines) or {8, 9} <= set(lines)


def test_whom_to_call_is_told_where_the_plan_has_it(kit, pool):
    groups = body(pool, plan_of("coping"), Said(kit))
    assert [10] in numbers(groups)


def test_section_of_the_short_answer_is_read_on_first(kit, pool):
    groups = body(pool, plan_of("coping"), Said(kit), first=["mouth-sores#when_to_call"])
    assert numbers(groups)[0] == [10]


def test_words_stay_within_the_budget(services):
    kit = services.composer.kit
    neutropenia = kit.library.articles["neutropenia-low-white-counts"]
    found = build_pool("low neutrophils", (neutropenia,), known_of(card(), kit.lexicon), kit)
    groups = body(found, plan_of("coping"), Said(kit))
    words = sum(len(c.line.text.split()) for lines in groups for c in lines)
    assert LEAST_WORDS // 2 < words <= WORD_BUDGET + 30
