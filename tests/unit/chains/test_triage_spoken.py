"""What is only spoken of raises nothing; what is there after all does."""

import pytest

from chains.triage import triage

_SIGNS = ("chest pain", "a seizure", "fainting", "yellow eyes", "heavy bleeding")


def _level(text: str) -> str:
    return triage(text).level


@pytest.mark.parametrize("sign", _SIGNS)
@pytest.mark.parametrize(
    "frame",
    [
        "worried I'll get {}",
        "I am afraid of {}",
        "The booklet lists {} as a reason to call.",
        "I know {} would be an emergency, my question is about diet",
        "My cousin had {} during her chemo, is that usual?",
        "The scan ruled out {}",
        "How high is the {} risk?",
    ],
)
def test_what_is_feared_read_or_told_of_others_raises_nothing(frame: str, sign: str) -> None:
    assert _level(frame.format(sign)) == "none"


@pytest.mark.parametrize("sign", _SIGNS)
@pytest.mark.parametrize(
    "frame",
    [
        "The leaflet says to call for {} and I have it now",
        "Is it normal to have {}? It started today.",
        "never had {} before and now I do",
        "Last year I had {} and now it is happening again",
        "I am scared, I have {}",
        "my aunt had {} before she died and now I have it too",
    ],
)
def test_a_sign_that_is_there_after_all_is_one(frame: str, sign: str) -> None:
    assert _level(frame.format(sign)) != "none"


@pytest.mark.parametrize(
    "text",
    [
        "shaking with anger at my insurer",
        "can't breathe with all the forms",
        "my heart skips a beat every time the clinic phones",
        "I'm allergic to penicillin, my lips swell",
        "had a stroke at 80, long recovered",
        "it was 39 degrees in Seville and I walked",
        "scar has stopped bleeding",
    ],
)
def test_figures_of_speech_known_allergies_ages_and_weather_are_no_signs(text: str) -> None:
    assert _level(text) == "none"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("passed out at the office, on Taxol", "emergency"),
        ("my heart races whenever I stand up, on ribociclib", "urgent"),
        ("I took penicillin, I'm allergic to it, my lips are swelling", "emergency"),
        ("my temperature is 39 degrees in the armpit", "urgent"),
        ("my nose stopped bleeding and now it is pouring again", "emergency"),
        ("my sister had a seizure an hour ago", "emergency"),
        ("should I tell them I stopped my letrozole", "same_day"),
    ],
)
def test_the_same_words_of_a_real_sign_are_heard(text: str, expected: str) -> None:
    assert _level(text) == expected


@pytest.mark.parametrize("sign", [*_SIGNS, "a blood clot", "confusion"])
@pytest.mark.parametrize(
    "frame",
    [
        "take {} off my card",
        "please remove {} from the list",
        "delete {}",
        "I never said I had {}",
    ],
)
def test_a_card_command_raises_nothing(frame: str, sign: str) -> None:
    assert _level(frame.format(sign)) == "none"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I have chest pain, take the rash off my card", "emergency"),
        ("chest pain since this morning, delete the rash", "emergency"),
        ("I stopped letrozole on my own, take it off my card", "same_day"),
        ("delete my messages, I want to die", "emergency"),
        ("my port is red and leaking pus, should they remove it", "urgent"),
    ],
)
def test_a_card_command_hides_no_sign_beside_it(text: str, expected: str) -> None:
    assert _level(text) == expected


@pytest.mark.parametrize("drug", ["chemo", "nerlynx", "tamoxifen"])
@pytest.mark.parametrize(
    "frame", ["will {} hurt my liver", "can {} make me faint", "does {} cause blood clots"]
)
def test_what_a_treatment_may_do_is_asked_to_learn(frame: str, drug: str) -> None:
    assert _level(frame.format(drug)) == "none"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I have confusion", "emergency"),
        ("I have a clot", "same_day"),
        ("a blood clot in the leg", "same_day"),
        ("they found a clot in my lung", "emergency"),
        ("I have sepsis", "urgent"),
        ("my chemo burned at the needle site", "same_day"),
    ],
)
def test_a_sign_told_as_a_bare_noun_is_heard(text: str, expected: str) -> None:
    assert _level(text) == expected


