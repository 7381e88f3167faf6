"""Signs that need no grammar: brackets, quotations, lists, figures, the limit of a text field."""

import re

from chains.completeness.signal import Signal
from chains.completeness.tail import EMOTICON, END_CHARACTERS, Tail
from chains.completeness.word_lists import WordLists

FIELD_LIMITS = frozenset({255, 256, 500, 512, 1000, 1024, 2000, 2048, 4000, 4096})
"""Characters; the sizes that forms and databases cut at."""

_SAD_FACE = re.compile(r"[:;=]'?-?[(\[]+")
_INCHES = re.compile(r"\d\s?\"")
_NEAR = 160
"""Characters an open bracket or quotation may stand before the end; older ones were forgotten."""
_BARE_DECIMAL = re.compile(r"(?:^|\s)(\d{1,3})\.$")
_NUMBER_UNIT = re.compile(r"(\d+(?:[.,]\d+)?)\s?([a-z]{0,3}/?[a-z]?)$", re.IGNORECASE)
_CELSIUS = range(34, 44)
_DECIMAL = re.compile(r"\b(\d{1,3})\.\d")
_ACROSS = re.compile(r"\d\s?(?:x|\u00d7|by)$", re.IGNORECASE)
_SINGLE_OPEN = re.compile(r"(?:^|(?<=[\s(:]))['\u2018](?=[A-Za-z])(?!(?:cause|til|till|em|n)\b)")
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?])['\u2019](?=$|[\s.,;:!?)])")
_ITEM_END = re.compile(r"(?:^|[\n,;.?!]\s*|\s(?=\w{1,2}[.)]))(\d{1,2}|[b-h])([.):]?)\s*$")
_LIST_END = re.compile(r"[,;&+]$")
_JOINED_END = re.compile(r"\b(?:and|or|plus|n)$", re.IGNORECASE)
_POINTING_END = re.compile(r"(?:^|\s)(?:-|\u2013|\u2014|/|=|<|>)$|[:(\[]$|\w[/=]$")


def open_bracket(tail: Tail, _lists: WordLists) -> Signal | None:
    """A bracket that was opened near the end and not closed."""
    text = _SAD_FACE.sub(lambda m: " " * len(m[0]), tail.text)
    depth: list[int] = []
    for position, character in enumerate(text):
        if character in "([":
            depth.append(position)
        elif character in ")]" and depth:
            depth.pop()
    if not depth or len(text) - depth[-1] > _NEAR:
        return None
    return Signal("open_bracket", 0.7 if tail.mark == "stop" else 0.93, tail.text[depth[-1] :])


def open_quotation(tail: Tail, _lists: WordLists) -> Signal | None:
    """A quotation that was opened near the end and not closed."""
    text = _INCHES.sub(lambda m: " " * len(m[0]), tail.text)
    curly = text.rfind("\u201c")
    if curly > text.rfind("\u201d"):
        start = curly
    elif text.count('"') % 2:
        start = text.rfind('"')
    else:
        start = _single_start(text)
    if start < 0:
        return None
    opens = start == 0 or text[start - 1] in " \n(:"
    if not opens or start >= len(text) - 1 or len(text) - start > _NEAR:
        return None
    return Signal("open_quotation", 0.6 if tail.mark == "stop" else 0.92, tail.text[start:])


def _single_start(text: str) -> int:
    """Where a quotation that one apostrophe opens begins; -1 when none is open."""
    found = list(_SINGLE_OPEN.finditer(text))
    if not found or _SINGLE_CLOSE.search(text, found[-1].end()):
        return -1
    return found[-1].start()


def open_list(tail: Tail, lists: WordLists) -> Signal | None:
    """A comma, "and" within a list, an ampersand, a colon or a number with nothing behind it."""
    end = tail.text[-END_CHARACTERS:]
    if _is_next_item(tail.text):
        return Signal("open_list", 0.9, tail.fragment())
    if _LIST_END.search(end):
        if tail.words and lists.has(tail.last.lower, "sign_off"):
            return None
        parted = end.endswith(";") and any(mark in tail.text[:-1] for mark in ",;:")
        listed = end.endswith(",") or parted or _joins(tail)
        return Signal("open_list", 0.88, tail.fragment()) if listed else None
    if _JOINED_END.search(end) and _is_listing(tail, lists):
        return Signal("open_list", 0.97, tail.fragment())
    if _POINTING_END.search(end) and not EMOTICON.search(end[-4:]):
        return Signal("open_list", 0.8, tail.fragment())
    return None


def _is_next_item(text: str) -> bool:
    """Whether the text ends in the number (or letter) that follows those of the items before."""
    found = _ITEM_END.search(text)
    if found is None or (found[1].isalpha() and found[2] != ")"):
        return False
    before = int(found[1]) - 1 if found[1].isdigit() else chr(ord(found[1]) - 1)
    first = 1 if found[1].isdigit() else "a"
    mark = re.escape(found[2])
    return bool(before) and all(
        re.search(rf"(?:^|[\n,;.?!:]\s*|\s(?=\w{{1,2}}[.)])){item}{mark}\s?[A-Za-z]", text)
        for item in {first, before}
    )


def _is_listing(tail: Tail, lists: WordLists) -> bool:
    """Whether the words since a late comma are things, with no verb among them."""
    recent = tail.words[-5:]
    comma = next((n for n in range(len(recent) - 1, -1, -1) if recent[n].after_comma), None)
    if comma is None:
        return False
    items = [word.lower for word in recent[comma:-1]]
    return not any(lists.has(w, "verb", "open_verb", "auxiliary", "contraction") for w in items)


def _joins(tail: Tail) -> bool:
    return tail.text[-1] in "&+" and tail.text[-2:-1] == " "


def open_figure(tail: Tail, lists: WordLists) -> Signal | None:
    """A decimal point with nothing behind it, or a figure with the beginning of a unit."""
    if found := _BARE_DECIMAL.search(tail.text[-END_CHARACTERS:]):
        return _bare_decimal(tail, lists, found[1])
    if _ACROSS.search(tail.text) and any(lists.has(word, "sized") for word in tail.lower):
        return Signal("open_figure", 0.8, tail.fragment())
    found = _NUMBER_UNIT.search(tail.text[-END_CHARACTERS:])
    if found is None or not lists.has(found[2].lower(), "unit_start"):
        return None
    unit, before = found[2].lower(), found.string[: found.start()].lower().split()[-1:]
    if _is_whole_unit(found[1], unit) or any(lists.has(word, "label") for word in before):
        return None
    return Signal("open_figure", 0.85, found[0])


def _bare_decimal(tail: Tail, lists: WordLists, figure: str) -> Signal | None:
    words = tail.lower[:-1] if tail.words and tail.last.text == figure else tail.lower
    measured = any(lists.has(word, "measure") for word in words[-4:])
    links = words[-1:] and words[-1] in ("of", "is", "was", "at", "to", "only", "are", "were")
    series = {len(other) for other in _DECIMAL.findall(tail.text[-END_CHARACTERS:])}
    if len(figure) in series and (len(series) == 1 and tail.text[-len(figure) - 3 :][0] in ",/"):
        return Signal("open_figure", 0.8, tail.fragment())
    if figure == "0" and words:
        return Signal("open_figure", 0.9, tail.fragment())
    if measured and (links or len(words) <= 2) and len(figure) == 1:
        return Signal("open_figure", 0.8, tail.fragment())
    return None


def _is_whole_unit(figure: str, unit: str) -> bool:
    value = float(figure.replace(",", "."))
    return unit == "g" or (unit == "c" and int(value) in _CELSIUS)


def field_limit(tail: Tail, _lists: WordLists) -> Signal | None:
    """A text exactly as long as a text field allows, and without an end."""
    if tail.length not in FIELD_LIMITS or tail.mark in ("stop", "ellipsis"):
        return None
    return Signal("field_limit", 0.9, tail.fragment())
