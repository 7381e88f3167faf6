"""An answer of a model in the making: each sentence judged, then placed or dropped."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

from chains.compose.draft import Block, Claim, Draft
from chains.compose.kit import ComposerKit
from chains.compose.person import Known
from chains.compose.writing import begun
from chains.model.checking import SentenceChecker
from chains.model.failures import FailureKind, ModelFailure
from chains.model.guard import Guard
from chains.model.masking import Masks, without_places
from chains.model.passages import Passage, origins_of
from chains.model.prompt import Built
from chains.model.reading_stream import Heading, Sentence

MOST_SHORT = 3
MOST_WORDS = 400
LEAST_WORDS = 60
"""Words below which the library's own sections follow."""
ALIKE = 0.87
"""Cosine from which a sentence says again what was said; as in `compose.body`."""
FEWEST_JUDGED, MOST_FAILING = 4, 1 / 3
"""Of at least so many sentences with a citation, more than this share failing hands over."""
MOST_UNCITED = 6
"""Sentences without a citation, before any that could be kept, after which we wait no longer."""
NONE_FITS = "not in the passages"
UNCOUNTED = frozenset({"no_citation", "again"})
"""Reasons that do not speak against the model: a warm word, a thing said twice."""


@dataclass(frozen=True, slots=True)
class Judges:
    """What holds a sentence against its sources; shared by all turns."""

    guard: Guard
    checker: SentenceChecker
    kit: ComposerKit

    def for_one_turn(self, kit: ComposerKit) -> Self:
        """The same with a checker that keeps what it reads for one turn alone."""
        return replace(self, checker=self.checker.for_one_turn(), kit=kit)


