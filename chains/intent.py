"""What a message is: a question, a telling, a feeling, or a word to the chat itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from chains.commands import Command, read_command
from chains.errors import RuleError
from chains.lexicon import Lexicon
from chains.pleas import begs, is_bodily_trouble
from chains.slips import without_slips
from chains.stages import LastTurn, Stage
from memory.records import Fact

IntentKind = Literal[
    "question",
    "statement",
    "feeling",
    "show_card",
    "forget",
    "correct",
    "start_over",
    "thanks",
    "greeting",
    "rules",
    "nothing",
]

_PATH = Path(__file__).parent / "plans" / "intents.yaml"
_LONGEST_READ = 4000
"""Characters; what a message is shows in fewer, and patterns stay fast."""
_GROUPS = (
    "rules",
    "start_over",
    "show_card",
    "correct",
    "thanks",
    "greeting",
    "feeling",
    "question",
    "search_words",
)
_LETTERS = re.compile(r"[^\W\d_]+")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_BLANKS = re.compile(r"[^\S\n]+")
_LAUGH = re.compile(r"(?<=\w)[\s,.!]+(?:lol|haha\w*|hehe\w*|lmao|tho|x{1,4})[\s.!]*$")
_YOU = re.compile(r"\bu(r)?\b(?!\.)")
_SAID_SO = {
    **dict.fromkeys(("wot", "wat", "wut", "whut"), "what"),
    **dict.fromkeys(("bout", "abt", "abut", "aboout"), "about"),
    **{"dat": "that", "cud": "could", "wud": "would", "shud": "should", "knw": "know"},
    **{"evrything": "everything", "evrythin": "everything", "everythin": "everything"},
    **{"remeber": "remember", "rember": "remember", "meds": "meds", "medecines": "medicines"},
    **{"medicins": "medicines", "medcines": "medicines", "delet": "delete", "tel": "tell"},
    **{"wich": "which", "youve": "you've", "ive": "i've", "dont": "don't", "whats": "what's"},
}
"""Words as they are typed on a phone, in words to the chat."""
_SLANG = re.compile(rf"\b(?:{'|'.join(_SAID_SO)})\b")
_LIKENESS = re.compile(
    r"\b(?:and |but )?so (?:do|does|did|is|am|are|was|were|has|have|had) (?:i\b|she\b|he\b"
    r"|they\b|we\b|(?:my |our )?[\w'-]+(?: in law)?)(?: too)?(?=\s*(?:[,.;!)]|$|\b(?:and|but)\b))"
)
"""Likens somebody, though its words stand as in a question: "so does my sister"."""
_SHORT_SEARCH = 6
"""Words up to which a message that tells nothing is a search."""


class Intent(Stage):
    """What a message is."""

    kind: IntentKind
    what: str = ""
    """What is to be forgotten, as written; empty for what was told last and other kinds."""
    kept: str = ""
    """What is to stay of it, as written."""
    is_past: bool = False
    """What is to be forgotten was stopped, as the message says."""
    rest: str = ""
    """What a command's message asks beside it; empty when it asks nothing."""
    has_question: bool = False
    """The message asks something of the library; for `correct`, the last question again."""


@dataclass(frozen=True, slots=True)
class _Group:
    patterns: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]

    def search(self, text: str) -> re.Match[str] | None:
        """The first match; None when there is none or an exception holds."""
        found = next(filter(None, (pattern.search(text) for pattern in self.patterns)), None)
        if found is None or any(pattern.search(text) for pattern in self.unless):
            return None
        return found


@dataclass(frozen=True, slots=True)
class _Wording:
    groups: dict[str, _Group]
    telling: re.Pattern[str]
    bearing: re.Pattern[str]
    going_on: re.Pattern[str]
    told_last: re.Pattern[str]
    """Takes back what was just told; said to an answer, it only means "never mind"."""
    kind_words: dict[str, frozenset[str]]
    rules_words: tuple[str, ...]
    show_words: tuple[str, ...]
    keyboard_rows: tuple[str, ...]
    run: int
    consonants: re.Pattern[str]

    def has(self, group: str, text: str) -> bool:
        """Whether the text is of this group."""
        return self.groups[group].search(text) is not None


