"""What turns a red flag round: negation, the past, what is only spoken of, a question.

A guard must be sure. Where it is not, the sign stands: doubt goes up, towards help.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import takewhile

from chains.triage import spoken, told
from chains.triage.reading import CLAUSE_ENDS, JOINTS, SENTENCE_ENDS, Reading

_NEGATION_REACH = 14
"""Tokens looked back for a negator; a list of symptoms is seldom longer."""
_REACH = 40
"""Tokens of a sentence looked at on either side: bounds the work on text without full stops."""
_AFTER = 5
"""Tokens after a sign in which it is said to be over."""
_TELLS_DID = frozenset({"a", "another", "two", "three"})
"""After `did` at the start: a statement without its subject."""
_BE = frozenset({"is", "are", "has", "does", "was"})
"""After a comma, in no question, they go on with what came before."""
_LIST = 8
"""Tokens looked ahead for the `or` of a list."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sign stands in a reading: tokens `first` up to but without `last`."""

    first: int
    last: int


@dataclass(slots=True)
class _Run:
    """What stands between a sign and the negator before it."""

    is_strange: bool = False
    """A word that no list of symptoms holds."""
    is_joined: bool = False
    has_comma: bool = False

    @property
    def is_plain(self) -> bool:
        """True when an ordinary `no` or `not` reaches over it."""
        return not self.is_strange and (self.is_joined or not self.has_comma)


NOTHING: frozenset[int] = frozenset()


