"""Words and sentences of a message, with their places."""

import re
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+(?:['’`][^\W_]+)*")
_APOSTROPHE = re.compile(r"['’`]")
_STOP = re.compile(r"[?!]|\.(?=\D|$)|[;\n]")
_BREATH = re.compile(r"[,;:()\[\]]|\s[-–—]\s|—")
_ABBREVIATIONS = frozenset({"dr", "st", "vs", "eg", "ie", "mr", "mrs", "ms", "approx", "no", "g"})


_CHAT = {
    **dict.fromkeys(("takin", "tkaing", "takng"), "taking"),
    **dict.fromkeys(("havnt", "hvnt", "havent"), "havent"),
    **dict.fromkeys(("stoped", "stopd", "stoppd"), "stopped"),
    **dict.fromkeys(("tomorow", "tommorow", "tommorrow", "tmrw", "tomoz", "tmw"), "tomorrow"),
    **dict.fromkeys(("curently", "currenty", "currentley"), "currently"),
    **dict.fromkeys(("finishd", "finshed", "finised"), "finished"),
    **dict.fromkeys(("startd", "strted"), "started"),
    **dict.fromkeys(("woz", "wos"), "was"),
    **{"tak": "take", "hav": "have", "havin": "having", "gettin": "getting", "goin": "going"},
    **{"startin": "starting", "feelin": "feeling", "dnt": "dont", "nxt": "next", "stil": "still"},
    **{"gona": "gonna", "sinse": "since", "usin": "using", "doin": "doing", "cuz": "cos"},
}
"""Words as they are typed on a phone."""


class Word(NamedTuple):
    """One word of a text."""

    start: int
    end: int
    plain: str
    """Lower case, without apostrophes; a phone's "takin" is "taking"."""
    sentence: int
    """0, 1, 2 ... in the text."""
    comma: bool
    """Whether a comma, bracket or dash stands between the word before and this one."""


class Sentence(NamedTuple):
    """Words `first` to `last` (exclusive) of a text."""

    first: int
    last: int
    asks: bool
    """Whether it ends in a question mark."""


def split_words(text: str) -> tuple[tuple[Word, ...], tuple[Sentence, ...]]:
    """Words with their sentence, and the sentences; both empty for a text without words."""
    words: list[Word] = []
    sentences: list[Sentence] = []
    first = previous_end = 0
    for match in _WORD.finditer(text):
        between = text[previous_end : match.start()]
        if words and _ends_sentence(between, words[-1].plain):
            sentences.append(Sentence(first, len(words), "?" in between))
            first = len(words)
        plain = _APOSTROPHE.sub("", match.group()).lower()
        plain = _CHAT.get(plain, plain)
        comma = _BREATH.search(between) is not None
        words.append(Word(match.start(), match.end(), plain, len(sentences), comma))
        previous_end = match.end()
    if words:
        sentences.append(Sentence(first, len(words), "?" in text[previous_end:]))
    return tuple(words), tuple(sentences)


def _ends_sentence(between: str, before: str) -> bool:
    if between == "." or (between.startswith(".") and before in _ABBREVIATIONS):
        return False
    return _STOP.search(between) is not None
