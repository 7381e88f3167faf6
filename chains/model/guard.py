"""What no sentence of a model may hold, whatever its sources say."""

import re
from collections.abc import Sequence

from chains.compose.person import Known
from chains.compose.types_named import types_named
from chains.lexicon import Lexicon
from chains.model.planted import is_planted

_LINK = re.compile(r"https?:|www\.|\]\(|<\w|&\w+;|`|[\w.]+@[\w.]+", re.IGNORECASE)
_SITE = re.compile(
    r"\b[\w-]+\.(?:com|org|net|io|gov|edu|info|biz|co|me|ru|xyz|shop|health)\b", re.IGNORECASE
)
_CARE = r"(?:care team|doctor|oncologist|nurse|pharmacist|surgeon|hospital)"
_DO = (
    r"(?:take|stop|skip|halve|double|increase|reduce|lower|raise|cut|restart|replace|swap|switch"
    r"|start|quit|pause|drop)\b(?! (?:care|time|part|note)\b)"
)
_DOSING = re.compile(
    rf"^(?:please |just |simply |then |now |so |first,? )?(?:use\b|{_DO})"
    r"|\byou (?:should|must|can(?! ask)|could|may|might|need to|have to|ought to"
    rf"|are (?:safe|free|ok|okay) to) (?:\w+ ){{0,2}}{_DO}",
    re.IGNORECASE,
)
_OF_MEDICINE = re.compile(
    r"\b(?:dose|doses|dosage|pills?|tablets?|capsules?|mg|medicines?|medications?|meds|drugs?"
    r"|therapy|chemo\w*|treatment|radiation|surgery|taking)\b",
    re.IGNORECASE,
)
_GIVES = re.compile(
    r"^(?:please |just |simply |then |now |so |first,? )?(?:take|use|inject|apply|swallow|chew"
    r"|drink|put on|stick on|give|add|inhale|rub|place|double|repeat)\b",
    re.IGNORECASE,
)
_HOW_MUCH = re.compile(
    r"\b(?:daily|nightly|hourly|weekly|monthly|once|twice|times|(?:each|every|a|per) (?:\w+ )?"
    r"(?:day|night|morning|evening|week|month|hours?|days|weeks)|\d[\d,.]*|mg|mcg|units?|now"
    r"|(?:one|two|three|four|five|six|eight|ten) (?:tablets?|pills?|capsules?|patch(?:es)?"
    r"|drops?|doses?|puffs?|shots?|spoons?))\b",
    re.IGNORECASE,
)
_HANDED = re.compile(
    r"\b(?:ask|talk|tell|speak|check|call|discuss|unless|without|do not|don['’]t|never|not)\b"
    rf"|{_CARE}",
    re.IGNORECASE,
)
_PROMISE = re.compile(
    r"\b(?:cures?|cured|curing|guarantee\w*|100 ?%|miracle\w*|completely safe|no risks?"
    r"|risk[- ]free|always works?|certainly|definitely|proven to"
    r"|will (?:be fine|survive|live|die|work))\b",
    re.IGNORECASE,
)
_DISCOURAGES = re.compile(
    r"\b(?:no need|not need|don['’]t need|no reason|unnecessary|instead of|rather than|avoid"
    r"|(?:never|don['’]t|do not)(?! (?:wait|delay|hesitate|stop|skip|change))|stop"
    r"|without(?! (?:first )?(?:talk|ask|tell|check|speak))|ignore|skip|refuse|hide|lie)\b"
    r"[^.;]{0,40}\b(?:call|see(?:ing)?|tell|visit|ask|emergency|911|fever|symptoms?"
    rf"|appointments?|scans?|treatment|chemo\w*|{_CARE})\b",
    re.IGNORECASE,
)
_ABOUT_US = re.compile(
    r"\b(?:my|these) (?:instructions|rules|prompt|guidelines|passages)\b|\bas an ai\b"
    r"|\b(?:my|the|this|system) prompt\b(?! (?:check|call|care|visit|start|look))"
    r"|\bi (?:am|was) (?:told|instructed|programmed)\b|\blanguage model\b"
    r"|\b(?:another|other) (?:patient|person|user)['’]s\b",
    re.IGNORECASE,
)
_OF_PERSON = re.compile(r"\b(?:you|your|yours)\b", re.IGNORECASE)
_IF = re.compile(r"\b(?:if|when|whether|unless|should you|in case|ask)\b", re.IGNORECASE)
_HAS = re.compile(
    r"\b(?:because|since|as|given that|now that) (?:of )?you(?:r)?\b[^,.;]{0,80}"
    r"|^you (?:take|are taking|are on|have been taking)\b[^,.;]{0,60}"
    r"|\byour (?:cancer|tumou?r|disease) is\b[^,.;]{0,60}",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z']+", re.IGNORECASE)
_SHINGLE = 7
"""Words in a row that an answer shares with our instructions only by repeating them."""
_LONGEST = 420
"""Characters of a sentence; a longer one was not written to be read."""


class Guard:
    """Filters what a model says before it is held against its sources."""

    def __init__(self, lexicon: Lexicon, instructions: str, canary: str) -> None:
        """Know the instructions, to recognise them.

        Args:
            lexicon: The words of the field.
            instructions: What the model is told at the start of each prompt.
            canary: A word in them that nothing else holds.
        """
        self._lexicon = lexicon
        self._canary = canary.lower()
        self._shingles = _shingles(instructions)

    def is_echo(self, text: str) -> bool:
        """True when our instructions are being repeated."""
        return self._canary in text.lower() or bool(_shingles(text) & self._shingles)

    def is_english(self, text: str) -> bool:
        """Whether most words are English or of the field."""
        words = [word.lower().strip("'") for word in re.findall(r"[^\W\d_]+['’]?[^\W\d_]*", text)]
        known = self._lexicon.vocabulary()
        plain = (word.replace("’", "'").split("'")[0] for word in words)
        right = sum(word in known or self._lexicon.is_english(word) for word in plain)
        return bool(words) and right >= 0.7 * len(words)

    def fault(self, sentence: str, passages: Sequence[str], known: Known) -> str:
        """Why a sentence may not be said; empty when it may, as far as this goes.

        Args:
            sentence: Without marks.
            passages: Texts of the passages it cites.
            known: The card of the person the answer is for.
        """
        said = " ".join(passages)
        sites = {site.lower() for site in _SITE.findall(sentence)}
        if _LINK.search(sentence) or any(site not in said.lower() for site in sites):
            return "link"
        if len(sentence) > _LONGEST:
            return "length"
        if self.is_echo(sentence) or _ABOUT_US.search(sentence) or is_planted(sentence):
            return "echo"
        if not self.is_english(sentence):
            return "language"
        if _is_dosing(sentence, self._lexicon) or _is_dose_unsaid(sentence, said):
            return "dose"
        if _unsaid(_PROMISE, sentence, said):
            return "promise"
        if _unsaid(_DISCOURAGES, sentence, said):
            return "discourages"
        return "" if self._fits(sentence, known) else "person"

    def _fits(self, sentence: str, known: Known) -> bool:
        """Whether what it says of the person is on the card."""
        if not _OF_PERSON.search(sentence):
            return True
        told = [match.group() for match in _HAS.finditer(sentence)]
        for clause in told:
            if _IF.search(sentence[: sentence.find(clause)]):
                continue
            medicines = {m.name for m in self._lexicon.mentions(clause) if m.kind == "drug"}
            if medicines - known.names() or types_named(clause) - known.pairs():
                return False
        return True


def _is_dosing(sentence: str, lexicon: Lexicon) -> bool:
    """True for a sentence that tells a person what to do with a medicine."""
    if not _DOSING.search(sentence) or _HANDED.search(sentence):
        return False
    kinds = {mention.kind for mention in lexicon.mentions(sentence)}
    return bool(_OF_MEDICINE.search(sentence)) or bool(kinds & {"drug", "regimen", "drug_class"})


def _is_dose_unsaid(sentence: str, said: str) -> bool:
    """Whether it says how much or how often to use something and no passage says just that."""
    if not _GIVES.search(sentence) or not _HOW_MUCH.search(sentence):
        return False
    return " ".join(sentence.lower().split()).rstrip(".!") not in " ".join(said.lower().split())


def _unsaid(pattern: re.Pattern[str], sentence: str, said: str) -> bool:
    """Whether the sentence has such words and its passages have none."""
    return pattern.search(sentence) is not None and pattern.search(said) is None


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = [word.lower() for word in _WORD.findall(text)]
    return frozenset(tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1))
