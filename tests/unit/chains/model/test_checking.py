"""The check lets out what the passages say and holds back each kind of what they do not."""

import pytest
from langchain_core.embeddings import Embeddings

from chains.model.checking import SentenceChecker
from vectorstore.similarity import TextSimilarity

EXEMESTANE = (
    "Exemestane (Aromasin) is taken as one 25 mg tablet a day after a meal. It is for "
    "postmenopausal women with hormone receptor-positive, HER2-negative cancer. Joint pain "
    "affects about one in three women. It does not raise the risk of cancer of the womb. "
    "The trial of 4,724 women was published in 2004."
)
CAP = (
    "A cooling cap can keep hair during some chemotherapy. In a trial of 182 women with stage I or "
    "II cancer, 50% of those who used it kept their hair, against 12% without. It works better "
    "with taxanes than with anthracyclines. It is not advised for people with blood cancers."
)


@pytest.fixture(scope="module")
def check(services, lexicon):
    checker = SentenceChecker(lexicon, TextSimilarity(services.index.embeddings, {}))
    return lambda sentence, *passages: checker.check(sentence, passages or (EXEMESTANE, CAP))


@pytest.mark.parametrize(
    "sentence",
    [
        "Take your daily 25 mg Aromasin tablet after eating.",
        "Around 33% of women have joint pain on exemestane.",
        "Womb cancer is not made more likely by exemestane.",
        "Exemestane is meant for women past the menopause.",
        "The exemestane trial came out in 2004.",
        "With a cooling cap, half of the women in one trial kept their hair.",
        "The cooling cap trial was for stage 1 or 2 cancer.",
        "People with blood cancers are advised not to use a cooling cap.",
        "Cooling caps do better with taxanes than with anthracyclines.",
    ],
)
def test_what_a_passage_says_in_other_words_is_let_out(check, sentence):
    verdict = check(sentence)

    assert verdict.is_supported, verdict.reason


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Take your daily 50 mg Aromasin tablet after eating.", "number"),
        ("About one in five women have joint pain on exemestane.", "number"),
        ("Take your daily 25 mcg Aromasin tablet after eating.", "unit"),
        ("The exemestane trial came out in 2014.", "date"),
        ("Take your daily 25 mg letrozole tablet after a meal.", "drug"),
        ("Joint pain on exemestane is eased by certolizumab.", "drug"),
        ("Exemestane is for HER2-positive cancer.", "biomarker"),
        ("Exemestane is for cancer with a BRCA1 change.", "biomarker"),
        ("The cooling cap trial was for stage III cancer.", "stage"),
        ("Womb cancer is made more likely by exemestane.", "negation"),
        ("People with blood cancers are advised to use a cooling cap.", "negation"),
        ("Cooling caps do worse with taxanes than with anthracyclines.", "negation"),
        ("Exemestane is meant for women before the menopause.", "population"),
        ("A cooling cap can keep hair, and it keeps nails strong.", "meaning"),
        ("A cooling cap can keep hair in Canada.", "meaning"),
        ("A cooling cap can keep hair, see hair-shop.example.", "meaning"),
        ("Take it daily.", "meaning"),
        ("Your parking ticket can be stamped at the front desk.", "meaning"),
    ],
)
def test_each_kind_of_change_is_held_back_by_its_name(check, sentence, reason):
    verdict = check(sentence)

    assert (verdict.is_supported, verdict.reason) == (False, reason)


def test_a_figure_is_said_of_what_the_passage_says_it_of(check):
    assert check("Without the cap, 12% kept their hair.").is_supported
    assert check("Without the cap, 50% kept their hair.").reason == "number"


def test_a_rounded_figure_must_be_marked_as_one(check):
    passage = "Median survival was 23.4 months with the drug."

    assert check("Median survival was about 23 months with the drug.", passage).is_supported
    assert check("Median survival was 23 months with the drug.", passage).reason == "number"


def test_what_a_passage_says_of_one_medicine_is_not_said_of_another(check):
    passage = (
        "Paroxetine and fluoxetine may make tamoxifen work less well. "
        "Venlafaxine and citalopram are often chosen instead."
    )

    assert check("Paroxetine may make tamoxifen work less well.", passage).is_supported
    assert check("Venlafaxine may make tamoxifen work less well.", passage).reason == "drug"


def test_what_is_said_of_one_side_of_an_age_is_not_said_of_the_other(check):
    passage = "In women over 50 with a low score, chemotherapy added nothing to the tablets."

    assert check(
        "In women older than 50 with a low score, chemotherapy added nothing.", passage
    ).is_supported
    verdict = check("In women under 50 with a low score, chemotherapy added nothing.", passage)
    assert verdict.reason == "population"


def test_what_is_said_of_one_people_is_not_said_of_another(check):
    passage = "Black women die of breast cancer more often than White women do."

    assert check("More Black women die of breast cancer.", passage).is_supported
    verdict = check("More Hispanic women die of breast cancer.", passage)
    assert verdict.reason == "population"


