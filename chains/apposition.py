"""Words whose person is named only behind them: "my 78 year old mother", "lung mets, my aunt"."""

from collections.abc import Sequence
from typing import Protocol

from chains.sentences import Word
from chains.subject_words import DESCRIBING, PRONOUNS, SELF_WORDS


class Named(Protocol):
    """A relative named in a text."""

    @property
    def word(self) -> int:
        """Index of its first word."""

    @property
    def last(self) -> int:
        """Index behind its last word."""


def described(words: Sequence[Word], places: Sequence[int], subjects: Sequence[str]) -> list[str]:
    """The subjects, where what describes a person before the word is theirs.

    Args:
        words: Of the whole message.
        places: Indexes of the words for persons.
        subjects: For every word, whom its place speaks of.

    Returns:
        As many names as words.
    """
    found = list(subjects)
    for place in places:
        at = place - 1
        while at >= 0 and (words[at].plain in DESCRIBING or words[at].plain.isdigit()):
            if words[at + 1].comma or words[at].sentence != words[place].sentence:
                # "mum's 69, dad's 72": the figure before is told of somebody else.
                break
            found[at] = found[place]
            at -= 1
    return found


def named_last(
    words: Sequence[Word], relations: Sequence[Named], subjects: Sequence[str]
) -> list[str]:
    """The subjects, where a sentence that names no other person ends with a relative.

    Args:
        words: Of the whole message.
        relations: Its relatives, in order.
        subjects: For every word, whom its place speaks of.

    Returns:
        As many names as words.
    """
    found = list(subjects)
    for relation in relations:
        own = words[relation.word].sentence
        places = [at for at, word in enumerate(words) if word.sentence == own]
        ends = relation.last > places[-1]
        opens = max(relation.word - 1, places[0])
        before = range(places[0], opens)
        is_apart = bool(before) and (words[opens].comma or words[relation.word].comma)
        persons = SELF_WORDS | PRONOUNS.keys()
        is_note = not any(words[at].plain in persons for at in before)
        is_only = not any(one.word in before for one in relations)
        if ends and is_apart and is_note and is_only:
            found[places[0] : opens] = [subjects[relation.word]] * len(before)
    return found
