"""Where the cancer has spread."""

import re
from collections.abc import Iterator

from chains.extraction.owning import is_had
from chains.extraction.reading import Reading, Span
from chains.lexicon import Mention
from memory.records import Fact

_SPREAD_BEFORE = re.compile(
    r"\b(?:mets?|metas\w+|mestast\w+|spread\w*|secondar\w+|lesions?|spots?|progress\w+|nodules?"
    r"|tumou?rs?|ha[sd]? it|have it|got it|came back|come back|back|moved|gone|went|cancer"
    r"|recur\w*|involv(?:ement|ing|es)|disease)\b"
    r"[^.;?!]*?\b(?:in|on|to|into|of|:|involving|at|around)\b[^.;?!]*$|\b(?:mets?"
    r"|metas\w+)\b\W*$",
    re.IGNORECASE,
)
_FOUND_IN = re.compile(
    r"\b(?:it'?s|it is|its now|cancer'?s|cancer is|found it|found (?:some|more|something)|showing"
    r"|showed(?: up)?|shown up|popped up|turned up|cancer)\s(?:\w+\s){0,2}(?:in|on)\s"
    r"(?:(?:my|me|the|her|his|both|multiple|several|left|right)\s)*$",
    re.IGNORECASE,
)
_FELT = re.compile(
    r"\b(?:pain\w*|ach\w+|hurt\w*|sore\w*|rash|itch\w*|numb\w*|tingl\w*|swell\w*|swollen|stiff\w*"
    r"|cramp\w*|burn\w*|clots?|infection|fluid|arthritis)\b",
    re.IGNORECASE,
)
_SPREAD_AFTER = re.compile(
    r"\W{0,2}(?:only\s)?(?:mets?|metas\w+|mestast\w+|lesions?|secondar\w+|tumou?rs?|involvement"
    r"|spread|disease|nodules?|cancer\b|only\b)",
    re.IGNORECASE,
)
_SPREAD_TOLD = re.compile(
    r"\bmetas\w+|\bmestast\w+|\bmets?\b|\bstage\s?-?(?:4|iv|four)\b|\bm\.?bc\b|\bspread\b"
    r"|\bsecondar(?:y|ies)\b|\boligo",
    re.IGNORECASE,
)
_ITEM_OPENS = re.compile(
    r"(?:[,;:.(\-–—]|\b(?:in|to|and|both|now|only|just|also|my|its|it's))\s*"
    r"(?:(?:in|to|my|me|the|both|just|only|now|her|his|also|left|right)\s)*$",
    re.IGNORECASE,
)
_ITEM_ENDS = re.compile(
    r"\s*(?:$|[,;.)\n]|\b(?:only|both|involved|affected|mets?|here|already|though"
    r"|so far|at the moment|on the scan)\b)",
    re.IGNORECASE,
)
_NEXT_SENTENCE = re.compile(r"[^.;!?\n]*[.;\n]\s*(?:(?:in|to|both)\s)?", re.IGNORECASE)
LIST = re.compile(
    r"(?:\s*(?:,|and|&|\+|/|or|in|to|on|my|me|the|her|his|both|also|now|then|left|right"
    r"|upper|lower|t\d+|l\d+|nor)\s*|\s+|[^\w.;?!])*",
    re.IGNORECASE,
)
_STRONG_SPREAD = re.compile(
    r"\b(?:mets?|metas\w+|mestast\w+|spread\w*|secondar\w+|lesions?|spots? (?:in|on)|progress\w+"
    r"|came back|come back|ha[sd]? it|have it|got it"
    r"|back in|back\b[^.;,]{1,20}\bin|recur\w*|involv(?:ement|ing|es)|cancer in|tumou?rs? in"
    r"|tumou?rs? on|moved to"
    r"|gone to|went to"
    r"|disease in|nodules? in)\b",
    re.IGNORECASE,
)
_FEARED = re.compile(
    r"\b(?:worried|scared|terrified|convinced|afraid|frightened|petrified|paranoid|panick\w*"
    r"|dread\w*)\b[^.;!?]*"
    r"\b(?:is|are|be|its|it's|means?)\s(?:\w+\s)?$",
    re.IGNORECASE,
)
_MEANT = re.compile(
    r"\b(?:could|can|does|do|did|would|might|will|is|are)\b[^.;!?]*\b(?:means?|signs? (?:of|that"
    r"|it)|suggests?|point(?:s|ing)? to)\b[^.;!?]*$",
    re.IGNORECASE,
)
"""Before what a complaint is asked to mean: "could my cough mean it's in the lungs"."""
_SPOTS = re.compile(
    r"\s(?:spots?|nodules?|ones?)?\s?(?:has\s|have\s|are\s|is\s|all\s)*(?:shr[aiu]nk\w*|stable"
    r"|grown|growing|bigger|smaller)\b",
    re.IGNORECASE,
)
"""What a scan says of places where cancer is: "liver spots shrunk, bones stable"."""
_OF_CANCER = re.compile(
    r"\b(?:mets?|metas\w+|mestast\w+|cancer|tumou?rs?|spread\w*|secondar\w+|recur\w*|came back"
    r"|come back|biops\w+|stage|progress\w+|disease|involv\w+)\b",
    re.IGNORECASE,
)
"""Without such a word spots on the skin are spots on the skin."""
_NOT_DISTANT = frozenset({"lymph node", "chest wall", "skin"})


