"""What a last question was on, in its own words, where the lexicon does not know them."""

import re

from chains.condense.conversation import Conversation

_WORD = re.compile(r"[\w'’-]+")


def noun_phrase(talk: Conversation) -> str:
    """The longest run of content words of the last question; empty when there is none."""
    if talk.last is None:
        return ""
    runs: list[list[str]] = [[]]
    for word in _WORD.findall(talk.last.question):
        if word.lower().replace("'", "") in talk.wording.function_words:
            runs.append([])
        else:
            runs[-1].append(word)
    longest: list[str] = max(reversed(runs), key=len)
    return " ".join(longest)
