"""What a clause denies: the whole of it ("do not stop") or a thing in it ("without food")."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chains.model.check_words import Token

_WIDE = re.compile(
    r"\b(?:(?<!, )(?<!but )not(?! only\b| just\b| all\b)|(?:advis|recommend|caution|warn"
    r"|guid)\w* (?:\w+ )?against|never|cannot|can't|won't|don't|doesn't|didn't|isn't|aren't"
    r"|wasn't|weren't"
    r"|shouldn't|wouldn't|couldn't|hasn't|haven't|hadn't|mustn't|needn't|nobody|no one|none"
    r"|(?<!or )neither|nor"
    r"|no (?:more|less|better|worse|higher|lower|greater|different|longer)\b(?! than \d)|unless"
    r"|you fast|fast(?:ing|s|ed)? for|unlikely|impossible|fail(?:s|ed)? to|avoid(?:s"
    r"|ed|ing)?|stay(?:s|ing)? away|steer clear"
    r"|ke(?:ep|eps|pt|eping) away|skip(?:s|ped|ping)?|(?:leav(?:e|es|ing)|left) out"
    r"|(?:do|does|did) without"
    r"|left alone|leave alone|rarely|seldom|hardly ever"
    r"|unable|refus\w+|unknown|unclear|unproven|untested|disproved"
    r"|unsafe|unwise|unsuitable|inadvisable|without first|stop(?:s|ped)? short|ruled? out"
    r"|unrelated|unaffected)\b",
    re.IGNORECASE,
)
_NARROW = re.compile(
    r"\b(?:no(?! longer\b| matter\b| more\b| less\b| one\b| better\b| worse\b| higher\b"
    r"| lower\b| greater\b| different\b)|without|lack(?:s|ed|ing)?|free (?:of|from)"
    r"|absence of|absent|hardly any|little or no|devoid of|except)\b"
    r"|(?<=, )not\b(?! only)|\bbut not\b(?! only)|(?<=[a-z])-free\b|\bnon-?(?=[a-z])",
    re.IGNORECASE,
)
_EITHER_WAY = re.compile(
    r"\bwith (?:and|or) without\b|\bwith or (?:\w+ )?without\b|\bwhether or not\b"
    r"|\bwithout(?= it\b|[.,;)]|$)|\bwithout or with\b"
    r"|\bbefore as well as after\b|\bregardless of\b|\bwhatever\b|\bno matter\b"
    r"|\b(?:do|does|did|has|have|need)(?: not|n't) (?:have|need|has) to\b|\b(?:need"
    r"|needs) not\b|\bneedn't\b"
    r"|\bno need\b|\bnot (?:necessary|required|needed)\b|\bnot depend on\b|\bmakes? no difference\b"
    r"|\bwith food or between meals\b|\bas well as (?:in )?(?:those|people|women) without\b",
    re.IGNORECASE,
)
_NOT_ONLY = re.compile(r"\bnot (?:only|just)\b", re.IGNORECASE)
_NARROW_WORDS = 3
_BESIDE = 28
"""Characters between a denial and a word that it stands right beside."""
_STOPS = re.compile(
    r"[,;:()]| (?:and|but|so|that|which|who|is|are|was|were|may|can|than|do|does|did|has|have"
    r"|will|should|must|to|in|with|for|at|by|on)\b"
)


_RELATIVE = re.compile(
    r"\s(?:that|which|who|whose|where|whom)\s|\sto\s(?=\w+ (?:that|whether)\b)", re.IGNORECASE
)

_SHOWS_NOTHING = re.compile(
    r"\bno (?:\w+ )?(?:stud(?:y|ies)|evidence|proof|research|trials?|sign|data)\b", re.IGNORECASE
)
_SHOWING = re.compile(
    r"\b(?:show\w*|prov\w+|proof|evidence|stud(?:y|ies)|mean\w*|sa(?:y|id)\w*|claim\w*"
    r"|suggest\w*|sign"
    r"|demonstrat\w+|establish\w*|likely|true|think|thought|know\w*|found|find\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Denials:
    """How a clause is meant."""

    denied: frozenset[int]
    """Places, among the clause's tokens, of what is denied."""
    focus: frozenset[int]
    """Places of the words that a denial stands right beside."""
    is_either_way: bool
    """Whether it says that both hold, or that something need not be."""
    is_nested: bool
    """Whether one denial stands within another: "not for people whose level is not right"."""


def denials(text: str, words: Sequence[Token]) -> Denials:
    """What a clause denies."""
    cleared = _EITHER_WAY.sub(lambda match: " " * len(match[0]), text)
    cleared = _NOT_ONLY.sub(lambda match: " " * len(match[0]), cleared)
    denied: set[int] = set()
    focus: set[int] = set()
    scopes: set[tuple[int, int]] = set()
    for match in _WIDE.finditer(cleared):
        scope = _scope(cleared, match.start())
        denied ^= {at for at, word in enumerate(words) if scope[0] <= word.start < scope[1]}
        focus |= _after(match.end(), scope[1], words, 1)
        scopes.add(scope)
    for match in _NARROW.finditer(cleared):
        if _SHOWS_NOTHING.match(cleared, match.start()):
            denied ^= set(range(len(words)))
            continue
        narrow = _denied(text, match, words)
        denied ^= narrow
        focus |= narrow
    return Denials(frozenset(denied), frozenset(focus), cleared != text, len(scopes) > 1)


def _scope(text: str, at: int) -> tuple[int, int]:
    """The words a denial turns: those up to a relative pronoun on either side.

    What is said between commas ("curcumin, which comes from turmeric, should be avoided") parts
    nothing, nor does "that" after words of saying and showing ("no study shows that ...").
    """
    start, end = 0, len(text)
    for match in _RELATIVE.finditer(text):
        if match.end() <= at + 1:
            is_aside = text[: match.start()].endswith(",") and "," in text[match.end() : at]
            start = start if is_aside else match.end() - 1
        elif match.start() > at and not _SHOWING.search(text[at : match.start()]):
            end = match.start()
            break
    return start, end


def _after(start: int, end: int, words: Sequence[Token], most: int) -> set[int]:
    after = [
        n
        for n, word in enumerate(words)
        if start <= word.start < end and not _is_no_predicate(word)
    ]
    return {n for n in after[:most] if words[n].start - start < _BESIDE + 20 * (most - 1)}


def _is_no_predicate(word: Token) -> bool:
    return word.is_light or any(meaning.startswith("@") for meaning in word.means)


def _denied(text: str, match: re.Match[str], words: Sequence[Token]) -> set[int]:
    """The tokens a narrow denial speaks of: those after it, before it for "hormone-free"."""
    if match[0].lower() == "-free":
        return {at for at, word in enumerate(words) if word.end == match.start()}
    stop = _STOPS.search(text, match.end())
    return _after(match.end(), stop.start() if stop else len(text), words, _NARROW_WORDS)
