"""A conversation's name: its first real question, short."""

import re

from chains.record import TurnRecord

MOST_CHARS = 46
_ASKED = ("answer", "no_source")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


def title_of(record: TurnRecord) -> str:
    """The name a turn gives its thread, at most 46 characters; "" when it asks nothing."""
    return shortened(record.message) if record.kind in _ASKED else ""


def shortened(text: str) -> str:
    """The last question of a text, else its first sentence, cut at a word to 46 characters."""
    sentences = [found.strip() for found in _SENTENCE.findall(text) if found.strip()]
    questions = [sentence for sentence in sentences if sentence.endswith("?")]
    said = " ".join((questions[-1:] or sentences[:1] or [text])[0].split())
    if len(said) > MOST_CHARS:
        cut = said[: MOST_CHARS - 1]
        said = (cut.rpartition(" ")[0] or cut).rstrip(",;: ") + "…"
    return said[:1].upper() + said[1:]
