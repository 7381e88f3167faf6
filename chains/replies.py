"""Replies that hold no medical claim: asking to finish, what was understood, kind limits."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from chains.compose.facts_told import fact_line
from chains.compose.phrases import Phrases, Voice, load_phrases
from chains.compose.writing import plain
from chains.errors import RuleError
from chains.naming import Named
from chains.questions import PLANS
from chains.stages import Answer, Completeness, RelatedQuestion, TurnKind
from memory.records import SELF, Card, Fact

Wording = dict[str, str]


@dataclass(frozen=True, slots=True)
class Replies:
    """The wording of `plans/replies.yaml`, put together with what a turn found."""

    cut_off: Wording
    understood: Wording
    out_of_scope: Wording
    no_source: Wording
    card: Wording
    single: Wording
    """Replies of one line each, by name."""
    phrases: Phrases

    @property
    def notice(self) -> str:
        """The notice in full."""
        return self.phrases.notice

    def ask_to_finish(self, whole: Completeness) -> Answer:
        """One kind line that shows where the message stops, and endings to pick from."""
        line = self.cut_off["ask"].format(fragment=plain(whole.fragment or ""))
        return self._answer("clarification", [line])

    def understood_facts(
        self, facts: Sequence[Fact], card: Card, contradicted: Sequence[Fact]
    ) -> str:
        """What a statement said, as the first lines of the reply to it."""
        line = self.understood["noted" if facts else "nothing_new"]
        parts = [line.format(whom=_whom_of(facts, card.subject)), _listed(facts)]
        if contradicted:
            values = " and ".join(f"{fact_line(fact)}" for fact in contradicted)
            parts.append(self.understood["contradiction"].format(values=values))
        return "\n\n".join(filter(None, (*parts, self.understood["correct"])))

    def corrected(self, facts: Sequence[Fact]) -> Answer:
        """What the card says now that it was put right."""
        line = self.card["corrected"].format(whom=_whom_of(facts, SELF))
        parts = (line, _listed(facts), self.understood["correct"])
        return self._answer("memory", parts)

    def limit(self, name: str, **values: object) -> Answer:
        """A short kind limit; `name` is a key of `out_of_scope`."""
        return self._answer("out_of_scope", [self.out_of_scope[name].format(**values)])

    def without_source(self, nearest: Sequence[RelatedQuestion]) -> Answer:
        """Says that no source was found, what is nearest and where to ask."""
        parts = [self.no_source["line"], self.no_source["where"]]
        if nearest:
            asked = "\n".join(f"- {related.question}" for related in nearest)
            parts.insert(1, f"{self.no_source['nearest']}\n\n{asked}")
        return self._answer("no_source", parts, related=nearest)

    def say(self, name: str) -> Answer:
        """One of the single lines: thanks, greeting, about_me."""
        return self._answer("memory", [self.single[name]])

    def show_card(
        self, card: Card, asked: Sequence[Fact] = (), *, is_missing: bool = False
    ) -> Answer:
        """All that is known, a line a fact; of it only what was asked for, where that is there."""
        whom = f" about {Voice.of(card.subject).you}" if card.subject != SELF else " about you"
        if not card.facts:
            return self._answer("memory", [self.card["empty"].format(whom=whom)])
        key = "asked" if asked else "missing" if is_missing else "shown"
        return self._answer(
            "memory", [self.card[key].format(whom=whom), _listed(asked or card.facts)]
        )

    def forgot(self, items: Sequence[Named], *, is_over: bool = False) -> Answer:
        """What was forgotten, and what was not on the card, in one line.

        Args:
            items: What the command named, with the facts that went.
            is_over: It went because it was stopped: the line tells how to keep it as past.
        """
        gone = [_said(item) for item in items if item.facts]
        absent = [_absent(item) for item in items if not item.facts]
        parts = [self.card["forgot"].format(what=plain(_and(gone)))] if gone else []
        medicines = [f.name for item in items for f in item.facts if f.kind == "medication"]
        if is_over and medicines:
            parts.append(self.card["stopped"].format(what=plain(medicines[0])))
        if absent:
            line = self.card["not_found_too" if gone else "not_found"]
            parts.append(line.format(what=plain(_and(absent))))
        return self._answer("memory", [" ".join(parts)])

    def with_noted(self, answer: Answer, facts: Sequence[Fact]) -> Answer:
        """A reply to a command, with what its message told beside it in the first line."""
        if not facts:
            return answer
        noted = self.card["noted_too"].format(what=_and([fact_line(fact) for fact in facts]))
        done, _, rest = answer.markdown.partition("\n\n")
        return answer.model_copy(update={"markdown": f"{done} {noted}\n\n{rest}"})

    def started_over(self) -> Answer:
        """The card was emptied."""
        return self._answer("memory", [self.card["started_over"]])

    def _answer(
        self,
        kind: TurnKind,
        parts: Iterable[str],
        *,
        related: Sequence[RelatedQuestion] = (),
    ) -> Answer:
        return Answer(
            kind=kind,
            markdown="\n\n".join([*parts, self.phrases.notice_short]),
            related_questions=tuple(related),
        )


@cache
def load_replies(path: Path = PLANS / "replies.yaml") -> Replies:
    """Read the wording.

    Raises:
        RuleError: A part is missing.
    """
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        return Replies(
            cut_off=data["cut_off"],
            understood=data["understood"],
            out_of_scope=data["out_of_scope"],
            no_source=data["no_source"],
            card=data["card"],
            single={key: text for key, text in data.items() if isinstance(text, str)},
            phrases=load_phrases(),
        )
    except KeyError as error:
        raise RuleError(f"{path.name}: {error} is missing") from error


def _listed(facts: Sequence[Fact]) -> str:
    """A line a fact; whose it is, where they are of more than one person."""
    if len({fact.subject for fact in facts}) < 2:
        return "\n".join(f"- {fact_line(fact)}" for fact in facts)
    return "\n".join(f"- {Voice.of(fact.subject).you}: {fact_line(fact)}" for fact in facts)


def _whom_of(facts: Sequence[Fact], subject: str) -> str:
    """Of whom facts speak, where it is one relative; without facts the person of the card."""
    subjects = {fact.subject for fact in facts} or {subject}
    return _whom(subjects.pop()) if len(subjects) == 1 else ""


def _whom(subject: str) -> str:
    return "" if subject == SELF else f" about your {subject}"


def _and(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def _said(item: Named) -> str:
    """The person's own words, with the names that the card had where those are others."""
    words = _SAID_BEFORE.sub("", item.words).strip(" .,!?'\"")
    if not words:
        return _and([fact_line(fact) for fact in item.facts])
    others = sorted(
        {fact.name.replace("_", " ") for fact in item.facts if fact.kind != "age"}
        - {fact.name for fact in item.facts if fact.name.lower() in words.lower()}
    )
    return f"{words} ({', '.join(others)})" if others else words


def _absent(item: Named) -> str:
    return _SAID_BEFORE.sub("", item.words).strip(" .,!?") or "anything in your last message"


_SAID_BEFORE = re.compile(
    r"^(?:(?:the |that |about |my |our |what i (?:said|told you|wrote) |everything |anything |all "
    r"|(?:bits?|things?|parts?|facts?|stuff) (?=about|on|with|that)|i (?:said|told you|mentioned)"
    r"(?: that)? |i(?:'m| am) (?:on|taking|having) |i (?:take|took|have|had|use|used|was on) "
    r"|i am |i'm "
    r"|(?:he|she) (?:takes|has|is on|had) |with |on (?=\w+ing))+)",
    re.IGNORECASE,
)
"""Taken off the front of what was forgotten, before it is said back."""
