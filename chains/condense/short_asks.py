"""A verb and its pronoun alone: "do they", "can I" asked of what was said or asked just before."""

import re

from chains.condense.conversation import Conversation, without_mark

_BARE = re.compile(
    r"^\W*(?:(?:and|but|so|ok|okay|oh)[\s,]+)*"
    r"(?P<asks>is|are|do|does|did|can|could|should|will|would|has|have|was|may)"
    r" (?:it|they|that|this|those|these|i|we|she|he|you)(?: (?:really|too|also|though|then))?\W*$",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?:said|says|say|heard|read|reckons?|thinks?|told (?:me|us|her|him)|swears)\b(?: that)?"
    r" (?P<what>[^?]{6,})$",
    re.IGNORECASE,
)


def asked_bare(message: str, talk: Conversation) -> str | None:
    """The last question again, or what somebody was told to have said, asked."""
    found = _BARE.match(message)
    if found is None or talk.last is None:
        return None
    if talk.question:
        return talk.question
    said = _SAID.search(without_mark(talk.last.message))
    return f"{found['asks']} {said['what']}?" if said is not None else None
