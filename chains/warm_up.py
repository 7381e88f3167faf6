"""Reading every table and model once, so that the first person does not wait for them."""

from chains.completeness import completeness
from chains.condense import condense
from chains.extraction import extract
from chains.intent import intent
from chains.services import Services
from chains.stages import CondensedQuestion
from chains.triage import triage
from memory.records import Card

SENTENCE = "What helps with tiredess while on letrozole"
"""Names a drug and a symptom and holds a misspelling, so that each part has something to do."""


def warm_up(services: Services) -> None:
    """Take a sentence of nobody's through the steps; nothing is stored.

    Red flags come first, as in a turn. A first message that comes while this goes on waits for
    the library's questions alone.
    """
    card, lexicon = Card(), services.lexicon
    triage(SENTENCE)
    completeness(SENTENCE, None, card, lexicon=lexicon)
    facts = extract(SENTENCE, card, lexicon=lexicon)
    intent(SENTENCE, facts, None, lexicon=lexicon)
    condense(SENTENCE, (), card, lexicon=lexicon)
    services.composer.kit.questions.read_all()
    hits = services.searcher.search(SENTENCE)
    question = CondensedQuestion(raw=SENTENCE, standalone=SENTENCE)
    services.composer.compose(question, hits, card)
    if services.model is not None:
        services.model.warm_up()
    services.composer.kit.words.read_lines()
