"""Stages by what they are: "stage 2" is "stage II"."""

import re

_ROMAN = {"0": "0", "i": "1", "ii": "2", "iii": "3", "iv": "4", "zero": "0"}
_ROMAN |= {"one": "1", "two": "2", "three": "3", "four": "4"}
_NUMERAL = r"iv|i{1,3}|[0-4]|zero|one|two|three|four"
_ONE = rf"(?:{_NUMERAL})[abc]?"
_STAGES = re.compile(
    rf"\bstages? ({_ONE}(?:\s?(?:,|/|-|–|to|or|and|or stage|and stage"
    rf"|to stage)\s?{_ONE})*)(?![\w])",
    re.IGNORECASE,
)
_EACH = re.compile(rf"(?<![a-z0-9])({_NUMERAL})([abc]?)(?![a-z0-9])", re.IGNORECASE)
_SPAN = re.compile(r"\b(?:to|through)\b|[-–]")
_METASTATIC = re.compile(r"\bmetasta[st]\w*|\badvanced breast cancer\b", re.IGNORECASE)
_IN_SITU = re.compile(r"\bdcis\b|\bin situ\b", re.IGNORECASE)


def stages(text: str) -> frozenset[str]:
    """Stages named in a text, such as "2" and "3a"; "stages I to III" names all three."""
    found: set[str] = set()
    for match in _STAGES.finditer(text):
        each = [(_ROMAN.get(n.lower(), n), letter.lower()) for n, letter in _EACH.findall(match[1])]
        found |= {number + letter for number, letter in each}
        if _SPAN.search(match[1]) and len(each) == 2:
            found |= {str(n) for n in range(int(each[0][0]), int(each[1][0]) + 1)}
    return frozenset(found)


def spans(text: str) -> list[tuple[int, int]]:
    """Where a text names stages by number: characters, end exclusive."""
    return [match.span() for match in _STAGES.finditer(text)]


def stages_told(text: str) -> frozenset[str]:
    """Stages that a passage speaks of, also in other words; a part ("2a") tells the whole."""
    found = set(stages(text))
    found |= {stage[0] for stage in found}
    if _METASTATIC.search(text):
        found.add("4")
    if _IN_SITU.search(text):
        found.add("0")
    return frozenset(found)
