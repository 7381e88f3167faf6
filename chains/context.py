"""What the words around a mention say of it: denied, supposed, past, planned, asked, of whom.

After ConText (Harkema and others, 2009): what counts is the nearest cue whose scope holds
the place.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from chains.asking import LEADS, inverts, is_inverted, likens, says_which, turns_to_ask
from chains.cues import LAYERS, Cue, find_cues
from chains.sentences import Sentence, Word, split_words
from chains.subjects import SELF, Relation, find_relations, read_subjects

Temporality = Literal["current", "past", "planned", "on_hold"]

_WEAK_WORDS = 2
"""A current cue of so few words yields to a cue of another time that stands right before it."""
_SHORT_REACH = 2
"""Words that a cue of both directions looks back over."""
_OWNING = 2
"""Scope of the cues that say no more than whose: "my", "after my"."""
_LIST_WORDS = frozenset({"or", "nor"})
_OPENERS = frozenset({"so", "but", "and", "then", "also", "please", "now", "ok", "hi", "hello"})
_MEANING = frozenset({"mean", "means"})
_MODALS = frozenset({"can", "could", "should", "would", "may", "might", "must", "shall"})
"""Right before "I get" they make it a question: "how can I get a mammogram"."""
_AFTERTHOUGHT = frozenset({
    *("in", "last", "because", "for", "early", "late", "since", "january", "february", "march"),
    *("april", "may", "june", "july", "august", "september", "october", "november", "december"),
    *("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "then"),
})
_FILLERS = frozenset({"be", "being", "been", "also", "just", "taking", "still", "to", "only"})
_BEGINNINGS = frozenset({
    *("started", "start", "began", "begun", "put", "switched", "changed", "moved", "went"),
    *("since", "starting", "resumed", "restarted", "swapped", "added", "prescribed"),
})
_BEGUN = frozenset({"started", "began", "begun", "restarted", "resumed"})
_BOUND_TO_LATER = frozenset({"after", "following"})
_SPEAKERS = frozenset({"i", "im", "she", "shes", "he", "hes"})
_TAKEN_UP = frozenset({"it", "its", "they", "that", "this", "was", "is", "now", "currently"})


@dataclass(frozen=True, slots=True)
class Context:
    """How a message speaks of one place in it."""

    negated: bool = False
    hypothetical: bool = False
    temporality: Temporality = "current"
    subject: str = SELF
    """`self`, a relation (mother, wife ...), or `other` for somebody it does not name."""
    is_question: bool = False
    is_correction: bool = False
    is_timed: bool = False
    """True when words say the time ("am on", "used to"), not only the absence of others."""


class ContextReader:
    """The cues of one text, read once and asked for many places."""

    def __init__(self, text: str, *, about: str = SELF) -> None:
        """Find the cues of `text`; `about` is the person the thread is about."""
        self.words, self.sentences = split_words(text)
        self.relations: tuple[Relation, ...] = find_relations(self.words)
        self._subjects = read_subjects(self.words, self.relations, about=about)
        self._about = about
        self._starts = [word.start for word in self.words]
        self._cues = {layer: tuple(find_cues(self.words, layer)) for layer in LAYERS}

    def at(self, start: int, end: int) -> Context:
        """The context of the characters `start` to `end` (exclusive)."""
        first, last = self._word_range(start, end)
        if first >= len(self.words):
            return Context(subject=self._about)
        sentence = self.sentences[self.words[first].sentence]
        time = self._time(first, last, sentence)
        return Context(
            negated=self._is_negated(first, last, sentence),
            hypothetical=self._is_hypothetical(first, sentence),
            temporality=_as_temporality(time),
            subject=self._subjects[first],
            is_question=self._is_question(first, last, sentence),
            is_correction=self._is_correction(first, sentence),
            is_timed=time is not None,
        )

    def sentence_at(self, start: int) -> Sentence:
        """The sentence that holds this character; the last one when none does."""
        first, _ = self._word_range(start, start + 1)
        return self.sentences[self.words[min(first, len(self.words) - 1)].sentence]

    def is_asked(self, start: int, end: int) -> bool:
        """Whether a question holds this place, be it of something one has: "will my hair ..."."""
        first, last = self._word_range(start, end)
        sentence = self.sentences[self.words[first].sentence]
        opened = self._question_start(sentence)
        if opened is None or first < opened:
            return False
        return not any(
            opened <= cue.first < first and cue.scope > _OWNING and cue.last < last
            for cue in self._within("saying", sentence)
            if not self._is_asked(cue, sentence) and first <= cue.last + cue.scope
        )

    def _word_range(self, start: int, end: int) -> tuple[int, int]:
        first = bisect_left(self._starts, start)
        if first and self.words[first - 1].end > start:
            first -= 1
        return first, max(bisect_left(self._starts, end), first + 1)

    def _within(self, layer: str, sentence: Sentence) -> Iterator[Cue]:
        for cue in self._cues[layer]:
            if cue.first >= sentence.last:
                return
            if cue.first >= sentence.first:
                yield cue

    def _reaches(self, cue: Cue, first: int, last: int, *, across_commas: bool) -> bool:
        """Whether the cue's scope holds the mention of words `first` to `last`."""
        if cue.direction != "forward" and self._reaches_back(cue, last):
            return True
        if cue.direction == "backward" or cue.first >= first:
            return False
        if cue.scope and first - cue.last > cue.scope:
            return False
        if any(cue.last <= stop.first < first for stop in self._cues["end"]):
            return False
        return across_commas or not any(word.comma for word in self.words[cue.last : first + 1])

    def _is_done(self, before: Sequence[Cue], first: int) -> bool:
        """Whether it is past in its own words: "had surgery on the 14th"."""
        if not before or before[-1].category != "past":
            return False
        if self.words[before[-1].first].plain in _BOUND_TO_LATER:
            return False
        return not any(word.comma for word in self.words[before[-1].last : first + 1])

    def _is_ended(self, cue: Cue, first: int) -> bool:
        """Whether the clause of the cue is over before the mention; lists go on."""
        return any(
            stop.category == "terminator" and cue.last <= stop.first < first
            for stop in self._cues["end"]
        )

    def _reaches_back(self, cue: Cue, last: int) -> bool:
        if cue.first < last or cue.first - last > (cue.scope or _SHORT_REACH):
            return False
        between = self.words[last : cue.first + 1]
        if any(word.comma for word in between) and not self._stands_apart(cue, between):
            return False
        stops = [
            stop
            for stop in self._cues["end"]
            if stop.category == "terminator" and last <= stop.first < cue.first
        ]
        takes_up = any(word.plain == "it" for word in self.words[cue.first : cue.last])
        return takes_up or all(
            self.words[at].plain in _TAKEN_UP
            for stop in stops
            for at in ([stop.first] if self.words[stop.first].plain == "its" else [stop.last])
        )

    def _stands_apart(self, cue: Cue, between: Sequence[Word]) -> bool:
        """Whether the cue is an afterthought behind one comma: "tamoxifen, finished 2024"."""
        if any(word.comma for word in between[:-1]):
            return False
        follows = self.words[cue.last].plain if cue.last < len(self.words) else ""
        ends = cue.last == len(self.words) or self.words[cue.last].sentence != between[0].sentence
        return ends or follows.isdigit() or follows in _AFTERTHOUGHT

    def _is_negated(self, first: int, last: int, sentence: Sentence) -> bool:
        goes_on = any(w.plain in _LIST_WORDS for w in self.words[first - 1 : sentence.last])
        return any(
            self._reaches(cue, first, last, across_commas=goes_on)
            for cue in self._within("polarity", sentence)
            if cue.category == "negated"
        )

    def _is_hypothetical(self, first: int, sentence: Sentence) -> bool:
        for cue in self._within("supposition", sentence):
            if cue.category == "instruction" or cue.last > first:
                continue
            if cue.scope and first - cue.last > cue.scope:
                continue
            span = self.words[cue.last : first + 1]
            if not cue.scope and not any(word.comma for word in span):
                return True
            if (
                cue.scope
                and not self._is_ended(cue, first)
                and not self._starts_anew(cue, first, sentence)
                and sum(word.comma for word in span) <= 1
            ):
                return True
        return False

    def _starts_anew(self, cue: Cue, first: int, sentence: Sentence) -> bool:
        """Whether a clause with a time of its own opens before the mention: "..., had ..."."""
        return any(
            cue.last <= time.first < first
            and self.words[time.first].comma
            and time.direction != "backward"
            for time in self._within("time", sentence)
        )

    def _time(self, first: int, last: int, sentence: Sentence) -> str | None:
        cues = list(self._within("time", sentence))
        around = next((c for c in cues if c.first < first and last < c.last), None)
        if around is not None:
            return around.category
        after = [c for c in cues if c.direction != "forward" and self._reaches_back(c, last)]
        told = next((cue.category for cue in after if cue.category != "current"), None)
        before = [
            cue
            for cue in cues
            if cue.direction != "backward"
            and cue.first < first
            and cue.last <= last
            and not self._is_ended(cue, first)
            if not (cue.scope and any(word.comma for word in self.words[cue.last : first + 1]))
        ]
        if told == "past" and before and before[-1].category == "on_hold":
            told = "on_hold"
        if told == "dated":
            told = "current" if any(map(self._is_begun, (*before[-2:], *after))) else "past"
        is_behind = self._is_done(before, first) or any(map(self._is_under_way, before[-1:]))
        if told is not None and not (told == "planned" and is_behind):
            return told
        if not before:
            return after[0].category if after else None
        nearest = before[-1]
        if nearest.scope and first - nearest.last > nearest.scope:
            return after[0].category if after else None
        is_weak = nearest.category == "current" and nearest.last - nearest.first <= _WEAK_WORDS
        if is_weak and len(before) > 1 and self._follows(before[-2], nearest):
            return before[-2].category
        return nearest.category

    def _follows(self, cue: Cue, following: Cue) -> bool:
        """Whether one cue stands right behind another, as in "used to be on"."""
        between = self.words[cue.last : following.first]
        if any(word.comma for word in self.words[cue.last : following.first + 1]):
            return False
        return not between or (len(between) == 1 and between[0].plain in _FILLERS)

    def _is_begun(self, cue: Cue) -> bool:
        """Whether the cue says that something began: "started three months ago"."""
        return cue.category == "current" and any(
            word.plain in _BEGINNINGS for word in self.words[cue.first : cue.last]
        )

    def _is_under_way(self, cue: Cue) -> bool:
        """Whether the cue says that it has begun, whatever day follows: "started it on Monday"."""
        return self.words[cue.first].plain in _BEGUN and cue.category == "current"

    def _is_question(self, first: int, last: int, sentence: Sentence) -> bool:
        opened = self._question_start(sentence)
        if opened is None or first < opened:
            return False
        return not any(
            opened <= cue.first < first <= cue.last + cue.scope and cue.last < last
            for cue in self._within("saying", sentence)
            if not self._is_asked(cue, sentence)
        )

    def _is_asked(self, saying: Cue, sentence: Sentence) -> bool:
        """Whether the words that seem to say it belong to "should I take" or "if I take"."""
        if self.words[saying.first].plain not in _SPEAKERS:
            return False
        before = [w.plain for w in self.words[max(sentence.first, saying.first - 2) : saying.first]]
        if before and (before[-1] in _MEANING or before[-1] in _MODALS or "which" in before):
            return True
        layers = ("asking", "supposition")
        return any(
            cue.first < saying.last and saying.first < cue.last
            for layer in layers
            for cue in self._within(layer, sentence)
            if cue.first < saying.first or cue.category == "hypothetical"
        )

    def _question_start(self, sentence: Sentence) -> int | None:
        if is_inverted(self.words[sentence.first : sentence.last]):
            return sentence.first
        for cue in self._within("asking", sentence):
            if sentence.asks or cue.first == sentence.first or self._opens(cue, sentence):
                return cue.first
        if self.words[sentence.first].plain in LEADS:
            asked = (
                c.first
                for c in self._within("asking", sentence)
                if inverts(self.words[c.first : c.last])
            )
            opened = next(asked, None)
            if opened is not None:
                return opened
        turned = turns_to_ask(self.words, sentence)
        if turned is not None or not sentence.asks:
            return turned
        commas = [at for at in range(sentence.first + 1, sentence.last) if self.words[at].comma]
        if commas and any(cue.last <= commas[-1] for cue in self._within("time", sentence)):
            return commas[-1]
        return sentence.first

    def _opens(self, cue: Cue, sentence: Sentence) -> bool:
        before = self.words[sentence.first : cue.first]
        if says_which(self.words, cue, [one.last for one in self.relations]):
            return False
        if likens(self.words, cue.first, sentence):
            return False
        return self.words[cue.first].comma or (bool(before) and before[-1].plain in _OPENERS)

    def _is_correction(self, first: int, sentence: Sentence) -> bool:
        if any(self._within("correction", sentence)):
            return True
        if sentence.first == 0:
            return False
        before = self.sentences[self.words[sentence.first - 1].sentence]
        is_short = before.last - before.first <= 8
        return is_short and any(self._within("correction", before))


def assert_context(text: str, start: int, end: int, *, about: str = SELF) -> Context:
    """How `text` speaks of its characters `start` to `end` (exclusive).

    Args:
        text: one message.
        start: first character of the mention.
        end: behind its last character.
        about: the person the thread is about, `self` or a relation.
    """
    return ContextReader(text, about=about).at(start, end)


def _as_temporality(category: str | None) -> Temporality:
    match category:
        case "past" | "planned" | "on_hold":
            return category
        case "dated":
            return "past"
        case _:
            return "current"
