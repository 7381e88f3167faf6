"""Facts that a message states, and those that it does not."""

import pytest

from chains.extraction import extract
from evals.extraction.measure import BLIND_DEV, read_cases, run_case, summarize
from memory.records import Card


def facts_of(text, about="self", card=None):
    return extract(text, card or Card(subject=about), about=about)


def fact(text, kind, name, **where):
    return next((f for f in facts_of(text, **where) if (f.kind, f.name) == (kind, name)), None)


def medicines(text, **where):
    found = facts_of(text, **where)
    return {(f.name, f.status, f.subject) for f in found if f.kind == "medication"}


@pytest.mark.parametrize(
    ("text", "name", "attributes"),
    [
        ("on palbociclib 100", "palbociclib", {"dose": "100 mg"}),
        (
            "I take 2.5 mg of letrozole every night",
            "letrozole",
            {"dose": "2.5 mg", "schedule": "every night"},
        ),
        ("been on tamoxifen for 3 yrs", "tamoxifen", {"duration": "3 yrs"}),
        (
            "they cut my Xeloda from 2000 to 1500 because of diarrhoea",
            "capecitabine",
            {"dose": "1500 mg", "change": "reduced", "reason": "diarrhea"},
        ),
        ("everolimus was increased to 10", "everolimus", {"dose": "10 mg", "change": "raised"}),
        ("letrozole since March 2022", "letrozole", {"since": "March 2022"}),
        ("took tamoxifen until 2020", "tamoxifen", {"until": "2020"}),
        ("Kadcyla is on hold", "trastuzumab emtansine", {"change": "held"}),
    ],
)
def test_a_medicine_carries_what_was_said_of_it(text, name, attributes):
    assert fact(text, "medication", name).attributes == attributes


def test_an_intended_change_leaves_the_dose_in_force():
    found = fact("They want to lower my Ibrance from 125 to 100", "medication", "palbociclib")
    assert found.attributes == {"dose": "125 mg"}


def test_numbers_that_are_not_doses_are_left_alone():
    found = fact("I've been on ribociclib 14 months, 3 scans so far", "medication", "ribociclib")
    assert found.attributes == {"duration": "14 months"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I was on Ibrance", {("palbociclib", "past", "self")}),
        ("I start olaparib next week", {("olaparib", "planned", "self")}),
        ("they paused my Verzenio", {("abemaciclib", "on_hold", "self")}),
        (
            "changed from letrozole to exemestane",
            {("letrozole", "past", "self"), ("exemestane", "current", "self")},
        ),
        (
            "they're moving me from letrozole to exemestane next month",
            {("letrozole", "current", "self"), ("exemestane", "planned", "self")},
        ),
        ("my mum takes letrozole", {("letrozole", "current", "mother")}),
        ("I quit taking turmeric", {("turmeric", "past", "self")}),
        (
            "had HP in 2019",
            {("trastuzumab", "past", "self"), ("pertuzumab", "past", "self")},
        ),
    ],
)
def test_status_and_subject_of_a_medicine(text, expected):
    assert medicines(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "should I take turmeric?",
        "is ribociclib better than palbociclib",
        "side effects of zometa",
        "exemestane or tamoxifen, whats the difference",
        "will femara thin my bones",
        "my doctor suggested Orserdu",
        "I don't want to take tamoxifen",
        "I refused tamoxifen",
        "if I take letrozole will I gain weight",
        "FDA approved imlunestrant",
        "I'm allergic to codeine",
        "ribociclib",
        "I put turmeric in my curry",
        "I eat soy and garlic every day",
        "someone told me ivermectin works",
        "a woman in my group is on Piqray",
    ],
)
def test_no_medicine_is_put_on_the_card_by(text):
    assert not medicines(text)


@pytest.mark.parametrize("text", ["lowered to 400", "it was lowered to 400 last week"])
def test_a_dose_without_a_name_goes_to_the_medicine_under_discussion(text):
    card = Card(facts=tuple(facts_of("on ribociclib and letrozole for 14 months")))
    found = fact(text, "medication", "ribociclib", card=card)
    assert found.attributes == {"dose": "400 mg", "change": "reduced"}


