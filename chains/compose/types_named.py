"""Which types and extents of breast cancer a text names, and whether they are another's."""

import re
from collections.abc import Iterable, Mapping

Pair = tuple[str, str]
"""Key and value of a condition, such as ("biomarker.HER2", "positive")."""

_PATTERNS: Mapping[Pair, str] = {
    ("subtype", "triple negative"): r"triple[ -]?neg\w*|\btnbc\b",
    ("biomarker.HER2", "positive"): r"\bher2(?: ?\+| ?amplified|[ -]pos\w*)|\btriple positive\b",
    ("biomarker.HER2", "low"): r"\bher2[ -](?:ultra)?low\b",
    ("biomarker.HER2", "negative"): r"\bher2(?:[ -]neg\w*|-(?=[\s,.;/)]|$))",
    ("biomarker.ER", "positive"): (
        r"\b(?:er|hr|(?:o?estrogen|hormone)(?:[ -]receptor)?)(?: ?\+|[ -]pos\w*)"
        r"|\btriple positive\b"
    ),
    ("biomarker.ER", "negative"): (
        r"\b(?:er|hr|(?:o?estrogen|hormone)(?:[ -]receptor)?)[ -]neg\w*"
    ),
    ("extent", "oligometastatic"): r"\boligo[ -]?met\w*",
    ("extent", "metastatic"): (
        r"\bmetastatic\b|\bmetasta[st]\w+|\bmets?\b|\bmbc\b|\bstage (?:4|iv|four)\b"
        r"|\badvanced (?!age|care|practice|stage)\w+|\b(?:has|have|had|is|cancer) spread to\b"
        r"|\bspread (?:er|hr|her2|hormone|triple|tnbc|cancer|disease|breast)\b"
    ),
    ("extent", "locally advanced"): r"\blocally advanced\b|\bstage (?:3|iii|three)[abc]?\b",
    ("extent", "early"): r"\bearly(?:[ -]stage)?(?: breast)? (?:cancer|disease)\b"
    r"|\bearly[ -]stage\b|\bstage (?:1|2|i|ii|one|two)[abc]?\b",
    ("extent", "in situ"): r"\bdcis\b|\bin situ\b|\bstage (?:0|zero)\b",
    ("diagnosis", "inflammatory breast cancer"): r"\binflammatory breast\b|\binflammatory cancer\b",
}
_READ = {pair: re.compile(pattern, re.IGNORECASE) for pair, pattern in _PATTERNS.items()}
_NEARBY = {"oligometastatic": "metastatic", "locally advanced": "early"}
"""An extent that counts as another one too."""
_TYPES = ("subtype", "biomarker.HER2", "biomarker.ER")
_OF_CANCER = (*_TYPES, "biomarker.PR", "extent", "stage", "diagnosis")
_HER2_POSITIVE, _ER_POSITIVE = ("biomarker.HER2", "positive"), ("biomarker.ER", "positive")
_TRIPLE_NEGATIVE = ("subtype", "triple negative")
_AGAINST: Mapping[Pair, frozenset[Pair]] = {
    _TRIPLE_NEGATIVE: frozenset({_HER2_POSITIVE, _ER_POSITIVE}),
    _HER2_POSITIVE: frozenset({
        _TRIPLE_NEGATIVE,
        ("biomarker.HER2", "negative"),
        ("biomarker.HER2", "low"),
    }),
    _ER_POSITIVE: frozenset({_TRIPLE_NEGATIVE, ("biomarker.ER", "negative")}),
    ("biomarker.HER2", "negative"): frozenset({_HER2_POSITIVE}),
    ("biomarker.HER2", "low"): frozenset({_HER2_POSITIVE}),
    ("biomarker.ER", "negative"): frozenset({_ER_POSITIVE}),
}


def types_named(text: str) -> frozenset[Pair]:
    """Markers, subtypes and extents that a text names, as (key, value) of conditions.

    Args:
        text: A question or a line of the library; may be empty.

    Returns:
        Pairs such as ("biomarker.HER2", "positive"); an extent brings the wider one it counts as.
    """
    found = {pair for pair, pattern in _READ.items() if pattern.search(text)}
    return frozenset(found | {(key, _NEARBY[v]) for key, v in found if v in _NEARBY})


def is_of_others(said: frozenset[Pair], wanted: frozenset[Pair]) -> bool:
    """True when a text speaks only of types, or only of extents, that are not the wanted ones.

    Args:
        said: What the text names.
        wanted: What is asked about or known of the person; where it says nothing of types or of
            extents, no text is another's for that.
    """
    types = {pair for pair in said if pair[0] in _TYPES}
    asked = {pair for pair in wanted if pair[0] in _TYPES}
    if types and asked and all(_is_against(pair, asked) for pair in types):
        return True
    return any(_has_only_others(said, wanted, key) for key in ("extent", "diagnosis"))


def _is_against(pair: Pair, wanted: Iterable[Pair]) -> bool:
    wanted = set(wanted)
    return pair not in wanted and bool(_AGAINST.get(pair, frozenset()) & wanted)


def _has_only_others(said: frozenset[Pair], wanted: frozenset[Pair], key: str) -> bool:
    mine = {pair for pair in said if pair[0] == key}
    if key == "diagnosis":  # a rare kind is another's once the cancer is known at all
        is_known = any(pair[0] in _OF_CANCER for pair in wanted)
        return bool(mine) and is_known and not mine & wanted
    theirs = {pair for pair in wanted if pair[0] == key}
    return bool(mine) and bool(theirs) and not mine & theirs
