"""A thing named first and asked about behind it: "what about the tablet, does it thin bones"."""

import re

_POINTS = r"(?:the|that|this|those|these|my|her|his)\b"
_FRONTED = re.compile(
    rf"^\W*(?:(?:and|but|so|ok|okay|also)[\s,]+)*(?:(?P<opens>(?:what|how) about"
    r"|(?:(?:can we |let's |to )?(?:go|going|come|coming) )?back to"
    r"|as for|regarding|returning to)\s+)?"
    rf"(?P<what>{_POINTS}[^,?]{{0,30}}?|mine|hers|theirs|[^,?]{{2,30}}?)(?P<again> again)?"
    r"(?:,|:| -)\s*"
    r"(?P<asks>(?:is|are|was|does|do|did|can|could|should|will|would|has|may"
    r"|how|what|when|why|where)\b.+)$",
    re.IGNORECASE,
)
_STANDING_IN = re.compile(
    rf"^(?:{_POINTS}(?:.*\b(?:ones?|first|second|third|other|latter|former|before that)|"
    r" (?:tablets?|pills?|shots?|jabs?|injections?|drips?|infusions?))|mine|hers|theirs)$",
    re.IGNORECASE,
)
"""What can only be had from the talk, so that no opening is needed."""
_POINTING = re.compile(r"\b(?:it|that|this|they|those|these|them)\b", re.IGNORECASE)


def unfronted(message: str) -> str:
    """The message with the thing in the place where it is asked about; else as it is.

    Args:
        message: as written; "my bones ache, is that it" and other sentences stay whole.
    """
    found = _FRONTED.match(message)
    if found is None or not _POINTING.search(found["asks"]):
        return message
    if not (found["opens"] or found["again"] or _STANDING_IN.match(found["what"])):
        return message
    return _POINTING.sub(lambda _: found["what"], found["asks"], count=1)