def test_a_dose_that_could_be_of_several_is_left_out():
    card = Card(facts=tuple(facts_of("on ribociclib and capecitabine")))
    assert facts_of("lowered to 400", card=card) == []
    assert facts_of("lowered to 400") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Triple negative", {"ER": "negative", "PR": "negative", "HER2": "negative"}),
        ("ER/PR+ HER2-", {"ER": "positive", "PR": "positive", "HER2": "negative"}),
        ("ER and PR negative, her2 3+", {"ER": "negative", "PR": "negative", "HER2": "positive"}),
        ("HER2 low", {"HER2": "low"}),
        ("a BRCA2 mutation", {"BRCA2": "positive"}),
        ("no PIK3CA mutation", {"PIK3CA": "negative"}),
        ("tested negative for BRCA1 and BRCA2", {"BRCA1": "negative", "BRCA2": "negative"}),
        ("I'm not ER positive", {"ER": "negative"}),
        ("What does ER positive mean?", {}),
        ("worried about a BRCA mutation", {}),
    ],
)
def test_marker_values(text, expected):
    found = [f for f in facts_of(text) if f.kind == "biomarker"]
    assert {f.name: f.attributes["value"] for f in found} == expected
    assert not any(f.negated for f in found)


def test_hormone_receptor_alone_infers_er_and_percent_is_kept():
    assert fact("I'm HR+", "biomarker", "ER").state == "inferred"
    assert fact("ER 90%", "biomarker", "ER").attributes == {"value": "positive", "percent": "90"}


def test_correction_is_marked_and_the_wrong_value_dropped():
    (found,) = [f for f in facts_of("sorry, I mean HER2 positive, not negative")]
    assert (found.name, found.attributes["value"], found.state) == ("HER2", "positive", "corrected")
    (stage,) = [f for f in facts_of("it's stage 3a, not stage 2") if f.kind == "stage"]
    assert stage.name == "IIIA"


@pytest.mark.parametrize(
    ("text", "value", "normalized"),
    [
        ("my ANC was 0.8", "0.8", "800/mm3"),
        ("neutrophils are low at 1.1", "1.1", "1100/mm3"),
        ("ANC 700", "700", "700/mm3"),
    ],
)
def test_counts_keep_the_figure_and_add_one_in_cubic_millimeters(text, value, normalized):
    assert fact(text, "lab", "ANC").attributes == {"value": value, "normalized": normalized}


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("stage 2b", "stage", "IIB"),
        ("I'm stage four", "stage", "IV"),
        ("stage 4", "extent", "metastatic"),
        ("pT2 N1 M0", "tnm", "pT2N1M0"),
        ("the tumour is 23mm", "tumor_size", "23 mm"),
        ("2/14 nodes", "nodes", "2/14"),
        ("3 of 12 lymph nodes positive", "nodes", "3/12"),
        ("grade III", "grade", "3"),
        ("mets to spine and liver", "metastasis", "bone"),
        ("mets to spine and liver", "metastasis", "liver"),
        ("mum has it in her bones", "metastasis", "bone"),
        ("dcis", "diagnosis", "ductal carcinoma in situ"),
        ("I'm 54", "age", "54"),
        ("been through the menopause", "menopausal_status", "postmenopausal"),
        ("I'm allergic to latex and penicillin", "allergy", "penicillin"),
        ("I have high blood pressure", "comorbidity", "hypertension"),
        ("my mother and aunt had breast cancer", "family_history", "breast cancer"),
        ("no need to stick to the NCCN", "preference", "beyond_guidelines"),
        ("what natural remedies help", "preference", "integrative"),
        ("I'd rather not do chemo", "preference", "no_chemotherapy"),
        ("Oncotype 18", "lab", "Oncotype DX"),
    ],
)
def test_what_else_is_known_of_a_person(text, kind, name):
    found = fact(text, kind, name)
    assert found is not None
    assert not found.negated
    assert found.evidence
    assert found.evidence in text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("grade 3 neutropenia", "grade"),
        ("i have no idea what stage i am", "stage"),
        ("39 weeks of letrozole so far, I'm 39 weeks in", "age"),
        ("my 12 year old son", "age"),
        ("diagnosed at 38", "age"),
        ("no known allergies", "allergy"),
        ("I had a bone scan and my hip hurts", "metastasis"),
        ("the nausea is gone", "symptom"),
        ("I went to the ER", "biomarker"),
        ("I don't want chemo", "procedure"),
    ],
)
def test_look_alikes_are_not_facts(text, kind):
    assert kind not in {f.kind for f in facts_of(text)}