class Guards:
    """The guards of `red_flag_guards.csv`, ready to be asked."""

    def __init__(self, forms: Mapping[str, tuple[str, ...]]) -> None:
        """Take the forms by kind."""
        self._words = {kind: frozenset(items) for kind, items in forms.items()}
        self._matchers = {kind: _matcher(items) for kind, items in forms.items()}
        self._checks: Mapping[str, Callable[[Reading, Place], bool]] = {
            "resolved": self.resolved,
            "past": self.past,
            "recalled": self.recalled,
            "general": self.general,
            "hypothetical": self.hypothetical,
            "question": self.question,
            "stop": partial(told.is_ordered_stop, self),
            **{kind: partial(told.is_told, self, kind) for kind in told.KINDS},
            **{kind: partial(spoken.is_spoken, self, kind) for kind in spoken.KINDS},
        }

    def turned_round(
        self,
        reading: Reading,
        place: Place,
        names: frozenset[str],
        *,
        listed: frozenset[int] = NOTHING,
    ) -> bool:
        """True when one of the named guards is sure that the sign is not there now.

        Args:
            reading: the message.
            place: of the sign.
            names: of the guards to ask.
            listed: tokens of all signs of the message; a negation runs on over them.
        """
        if "negated" in names and self.negated(reading, place, listed):
            return not spoken.is_there_now(self, reading, place)
        firm = (names & self._checks.keys()) - spoken.TURNED
        if any(self._checks[name](reading, place) for name in firm):
            return True
        loose = any(self._checks[name](reading, place) for name in names & spoken.TURNED)
        return loose and not spoken.is_back(self, reading, place)

    def starts_with(self, kind: str, tokens: Sequence[str]) -> bool:
        """True when the tokens begin with one of a kind's forms."""
        return self._matchers[kind].match(" " + " ".join(tokens) + " ") is not None

    def says(self, kind: str, tokens: Sequence[str]) -> bool:
        """True when one of a kind's forms stands among the tokens."""
        return self._matchers[kind].search(" " + " ".join(tokens) + " ") is not None

    def last(self, kind: str, tokens: Sequence[str]) -> int | None:
        """Index of the last token at which one of a kind's forms begins."""
        return _last(self._matchers[kind], tokens)

    def has_word(self, kind: str, word: str) -> bool:
        """True when the word is a form of that kind."""
        return word in self._words[kind]

    def negated(self, reading: Reading, place: Place, listed: frozenset[int] = NOTHING) -> bool:
        """`no fever`, `denies chills, chest pain`; `fever? no`."""
        before = self._negated_before(reading.tokens, place, listed)
        return before or self._answered_no(reading, place)

    def past(self, reading: Reading, place: Place) -> bool:
        """A time that is over belongs to the sign, and nothing says it is there now."""
        first, last = sentence_of(reading, place)
        sentence = reading.tokens[first:last]
        clause = self._clause(reading.tokens, place, first, last)
        if self.says("fine_now", sentence) and self.is_dated(sentence):
            return True
        if self.says("present", clause):
            return False
        if self.is_dated(clause) or told.is_dated_after(self, reading, place):
            return True
        is_bare = len(clause) == place.last - place.first and place.first - 2 >= first
        if is_bare and self._continues_past(reading, Place(place.first - 2, place.first - 1)):
            return True
        is_told = self.is_dated(sentence) or self.says("late_relative", sentence)
        return is_told and self.says("past_verb", clause)

    def _continues_past(self, reading: Reading, before: Place) -> bool:
        """`in 2021 I had a fever, 39.4`: a bare figure belongs to the clause before it."""
        first, last = sentence_of(reading, before)
        clause = self._clause(reading.tokens, before, first, last)
        named = self.says("temp_word", clause) and not self.says("present", clause)
        return named and self.is_dated(clause)

    def recalled(self, reading: Reading, place: Place) -> bool:
        """A thought that is told as over: its own verb is past, and so is its time."""
        own = reading.tokens[max(0, place.first - 3) : place.last]
        first, last = sentence_of(reading, place)
        sentence = reading.tokens[first:last]
        return (
            self.says("recall_verb", own)
            and self.is_dated(sentence)
            and not self.says("present", self._clause(reading.tokens, place, first, last))
        )

    def hypothetical(self, reading: Reading, place: Place) -> bool:
        """`if I get a fever`, `can cause chest pain`, `call for chills`."""
        first, _ = sentence_of(reading, place)
        before = reading.tokens[first : place.first]
        if self.says("if_ever", reading.tokens[first : place.last]) or spoken.supposes(
            self, reading, place
        ):
            return True
        cue = self.last("hypothetical", before)
        if (
            cue is None
            or spoken.is_yes(reading, first + cue)
            or self._asks_now(reading.tokens[first : place.last])
        ):
            return False
        opened = before[max(0, cue - 3) : cue + 2]
        after = reading.tokens[place.last : place.last + 3]
        is_if = self.says("if_words", before[cue : cue + 3])
        listing = not is_if or "or" in reading.tokens[place.first : place.last + _LIST]
        supposed = before[cue + 2 :] if is_if and not self.says("real_if", opened) else before[cue:]
        if self.says("real_if", opened) or self._restarts(supposed, listing=listing):
            return False
        owned = before[-1:] and before[-1] in {"this", "these"}
        owned = owned or (self.says("cause_own", before[-3:]) and "to" not in after)
        going_on = is_if and self.says("going_on", after[:2]) and before[-1:] == ("my",)
        now = self.says("present", (*after, *before[-2:])) and not is_if
        return not (owned or going_on or (now and self.says("owned", before[cue:])))

    def general(self, reading: Reading, place: Place) -> bool:
        """Spoken of, as in a leaflet, and of nobody."""
        first, last = sentence_of(reading, place)
        named = self.says("first_person", reading.tokens[first:last])
        return not named and self.hypothetical(reading, place)

    def question(self, reading: Reading, place: Place) -> bool:
        """A question about a sign that nobody is said to have."""
        first, last = sentence_of(reading, place)
        tokens = reading.tokens
        if self._asked_of_all(tokens[first:last]) or self._asked_to_come(tokens[first:last]):
            return True
        start = place.first
        while start > first and tokens[start - 1] not in CLAUSE_ENDS:
            start -= 1
        opening = [word for word in tokens[start : place.last] if not self.has_word("polite", word)]
        if not opening or not self.has_word("question_start", opening[0]):
            return False
        if start > first and tokens[last : last + 1] != ("?",) and opening[0] in _BE:
            return False  # `my husband, bone mets, is hard to wake`
        second = opening[1] if len(opening) > 1 else ""
        tells_when = opening[0] == "when" and self.has_word("subject", second)
        if opening[0] == "did" and second in _TELLS_DID:
            return False
        general = self.says("general_question", tokens[start:last])
        if tells_when or (self.has_word("statement_next", second) and not general):
            return False
        return not self.says("owned", tokens[start:last]) and not self._asks_now(tokens[first:last])

    def _asked_of_all(self, sentence: Sequence[str]) -> bool:
        """`has anyone fainted on it`, `what do liver mets feel like, yellow skin?`."""
        words = [word for word in sentence if not self.has_word("polite", word)]
        opens = bool(words) and words[0] in {"what", "how"} and self.says("felt_like", words)
        of_all = self.says("asks_all", words) and "else" not in words
        return (of_all or opens) and not self.says("owned", words)

    def _asked_to_come(self, sentence: Sequence[str]) -> bool:
        """`will nerlynx hurt my liver`, `can chemo make me faint`: asked before it is there."""
        words = [word for word in sentence if not self.has_word("polite", word)]
        if self.says("recent", words) or self.says("like_this", words) or self._asks_now(words):
            return False
        to_come = self.says("does_to", words) and self.starts_with("modal", words)
        return to_come and not self.says("person_word", words[1:3])

    def _asks_now(self, sentence: Sequence[str]) -> bool:
        """`should I go in for chest pain`: it is there."""
        return self.says("asks_now", sentence) and not self.says("asks_later", sentence)

    def long_over(self, tokens: Sequence[str]) -> bool:
        """True when the person says that treatment ended years ago."""
        return (
            self.says("long_over", tokens)
            and self.says("treatment_word", tokens)
            and self.says("finished_word", tokens)
        )

    def _negated_before(self, tokens: Sequence[str], place: Place, listed: frozenset[int]) -> bool:
        run = _Run(is_joined=self._list_goes_on(tokens, place))
        for index in range(place.first - 1, max(-1, place.first - _NEGATION_REACH), -1):
            word = tokens[index]
            if word in SENTENCE_ENDS or (run.is_strange and self.has_word("list_breaker", word)):
                return False
            if self._is("negator", tokens, index):
                first_time = word == "never" and self._first_time(tokens, place)
                plain = run.is_plain and not first_time
                return plain or self._is("list_negator", tokens, index)
            run.is_joined |= word in {"or", "nor", "ni"} and not run.has_comma
            run.has_comma |= word == ","
            if word != "," and index not in listed and not self.has_word("negation_filler", word):
                run.is_strange = True
                if self.has_word("list_breaker", word):
                    return False
        return False

    def _first_time(self, tokens: Sequence[str], place: Place) -> bool:
        """`never had chest pain like this`: it is there."""
        return self.says("first_time", tokens[place.last : place.last + _AFTER])

    def _list_goes_on(self, tokens: Sequence[str], place: Place) -> bool:
        """`no fever, chills or cough`: an `or` follows, and nothing says that it is there."""
        after = list(
            takewhile(
                lambda word: word not in SENTENCE_ENDS, tokens[place.last : place.last + _LIST]
            )
        )
        return "or" in after and not self.says("present", after)

    def _is(self, kind: str, tokens: Sequence[str], index: int) -> bool:
        """True when a form of one or two words ends at `index`."""
        pair = " ".join(tokens[max(0, index - 1) : index + 1])
        return self.has_word(kind, tokens[index]) or self.has_word(kind, pair)

    def resolved(self, reading: Reading, place: Place) -> bool:
        """`the fever is gone`, `my cough has cleared up`."""
        first, last = sentence_of(reading, place)
        if self._is("ended_before", reading.tokens, place.first - 1) and place.first > first:
            before = reading.tokens[max(first, place.first - _AFTER) : place.first]
            return not self.says("negator", before)
        after = reading.tokens[place.last : min(last, place.last + _AFTER)]
        said = [word for word in after if not self.has_word("linking_verb", word)]
        return self._matchers["resolved_after"].match(" " + " ".join(said) + " ") is not None

    def _answered_no(self, reading: Reading, place: Place) -> bool:
        """`fever? no`, `chest pain: none`; not `chest pain, no fever`."""
        after = reading.tokens[place.last : place.last + _AFTER]
        marks = after[:1] in {("?",), (",",)}
        said = after[1:3] if marks else after[:2]
        return said[:1] in {("no",), ("none",), ("nope",)} and (
            len(said) == 1 or said[1] in CLAUSE_ENDS
        )

    def _restarts(self, tokens: Sequence[str], *, listing: bool) -> bool:
        """True when a new statement begins after the cue: `..., I have`, `but`."""
        for index, word in enumerate(tokens[:-1]):
            if word == "," and self.has_word("subject", tokens[index + 1]):
                return True
        after_comma = tokens[-1:] == (",",) and not listing
        return after_comma or "but" in tokens or self.says("restart", tokens)

    def is_dated(self, tokens: Sequence[str]) -> bool:
        """True when a time that is over is named: `last month`, `in 2019`."""
        years = (
            first in {"in", "of", "during", "around"}
            and len(year) == 4
            and year[:2] in {"19", "20"}
            for first, year in zip(tokens, tokens[1:], strict=False)
        )
        dated = self.says("past_time", tokens) and not self.says("never_before", tokens)
        return dated or any(years) or told.is_at_age(self, tokens)

    @staticmethod
    def _clause(tokens: Sequence[str], place: Place, first: int, last: int) -> Sequence[str]:
        start, end = place.first, place.last
        while start > first and tokens[start - 1] not in JOINTS:
            start -= 1
        while end < last and tokens[end] not in JOINTS:
            end += 1
        return tokens[start:end]


def sentence_of(reading: Reading, place: Place) -> tuple[int, int]:
    """First and last token of the sentence around a place, at most `_REACH` away from it."""
    first = max(reading.opens[place.first], place.first - _REACH)
    return first, min(reading.closes[place.last - 1], place.last + _REACH)


def _matcher(forms: Sequence[str]) -> re.Pattern[str]:
    """Finds any of the forms as whole words in a line with spaces at both ends."""
    longest_first = sorted(forms, key=len, reverse=True)
    return re.compile(" (?:" + "|".join(map(re.escape, longest_first)) + ")(?= )")


def _last(matcher: re.Pattern[str], tokens: Sequence[str]) -> int | None:
    """Index of the last token at which one of the forms begins."""
    line = " " + " ".join(tokens) + " "
    found = None
    for found in matcher.finditer(line):  # noqa: B007 - only the last one counts
        pass
    return line.count(" ", 0, found.start() + 1) - 1 if found else None
