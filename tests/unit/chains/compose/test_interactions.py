"""What goes with what."""

import pytest

from chains.compose.interactions import mixing
from chains.compose.person import known_of
from tests.support.builders import card, fact


@pytest.fixture
def mixed(lexicon, tables):
    def mix(question, *facts):
        return mixing(question, known_of(card(*facts), lexicon), lexicon, tables)

    return mix


@pytest.mark.parametrize(
    ("question", "taken", "pair"),
    [
        ("can I drink grapefruit juice?", "ribociclib", ("ribociclib", "grapefruit")),
        ("is grapefuit ok with verzenio?", None, ("abemaciclib", "grapefruit")),
        ("what about saint johns wort", "palbociclib", ("palbociclib", "st. john's wort")),
        ("may I take paroxetine", "tamoxifen", ("tamoxifen", "paroxetine")),
    ],
)
def test_asked_pair_leads_with_its_effect_and_advice(mixed, tables, question, taken, pair):
    found = mixed(question, *([fact("medication", taken)] if taken else []))
    rows = {(row.a, row.b.casefold()): row for row in tables.interactions}
    row = rows[pair[0], pair[1].casefold()]
    assert found.is_asked
    assert [claim.text for claim in found.short()] == [row.effect, row.advice]


def test_claim_names_the_medicine_of_the_card_it_rests_on(mixed):
    taken = fact("medication", "ribociclib")
    assert mixed("is grapefruit ok", taken).short()[0].fact_ids == (taken.fact_id,)


def test_medicine_taken_in_the_past_is_not_warned_of(mixed):
    assert not mixed("is grapefruit ok", fact("medication", "ribociclib", status="past")).is_asked


def test_nothing_taken_and_nothing_named_says_nothing(mixed):
    found = mixed("what helps with tiredness")
    assert (found.rows, found.short(), found.block("Check {drug}")) == ((), (), [])


def test_unasked_block_lists_foods_and_herbs_to_avoid_alone(mixed):
    found = mixed("integrative options", fact("medication", "ribociclib"))
    assert not found.is_asked and found.short() == ()
    assert {row.severity for row in found.rows} == {"avoid"}
    (block,) = found.block("Check {drug}")
    assert block.heading == "Check ribociclib"
    assert len(block.claims) == len(found.rows) <= 4


def test_every_claim_carries_the_source_of_its_row(mixed):
    found = mixed("grapefruit and st john's wort with ribociclib?")
    claims = [*found.short(), *(c for block in found.block("{drug}") for c in block.claims)]
    assert claims
    urls = {row.row_id: row.url for row in found.rows}
    assert all(claim.origins[0].url == urls[claim.chunk_id] for claim in claims)


def test_every_row_is_found_by_who_takes_one_side_and_asks_about_the_other(mixed, tables, lexicon):
    unheard = [
        row.row_id
        for row in tables.interactions
        if not _is_found(mixed(f"Can I have {row.b.replace('_', ' ')}?", _taken(row, lexicon)), row)
    ]
    assert unheard == []


def _taken(row, lexicon):
    """The row's medicine, or one of its class, as a fact."""
    drugs = lexicon.names("drug")
    members = [name for name in drugs if row.a in lexicon.classes_of(name)]
    return fact("medication", row.a if row.a in drugs else members[0])


def _is_found(found, row):
    return found.is_asked and any(other.b == row.b for other in found.rows)