@pytest.mark.parametrize(
    ("text", "name", "status"),
    [
        ("had a lumpectomy in May", "lumpectomy", "past"),
        ("mastectomy scheduled", "mastectomy", "planned"),
        ("I'm doing chemo", "chemotherapy", "current"),
        ("finished radiation", "radiation therapy", "past"),
    ],
)
def test_status_of_a_procedure(text, name, status):
    assert fact(text, "procedure", name).status == status


def test_negated_symptom_is_not_stored_as_present():
    assert fact("no fever, chills or cough", "symptom", "cough").negated


def test_pronouns_stay_with_the_relative():
    text = "My wife has stage 3 cancer. She takes letrozole. I take metformin."
    assert medicines(text) == {("letrozole", "current", "wife"), ("metformin", "current", "self")}
    assert fact(text, "stage", "III").subject == "wife"


def test_a_thread_about_the_mother_takes_she_and_no_subject_for_her():
    assert medicines("she takes letrozole", about="mother") == {("letrozole", "current", "mother")}
    assert medicines("started kisqali", about="mother") == {("ribociclib", "current", "mother")}
    assert medicines("I take metformin", about="mother") == {("metformin", "current", "self")}


def test_facts_have_their_own_ids_and_the_message_they_came_from():
    found = extract("ER+ on letrozole", Card(), message_id="m7")
    assert len({f.fact_id for f in found}) == len(found) == 2
    assert {f.message_id for f in found} == {"m7"}


@pytest.mark.parametrize("text", ["", "  ", "...", "😀", "thank you so much", "hi"])
def test_nothing_is_read_from(text):
    assert facts_of(text) == []


def test_cases_stay_above_their_floor():
    summary = summarize(run_case(case) for case in read_cases())
    assert summary["precision"] >= 0.95
    assert summary["recall"] >= 0.95
    assert summary["attributes"] >= 0.95
    assert summary["p95_ms"] < 25


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("my fingers have begun to go numb", "peripheral sensory neuropathy"),
        ("both wrists are really sore in the morning", "arthralgia"),
        ("hair is coming out everywhere", "alopecia"),
        ("my neutrophils have dropped again", "neutropenia"),
        ("I barely slept all week", "insomnia"),
    ],
)
def test_a_symptom_is_read_from_a_part_and_its_sign(text, name):
    assert not fact(text, "symptom", name).negated


def test_a_part_and_sign_keep_denial_and_question():
    assert fact("my hands are not numb", "symptom", "peripheral sensory neuropathy").negated
    assert facts_of("will my hair fall out on docetaxel?") == []
    assert fact("the knees are fine but my back aches", "symptom", "arthralgia") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no nausea on Verzenio", {("abemaciclib", "current", "self")}),
        ("told to stop Ibrance until my counts recover", {("palbociclib", "on_hold", "self")}),
        (
            "on olaparib. Because of my kidneys the treatment was paused",
            {("olaparib", "on_hold", "self")},
        ),
        (
            "lumpectomy next week, TC, then letrozole",
            {
                ("docetaxel", "planned", "self"),
                ("cyclophosphamide", "planned", "self"),
                ("letrozole", "planned", "self"),
            },
        ),
        ("3 of 12 weekly taxol done", {("paclitaxel", "current", "self")}),
        ("haven't started Piqray yet", {("alpelisib", "planned", "self")}),
    ],
)
def test_status_follows_the_course_of_treatment(text, expected):
    assert medicines(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "if Xeloda fails its Halaven next",
        "the nurse says letrozole interacts with tamoxifen",
        "my dog is called Taxol",
        "we had TC over for dinner",
        "will I lose my hair on Kadcyla",
    ],
)
def test_no_medicine_is_taken_from_claims_names_and_suppositions(text):
    assert not medicines(text)


def test_what_a_correction_quotes_is_denied():
    found = facts_of("I said liver mets but it's lung mets")
    assert {(f.name, f.negated) for f in found if f.kind == "metastasis"} == {
        ("liver", True),
        ("lung", False),
    }


@pytest.mark.parametrize("text", ["stage IV, lungs, ribs", "Metastatic. Lung and ribs."])
def test_organs_listed_behind_spread_are_metastases(text):
    assert {f.name for f in facts_of(text) if f.kind == "metastasis"} == {"lung", "bone"}


def test_misspelt_results_of_a_marker_are_read():
    found = facts_of("ER posotive, HER2 negitive")
    assert {f.name: f.attributes["value"] for f in found} == {"ER": "positive", "HER2": "negative"}


