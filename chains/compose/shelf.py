"""What the second shelf says beside our own articles, or alone where they say nothing."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from chains.compose.draft import Block, Claim, Draft, Origin
from chains.compose.evidence import ENOUGH, MEDICAL_KINDS, MEDICINE_KINDS, SURE, evidence_told
from chains.compose.kit import ComposerKit
from chains.compose.word_weights import stems
from chains.scope import load_scope
from chains.stages import CondensedQuestion
from vectorstore.cutting import sentences
from vectorstore.description import Description
from vectorstore.freshness import age_told, is_old
from vectorstore.hits import Hit
from vectorstore.shelf import ShelfPassage

MOST_QUOTED = 2
"""Sentences quoted of a page."""
MOST_PAGES, MOST_POINTERS = 2, 3
"""Pages quoted, and others named, in one answer that stands on the shelf alone."""
LOOKED_AT = 8
COVERED = 0.6
"""Share of the question's words, the rare ones weighing more, that title and passage must hold:
among ten thousand passages one is always near in meaning alone."""
BESIDE = 0.58
"""Nearness from which a page stands beside our own articles."""
SAME = 0.6
"""Share of a quotation's words in a line that was said, from which it says nothing new."""
_FEWEST_WORDS, _MOST_WORDS = 6, 45
_NO_OPENING = re.compile(
    r"(?:this|these|those|they|it|he|she|such|however|but|and|or|also|although|in addition|then"
    r"|therefore|thus|other|others|another|both|the (?:table|figure|following|above)|see|click"
    r"|learn|call|visit|for more|figure|table|note|source|key points)\b",
    re.IGNORECASE,
)
_DOSE = re.compile(
    r"\b(?:\d[\d,.]*|one|two|three|four|five|six|eight|ten|half)[\s-]?"
    r"(?:an? |of an? |international )?"
    r"(?:mg|mcg|[µμ]g|g|g/m2|iu|ml|cc|(?:milli|micro)?grams?|milliliters?|units?|tablets?|capsules?"
    r"|pills?|drops?|puffs?|(?:tea|table)spoon(?:ful)?s?|patch(?:es)?)\b",
    re.IGNORECASE,
)
"""A quotation with an amount could be read as advice; what a label says of doses is not quoted."""
_SENTENCE = re.compile(r"[A-Z0-9“\"].*[.!?][”\"]?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Found:
    """A passage of the shelf that clears the bar."""

    passage: ShelfPassage
    similarity: float

    @property
    def document(self) -> Description:
        """What it stands in."""
        return self.passage.document


def shelf_found(question: CondensedQuestion, kit: ComposerKit) -> list[Found]:
    """Passages of the shelf that bear on a question as much as one of ours must; may be none."""
    if kit.shelf is None:
        return []
    asked = question.standing
    hits = kit.shelf.search(
        list(dict.fromkeys((question.raw, asked))),
        LOOKED_AT,
        encode=lambda text: kit.similarity.vector(text).tolist(),
    )
    passages = ((kit.shelf.shelf.passage(hit.chunk_id), hit) for hit in hits)
    return [
        Found(passage, hit.similarity)
        for passage, hit in passages
        if passage is not None and _clears(passage, hit, asked, kit)
    ]


def beside(draft: Draft, question: CondensedQuestion, kit: ComposerKit, today: date) -> Draft:
    """The draft from our own articles, with one page quoted and one named that say more."""
    found = [f for f in shelf_found(question, kit) if f.similarity >= BESIDE]
    if not found:
        return draft
    said = [stems(claim.text) for claim in draft.claims()]
    cited = {origin.url for claim in draft.claims() for origin in claim.origins}
    found = [f for f in found if f.passage.place not in cited]
    claims = _claims(found, question, kit, today, said)
    by_form = {claim.form: claim for claim in reversed(claims)}
    if not by_form:
        return draft
    told = tuple(by_form[form] for form in ("quote", "pointer") if form in by_form)
    block = Block(kit.phrases.headings["shelf"], told)
    return replace(draft, blocks=(*draft.blocks, block))


def alone(question: CondensedQuestion, kit: ComposerKit, today: date) -> Draft:
    """An answer from the shelf, where our own articles have none; empty where it has none too."""
    claims = _claims(shelf_found(question, kit), question, kit, today, [])
    quoted = [claim for claim in claims if claim.form == "quote"][:MOST_PAGES]
    others = [claim for claim in claims if claim.form == "pointer"][:MOST_POINTERS]
    if not quoted and not others:
        return Draft()
    headings, phrases = kit.phrases.headings, kit.phrases
    blocks = []
    if quoted:
        blocks.append(Block(headings["shelf_quoted"], tuple(quoted)))
    if others:
        blocks.append(Block(headings["shelf_named"], tuple(others)))
    opening = phrases.shelf_quoted if quoted else phrases.shelf_named
    return Draft(openings=(opening,), blocks=tuple(blocks))


def _clears(passage: ShelfPassage, hit: Hit, asked: str, kit: ComposerKit) -> bool:
    """The bar of our own library, for one passage: near enough, and it names what is asked."""
    mentions = [m for m in kit.lexicon.mentions(asked) if m.kind in MEDICAL_KINDS]
    if hit.similarity < (ENOUGH if mentions else SURE):
        return False
    if load_scope().is_elsewhere(f"{passage.document.title}. {passage.section}"):
        return False  # a page about another cancer or illness
    text = f"{passage.document.title}. {passage.section}. {passage.text}"
    names = {mention.name for mention in kit.lexicon.mentions(text)}
    is_sure = hit.similarity >= SURE
    wanted = {m.name for m in mentions if not is_sure or m.kind in MEDICINE_KINDS}
    if wanted - names:
        return False
    held = stems(text) | stems(kit.words.generic(text))
    return kit.words.weights.covered(stems(kit.words.generic(asked)), held) >= COVERED


def _claims(
    found: Sequence[Found],
    question: CondensedQuestion,
    kit: ComposerKit,
    today: date,
    said: Sequence[frozenset[str]],
) -> list[Claim]:
    """One claim a page: quotations of pages for patients first, then what is only named."""
    asked = stems(kit.words.generic(question.standing))
    quotes: list[Claim] = []
    pointers: list[Claim] = []
    seen: set[str] = set()
    for one in found:
        if one.document.title in seen:
            continue
        seen.add(one.document.title)
        words = _quotation(one, asked, said)
        if words:
            quotes.append(_quote(one, words, kit, today))
            said = [*said, stems(words)]
        elif not _is_page_for_patients(one.document):
            pointers.append(_pointer(one, kit, today))
    return [*quotes, *pointers]


def _is_page_for_patients(document: Description) -> bool:
    return document.may_be_quoted and document.audience == "patient"


def _quotation(one: Found, asked: frozenset[str], said: Sequence[frozenset[str]]) -> str:
    """At most two sentences that stand together and bear on the question; empty for none."""
    if not _is_page_for_patients(one.document):
        return ""
    for line in sorted(one.passage.text.split("\n"), key=_shared(asked)):
        parts = sentences(line)
        ranked = sorted(range(len(parts)), key=lambda i: (_shared(asked)(parts[i]), i))
        for place in ranked:
            if not _may_be_quoted(parts[place]) or not stems(parts[place]) & asked:
                continue
            words = " ".join(_with_next(parts, place))
            if not any(_is_said(stems(words), other) for other in said):
                return words
    return ""


def _shared(asked: frozenset[str]) -> Callable[[str], int]:
    return lambda text: -len(stems(text) & asked)


def _with_next(parts: Sequence[str], place: int) -> list[str]:
    """A sentence, with the one behind it where that goes on from it."""
    following = parts[place + 1 : place + MOST_QUOTED]
    fits = [
        text
        for text in following
        if _SENTENCE.fullmatch(text) and len(text.split()) <= _MOST_WORDS and not _DOSE.search(text)
    ]
    return [parts[place], *fits]


def _may_be_quoted(text: str) -> bool:
    is_whole = _SENTENCE.fullmatch(text) is not None and not text.endswith("?")
    is_clear = not _NO_OPENING.match(text) and not _DOSE.search(text)
    return is_whole and is_clear and _FEWEST_WORDS <= len(text.split()) <= _MOST_WORDS


def _is_said(words: frozenset[str], other: frozenset[str]) -> bool:
    return bool(words) and len(words & other) >= SAME * len(words)


def _quote(one: Found, words: str, kit: ComposerKit, today: date) -> Claim:
    origin = _origin(one, today)
    return Claim(
        text=words,
        chunk_id=one.passage.passage_id,
        origins=(origin,),
        lead=f"{one.document.publisher}, {one.document.title}",
        because=_told(one.document, origin),
        form="quote",
    )


def _pointer(one: Found, kit: ComposerKit, today: date) -> Claim:
    document, origin = one.document, _origin(one, today)
    is_counted = document.size is not None and document.in_people is not False
    size = kit.phrases.study_size.format(n=f"{document.size:,}") if is_counted else ""
    parts = (document.design, size, str(document.year), _told(document, origin))
    return Claim(
        text=document.title,
        chunk_id=one.passage.passage_id,
        origins=(origin,),
        because="; ".join(filter(None, parts)),
        form="pointer",
    )


def _told(document: Description, origin: Origin) -> str:
    return "; ".join(filter(None, (evidence_told(document), origin.aged)))


def _origin(one: Found, today: date) -> Origin:
    document = one.document
    aged = age_told(document) if is_old(document, today) else ""
    return Origin(
        document.publisher,
        document.title,
        document.year,
        document.kind,
        one.passage.place,
        aged=aged,
    )
