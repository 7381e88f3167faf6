"""Types and extents that a text names, and whose they are."""

import pytest

from chains.compose.types_named import is_of_others, types_named

HER2 = ("biomarker.HER2", "positive")
TNBC = ("subtype", "triple negative")
ER = ("biomarker.ER", "positive")
SPREAD = ("extent", "metastatic")
EARLY = ("extent", "early")


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Her2+ and ER+ tumour", {HER2, ER}),
        ("hormone receptor-positive, HER2-negative", {ER, ("biomarker.HER2", "negative")}),
        ("TNBC of stage IIB", {TNBC, EARLY}),
        ("oligomet disease", {("extent", "oligometastatic"), SPREAD}),
        ("advanced hormone receptor-positive cancer", {ER, SPREAD}),
        ("stage 3 disease", {("extent", "locally advanced"), EARLY}),
        ("does my cancer hurt", set()),
        ("advanced age", set()),
    ],
)
def test_types_and_extents_are_read_in_any_wording(text, pairs):
    assert types_named(text) == pairs


@pytest.mark.parametrize(
    ("said", "wanted", "is_others"),
    [
        ("Triple-negative disease came back more often.", {HER2}, True),
        ("In triple-negative and HER2-positive disease it helps.", {HER2}, False),
        ("ER-positive cancer can return late.", {TNBC}, True),
        ("ER-positive cancer can return late.", {HER2}, False),
        ("For HER2-low cancer it is approved.", {HER2}, True),
        ("Stage IV cancer is treated for life.", {EARLY}, True),
        ("Stage IV cancer is treated for life.", {SPREAD, EARLY}, False),
        ("Inflammatory breast cancer grows fast.", {EARLY}, True),
        ("Inflammatory breast cancer grows fast.", set(), False),
        ("It helps with sleep.", {HER2, EARLY}, False),
    ],
)
def test_what_speaks_only_of_types_that_are_not_wanted_is_of_others(said, wanted, is_others):
    assert is_of_others(types_named(said), frozenset(wanted)) is is_others