def test_relatives_of_a_family_history_add_up():
    card = Card(facts=tuple(facts_of("my mother had ovarian cancer")))
    found = fact("my aunt had ovarian cancer", "family_history", "ovarian cancer", card=card)
    assert found.attributes == {"relatives": "mother, aunt"}


def test_a_foreign_message_is_not_repaired_into_english_terms():
    assert facts_of("tengo mucha fiebre desde ayer") == []


def test_blind_cases_stay_above_their_floor():
    summary = summarize(run_case(case) for case in read_cases(BLIND_DEV))
    assert summary["f1"] >= 0.95


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("should I stop taking my letrozole before the dentist?", {("letrozole", "current")}),
        ("does letrozole stop working?", set()),
        (
            "ramipril, sertraline and omeprazole",
            {
                ("ramipril", "current"),
                ("sertraline", "current"),
                ("omeprazole", "current"),
            },
        ),
        ("no vitamins except magnesium", {("magnesium", "current")}),
        ("started Verzenio on Monday", {("abemaciclib", "current")}),
        ("starting Verzenio on 4th March", {("abemaciclib", "planned")}),
        ("no Enhertu this week, counts too low", {("trastuzumab deruxtecan", "on_hold")}),
        (
            "I've had EC and now on weekly taxol",
            {
                ("epirubicin", "past"),
                ("cyclophosphamide", "past"),
                ("paclitaxel", "current"),
            },
        ),
        ("just herceptin till November now", {("trastuzumab", "current")}),
        (
            "Ibrance made me neutropenic so I'm on Kisqali instead",
            {
                ("palbociclib", "past"),
                ("ribociclib", "current"),
            },
        ),
    ],
)
def test_when_a_medicine_is_taken_is_read_from_the_whole_clause(text, expected):
    assert {(name, status) for name, status, _ in medicines(text)} == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("I was HER2 positive but the new biopsy is negative", "negative"),
        ("HER2 was low, then zero after surgery", "negative"),
        ("HER2 positive, nothing else is positive", "positive"),
    ],
)
def test_a_later_result_of_the_same_marker_wins(text, value):
    assert fact(text, "biomarker", "HER2").attributes["value"] == value


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("I was HER2 positive but now I'm HER2 negative", "corrected"),
        ("it used to be HER2 positive but is negative now", "corrected"),
        ("I'm HER2 negative", "stated"),
    ],
)
def test_a_change_told_in_one_breath_settles_itself(text, state):
    found = fact(text, "biomarker", "HER2")
    assert (found.attributes["value"], found.state) == ("negative", state)


def test_shares_of_receptors_need_no_sign():
    found = fact("ER 90, PR 40, HER2 neg", "biomarker", "PR")
    assert found.attributes == {"value": "positive", "percent": "40"}


@pytest.mark.parametrize(
    ("text", "value"), [("dexa t-score -2.3", "-2.3"), ("CEA - 4", None), ("CEA of 4", "4")]
)
def test_only_a_t_score_is_below_zero(text, value):
    found = next((f for f in facts_of(text) if f.kind == "lab"), None)
    assert (found.attributes["value"] if found else None) == value


def test_a_genomic_assay_may_give_a_class():
    assert fact("mammaprint came back high risk", "lab", "MammaPrint").attributes == {
        "value": "high"
    }


def test_pain_in_an_organ_is_no_spread():
    assert fact("it's in my liver now", "metastasis", "liver") is not None
    assert fact("the ache is worse, it's in my hip", "metastasis", "bone") is None


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("both my mum and I take letrozole", {"mother", "self"}),
        ("me and my sister take letrozole", {"sister", "self"}),
        ("I'm on letrozole and so is my aunt", {"aunt", "self"}),
        ("my sister takes letrozole, I don't", {"sister"}),
        ("my friend takes letrozole", set()),
    ],
)
def test_what_is_told_of_two_is_each_ones(text, who):
    found = [f for f in facts_of(text) if f.kind == "medication" and not f.negated]
    assert {f.subject for f in found} == who


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("burning when I wee", "dysuria"),
        ("my memory's gone", "cognitive disturbance"),
        ("put on 12lbs since Easter", "weight gain"),
        ("lost a stone in a month", "weight loss"),
        ("can't feel my toes", "peripheral sensory neuropathy"),
    ],
)
def test_lay_complaints_are_named_by_their_term(text, name):
    assert fact(text, "symptom", name) is not None
