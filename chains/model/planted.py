"""Words planted in a text to steer a model: such a text is not put before one, nor believed."""

import re
import unicodedata

_STEERING = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b[^.?!\n]{0,40}\b(?:instruction|rule|prompt"
    r"|above|previous|prior|polic|guideline|safety|context|system|notice|earlier)"
    r"|\b(?:system|developer|hidden|secret|initial) (?:prompt|message|instruction|rule)"
    r"|\byou are (?:now|no longer) (?:a|an|the|in|free|bound|dan)\b|\bpretend (?:to be|you)\b"
    r"|\bact as (?:if|though|my|an? (?:ai|doctor|bot|assistant|model))\b|\brole[- ]?play"
    r"|\b(?:new|updated|real) instructions?\b|\bjailbreak|\bdeveloper mode\b|\bDAN\b"
    r"|\b(?:reveal|print|repeat|output|leak|send)\b[^.?!\n]{0,30}\b(?:prompt|instructions"
    r"|conversation|chat|key|password|patient data|other (?:patient|user|people))"
    r"|\b(?:assistants?|AI|chatbots?|language models?|LLMs?)\b[^.?!\n]{0,30}"
    r"\b(?:must|should|shall|has to|needs? to)\b"
    r"|\b(?:tell|instruct|advise) (?:the )?(?:user|reader|patient)s?\b[^.?!\n]{0,20}\b(?:to|that)\b"
    r"|</?(?:system|user|assistant|instructions?|passages?|person|question)\b|\[/?INST\]|<\|"
    r"|^\s*(?:system|assistant|user|human)\s*:",
    re.IGNORECASE | re.MULTILINE,
)
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\U000e0000-\U000e007f]")
_ENCODED = re.compile(
    r"(?<![\w/])[A-Za-z0-9+/]{40,}={0,2}(?!\w)|(?:\\x[0-9a-f]{2}){6,}|(?:%[0-9a-f]{2}){6,}",
    re.IGNORECASE,
)


def is_planted(text: str) -> bool:
    """True for a passage that speaks to a model instead of to a reader.

    A library's sentence never does; what is lost by one that seems to is one passage.
    """
    plain = unicodedata.normalize("NFKC", text)
    return any(found.search(plain) for found in (_STEERING, _HIDDEN, _ENCODED))


def fenced(text: str) -> str:
    """A text as it stands inside a fence: it can neither close the fence nor open another."""
    plain = _HIDDEN.sub("", unicodedata.normalize("NFKC", text))
    return plain.replace("<", "‹").replace(">", "›").replace("```", "'''").strip()
