"""A question that says too little by itself, read with the card or with what was said before it."""

import re

from chains.compose.facts_told import told
from chains.compose.kit import ComposerKit
from chains.compose.matching import matches
from chains.compose.types_named import types_named
from chains.compose.word_weights import stems
from chains.lexicon import Lexicon
from chains.stages import CondensedQuestion
from memory.records import Card, FactKind

KNOWN_SHARE = 0.6
"""Share of a message's words that the library uses, below which it is about something else."""
LIKE, NEAR = 0.30, 0.25
"""Score of the nearest question of the library, and its cosine to the message alone, from which a
wider question is worth a search; read off follow-ups and messages beside the field."""
MOST_NAMES = 3
_DISEASE: tuple[FactKind, ...] = ("biomarker", "extent", "stage", "diagnosis")
_OF_TREATMENT = stems(
    "option options treat treated treatment treatments therapy therapies choice choices plan plans"
    " next now available offer start first line second happen left new newest latest usual standard"
    " recommend recommended best work works going cure cured curable chance chances live long life"
    " whats survive survival die dying prognosis outlook future stage cancer"
    " realistic realistically expect hope hoping ahead"
    " disease pill pills drug drugs medicine medicines take get given need"
)
"""What is said of any treatment and of any outlook."""
_OF_CHEMO = re.compile(
    r"\b(?:chemo(?:therapy)?|(?:just|only) (?:the )?(?:tablets?|pills?|hormone\w*|tamoxifen"
    r"|letrozole|anastrozole|exemestane))\b",
    re.IGNORECASE,
)
_DECIDING = frozenset({"Oncotype DX", "MammaPrint"})
"""Tests of the tumor that were made to tell who gains from chemotherapy."""
MOST_OF_CHEMO = 9
"""Words up to which a question on chemotherapy is one whether it is needed."""
_TELLING = frozenset({"answer", "memory", "no_source", "out_of_scope"})


def of_own_cancer(question: CondensedQuestion, card: Card, kit: ComposerKit) -> CondensedQuestion:
    """A question about treatment or outlook as such, asked of the cancer that the card tells of.

    Args:
        question: Any; one that says what it is about is given back as it is.
        card: What is known of the person it is about.
        kit: The composer's parts.
    """
    asked = question.raw if question.added else question.standing
    if scored := _with_score(asked, card):
        return question.model_copy(
            update={
                "standalone": scored[0],
                "searched": "",
                "added": (*question.added, scored[1]),
            }
        )
    says_what = kit.words.names_in(asked) or types_named(asked) or stems(asked) - _OF_TREATMENT
    disease = [fact for fact in card.of_kind(*_DISEASE) if not fact.negated]
    if says_what or not disease or not stems(asked):
        return question
    text = f"{asked.rstrip(' ?.!')} for {told(disease)}"
    names = tuple(fact.name for fact in disease)
    return question.model_copy(
        update={"standalone": text, "searched": "", "added": (*question.added, *names)}
    )


def _with_score(asked: str, card: Card) -> tuple[str, str] | None:
    """A question whether chemotherapy is needed, with the score on the card that decides it."""
    if not _OF_CHEMO.search(asked) or len(asked.split()) > MOST_OF_CHEMO:
        return None
    scores = [fact for fact in card.of_kind("lab") if fact.name in _DECIDING and not fact.negated]
    value = scores[-1].attributes.get("value", "") if scores else ""
    if not value or scores[-1].name.lower().split()[0] in asked.lower():
        return None
    name = scores[-1].name
    need = "" if "chemo" in asked.lower() else ", or do I need chemo"
    return f"{asked.rstrip(' ?.!')}{need} if my {name} score is {value}", name


def widened(question: CondensedQuestion, card: Card, kit: ComposerKit) -> list[CondensedQuestion]:
    """The question with the message before it, then with what the card says is taken and felt.

    Args:
        question: One that found nothing; its history is what is read.
        card: What is known of the person it is about.
        kit: The composer's parts.

    Returns:
        None, one or two questions, none of which names a thing that nobody spoke of; empty for a
        message whose words are not the library's.
    """
    asked = question.searched or question.raw
    if not _is_of_the_field(asked, kit):
        return []
    before = [turn.message for turn in question.history[-1:] if turn.kind in _TELLING]
    texts = [f"{message.rstrip(' .')}. {question.raw}" for message in before]
    names = _names_of(card, kit.lexicon)
    if names:
        texts.append(f"{question.raw.rstrip(' ?.!')} ({', '.join(names)})?")
    held = {name for fact in card.facts if (name := fact.name)}
    wider = [
        question.model_copy(
            update={
                "standalone": text,
                "searched": "",
                "added": tuple(kit.words.names_in(text) & held - kit.words.names_in(question.raw)),
            }
        )
        for text in texts
    ]
    return [one for one in wider if _bears(asked, one, kit)]


def _bears(asked: str, wider: CondensedQuestion, kit: ComposerKit) -> bool:
    """Whether the nearest question of the library is near to the message without what was added."""
    best = matches(wider, kit.library.articles.values(), kit)[0]
    vector = kit.similarity.vector(asked)
    return best.score >= LIKE and kit.similarity.cosines(vector, [best.text])[0] >= NEAR


def _is_of_the_field(message: str, kit: ComposerKit) -> bool:
    words = {word for word in stems(message) if not word.isdigit()}
    known = {word for word in words if kit.words.is_used(word)}
    return not words or len(known) >= KNOWN_SHARE * len(words)


def _names_of(card: Card, lexicon: Lexicon) -> list[str]:
    """What is felt or measured, the newest first, and the cancer medicines of now."""
    felt = [fact.name for fact in reversed(card.of_kind("symptom", "lab")) if not fact.negated]
    taken = [
        fact.name
        for fact in reversed(card.current_medications())
        if (drug := lexicon.drug(fact.name)) is not None and drug.role == "cancer"
    ]
    return [*felt[:1], *taken][:MOST_NAMES]
