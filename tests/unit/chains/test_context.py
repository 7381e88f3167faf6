"""What the words around a mention say of it."""

import pytest

from chains.context import Context, assert_context


def context_of(text: str, words: str, about: str = "self") -> Context:
    start = text.index(words)
    return assert_context(text, start, start + len(words), about=about)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("No fever today", "fever"),
        ("no fever, chills or cough", "cough"),
        ("she denies chest pain", "chest pain"),
        ("I've never had neuropathy", "neuropathy"),
        ("it hasn't spread to my liver", "liver"),
        ("I do not have any nausea", "nausea"),
        ("bone mets were ruled out", "bone mets"),
        ("I'm not taking tamoxifen", "tamoxifen"),
    ],
)
def test_denial_is_negated(text, words):
    assert context_of(text, words).negated


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("no fever but I have a cough", "cough"),
        ("not only nausea but fatigue too", "nausea"),
        ("no fever, I have a bad headache", "headache"),
        ("no fever and a terrible cough", "cough"),
        ("I am not sure what to do about the nausea", "nausea"),
        ("the nausea won't go away", "nausea"),
        ("I have no energy. Pain in my hip", "Pain"),
        ("I'm no longer taking letrozole", "letrozole"),
    ],
)
def test_denial_ends_with_its_clause(text, words):
    assert not context_of(text, words).negated


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("what if I get a fever", "fever"),
        ("if I had bone mets I would want to know", "bone mets"),
        ("worried about lymphedema", "lymphedema"),
        ("side effects of zometa", "zometa"),
        ("my friend told me to take turmeric", "turmeric"),
        ("in case of diarrhea I have loperamide", "diarrhea"),
        ("can it cause neuropathy", "neuropathy"),
    ],
)
def test_what_is_only_supposed_is_hypothetical(text, words):
    assert context_of(text, words).hypothetical


def test_a_supposition_ends_at_the_comma():
    assert not context_of("if I can ask, I have a fever", "fever").hypothetical


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("I was on tamoxifen for years", "tamoxifen", "past"),
        ("used to take letrozole", "letrozole", "past"),
        ("finished AC in May, now on taxol", "taxol", "current"),
        ("finished AC in May, now on taxol", "AC", "past"),
        ("tamoxifen until 2020", "tamoxifen", "past"),
        ("the mastectomy was two years ago", "mastectomy", "past"),
        ("I start kisqali next week", "kisqali", "planned"),
        ("will be on capecitabine", "capecitabine", "planned"),
        ("surgery is scheduled", "surgery", "planned"),
        ("lumpectomy scheduled for May", "lumpectomy", "planned"),
        ("ribociclib is on hold", "ribociclib", "on_hold"),
        ("taking a break from capecitabine", "capecitabine", "on_hold"),
        ("I take ribociclib but it's on hold", "ribociclib", "on_hold"),
        ("I take letrozole", "letrozole", "current"),
        ("was on letrozole then switched to fulvestrant", "fulvestrant", "current"),
    ],
)
def test_time_is_told_by_the_nearest_cue(text, words, expected):
    found = context_of(text, words)
    assert (found.temporality, found.is_timed) == (expected, True)


@pytest.mark.parametrize(
    ("text", "words", "about", "expected"),
    [
        ("my mum is on letrozole", "letrozole", "self", "mother"),
        ("My wife has cancer. She takes tamoxifen", "tamoxifen", "self", "wife"),
        ("My wife takes letrozole. I take metformin", "metformin", "self", "self"),
        ("my sister's scan showed liver mets", "liver", "self", "sister"),
        ("my dad and his diabetes", "diabetes", "self", "father"),
        ("a friend of mine is on ribociclib", "ribociclib", "self", "friend"),
        ("my husband drives me to chemo", "chemo", "self", "self"),
        ("my oncologist says she will start me on Verzenio", "Verzenio", "self", "self"),
        ("she takes letrozole", "letrozole", "mother", "mother"),
        ("takes letrozole since May", "letrozole", "mother", "mother"),
        ("I take metformin", "metformin", "mother", "self"),
        ("She has stage 4 cancer", "stage 4", "self", "other"),
        ("as a mother of two I have stage 2", "stage 2", "self", "self"),
        ("Mom started taxol", "taxol", "self", "mother"),
    ],
)
def test_subject_is_whom_the_sentence_speaks_of(text, words, about, expected):
    assert context_of(text, words, about).subject == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("should I take turmeric?", "turmeric"),
        ("is ribociclib better than palbociclib", "ribociclib"),
        ("I take letrozole, can I have grapefruit", "grapefruit"),
        ("what about denosumab", "denosumab"),
        ("Letrozole and wine?", "Letrozole"),
        ("how long do people stay on fulvestrant", "fulvestrant"),
        ("What if I take turmeric?", "turmeric"),
    ],
)
def test_what_is_asked_is_a_question(text, words):
    assert context_of(text, words).is_question


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I take letrozole, can I have grapefruit?", "letrozole"),
        ("Can I take zofran with my ribociclib?", "ribociclib"),
        ("fever 38.6 since this morning, should I go to the ER?", "fever"),
        ("what can I eat now that I'm on capecitabine?", "capecitabine"),
        ("why am I so tired?", "tired"),
        ("I don't know what to do about my letrozole", "letrozole"),
    ],
)
def test_what_a_question_takes_for_granted_is_not_asked(text, words):
    assert not context_of(text, words).is_question


@pytest.mark.parametrize(
    "text", ["sorry, I mean HER2 positive", "Actually it is HER2 positive", "Typo. HER2 positive"]
)
def test_words_that_take_something_back_mark_a_correction(text):
    assert context_of(text, "HER2").is_correction
    assert not context_of("I am HER2 positive", "HER2").is_correction


def test_text_without_words_has_a_plain_context():
    assert assert_context("...", 0, 1) == Context()
