import random
import shutil
import string
from pathlib import Path

import pytest

from chains.errors import RuleError
from chains.stages import TriageFlag, TriageResult
from chains.triage import HelpNumbers, same_day_banner, triage, urgent_card
from chains.triage.cards import MAX_LINES, load_cards
from chains.triage.patterns import compile_pattern
from chains.triage.rules import RULES, load_rules
from chains.triage.spelling import Speller
from evals.triage.measure import BLIND, false_alarms, load_cases, missed, rate, too_low, wilson

NUMBERS = HelpNumbers()


def codes(text: str) -> list[str]:
    return [flag.code for flag in triage(text).flags]


def level(text: str) -> str:
    return triage(text).level


@pytest.mark.parametrize(
    ("text", "expected", "code"),
    [
        ("fever of 38.6 since noon", "urgent", "T1"),
        ("crushing chest pain", "emergency", "T2"),
        ("suddenly short of breath", "emergency", "T3"),
        ("my calf is swollen and red", "same_day", "T3"),
        ("I can't feel my legs", "urgent", "T4"),
        ("bone mets, so thirsty and peeing all the time", "same_day", "T5"),
        ("her face is drooping", "emergency", "T6"),
        ("my tongue is swelling", "emergency", "T7"),
        ("palpitations on ribociclib", "urgent", "T8"),
        ("dry cough for a week", "same_day", "T9"),
        ("the rash is blistering", "urgent", "T10"),
        ("my eyes are yellow", "same_day", "T11"),
        ("the bleeding won't stop", "emergency", "T12"),
        ("black tarry stool", "urgent", "T12"),
        ("diarrhea 9 times today", "urgent", "T13"),
        ("I want to die", "emergency", "T14"),
        ("pus from my port", "urgent", "T15"),
        ("I stopped taking my letrozole", "same_day", "T16"),
        ("I took a whole bottle of tablets", "emergency", "T16"),
    ],
)
def test_every_row_fires_at_its_level(text: str, expected: str, code: str) -> None:
    result = triage(text)
    assert (result.level, code in codes(text)) == (expected, True)


@pytest.mark.parametrize("text", ["38.0 C", "temp 100.4", "38,6", "temperature is 39", "101.3 F"])
def test_one_reading_at_the_limit_or_above_is_urgent(text: str) -> None:
    assert level(text) == "urgent"


@pytest.mark.parametrize(
    "text",
    ["37.9 C", "temp 100.3", "temp 37.2", "I am 39", "dose 38 mg", "ANC 38.5", "BMI 38.6", "43f"],
)
def test_other_figures_are_no_fever(text: str) -> None:
    assert level(text) == "none"


def test_a_figure_among_results_is_a_temperature_when_named() -> None:
    assert level("BP 90/60, HR 120, T 38.9") == "urgent"
    assert level("BP 90/60, HR 120, CRP 38.9, ESR 40.1") == "none"


def test_shivering_below_the_limit_is_urgent() -> None:
    assert level("99.9 F and I can't stop shivering") == "urgent"


def test_a_fever_years_after_treatment_is_no_flag_unless_a_medicine_is_still_taken() -> None:
    assert level("I finished chemo 6 years ago and have a fever of 38.5") == "none"
    assert level("chemo ended 6 years ago, still on Verzenio, fever of 38.5") == "same_day"
    assert level("I finished chemo 6 weeks ago and have a fever of 38.5") == "urgent"


def test_the_word_fever_with_a_figure_below_the_limit_is_told_the_same_day() -> None:
    assert level("slight fever, 37.5") == "same_day"


@pytest.mark.parametrize(
    "text",
    [
        "no fever, chills or chest pain",
        "Denies chest pain, vision changes, seizures.",
        "fever? none",
        "chest pain: no, fever: none",
        "the bleeding gums have stopped",
        "the fever is gone",
        "no tengo fiebre",
    ],
)
def test_a_negated_sign_is_no_flag(text: str) -> None:
    assert level(text) == "none"


@pytest.mark.parametrize(
    "text",
    [
        "never had chest pain like this",
        "chest pain, no fever",
        "chest pain no fever",
        "the seizure stopped after a minute",
        "chest pain went away",
        "no nausea or vomiting, fever 38.5",
        "not eating, vomiting blood",
        "no fever but chest pain",
        "no idea why, chest pain",
        "No. Chest pain.",
        "no fever. 39.1 C",
    ],
)
def test_a_negation_does_not_reach_the_next_statement(text: str) -> None:
    assert level(text) != "none"