def intent(
    message: str, facts: Sequence[Fact], last_turn: LastTurn | None, *, lexicon: Lexicon
) -> Intent:
    """Tell what a message is.

    Args:
        message: As it is to be read, both halves joined.
        facts: What it said about the person; may be empty.
        last_turn: The turn before; None at the start of a thread.
        lexicon: The words of the field.

    Returns:
        `question` whenever the message asks or requests anything of the library, also beside
        facts or a feeling.
    """
    wording = _load_wording()
    text = _plain(message)
    if _is_nothing(text, last_turn, wording, lexicon):
        return Intent(kind="nothing")
    if wording.has("rules", text) or wording.has(
        "rules", without_slips(text, wording.rules_words, lexicon)
    ):
        return Intent(kind="rules")
    if _takes_back(text, last_turn, wording):
        return Intent(kind="forget")
    return _command(message, text, facts, wording=wording, lexicon=lexicon) or _speech(
        text, facts, last_turn, wording=wording, lexicon=lexicon
    )


def is_asking(message: str) -> bool:
    """Whether a message asks or requests something, or is typed as one types a search."""
    wording, text = _load_wording(), _plain(message)
    return _asks(text, wording) or wording.has("search_words", text)


def _asks(text: str, wording: _Wording) -> bool:
    return wording.has("question", _LIKENESS.sub(" ", text))


def kinds_named(text: str) -> frozenset[str]:
    """Kinds of facts that a text names as such: "my meds", "menopause status"."""
    words = set(_LETTERS.findall(_plain(text)))
    return frozenset(kind for kind, known in _load_wording().kind_words.items() if known & words)


def asked_part(message: str) -> str:
    """The sentences of a message that ask; all of it when none or every one does."""
    sentences = _SENTENCE.findall(message)
    asking = [sentence for sentence in sentences if is_asking(sentence)]
    return " ".join(" ".join(asking).split()) if asking else message


def _command(
    message: str, text: str, facts: Sequence[Fact], *, wording: _Wording, lexicon: Lexicon
) -> Intent | None:
    """A word to the chat about what it keeps."""
    if wording.has("start_over", text):
        return Intent(kind="start_over")
    kind_words = frozenset().union(*wording.kind_words.values())
    found = read_command(text, lexicon=lexicon, kind_words=kind_words)
    if found is not None and not wording.groups["correct"].search(found.what):
        return _as_intent(found, message)
    if facts:
        return None
    for words in dict.fromkeys((text, without_slips(text, wording.show_words, lexicon))):
        if wording.has("show_card", words):
            return Intent(kind="show_card", what=words)
    return None


def _as_intent(found: Command, message: str) -> Intent:
    """A command with what it names as it was written."""
    written = _BLANKS.sub(" ", message)
    at = written.lower().find(found.what)
    what = written[at : at + len(found.what)] if at >= 0 else found.what
    return Intent(
        kind=found.kind,
        what=what,
        kept=found.kept,
        is_past=found.is_past,
        rest=asked_part(found.rest) if is_asking(found.rest) else "",
    )


def _speech(
    text: str,
    facts: Sequence[Fact],
    last_turn: LastTurn | None,
    *,
    wording: _Wording,
    lexicon: Lexicon,
) -> Intent:
    """A question, a correction, a courtesy, a feeling or a telling."""
    asks = _asks(text, wording)
    if wording.has("correct", text) and not asks:
        goes_on = last_turn is not None and last_turn.kind in ("answer", "no_source")
        return Intent(kind="correct", has_question=goes_on)
    if wording.has("greeting", text) and not facts:
        return Intent(kind="greeting")
    if last_turn is not None and wording.going_on.match(text):
        return _going_on(last_turn)
    if last_turn is not None and last_turn.kind == "answer" and wording.bearing.match(text):
        return Intent(kind="question", has_question=True)
    if not asks and not facts and wording.has("thanks", text):
        return Intent(kind="thanks")
    if asks or wording.has("search_words", text):
        return Intent(kind="question", has_question=True)
    if wording.has("feeling", text) and not is_bodily_trouble(text, facts):
        return Intent(kind="feeling")
    if begs(text, facts):
        return Intent(kind="question", has_question=True)
    if facts or wording.telling.search(text):
        return Intent(kind="statement")
    return _bare(text, last_turn, lexicon)


