"""Reading every table and model once, so that the first person does not wait for them."""

import functools
import threading

from chains.completeness import completeness
from chains.condense import condense
from chains.extraction import extract
from chains.intent import intent
from chains.lexicon import load_lexicon
from chains.services import Services
from chains.stages import CondensedQuestion
from chains.triage import triage
from memory.records import Card

SENTENCE = "What helps with tiredess while on letrozole"
"""Names a drug and a symptom and holds a misspelling, so that each part has something to do."""

_reading = threading.Lock()


def read_rules() -> None:
    """Read the rules of the steps up to the question; needs no index, and can go on beside it.

    Who comes while that goes on waits for it, and reads nothing twice.
    """
    with _reading:
        _read_rules()


@functools.cache
def _read_rules() -> None:
    """Take a sentence of nobody's through those steps, red flags first, as in a turn."""
    card, lexicon = Card(), load_lexicon()
    triage(SENTENCE)
    completeness(SENTENCE, None, card, lexicon=lexicon)
    facts = extract(SENTENCE, card, lexicon=lexicon)
    intent(SENTENCE, facts, None, lexicon=lexicon)
    condense(SENTENCE, (), card, lexicon=lexicon)


def warm_up(services: Services) -> None:
    """Read what is left, the library's questions before its lines; nothing is stored."""
    read_rules()
    services.composer.kit.questions.read_all()
    hits = services.searcher.search(SENTENCE)
    question = CondensedQuestion(raw=SENTENCE, standalone=SENTENCE)
    services.composer.compose(question, hits, Card())
    if services.model is not None:
        services.model.warm_up()
    services.composer.kit.words.read_lines()
