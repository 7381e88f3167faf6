"""One prompt: rules first, then what is known, what was said, passages and the question."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chains.compose.facts_told import fact_line
from chains.events import SentMessage, SentPart
from chains.model.masking import Masks
from chains.model.passages import Passage, as_text, within
from chains.model.planted import fenced
from chains.model.talk import Talk
from memory.records import SELF, Card, Fact
from vectorstore.tokens import count_tokens

CARD_TOKENS = TALK_TOKENS = 400
PART_SHARE = 0.12
"""Of a small budget, for the card and for the talk, where that is less."""
QUESTION_SHARE = 0.2
"""Of the whole budget; the middle of a longer question is left out of the prompt."""
MOST_PASSAGE_TOKENS = 2_400
"""More passages than these make answers worse, not better."""
FRAME_TOKENS = 60
"""Names of the parts and the service's own tokens around messages."""


@dataclass(frozen=True, slots=True)
class Built:
    """A prompt that is ready to be sent."""

    messages: tuple[SentMessage, ...]
    passages: tuple[Passage, ...]
    """By number: the first is [1]."""
    headings: tuple[str, ...]
    tokens: int


@dataclass(frozen=True, slots=True)
class Material:
    """What a prompt is built from."""

    question: str
    """As the person wrote it."""
    standalone: str
    card: Card
    talk: Talk
    passages: Sequence[Passage]
    headings: Sequence[str]


def build(material: Material, rules: str, budget_tokens: int, masks: Masks) -> Built:
    """Put a prompt together within its budget.

    Args:
        material: What there is to say.
        rules: The system message: the same for everyone, so that services can keep it.
        budget_tokens: Most tokens of all messages together.
        masks: Takes what identifies a person out of everything that is the person's.
    """
    share = int(budget_tokens * PART_SHARE)
    card = _card_parts(material.card, min(CARD_TOKENS, share), masks)
    talk = _talk_parts(material, min(TALK_TOKENS, share), masks)
    question = _question_text(material, int(budget_tokens * QUESTION_SHARE), masks)
    spent = count_tokens(rules) + FRAME_TOKENS + count_tokens(question)
    spent += sum(count_tokens(part.text) for part in (*card, *talk))
    room = min(MOST_PASSAGE_TOKENS, budget_tokens - spent - _HEADING_TOKENS)
    chosen = within(material.passages, room)
    headings = tuple(dict.fromkeys([*material.headings, *(p.heading for p in chosen)]))[:10]
    parts = (
        *card,
        *talk,
        *_passage_parts(chosen),
        SentPart(text=_headed("HEADINGS", "\n".join(map(fenced, headings)))),
        SentPart(text=_headed("QUESTION", question)),
    )
    messages = (
        SentMessage(role="system", parts=(SentPart(text=rules),)),
        SentMessage(role="user", parts=parts),
    )
    tokens = sum(count_tokens(message.text) for message in messages)
    return Built(messages, tuple(chosen), headings, tokens)


_HEADING_TOKENS = 120


def _headed(name: str, text: str) -> str:
    return f"<{name}>\n{text}\n</{name}>\n\n"


def _card_parts(card: Card, left: int, masks: Masks) -> list[SentPart]:
    """A part for each fact, newest kept first within the budget, so that one can be forgotten."""
    lines: list[SentPart] = []
    for fact in reversed(card.facts):
        text = f"- {fenced(masks.masked(fact_line(fact)))}\n"
        left -= count_tokens(text)
        if left < 0:
            break
        lines.append(SentPart(text=text, fact_id=fact.fact_id))
    whom = "the person who writes" if card.subject == SELF else f"their {fenced(card.subject)}"
    head = SentPart(text=f"<CARD>\nThe answer is about {whom}.\n")
    nothing = [] if lines else [SentPart(text="Nothing is known yet.\n")]
    return [head, *reversed(lines), *nothing, SentPart(text="</CARD>\n\n")]


def _talk_parts(material: Material, left: int, masks: Masks) -> list[SentPart]:
    """Summary and last turns; the oldest go first where the budget is short."""
    talk, facts = material.talk, material.card.facts
    lines = [(f"Asked before: {one.text}", one.message_id) for one in talk.summary]
    for exchange in talk.last:
        lines.append((f"Person: {exchange.said}", exchange.message_id))
        if exchange.answered:
            lines.append((f"Answer: {exchange.answered}", exchange.message_id))
    if not lines:
        return []
    kept: list[SentPart] = []
    for line, message_id in reversed(lines):
        text = f"{fenced(masks.masked(line))}\n"
        left -= count_tokens(text)
        if left < 0:
            break
        kept.append(SentPart(text=text, fact_id=_fact_in(text, facts), message_id=message_id))
    return [SentPart(text="<TALK>\n"), *reversed(kept), SentPart(text="</TALK>\n\n")]


def _fact_in(text: str, facts: Iterable[Fact]) -> str:
    """The fact that a line names: the line goes with it when it is forgotten."""
    lowered = text.lower()
    named = (fact for fact in facts if len(fact.name) > 2 and fact.name.lower() in lowered)
    return next((fact.fact_id for fact in named), "")


def _passage_parts(passages: Sequence[Passage]) -> list[SentPart]:
    """The passages, a part for each that names a fact of the person as its reason."""
    lines = as_text(passages).split("\n")
    fits = {f"[{n}] (fits": p.fact_ids[:1] for n, p in enumerate(passages, 1) if p.because}
    parts = [SentPart(text="<PASSAGES>\n")]
    for line in lines:
        found = next((ids for start, ids in fits.items() if line.startswith(start)), ())
        parts.append(SentPart(text=f"{line}\n", fact_id="".join(found)))
    return [*parts, SentPart(text="</PASSAGES>\n\n")]


def _question_text(material: Material, most_tokens: int, masks: Masks) -> str:
    asked = _middle_out(fenced(masks.masked(material.question)), most_tokens)
    alone = _middle_out(fenced(masks.masked(material.standalone)), most_tokens // 3)
    return asked if alone == asked else f"{asked}\nRead as: {alone}"


def _middle_out(text: str, most_tokens: int) -> str:
    """A text of at most so many tokens: beginning and end of a longer one."""
    if count_tokens(text) <= most_tokens:
        return text
    # A token is at least one character, so this ends; words of the field are about four.
    characters = most_tokens * 4
    while True:
        half = characters // 2
        short = f"{text[:half]} [...] {text[-half:]}"
        if count_tokens(short) <= most_tokens or characters < 40:
            return short
        characters = int(characters * 0.8)