@pytest.mark.parametrize("words", ["can't find my words", "can't remember words"])
def test_words_hunted_for_since_treatment_are_no_stroke_and_sudden_ones_are(words: str) -> None:
    assert _level(f"{words} since chemo") == "none"
    assert _level(f"{words} since this morning") == "emergency"
    assert _level(f"suddenly {words} since chemo yesterday") == "emergency"


@pytest.mark.parametrize(
    ("said", "taken_back"),
    [
        (
            "My heart is pounding and I feel dizzy on Kisqali",
            '"Fast heartbeat, dizziness" is on the Kisqali box',
        ),
        (
            'She told me "I can\'t breathe" just now',
            '"Trouble breathing, chest pain" may occur. How often?',
        ),
        ("I'm freezing and I shiver under two blankets", "I shiver in here: the air con is on"),
        ("I bruise easily since last week, worse now", "I always bruise easily, since childhood"),
        (
            "I stopped letrozole, I'll talk to my oncologist next week",
            "I'm thinking about stopping letrozole, I'll talk to my oncologist first",
        ),
        (
            "My husband, bone mets, is hard to rouse and talks rubbish when he wakes",
            "Is talking rubbish usual after ketamine?",
        ),
        ("Never had a seizure in my life and I just had one", "Never had a seizure in my life"),
        (
            "I get short of breath on the stairs, never used to",
            "I used to get short of breath years ago",
        ),
    ],
)
def test_what_is_there_is_told_from_what_is_only_spoken_of(said: str, taken_back: str) -> None:
    assert triage(said).level != "none"
    assert triage(taken_back).level == "none"


@pytest.mark.parametrize(
    "text",
    [
        "A TikTok says a woman threw out her chemo pills and was cured. Rubbish, isn't it?",
        "An influencer says a man flushed his tamoxifen. Is that wise?",
        "In the series I'm watching the heroine coughs blood. Is that realistic?",
        "A character in my show faints from chemo each week. Is it so?",
        "On the radio there was a story about a man who vomited blood. Was it cancer?",
        "Vi en la tele que una mujer dejó la quimio. ¿Es peligroso?",
        "In a novel I'm reading the mother has a 105 fever after chemo. Can that be?",
    ],
)
def test_what_a_story_tells_is_nobody_s(text: str) -> None:
    assert triage(text).level == "none"


@pytest.mark.parametrize(
    "text",
    [
        "I saw a TikTok and threw out my chemo pills",
        "A woman on YouTube was cured by herbs, so I've stopped my Ibrance",
        "In the middle of my show I coughed up blood",
        "We were watching the news when my mother fainted",
        "My wife read a blog where a man quit, and she's stopped her tamoxifen",
        "a lady on tv had chest pain like this and now mine is crushing",
    ],
)
def test_a_story_beside_one_s_own_sign_takes_nothing_back(text: str) -> None:
    assert triage(text).level != "none"


@pytest.mark.parametrize(
    ("supposed", "told"),
    [
        ("Si me da fiebre después de la quimio, ¿a quién llamo?", "Sí me da fiebre por la noche"),
        ("¿Y si me desmayo en el trabajo?", "Sí, me desmayé en el trabajo hoy"),
        (
            "Say my leg swells on the flight, what's the plan?",
            "They say my leg swells since Monday",
        ),
        ("Were I to get chest pain abroad, who pays?", "We were to fly and I get chest pain now"),
        ("I fainted once at fifteen, giving blood", "I fainted at fifteen minutes past nine"),
        ("My coworker's mother went yellow. What was it called?", "Mother went yellow this week"),
        ("Fever? Only for disco, darling", "Fever? Only at night, 101 by mouth"),
        ("He isn't confused, just deaf", "He isn't making sense today"),
        ("Way back on AC I vomited all night", "On AC I've vomited all night"),
        ("I can't breathe in this new bra", "I can't breathe in this room, I'm gasping"),
        ("I stopped letrozole on my doctor's advice", "I stopped letrozole against advice"),
    ],
)
def test_a_guard_holds_for_its_own_words_only(supposed: str, told: str) -> None:
    assert (triage(supposed).level, triage(told).level != "none") == ("none", True)


def test_the_date_of_a_treatment_is_not_that_of_the_sign() -> None:
    assert triage("teeth chattering, chemo last week").level == "urgent"
    assert triage("I had a fever with it, that was chemo last year").level == "none"
