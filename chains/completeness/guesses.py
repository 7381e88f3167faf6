"""How a cut message may go on."""

from chains.completeness.broken_word import Spelling
from chains.completeness.signal import Signal
from chains.completeness.tail import Tail
from chains.lexicon import Lexicon
from memory.records import Card

def guess_endings(cut: Signal, tail: Tail, card: Card, lexicon: Lexicon, spelling: Spelling) -> tuple[str, ...]:
    return ()
