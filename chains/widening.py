"""A question that found nothing by itself, read with what was said before it."""

from chains.compose.kit import ComposerKit
from chains.compose.matching import matches
from chains.compose.word_weights import stems
from chains.lexicon import Lexicon
from chains.stages import CondensedQuestion
from memory.records import Card

KNOWN_SHARE = 0.6
"""Share of a message's words that the library uses, below which it is about something else."""
LIKE, NEAR = 0.30, 0.25
"""Score of the nearest question of the library, and its cosine to the message alone, from which a
wider question is worth a search; read off follow-ups and messages beside the field."""
MOST_NAMES = 3
_TELLING = frozenset({"answer", "memory", "no_source", "out_of_scope"})


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
    told = [f"{message.rstrip(' .')}. {question.raw}" for message in before]
    names = _names_of(card, kit.lexicon)
    if names:
        told.append(f"{question.raw.rstrip(' ?.!')} ({', '.join(names)})?")
    held = {name for fact in card.facts if (name := fact.name)}
    wider = [
        question.model_copy(
            update={
                "standalone": text,
                "searched": "",
                "added": tuple(kit.words.names_in(text) & held - kit.words.names_in(question.raw)),
            }
        )
        for text in told
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