def test_an_everyday_word_is_no_supplement_and_a_name_with_a_stop_is_one_name(check):
    passage = "St. John's wort should not be taken in the week of chemotherapy."

    verdict = check("In that same week of chemotherapy, do not take St. John's wort.", passage)
    assert verdict.is_supported, verdict.reason


def test_what_need_not_be_is_neither_a_must_nor_a_denial(check):
    passage = "Abemaciclib tablets can be taken with or without a meal."

    assert check("Abemaciclib tablets do not have to be taken with a meal.", passage).is_supported
    assert check("Abemaciclib tablets have to be taken with a meal.", passage).reason == "negation"


@pytest.mark.parametrize("passages", [(), ("",), (" \n",)])
def test_a_sentence_without_a_passage_is_not_let_out(services, lexicon, passages):
    checker = SentenceChecker(lexicon, TextSimilarity(services.index.embeddings, {}))

    assert checker.check("A cap can keep hair.", passages).reason == "no_citation"


def test_an_empty_sentence_says_nothing(check):
    assert not check(" ").is_supported


def test_another_word_for_a_thing_is_no_new_matter_and_a_new_claim_is(check):
    passage = "Radiation can dry the skin and make it itch, so wash it gently with lukewarm water."

    verdict = check("Radiotherapy can leave your skin dry and itchy; bathe it softly.", passage)
    assert verdict.is_supported, verdict.reason
    verdict = check("Radiotherapy can dry the skin; insurers refund moisturizers monthly.", passage)
    assert verdict.reason == "meaning"


def test_a_sentence_of_few_words_is_about_what_it_begins_with(check):
    assert check("Bath oils can keep hair.").reason == "meaning"


def test_cancer_that_has_spread_is_metastatic_however_it_is_said(check):
    passage = "For spread ER-positive disease, Enhertu can come after hormone therapy."

    assert check(
        "In metastatic ER-positive disease, Enhertu can come after hormone therapy.", passage
    ).is_supported
    verdict = check(
        "In early ER-positive disease, Enhertu can come after hormone therapy.", passage
    )
    assert verdict.reason == "stage"


def test_a_comparison_is_not_turned_round(check):
    passage = (
        "Mouth sores are more common with everolimus than with ribociclib. "
        "Black women have denser breasts more often than White women."
    )

    assert check("Everolimus causes mouth sores more often than ribociclib.", passage).is_supported
    less = check("Mouth sores are less common with ribociclib than with everolimus.", passage)
    assert less.is_supported, less.reason
    verdict = check("Mouth sores are more common with ribociclib than with everolimus.", passage)
    assert verdict.reason == "drug"
    verdict = check("White women have dense breasts more often than Black women.", passage)
    assert verdict.reason == "population"


def test_a_level_of_her2_is_not_the_next_one(check):
    passage = "HER2-low means a score of 1+. HER2-positive means a score of 3+."

    assert check("A score of 1+ is called HER2-low.", passage).is_supported
    assert check("A score of 1+ is called HER2-ultralow.", passage).reason == "biomarker"


def test_what_is_told_of_young_children_is_not_told_of_teenagers(check):
    passage = "Children under about eight mainly need to know that they did not cause the illness."

    verdict = check("Children need to know that they did not cause the illness.", passage)
    assert verdict.is_supported, verdict.reason
    verdict = check("Teenagers need to know that they did not cause the illness.", passage)
    assert verdict.reason == "population"


def test_the_two_of_you_is_no_marker(check):
    passage = "Set aside time for both of you, with no phone."

    assert check("Set aside time for the two of you, with no phone.", passage).is_supported


def test_an_encoder_that_tells_no_word_pieces_leaves_the_lists_of_words(services, lexicon):
    class WholeTexts(Embeddings):
        def embed_query(self, text):
            return services.index.embeddings.embed_query(text)

        def embed_documents(self, texts):
            return [self.embed_query(text) for text in texts]

    checker = SentenceChecker(lexicon, TextSimilarity(WholeTexts(), {}))
    passage = "Radiation can dry the skin and make it itch."

    assert checker.check("Radiation can dry the skin.", [passage]).is_supported
    assert checker.check("Radiation helps insurers refund moisturizers.", [passage]).reason


def test_a_span_without_a_figure_is_the_one_that_the_passage_tells(check):
    told = (
        "Liver injury was seen in several dozen people. Rest for 15 minutes a day. "
        "Taste returns in a few months."
    )
    for sentence in (
        "Liver injury was seen in several thousand people.",
        "Rest for 15 minutes a week.",
        "It takes several years until taste returns.",
    ):
        assert check(sentence, told).reason == "unit", sentence
    for sentence in ("Rest for 15 minutes daily.", "Taste comes back within some months."):
        assert check(sentence, told).reason != "unit", sentence
