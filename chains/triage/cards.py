"""The wording of help: one reviewed table, shown as it stands there, never composed."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from chains.errors import RuleError
from chains.stages import TriageFlag, TriageLevel, TriageResult
from chains.triage.reading import plain_words

CARDS = Path(__file__).parents[1] / "rules" / "urgent_cards.yaml"
_CRISIS = "T14"


@dataclass(frozen=True, slots=True)
class HelpNumbers:
    """Whom to call; as the operator's settings say."""

    emergency: str = "911"
    crisis: str = "988"
    poison: str = "1-800-222-1222"


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Card(_Strict):
    """One card: what to do now."""

    title: str
    do: tuple[str, ...]
    """At most five short lines."""
    tell: str = ""
    """What to say to those who answer."""
    spanish: tuple[str, ...] = ()
    source: str
    """Publisher and page; `pending` when no primary page was read."""
    url: str = ""


class CardTable(_Strict):
    """All wording: `urgent_cards.yaml`."""

    understood: str
    also: str
    cards: Mapping[str, Card]
    """By row and level, `T1.urgent`; by level alone where a row has no card of its own."""
    names: Mapping[str, str]
    """What a row is about, in a few words, for the short lines below a leading card."""
    spanish_words: frozenset[str]


def urgent_card(result: TriageResult, numbers: HelpNumbers) -> str:
    """The card of an urgent or emergency message, in Markdown.

    Args:
        result: of `triage`; its first flag leads.
        numbers: fill {emergency}, {crisis} and {poison}.

    Returns:
        Title, what was understood, what to do, what to tell, source; then one line for each
        other flag. Empty when nothing was found.

    Raises:
        RuleError: `urgent_cards.yaml` is broken.
    """
    if not result.flags:
        return ""
    table = load_cards()
    lead, *others = result.flags
    parts = _card(table, lead, result.level, result.flags)
    parts += [table.also.format(name=table.names[flag.code]) for flag in others]
    return _filled("\n\n".join(parts), numbers)


def same_day_banner(result: TriageResult, numbers: HelpNumbers) -> str:
    """The line above a normal answer when something should be told the same day.

    Args:
        result: of `triage`, level same_day.
        numbers: fill {emergency}, {crisis} and {poison}.

    Returns:
        Markdown, a few short lines; empty when nothing was found.

    Raises:
        RuleError: `urgent_cards.yaml` is broken.
    """
    return urgent_card(result, numbers)


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


def _card(
    table: CardTable, lead: TriageFlag, level: TriageLevel, flags: tuple[TriageFlag, ...]
) -> list[str]:
    card = table.cards.get(f"{lead.code}.{level}") or table.cards[level]
    parts = [f"### {card.title}"]
    if lead.code != _CRISIS:
        parts.append(table.understood.format(words=_quoted(lead.evidence)))
    parts.append("\n".join(f"- {line}" for line in card.do))
    if card.tell:
        parts.append(card.tell)
    if card.spanish and _is_spanish(table, flags):
        parts.append("\n".join(f"- {line}" for line in card.spanish))
    parts.append(f"Source: {card.source}" + (f", <{card.url}>" if card.url else ""))
    return parts


def _is_spanish(table: CardTable, flags: tuple[TriageFlag, ...]) -> bool:
    words = {word for flag in flags for word in plain_words(flag.evidence).split()}
    return bool(words & table.spanish_words)


def _quoted(words: str) -> str:
    """A person's words on one line, with nothing in them that Markdown would draw."""
    line = " ".join(words.split())
    return "".join(f"\\{char}" if char in r"\`*_{}[]<>()#+!|~$&" else char for char in line)


def _filled(text: str, numbers: HelpNumbers) -> str:
    for name in ("emergency", "crisis", "poison"):
        text = text.replace("{" + name + "}", getattr(numbers, name))
    return text
