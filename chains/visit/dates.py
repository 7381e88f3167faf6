"""When something was, as the words of its message tell, and when it was told."""

import re
from collections.abc import Sequence
from datetime import date

from chains.extraction.doses import find_duration, find_since
from chains.extraction.reading import Span
from chains.lexicon import Lexicon
from memory.records import Told
from memory.when import SaidDate, date_of

_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|[;\n]")


def day(when: date) -> str:
    """A day as people in the US write it: "Nov 30, 2026"."""
    return f"{when:%b} {when.day}, {when.year}"


def said_words(said: SaidDate) -> str:
    """A date with as much detail as was said: "2019", "May 2026", "Nov 23, 2026"."""
    if said.month is None:
        return f"{said.year}"
    return day(said.first_day()) if said.day else f"{said.first_day():%b} {said.year}"


def words_behind(telling: Told, lexicon: Lexicon) -> str:
    """What a message says right behind the words of a fact, up to the next thing it names."""
    text, evidence = telling.message, telling.said.evidence
    start = text.find(evidence)
    if start < 0 or not evidence:
        return ""
    start += len(evidence)
    stop = _SENTENCE_END.search(text, start)
    end = stop.start() if stop else len(text)
    next_thing = (m.start for m in lexicon.mentions(text) if start <= m.start < end)
    return text[start : next(next_thing, end)]


def lasting(telling: Told, lexicon: Lexicon) -> str:
    """Since when or how long, as the person said it; empty when that was not said."""
    behind = words_behind(telling, lexicon)
    whole = Span(0, len(behind))
    since, duration = find_since(behind, whole), find_duration(behind, whole)
    if since is not None:
        return f"since {since.value}"
    return f"for {duration.value}" if duration is not None else ""


def said_date(telling: Told, lexicon: Lexicon) -> SaidDate | None:
    """The date that the words around a fact name; None when they name none."""
    told_on = telling.told_at.date()
    behind = date_of(words_behind(telling, lexicon), told_on)
    if behind is not None:
        return behind
    before = telling.message[: max(telling.message.find(telling.said.evidence), 0)]
    sentence = _SENTENCE_END.split(before)[-1]
    # "In May my ANC was 0.8": only what opens the sentence, with nothing else named on the way.
    return None if lexicon.mentions(sentence) else date_of(sentence, told_on)


def told_words(tellings: Sequence[Told]) -> str:
    """When something was told: "told Nov 30, 2026", or first and last; empty without a message."""
    days = list(dict.fromkeys(day(one.told_at.date()) for one in tellings))
    if len(days) > 1:
        return f"first told {days[0]}, last {days[-1]}"
    return f"told {days[0]}" if days else ""
