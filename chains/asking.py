"""How a clause asks: verb before person, at its start or behind a comma."""

from collections.abc import Sequence

from chains.cues import Cue
from chains.sentences import Sentence, Word

_INVERTING = frozenset({"is", "are", "does", "do", "can", "could", "should", "would", "will"})
LEADS = frozenset({"as", "with", "being", "having", "given"})
"""Open a sentence that may go on to ask: "as a BRCA1 carrier do I need ..."."""
_ASKERS = frozenset({"i", "we", "it", "you"})
_TURNING = frozenset({"does", "could", "should", "would", "will"})
_ASKING = frozenset({"can", "do", "does", "should", "could", "would", "will", "to", "else"})
_NEAR = 4
"""Words between a relative and the "who" that goes on about them."""
_THINGS = frozenset({"it", "that", "this", "there", "these", "those"})
_GOES_ON = frozenset({"and", "but", "too"})
_LONGEST_PERSON = 5
"""Words from the verb to behind the person: "does my mother in law"."""
_NO_SUBJECT = frozenset({
    *("on", "in", "at", "not", "now", "also", "currently", "have", "still", "no", "be", "start"),
    *("get", "begin", "need", "take", "go", "probably", "likely", "finish", "continue", "ask"),
    *("rather", "like", "love", "prefer", "see", "let", "try", "update", "know", "appreciate"),
})


def is_inverted(words: Sequence[Word]) -> bool:
    """Whether a sentence begins like "is letrozole ..." and not like "is on letrozole"."""
    if len(words) < 3 or words[0].plain not in _INVERTING:
        return False
    follows = words[1].plain
    return follows not in _NO_SUBJECT and not follows.endswith("ing")


def inverts(words: Sequence[Word]) -> bool:
    """Whether the words of a cue turn verb and person around: "do I", "should we"."""
    return len(words) > 1 and words[0].plain in _INVERTING and words[1].plain in _ASKERS


def turns_to_ask(words: Sequence[Word], sentence: Sentence) -> int | None:
    """The word where a clause behind a comma begins like "would enhertu work"; None without."""
    for at in range(sentence.first + 1, sentence.last - 2):
        turns = words[at].comma and words[at].plain in _TURNING
        if turns and is_inverted(words[at : sentence.last]):
            return at
    return None


def says_which(words: Sequence[Word], cue: Cue, relatives: Sequence[int]) -> bool:
    """Whether "who" goes on about a relative: "my mother, who takes letrozole".

    Args:
        words: of the whole message.
        cue: what seems to ask.
        relatives: for each relative named, the index behind the last word.
    """
    if words[cue.first].plain != "who" or cue.last >= len(words):
        return False
    if any(word.plain in _ASKING for word in words[cue.first + 1 : cue.last + 1]):
        return False
    return any(0 <= cue.first - behind <= _NEAR for behind in relatives)


def likens(words: Sequence[Word], at: int, sentence: Sentence) -> bool:
    """Whether the verb at `at` only likens somebody: "so does my sister", "so am I, but ..."."""
    if at < 1 or words[at - 1].plain != "so" or at + 1 >= sentence.last:
        return False
    if sentence.asks or words[at + 1].plain in _THINGS:
        return False
    ends = range(at + 2, min(at + _LONGEST_PERSON, sentence.last) + 1)
    return any(
        end == sentence.last or words[end].comma or words[end].plain in _GOES_ON for end in ends
    )