def read_metastases(reading: Reading) -> Iterator[Fact]:
    """A fact for each organ that the words around say the cancer is in."""
    for mention in reading.of_kind("metastasis"):
        context = reading.context(mention)
        if not is_had(reading, mention, context) or not _is_spread(reading, mention):
            continue
        yield reading.fact("metastasis", mention.name, mention, context=context)
        if mention.name not in _NOT_DISTANT and not context.negated:
            yield reading.inferred("extent", "metastatic", mention, context)


def _is_spread(reading: Reading, mention: Mention) -> bool:
    """Whether the words around an organ say that cancer is there, for it or for its list."""
    place = reading.sentence(mention.start)
    if _FEARED.search(reading.text, place.start, mention.start):
        return False
    if _MEANT.search(reading.text, place.start, mention.start):
        return False
    if mention.name == "skin" and not _OF_CANCER.search(reading.text, *place):
        return False
    if _SPREAD_AFTER.match(reading.text, mention.end) or _SPOTS.match(reading.text, mention.end):
        return True
    if _is_listed_site(reading, mention) or _is_found_in(reading, mention):
        return True
    before = reading.text[place.start : mention.start]
    if _STRONG_SPREAD.search(before) and _SPREAD_BEFORE.search(before):
        return True
    following = [m for m in reading.of_kind("metastasis") if m.start > mention.start]
    if not following:
        return False
    between = reading.text[mention.end : following[0].start]
    return LIST.fullmatch(between) is not None and bool(
        _SPREAD_AFTER.match(reading.text, following[0].end)
    )


def _is_found_in(reading: Reading, mention: Mention) -> bool:
    """Whether "it's in" leads to the organ, or to its list, and no pain is what is there."""
    group = _list_around(reading, mention)
    if not _FOUND_IN.search(reading.text, 0, group.start):
        return False
    return not _FELT.search(reading.text, 0, group.start)


def _is_listed_site(reading: Reading, mention: Mention) -> bool:
    """Whether the organ is an item of its own behind words of spread: "stage 4, lungs, bones"."""
    told = [m.end() for m in _SPREAD_TOLD.finditer(reading.text, 0, mention.start)]
    if not told:
        return False
    group = _list_around(reading, mention)
    opens = _ITEM_OPENS.search(reading.text, told[-1], group.start)
    if opens is None or not _ITEM_ENDS.match(reading.text, group.end):
        return False
    sentences = {reading.reader.sentence_at(at).first for at in (told[-1] - 1, mention.start)}
    between = reading.text[told[-1] : group.start]
    return len(sentences) == 1 or _NEXT_SENTENCE.fullmatch(between) is not None


def _list_around(reading: Reading, mention: Mention) -> Span:
    """The list of organs that the mention stands in; the mention alone when there is none."""
    start, end = mention.start, mention.end
    sites = list(reading.of_kind("metastasis"))
    for site in reversed(sites):
        if site.end <= start and LIST.fullmatch(reading.text, site.end, start):
            start = site.start
    for site in sites:
        if site.start >= end and LIST.fullmatch(reading.text, end, site.start):
            end = site.end
    return Span(start, end)