@pytest.mark.parametrize(
    "text",
    [
        "I had a fever last month",
        "chest pain in 2019",
        "my mother had chest pain before she died",
        "I wanted to die last year",
    ],
)
def test_what_is_over_is_no_flag(text: str) -> None:
    assert level(text) == "none"


@pytest.mark.parametrize(
    "text",
    [
        "my last chemo was two weeks ago and I have chest pain",
        "I had chest pain last night",
        "my husband died last year and I want to die",
    ],
)
def test_a_past_beside_the_sign_does_not_take_it_back(text: str) -> None:
    assert level(text) == "emergency"


@pytest.mark.parametrize(
    "text",
    [
        "what if I get a fever?",
        "can ribociclib cause chest pain",
        "should I worry about fever on chemo?",
        "call us for fever, chills or bleeding",
        "Tell your doctor if you get thoughts of suicide.",
        "a temperature of 100.4 F or higher is a fever",
    ],
)
def test_what_is_only_spoken_of_is_no_flag(text: str) -> None:
    assert level(text) == "none"


@pytest.mark.parametrize(
    "text",
    [
        "should I go to the ER for chest pain",
        "why am I coughing up blood?",
        "not sure if this chest pain matters",
        "if this chest pain goes on, what then",
        "Has chest pain and is pale",
        "what should I do if my temp is 38.7",
        "If it helps, I have chest pain",
    ],
)
def test_doubt_goes_up(text: str) -> None:
    assert level(text) in {"urgent", "emergency"}


@pytest.mark.parametrize(
    "text",
    [
        "dying to know",
        "this heat is killing me",
        "I don't want to die",
        "scared I will die",
        "hay fever",
    ],
)
def test_an_idiom_or_a_fear_is_no_flag(text: str) -> None:
    assert level(text) == "none"


@pytest.mark.parametrize(
    "text",
    [
        "my oncologist stopped my letrozole",
        "I finished tamoxifen",
        "how do I stop letrozole hair loss",
    ],
)
def test_an_ordered_or_finished_stop_is_no_flag(text: str) -> None:
    assert level(text) == "none"


def test_a_stop_on_ones_own_counts_whatever_the_doctor_said() -> None:
    assert level("my doctor said no, I stopped tamoxifen on my own") == "same_day"


def test_a_stop_that_the_doctor_does_not_want_counts() -> None:
    assert level("my doctor wants me on letrozole but I stopped taking it") == "same_day"


def test_a_relative_with_a_red_flag_now_counts() -> None:
    assert level("my mum has a fever of 39 and is on chemo") == "urgent"


@pytest.mark.parametrize(
    ("text", "code"),
    [("feever", "T1"), ("chest pian", "T2"), ("i cnat breathe", "T2"), ("suicdal", "T14")],
)
def test_phone_typing_is_understood(text: str, code: str) -> None:
    assert code in codes(text)


@pytest.mark.parametrize(
    "text",
    ["fiebre", "dolor de pecho", "no puedo respirar", "quiero morir", "sangrado que no para"],
)
def test_spanish_red_flags_are_found(text: str) -> None:
    assert triage(text).needs_help_now


def test_two_different_same_day_symptoms_are_urgent() -> None:
    assert level("dry cough") == "same_day"
    assert level("dry cough and yellow eyes") == "urgent"


def test_one_symptom_seen_by_two_rows_stays_same_day() -> None:
    assert level("picc line arm is swollen and sore") == "same_day"


def test_a_stop_does_not_count_as_a_second_symptom() -> None:
    assert level("dry cough. I stopped my letrozole.") == "same_day"


def test_evidence_is_the_words_as_written() -> None:
    flag = TriageFlag(code="T1", evidence="FEVER  of 38,6 °C")
    assert triage("Helló, FEVER  of 38,6 °C today").flags == (flag,)
    assert triage("crushing Chest pain").flags[0].evidence == "crushing Chest pain"


