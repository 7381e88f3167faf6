"""How the steps read cases that were written elsewhere, and what they count as right."""

from chains.lexicon import load_lexicon
from evals.drugs.misspellings import misspellings
from evals.drugs.running_text import without_drugs
from evals.steps import completeness, followups
from evals.steps.followups import FollowUp


def follow_up(**fields):
    given = {"message": "and grapefruit?", "gold": "Is grapefruit safe with ribociclib?"}
    given |= {"is_alone": False, "rewritten": {}, "absent": frozenset()}
    return FollowUp(**(given | {"present": frozenset({"grapefruit", "ribociclib"})} | fields))


def blind_row(**fields):
    return {
        "id": "b",
        "text": "my neutr",
        "reason": "mid_word",
        "endings": ["Neutrophils"],
    } | fields


def test_a_blind_case_reads_alike_as_written_and_as_kept():
    last = {"kind": "answer", "asked": True, "message": "hello"}
    written = completeness.blind_case(blind_row(label="truncated", kind="mid_word", last=last))
    kept = completeness.blind_case(
        blind_row(expected="truncated", tags=["mid_word"], last_turn="asked")
    )
    assert written.is_cut and kept.is_cut
    assert written.last_turn == kept.last_turn
    assert written.tags == kept.tags
    assert written.endings == ("neutrophils",)


def test_a_brand_counts_as_its_generic_name():
    assert followups.has_all(follow_up(), "Can I have grapefruit with Kisqali?")
    assert not followups.has_all(follow_up(), "Can I have grapefruit?")


def test_a_name_that_the_gold_lacks_is_invented():
    assert followups.has_none_else(follow_up(), "Is grapefruit safe with ribociclib?")
    assert not followups.has_none_else(follow_up(), "grapefruit with ribociclib and letrozole?")
    banned = follow_up(absent=frozenset({"sister"}))
    assert not followups.has_none_else(banned, "Is grapefruit safe for my sister on ribociclib?")


def test_the_whole_history_is_too_long():
    assert followups.is_short(follow_up(), "Is grapefruit safe with ribociclib for me?")
    assert not followups.is_short(follow_up(), "Is grapefruit safe with ribociclib? " * 2)


def test_misspellings_are_distinct_the_same_for_a_seed_and_no_words():
    lexicon = load_lexicon()
    made = list(misspellings(lexicon))
    typed = [one.typed for one in made]
    assert len(set(typed)) == len(typed) >= 200
    assert made == list(misspellings(lexicon))
    assert not any(lexicon.is_english(word) or word in lexicon.vocabulary() for word in typed)


def test_rightly_spelt_and_listed_medicines_are_taken_out_of_running_text():
    texts = ["Kisqali and gleevac made me tired"]
    assert without_drugs(texts, frozenset({"gleevac"})) == ["it and it made me tired"]
