"""Taking a message in: checked, stored before anything else, its two halves joined."""

import json
import re
import unicodedata

from chains.errors import MessageRefusedError
from chains.halves import joined, picked, starts_anew
from chains.services import Services
from chains.stages import Completeness
from memory.records import Thread, Turn

# "<" before a letter opens a tag; before a figure it is "less than".
_TAGS = re.compile(r"<script\b.{0,2000}?</script>|<[a-z/!][^<>]{0,300}>", re.IGNORECASE | re.DOTALL)
_LINKS = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()]{0,500}(?:\([^()]{0,100}\))?[^()]{0,100}\)")
_MARKS = re.compile(r"\*\*|__|`+")


def accept(typed: str, thread: Thread, services: Services) -> Turn:
    """Store a message; when it finishes the one before, both halves are read as one.

    Raises:
        MessageRefusedError: It is empty or too long; nothing is stored.
        StoreError: It could not be stored.
    """
    text = cleaned(typed)
    limit = services.settings.max_message_chars
    if not text:
        raise MessageRefusedError(services.replies.out_of_scope["empty"])
    if len(text) > limit:
        line = services.replies.out_of_scope["too_long"]
        raise MessageRefusedError(line.format(length=len(text), limit=limit))
    store = services.store
    turn = store.begin_turn(thread.person_id, thread.thread_id, typed=text, message=unmarked(text))
    message = _whole_message(turn, thread, services)
    if message == turn.message:
        return turn
    store.set_message(thread.person_id, turn.turn_id, message=message)
    return turn.model_copy(update={"message": message})


def cleaned(text: str) -> str:
    """The text without control and invisible formatting characters, trimmed.

    Line ends and tabs stay, and so does what joins emoji.
    """
    kept = (
        c for c in text if c in "\n\t\u200d" or unicodedata.category(c) not in ("Cc", "Cf", "Cs")
    )
    return re.sub(r"[ \t]+\n", "\n", "".join(kept)).strip().strip("\u200d")


def unmarked(text: str) -> str:
    """The words of a text without HTML tags and Markdown marks, for reading alone.

    What was typed is kept and shown as it is; a text of nothing but marks is read as it is.
    """
    bare = _TAGS.sub(" ", text)
    bare = _LINKS.sub(r"\1", bare)
    bare = _MARKS.sub("", bare)
    return re.sub(r"[ \t]{2,}", " ", bare).strip() or text


def _whole_message(turn: Turn, thread: Thread, services: Services) -> str:
    """What is to be read: the message before and this one, where this one finishes it."""
    last = services.store.last_turn(thread.person_id, thread.thread_id, before_number=turn.number)
    if last is None or last.record is None:
        return turn.message
    record = json.loads(last.record)
    if record["kind"] != "clarification":
        return turn.message
    if turn.typed == services.replies.cut_off["answer_anyway"]:
        return last.message
    if starts_anew(turn.message):
        return turn.message
    cut = Completeness.model_validate(record["completeness"])
    lexicon = services.lexicon
    return joined(
        last.message,
        cut,
        picked(turn.message, cut.guesses),
        lambda word: word in lexicon.vocabulary() or lexicon.is_english(word),
    )