def test_a_crisis_leads_and_the_others_follow() -> None:
    result = triage("chest pain, and I want to die")
    assert [flag.code for flag in result.flags] == ["T14", "T2"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("two blankets and still shaking", "T1"),
        ("I get three words out and have to gasp, can't finish sentences", "T2"),
        ("there is a knife in my back with every breath, it hurts to inhale", "T3"),
        ("the cancer is in her hips and her knees buckle", "T4"),
        ("mouth like cardboard, peeing every hour, liver lesions", "T5"),
        ("his grin is lopsided", "T6"),
        ("her lips are puffing up", "T7"),
        ("pulse 134 on the sofa", "T8"),
        ("puffing on the stairs", "T9"),
        ("red patches that are peeling", "T10"),
        ("the whites have a yellow tint in my eyes", "T11"),
        ("blood soaked two towels in ten minutes", "T12"),
        ("sips of water come straight back", "T13"),
        ("I have counted out the tablets tonight", "T14"),
        ("gunk coming out of the incision", "T15"),
        ("had my Ibrance at eight and again at noon, took it twice by mistake", "T16"),
    ],
)
def test_what_people_describe_is_found_without_the_key_word(text: str, code: str) -> None:
    assert code in codes(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("carnt catch my breth", "T2"),
        ("hart racing and dizy", "T8"),
        ("blistas on my belly", "T10"),
        ("puss comin out of my port", "T15"),
    ],
)
def test_words_written_as_they_sound_are_understood(text: str, code: str) -> None:
    assert code in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "se desmayó en el baño",
        "mi mamá dice que no quiere vivir",
        "no retiene nada",
        "tiene la boca torcida",
        "no para de sangrar",
        "se tomó todas las pastillas",
    ],
)
def test_spanish_in_the_third_person_is_found(text: str) -> None:
    assert triage(text).needs_help_now


@pytest.mark.parametrize(
    "text",
    [
        "the nurse asked about chest pain and fainting and I said none",
        "I read on a forum that a lady fainted",
        "38.6 percent of patients had a fever",
        "how do you say I have a fever in Spanish",
        "my cat has yellow eyes",
        "my neighbour has a fever, can I visit",
    ],
)
def test_a_sign_that_is_nobodys_own_is_no_flag(text: str) -> None:
    assert level(text) == "none"


@pytest.mark.parametrize(
    "text",
    [
        "I fainted, 20 years ago",
        "I had a fever of 39 after a vaccine. That was two winters ago.",
        "In 2021 I was in with a fever, 39.4, during AC",
        "as a newborn he had jaundice",
    ],
)
def test_a_date_after_or_before_the_clause_makes_it_past(text: str) -> None:
    assert level(text) == "none"


def test_a_comparison_with_last_month_is_no_past() -> None:
    assert level("more out of breath than last month") == "same_day"


def test_the_blind_messages_hold_their_floor() -> None:
    cases = load_cases(BLIND)
    assert missed(cases, rate).count <= 2
    assert too_low(cases, rate).count <= 2
    assert false_alarms(cases, rate).count <= 3


def test_low_neutrophils_alone_are_no_flag() -> None:
    assert level("neutrophils 0.6, I feel well") == "none"


def test_any_text_is_read_without_an_error() -> None:
    rng = random.Random(7)
    words = ["fever", "no", "38.6", ",", "?", "if", "\ud800", "\x00", "İ", "٣", "½", "chest pain"]
    for _ in range(300):
        text = "".join(rng.choice([*words, rng.choice(string.printable)]) for _ in range(40))
        assert triage(text).level in {"none", "same_day", "urgent", "emergency"}
    assert triage("") == TriageResult()


@pytest.mark.parametrize(
    "unit", ["fever, ", "no ", "38.6 ", "a", "leg swollen or ", "if i want to "]
)
@pytest.mark.timeout(60)
def test_a_long_text_of_one_kind_is_read_to_its_end(unit: str) -> None:
    text = (unit * 100_000)[:100_000]
    assert triage(f"{text}.\n\nI have a fever of 39 today.").needs_help_now


def test_the_card_names_what_was_understood_and_the_numbers() -> None:
    other = HelpNumbers(emergency="112", crisis="116 123", poison="030 19240")
    card = urgent_card(triage("fever 38.6 and crushing chest pain"), other)
    assert card.startswith("### Call 112 now")
    assert 'You wrote: "crushing chest pain"' in card
    assert 'You also wrote "fever 38.6"' in card
    assert "I am on cancer treatment" in card
    assert "{" not in card


def test_the_crisis_card_leads_with_the_crisis_line_and_quotes_nobody() -> None:
    card = urgent_card(triage("I want to die. I took all my pills"), NUMBERS)
    assert card.index("988") < card.index("911")
    assert "want to die" not in card
    assert "1-800-222-1222" in card