def _takes_back(text: str, last_turn: LastTurn | None, wording: _Wording) -> bool:
    """Whether "forget it" is said of what was told, and not of what was asked."""
    if last_turn is None or not wording.told_last.match(text):
        return False
    return not is_asking(last_turn.message)


def _going_on(last_turn: LastTurn) -> Intent:
    if last_turn.offered or last_turn.asked:
        return Intent(kind="question", has_question=True)
    return Intent(kind="thanks")


def _bare(text: str, last_turn: LastTurn | None, lexicon: Lexicon) -> Intent:
    """Words that tell nothing of a person: a search, or the answer to what we asked."""
    is_search = bool(lexicon.mentions(text)) or len(text.split()) <= _SHORT_SEARCH
    if is_search or (last_turn is not None and last_turn.asked):
        return Intent(kind="question", has_question=True)
    return Intent(kind="statement")


def _plain(message: str) -> str:
    straight = re.sub("[’‘`´]", "'", message[:_LONGEST_READ].lower())
    straight = _SLANG.sub(lambda found: _SAID_SO[found[0]], straight)
    straight = _YOU.sub(lambda found: f"you{'r' if found[1] else ''}", straight)
    return _LAUGH.sub("", _BLANKS.sub(" ", straight).strip())


def _is_nothing(text: str, last_turn: LastTurn | None, wording: _Wording, lexicon: Lexicon) -> bool:
    words = _LETTERS.findall(text)
    if not words:
        has_pending = last_turn is not None and (last_turn.asked or bool(last_turn.offered))
        return not (has_pending and any(character.isdigit() for character in text))
    return all(_is_mash(word, wording, lexicon) for word in words) and not lexicon.mentions(text)


def _is_mash(word: str, wording: _Wording, lexicon: Lexicon) -> bool:
    if len(word) == 1:
        return word not in {"i", "a", "y", "n", "u"}
    rows = (*wording.keyboard_rows, *(row[::-1] for row in wording.keyboard_rows))
    if len(word) > wording.run and any(word in row for row in rows):
        return True
    if lexicon.is_english(word) or word in lexicon.vocabulary():
        return False
    if len(set(word)) <= 2 and len(word) >= 4:
        return True
    runs = {word[at : at + wording.run] for at in range(len(word) - wording.run + 1)}
    is_run = any(run in row for run in runs for row in rows)
    return is_run or wording.consonants.search(word) is not None


@cache
def _load_wording(path: Path = _PATH) -> _Wording:
    data = _filled(yaml.safe_load(path.read_text(encoding="utf-8")))
    try:
        groups = {
            name: _Group(
                tuple(map(re.compile, data[name]["patterns"])),
                tuple(map(re.compile, data[name]["unless"])),
            )
            for name in _GROUPS
        }
        mash = data["mash"]
        return _Wording(
            groups=groups,
            telling=re.compile(data["telling"]),
            bearing=re.compile(data["bearing"]),
            going_on=re.compile(data["going_on"]),
            told_last=re.compile(data["told_last"]),
            kind_words={kind: frozenset(words) for kind, words in data["kind_words"].items()},
            rules_words=tuple(data["rules_words"]),
            show_words=tuple(data["show_words"]),
            keyboard_rows=tuple(mash["keyboard_rows"]),
            run=mash["run"],
            consonants=re.compile(rf"[bcdfghjklmnpqrstvwxz]{{{mash['consonants']}}}"),
        )
    except (KeyError, TypeError, re.error) as error:
        raise RuleError(f"{path.name}: {error}") from error


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    """The groups with the word classes of `words` in place of their names: "<thing>"."""
    named = data["words"]
    for group in (data[name] for name in _GROUPS):
        for part in ("patterns", "unless"):
            group[part] = [
                re.sub(r"<([a-z_]+)>", lambda found: named[found[1]], pattern)
                for pattern in group[part]
            ]
    return data
