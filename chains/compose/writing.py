"""A draft written out as one Markdown text, with its sources numbered in reading order."""

import re

from chains.compose.draft import Block, Cited, Claim, Draft, Origin
from chains.compose.evidence import EVIDENCE_WORDS
from chains.compose.phrases import Phrases
from chains.stages import Answer, AnswerSentence, AnswerSource, TurnKind


class SourceList:
    """Sources in the order in which they are first cited."""

    def __init__(self) -> None:
        """Start with none."""
        self._numbers: dict[Origin, int] = {}
        self._passages: dict[Origin, list[str]] = {}

    def cite(self, claim: Claim) -> tuple[int, ...]:
        """The numbers of a claim's sources; new ones are added."""
        lines = claim.cited or (Cited(claim.chunk_id, claim.text, claim.origins),)
        for chunk_id, origin in (
            (line.chunk_id, origin) for line in lines for origin in line.origins
        ):
            self._numbers.setdefault(origin, len(self._numbers) + 1)
            passages = self._passages.setdefault(origin, [])
            if chunk_id not in passages:
                passages.append(chunk_id)
        return tuple(self._numbers[origin] for origin in claim.origins)

    def sources(self) -> tuple[AnswerSource, ...]:
        """All of them, by number."""
        return tuple(
            AnswerSource(
                n=n,
                title=origin.title,
                publisher=origin.publisher,
                year=origin.year,
                url=origin.url,
                evidence=origin.kind,
                passage_ids=tuple(self._passages[origin]),
            )
            for origin, n in self._numbers.items()
        )

    def aged(self) -> dict[int, str]:
        """What is told of those that are past their review period, by number."""
        return {n: origin.aged for origin, n in self._numbers.items() if origin.aged}


def write(draft: Draft, phrases: Phrases, *, kind: TurnKind = "answer", banner: str = "") -> Answer:
    """Write a draft out.

    Args:
        draft: Claims that passed grounding.
        phrases: The connecting words.
        kind: Kind of the turn.
        banner: A same-day banner that stands before everything; may be empty.
    """
    sources = SourceList()
    sentences = tuple(
        AnswerSentence(text=claim.text, citations=sources.cite(claim), chunk_id=claim.chunk_id)
        for claim in draft.claims()
        if claim.form != "pointer"
    )
    parts = [
        banner,
        phrases.notice_short if kind == "answer" else "",
        *_body(draft, sources),
        draft.offer,
        draft.general_note,
        _aged(sources, phrases),
        *_after(draft, phrases, sources, is_told=kind == "memory"),
        phrases.notice,
    ]
    return Answer(
        kind=kind,
        markdown="\n\n".join(part for part in parts if part),
        sentences=sentences,
        sources=sources.sources(),
        questions_to_ask=draft.questions_to_ask,
        further_reading=draft.further_reading,
        services=tuple(service for service, _ in draft.services),
        related_questions=draft.related,
        general=not draft.used_facts,
        used_facts=draft.used_facts,
    )


def begun(draft: Draft, phrases: Phrases) -> str:
    """How the text of an answer begins, as far as the draft goes: what `write` will begin with."""
    parts = (phrases.notice_short, *_body(draft, SourceList()))
    return "\n\n".join(part for part in parts if part)


def _body(draft: Draft, sources: SourceList) -> list[str]:
    return [
        *draft.openings,
        " ".join(_told(claim, sources) for claim in draft.short),
        draft.in_mind,
        _table(draft, sources),
        *(_block(block, sources) for block in draft.blocks),
    ]


def plain(text: str) -> str:
    """A person's own words as Markdown that shows them as they are."""
    return re.sub(r"([\\`*_\[\]<>$~|#&])", r"\\\1", text)


def _told(claim: Claim, sources: SourceList) -> str:
    marks = "".join(f"[{n}]" for n in sources.cite(claim))
    # What was fetched may hold marks of Markdown; what we wrote holds none but ours.
    name = plain(claim.lead) if claim.form == "quote" else claim.lead
    lead = f"**{name}{'' if name.endswith('?') else ':'}** " if name else ""
    because = f" *({claim.because})*" if claim.because else ""
    text = {"quote": f"“{plain(claim.text)}”", "pointer": _linked(claim)}.get(
        claim.form, claim.text
    )
    return f"{lead}{text} {marks}{because}"


def _linked(claim: Claim) -> str:
    url = claim.origins[0].url if claim.origins else ""
    return f"[{plain(claim.text)}]({url})" if url.startswith("http") else plain(claim.text)


def _block(block: Block, sources: SourceList) -> str:
    lines, steps = [], 0
    for claim in block.claims:
        steps += claim.is_step
        mark = f"{steps}." if claim.is_step else "-"
        lines.append(f"{mark} {_told(claim, sources)}")
    closing = [f"\n{block.closing}"] if block.closing else []
    return "\n".join([f"### {block.heading}", *lines, *closing])


def _table(draft: Draft, sources: SourceList) -> str:
    if not draft.table:
        return ""
    head = f"| | {' | '.join(draft.sides)} |"
    rule = "|---" * (len(draft.sides) + 1) + "|"
    rows = [
        f"| **{name}** | {' | '.join(_told(c, sources) if c else 'No source here' for c in row)} |"
        for name, row in draft.table
    ]
    return "\n".join([head, rule, *rows])


def _after(draft: Draft, phrases: Phrases, sources: SourceList, *, is_told: bool) -> list[str]:
    """What stands behind the answer: questions, reading, services, sources, related questions.

    Where the related questions were told with their answers, they are not listed again.
    """
    lists = (
        ("questions", list(draft.questions_to_ask)),
        ("further_reading", [f"[{link.title}]({link.url})" for link in draft.further_reading]),
        ("services", [f"[{s.name}]({s.url}): {whom}" for s, whom in draft.services]),
        ("sources", [_source(s, sources.aged().get(s.n, "")) for s in sources.sources()]),
        ("related", [] if is_told else [f"**{r.question}** {r.preview}" for r in draft.related]),
    )
    return [
        "\n".join([f"### {phrases.headings[name].format(whose=draft.whose)}", *_items(name, items)])
        for name, items in lists
        if items
    ]


def _items(name: str, items: list[str]) -> list[str]:
    return [item if name == "sources" else f"- {item}" for item in items]


def _source(source: AnswerSource, aged: str) -> str:
    kind = EVIDENCE_WORDS[source.evidence]
    title = plain(source.title)
    # A file of this machine has no address that opens: its name and page are told instead.
    shown = (
        f"[{title}]({source.url})" if source.url.startswith("http") else f"{title}, {source.url}"
    )
    told = "; ".join(filter(None, (kind, aged)))
    return f"{source.n}. {shown}, {source.publisher}, {source.year} ({told})"


def _aged(sources: SourceList, phrases: Phrases) -> str:
    """One line about the sources that are past their review period; empty for none."""
    by_age: dict[str, list[int]] = {}
    for n, words in sources.aged().items():
        by_age.setdefault(words, []).append(n)
    lines = [
        phrases.aged.format(numbers=", ".join(map(str, numbers)), age=words)
        for words, numbers in by_age.items()
    ]
    return "\n".join(lines)
