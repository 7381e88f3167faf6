"""The small language of the red flag rows, made into bounded expressions.

A pattern is elements with a space between: `a|b_c` one of these words (`_` joins words of one
form), `{name}` a list of `red_flag_words.csv`, `[...]` may be missing, `~3` up to three other
words of the same clause, `comma` and `fullstop` the marks. It starts at a word that is named, so
that a message is read in one pass.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from chains.errors import RuleError

WordLists = Mapping[str, tuple[str, ...]]

NEGATORS = frozenset({"no", "not", "without", "isnt", "wasnt", "arent", "never", "dont", "doesnt"})
_MARKS = {"comma": ",", "fullstop": "."}
_ANY_WORD = r"(?:[^ .?,]+ )"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern, ready to be tried where one of its first words stands."""

    source: str
    first_words: frozenset[str]
    expression: re.Pattern[str]
    words: frozenset[str]
    """Every word it names."""
    needed: frozenset[str]
    """Of these a text holds one where the pattern stands; none when its first word is enough."""
    has_gap: bool
    negating: tuple[str, ...]
    """Its forms that hold a negator, the longest first: `isnt making sense`."""

    def end(self, line: str, start: int) -> int | None:
        """Where it ends in `line` when it starts at `start`."""
        found = self.expression.match(line, start)
        return found.end() if found else None


def compile_pattern(source: str, lists: WordLists) -> Pattern:
    """Make a pattern of a row's text.

    Raises:
        RuleError: It names a list that is not there, or does not start with a word.
    """
    elements = source.split()
    if not elements or elements[0][0] in "~[":
        raise RuleError(f"red_flags.csv: the pattern {source!r} must start with a word.")
    forms = [() if element[0] == "~" else forms_of(element, lists) for element in elements]
    body = "".join(map(_expression, elements, forms))
    later = [
        group for element, group in zip(elements, forms, strict=True) if element[0] not in "~["
    ]
    words = {word for group in forms for form in group for word in form.split()}
    return Pattern(
        source=source,
        first_words=frozenset(form.split()[0] for form in forms[0]),
        expression=re.compile(body),
        words=frozenset(words),
        needed=frozenset(form.split()[0] for form in min(later[1:], key=len, default=())),
        has_gap="~" in source,
        negating=tuple(sorted(filter(_negates, {f for group in forms for f in group}), key=len))[
            ::-1
        ],
    )


def forms_of(element: str, lists: WordLists) -> tuple[str, ...]:
    """The forms that one element of a pattern names, words with a space between.

    Raises:
        RuleError: It names a list that is not there.
    """
    found: list[str] = []
    for part in element.strip("[]").split("|"):
        if part.startswith("{"):
            if part.strip("{}") not in lists:
                raise RuleError(f"red_flags.csv: the word list {part} is not known.")
            found.extend(lists[part.strip("{}")])
        else:
            found.append(_MARKS.get(part, part.replace("_", " ")))
    return tuple(found)


def _negates(form: str) -> bool:
    return not NEGATORS.isdisjoint(form.split())


def _expression(element: str, forms: tuple[str, ...]) -> str:
    if element.startswith("~"):
        return f"{_ANY_WORD}{{0,{int(element[1:])}}}?"
    longest_first = sorted(set(forms), key=len, reverse=True)
    choice = "(?:" + "|".join(map(re.escape, longest_first)) + ") "
    return f"(?:{choice})?" if element.startswith("[") else choice
