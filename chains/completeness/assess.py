"""The step itself: one message in, one `Completeness` out."""

from chains.completeness.decision import confidence, decide, read_signals
from chains.completeness.guesses import guess_endings
from chains.completeness.leaning_back import leans_back
from chains.completeness.signal import Signal
from chains.completeness.spelling import spelling_of
from chains.completeness.tail import read_tail
from chains.completeness.word_lists import load_health_words, load_word_lists
from chains.lexicon import Lexicon, load_lexicon
from chains.stages import Completeness, LastTurn
from memory.records import Card

_REPLY_WORDS = 4
"""A reply to our question may be this long and still be a bare phrase."""


def completeness(
    message: str,
    last_turn: LastTurn | None,
    card: Card,
    *,
    lexicon: Lexicon | None = None,
) -> Completeness:
    """Whether `message` is whole; if not, where it stops and how it may go on.

    Args:
        message: as typed; may be empty.
        last_turn: the turn before; None at the start of a thread. After a clarification every
            message counts as whole, so that nobody is asked twice in a row.
        card: what is known of the person; ranks the guesses, never decides.
        lexicon: the words of the field; the shipped one when None.

    Returns:
        Label and reason; for a cut message its `fragment` and up to 4 guesses, best first.
    """
    if not message.strip() or (last_turn is not None and last_turn.kind == "clarification"):
        return Completeness(confidence=0.9)
    lists = load_word_lists()
    known = lexicon or load_lexicon()
    spelling = spelling_of(known.shared, lists, load_health_words())
    tail = read_tail(message, lists)
    signals = read_signals(tail, lists, spelling)
    cut = decide(signals)
    if cut is None:
        return Completeness(confidence=confidence(signals))
    if _answers_us(cut, tail.lower, last_turn) or leans_back(cut, tail, last_turn, lists, known):
        return Completeness(confidence=0.7)
    return Completeness(
        label="truncated",
        reason=cut.reason,
        fragment=cut.fragment,
        guesses=guess_endings(cut, tail, card, known, spelling),
        confidence=confidence(signals),
    )


def _answers_us(cut: Signal, words: tuple[str, ...], last_turn: LastTurn | None) -> bool:
    """Whether a bare phrase answers the question our last turn asked."""
    asked = last_turn is not None and last_turn.asked
    return asked and cut.reason == "content_word" and len(words) <= _REPLY_WORDS