class Writing:
    """Takes what a model says, keeps what may be said."""

    def __init__(
        self, embedded: Draft, built: Built, judges: Judges, known: Known, masks: Masks
    ) -> None:
        """Begin with the embedded answer, whose frame is kept.

        Args:
            embedded: Its headings, questions, links and notice stay; its claims are the floor.
            built: The prompt, whose passages are cited by number.
            judges: Hold each sentence against what it cites.
            known: The card of the person the answer is for.
            masks: Puts back what was masked.
        """
        self.dropped: Counter[str] = Counter()
        self.kept = 0
        self._embedded = embedded
        self._built = built
        self._judges = judges
        self._known = known
        self._masks = masks
        self._headings = {_plain(heading): heading for heading in built.headings}
        self._heading: str | None = None
        self._short: list[Claim] = []
        self._blocks: list[Block] = []
        self._words = 0
        self._told = ""

    def take(self, said: Heading | Sentence) -> str:
        """Judge what was said; the text that this adds to the answer, mostly a sentence.

        Raises:
            ModelFailure: What was said shows that the rest is not worth waiting for.
        """
        if isinstance(said, Heading):
            self._heading = self._headings.get(_plain(said.text), self._heading)
            return ""
        if said.text.lower().startswith(NONE_FITS):
            raise ModelFailure("empty")
        if self._words >= MOST_WORDS:
            return ""
        passages = self._cited(said)
        reason = self._fault(said, passages)
        if reason:
            self.dropped[reason] += 1
            self._look_at_share()
            return ""
        self.kept += 1
        self._place(self._claim(said, passages), passages)
        return self._new_text()

    def end(self) -> Draft:
        """The whole draft: the model's sentences, then what must be said and was not.

        Raises:
            ModelFailure: Nothing that it said may be said.
        """
        if not self.kept:
            raise ModelFailure(self._worst())
        short, blocks = self._short_claims(), [self._closed(block) for block in self._blocks]
        blocks += self._still_to_say()
        draft = replace(self._embedded, short=tuple(short), blocks=tuple(blocks))
        facts = [*draft.used_facts, *(i for claim in draft.claims() for i in claim.fact_ids)]
        used = tuple(dict.fromkeys(facts))
        return replace(draft, used_facts=used, general_note="" if used else draft.general_note)

    def _cited(self, said: Sentence) -> list[Passage]:
        passages = self._built.passages
        return [passages[n - 1] for n in said.cited if 1 <= n <= len(passages)]

    def _fault(self, said: Sentence, passages: list[Passage]) -> str:
        """Why a sentence is not said; empty when it is."""
        text, guard = without_places(said.text), self._judges.guard
        if guard.is_echo(text):
            raise ModelFailure("echo")
        if not guard.is_english(text):
            return "language"
        if not passages:
            return "no_citation"
        lexicon = self._judges.kit.lexicon
        read = [passage.as_cited(lexicon).read_as for passage in passages]
        reason = guard.fault(text, read, self._known)
        reason = reason or self._judges.checker.check(text, read).reason
        return reason or ("again" if self._is_said(text) else "")

    def _claim(self, said: Sentence, passages: list[Passage]) -> Claim:
        conditions = [passage.condition for passage in passages if passage.condition]
        is_told = " if " in f" {said.text.lower()}"
        lexicon = self._judges.kit.lexicon
        return Claim(
            text=self._masks.put_back(said.text),
            chunk_id=passages[0].cited.chunk_id,
            origins=origins_of(passages),
            lead=conditions[0] if conditions and not is_told else "",
            fact_ids=tuple(dict.fromkeys(i for p in passages for i in p.fact_ids)),
            cited=tuple(passage.as_cited(lexicon) for passage in passages),
            judged=without_places(said.text),
        )

    def _place(self, claim: Claim, passages: list[Passage]) -> None:
        """Into the short answer, then under the heading that the model chose from ours."""
        self._words += len(claim.text.split())
        if self._heading is None and not self._blocks and len(self._short) < MOST_SHORT:
            self._short.append(claim)
            return
        heading = self._heading or passages[0].heading
        last = self._blocks[-1] if self._blocks else None
        is_new = heading not in {block.heading for block in self._blocks}
        if last is None or (is_new and heading != last.heading):
            self._blocks.append(Block(heading, (claim,)))
        else:
            self._blocks[-1] = replace(last, claims=(*last.claims, claim))

    def _short_claims(self) -> list[Claim]:
        return self._short or list(self._embedded.short)

    def _new_text(self) -> str:
        """What the text has more than was told of it."""
        short = self._short_claims() if self._blocks else self._short
        so_far = replace(self._embedded, short=tuple(short), blocks=tuple(self._blocks))
        if not self._blocks:
            so_far = replace(so_far, in_mind="", table=())
        text = begun(so_far, self._judges.kit.phrases)
        if not text.startswith(self._told):
            return ""
        added, self._told = text[len(self._told) :], text
        return added

    def _closed(self, block: Block) -> Block:
        """The block with the closing line that ours of this heading has; the last one alone.

        A closing in the middle would change what was told already.
        """
        if block is not self._blocks[-1]:
            return block
        closings = {one.heading: one.closing for one in self._embedded.blocks}
        return replace(block, closing=closings.get(block.heading, ""))

    def _still_to_say(self) -> list[Block]:
        """Our own blocks: what is said for safety, and all of them where the answer is thin."""
        is_thin = self._words < LEAST_WORDS
        safety = {p.cited.text for p in self._built.passages if p.is_safety}
        blocks = []
        for block in self._embedded.blocks:
            claims = tuple(
                claim
                for claim in block.claims
                if (is_thin or claim.text in safety) and not self._is_said(claim.text)
            )
            if claims:
                blocks.append(replace(block, claims=claims))
        return blocks

    def _is_said(self, text: str) -> bool:
        claims = [*self._short, *(claim for block in self._blocks for claim in block.claims)]
        if not claims:
            return False
        similarity = self._judges.kit.similarity
        asked = similarity.vector(text)
        said = [claim.judged or claim.text for claim in claims]
        return max(float(similarity.vector(one) @ asked) for one in said) >= ALIKE

    def _look_at_share(self) -> None:
        """Hand over as soon as too much fails."""
        failing = sum(count for reason, count in self.dropped.items() if reason not in UNCOUNTED)
        judged = self.kept + failing
        if judged >= FEWEST_JUDGED and failing > MOST_FAILING * judged:
            raise ModelFailure(self._worst())
        if not self.kept and self.dropped["no_citation"] >= MOST_UNCITED:
            raise ModelFailure(self._worst())

    def _worst(self) -> FailureKind:
        counts: Mapping[str, int] = self.dropped
        most = max(counts, key=lambda reason: counts[reason], default="")
        return "language" if most == "language" else "unsupported"


def _plain(heading: str) -> str:
    return " ".join(heading.casefold().replace("*", "").strip(" :#").split())