def test_a_spanish_message_gets_spanish_lines_too() -> None:
    assert "Llame" in urgent_card(triage("quiero morir"), NUMBERS)
    assert "llame ahora" in urgent_card(triage("fiebre de 39"), NUMBERS)
    assert "Llame" not in urgent_card(triage("I want to die"), NUMBERS)


def test_a_persons_words_are_shown_and_never_drawn() -> None:
    flags = (TriageFlag(code="T1", evidence="fever {crisis} <b>[x](y)\n# z" + "w" * 300),)
    card = urgent_card(TriageResult(level="urgent", flags=flags), NUMBERS)
    assert r"fever \{crisis\} \<b\>\[x\]\(y\) \# z" in card
    assert "w" * 200 not in card


def test_two_same_day_symptoms_get_the_general_urgent_card() -> None:
    assert "Get help now" in urgent_card(triage("yellow eyes and brown urine"), NUMBERS)


def test_the_same_day_banner_is_short_and_kind() -> None:
    banner = same_day_banner(triage("thinking of stopping my letrozole"), NUMBERS)
    assert "Nobody will blame you" in banner
    assert len(banner) < 700


def test_nothing_found_has_no_card() -> None:
    assert urgent_card(TriageResult(), NUMBERS) == same_day_banner(TriageResult(), NUMBERS) == ""


def test_every_card_has_few_lines_and_a_source() -> None:
    table = load_cards()
    for card in table.cards.values():
        assert 1 <= len(card.do) <= MAX_LINES
        assert all(
            source.url.startswith("https://") or "pending" in source.name for source in card.sources
        )
    assert set(table.lines) == {f"T{number}" for number in range(1, 17)}


def test_every_row_and_level_has_a_card() -> None:
    rules = load_rules()
    rows = {
        (row.code, row.level) for rows in rules.by_first_word.values() for row in rows if row.code
    }
    rows |= {(pair.code, pair.level) for pair in rules.pairs}
    missing = {f"{code}.{name}" for code, name in rows} - set(load_cards().cards)
    assert missing == set()


def test_every_sign_of_a_pair_has_a_row() -> None:
    rules = load_rules()
    signs = {row.sign for rows in rules.by_first_word.values() for row in rows}
    signs |= {row.sign for row in rules.grids.rows}
    assert {sign for pair in rules.pairs for sign in pair.signs} <= signs


@pytest.mark.parametrize("pattern", ["", "~2 pain", "[a] pain", "{nowhere} pain"])
def test_a_broken_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(RuleError):
        compile_pattern(pattern, {})


@pytest.mark.parametrize(
    "row", ["fever,T1,soon,fever,,all,", "fever,T1,urgent,fever,,some,", "fever,T1,urgent"]
)
def test_a_broken_row_is_refused(row: str, tmp_path: Path) -> None:
    for table in RULES.glob("red_flag*.csv"):
        shutil.copy(table, tmp_path)
    path = tmp_path / "red_flags.csv"
    path.write_text(path.read_text(encoding="utf-8") + row + "\n", encoding="utf-8")
    with pytest.raises(RuleError):
        load_rules(tmp_path)


@pytest.mark.parametrize("text", ["cards: [", "cards: {}"])
def test_broken_wording_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "cards.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RuleError):
        load_cards(path)


def test_a_word_between_two_known_words_is_left_alone() -> None:
    speller = Speller({"chest", "chess"}, frozenset({"ordinary"}))
    assert [speller.repair(word) for word in ("chesx", "ordinary", "x" * 30)] == [
        "chesx",
        "ordinary",
        "x" * 30,
    ]


def test_without_a_dictionary_nothing_is_repaired() -> None:
    assert Speller({"fever"}, frozenset()).repair("feever") == "feever"


def test_wilson_interval_of_known_counts() -> None:
    low, high = wilson(0, 100)
    assert (round(low, 3), round(high, 3)) == (0.0, 0.037)
    assert wilson(0, 0) == (0.0, 1.0)


def test_the_cases_hold_their_floor() -> None:
    cases = load_cases()
    assert missed(cases, rate).count <= 3
    assert too_low(cases, rate).count <= 6
    alarms = false_alarms(cases, rate)
    assert alarms.count <= 0.016 * alarms.total
