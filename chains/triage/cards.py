"""The wording of help: one reviewed table, shown as it stands there, never composed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from chains.errors import RuleError
from chains.stages import TriageFlag, TriageResult
from chains.triage.reading import plain_words

CARDS = Path(__file__).parents[1] / "rules" / "urgent_cards.yaml"
CRISIS = "T14"
MAX_LINES = 5
_MAX_WORDS = 160
"""Characters of a person's own words that a card repeats."""


@dataclass(frozen=True, slots=True)
class HelpNumbers:
    """Whom to call; as the operator's settings say."""

    emergency: str = "911"
    crisis: str = "988"
    poison: str = "1-800-222-1222"


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CardSource(_Strict):
    """The primary page a card's wording rests on; `pending` when none was read."""

    name: str
    url: str = ""


class Card(_Strict):
    """What to do now, for one row and level."""

    title: str
    do: tuple[str, ...] = Field(min_length=1, max_length=MAX_LINES)
    close: str = ""
    """A last line in place of what to tell those who answer."""
    spanish: tuple[str, ...] = ()
    sources: tuple[CardSource, ...] = Field(min_length=1)


class CardTable(_Strict):
    """All wording: `urgent_cards.yaml`."""

    understood: str
    tell: str
    also: str
    source: str
    translated: str
    """What stands before lines in another language: they are a translation."""
    lines: Mapping[str, str]
    """What to do about a row in one short line, below the card that leads."""
    spanish_words: frozenset[str]
    """Words of evidence that show that a message is Spanish."""
    cards: Mapping[str, Card]
    """By row and level, `T1.urgent`; by level alone where a row has no card of its own."""


def urgent_card(result: TriageResult, numbers: HelpNumbers) -> str:
    """The card of an urgent or emergency message.

    Args:
        result: of `triage`; its first flag leads, a crisis always.
        numbers: fill {emergency}, {crisis} and {poison}.

    Returns:
        Markdown: title, what was understood, what to do, what to tell, one line for each
        other flag, source. Empty when nothing was found.

    Raises:
        RuleError: `urgent_cards.yaml` is broken.
    """
    if not result.flags:
        return ""
    table = load_cards()
    card = _card(table, result)
    parts = [f"### {card.title}", *_understood(table, result), _bullets(card.do)]
    parts += [card.close or table.tell, *_also(table, result), *_spanish(table, card, result)]
    return _filled("\n\n".join(filter(None, [*parts, _source(table, card)])), numbers)


def same_day_banner(result: TriageResult, numbers: HelpNumbers) -> str:
    """The banner above a normal answer when something should be told the same day.

    Args:
        result: of `triage`, level same_day.
        numbers: fill {emergency}, {crisis} and {poison}.

    Returns:
        Markdown, one short paragraph and its source; empty when nothing was found.

    Raises:
        RuleError: `urgent_cards.yaml` is broken.
    """
    if not result.flags:
        return ""
    table = load_cards()
    card = _card(table, result)
    told = " ".join([f"**{card.title}.**", *_understood(table, result), *card.do])
    parts = [told, *_also(table, result), *_spanish(table, card, result), _source(table, card)]
    return _filled("\n\n".join(filter(None, parts)), numbers)


@cache
def load_cards(path: Path = CARDS) -> CardTable:
    """Read the wording, once a process.

    Raises:
        RuleError: The file is not the table it should be.
    """
    try:
        return CardTable.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, ValidationError) as error:
        raise RuleError(f"{path.name} is broken: {type(error).__name__}.") from error


def _card(table: CardTable, result: TriageResult) -> Card:
    return table.cards.get(f"{result.flags[0].code}.{result.level}") or table.cards[result.level]


def _understood(table: CardTable, result: TriageResult) -> Iterator[str]:
    """What the person wrote; never held up to somebody in a crisis."""
    if result.flags[0].code != CRISIS:
        yield table.understood.replace("{words}", _quoted(result.flags[0].evidence))


def _also(table: CardTable, result: TriageResult) -> Iterator[str]:
    for flag in result.flags[1:]:
        line = table.also.replace("{line}", table.lines[flag.code])
        yield line.replace("{words}", _quoted(flag.evidence))


def _spanish(table: CardTable, card: Card, result: TriageResult) -> Iterator[str]:
    words = {word for flag in result.flags for word in _words(flag)}
    if card.spanish and words & table.spanish_words:
        yield f"{table.translated}\n\n{_bullets(card.spanish)}"


def _words(flag: TriageFlag) -> list[str]:
    return plain_words(flag.evidence).split()


def _source(table: CardTable, card: Card) -> str:
    """The line that names the sources; empty while none was read: the rule stands all the same."""
    sources = [f"[{each.name}]({each.url})" for each in card.sources if each.url]
    return table.source.replace("{sources}", "; ".join(sources)) if sources else ""


def _bullets(lines: tuple[str, ...]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _quoted(words: str) -> str:
    """A person's words on one line, with nothing in them that Markdown or a number would fill."""
    line = " ".join(words.split())
    shown = line if len(line) <= _MAX_WORDS else line[:_MAX_WORDS] + " ..."
    return "".join(f"\\{char}" if char in r"\`*_{}[]<>()#+!|~$&:" else char for char in shown)


def _filled(text: str, numbers: HelpNumbers) -> str:
    for name, number in (
        ("{emergency}", numbers.emergency),
        ("{crisis}", numbers.crisis),
        ("{poison}", numbers.poison),
    ):
        text = text.replace(name, number)
    return text
