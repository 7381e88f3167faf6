"""A real small model over real HTTP: it writes nonsense, and none of it reaches a person unsaid."""

import sys

import pytest

from chains.events import ModelUsed, Sent, text_so_far
from evals.model.small_server import NAME, NoSmallModelError, small_model
from tests.support.people import Person
from tests.support.with_model import events_of, with_model

QUESTION = "What helps with hot flashes?"
PATIENCE_S = 240.0
"""For 1,000 tokens of prompt: 15 s on two idle cores, minutes on a busy machine."""


@pytest.mark.timeout(290)
def test_what_a_real_model_says_is_told_only_where_its_sources_say_it(services, capsys):
    try:
        with small_model() as url:
            limits = {"first_word_s": PATIENCE_S, "answer_s": PATIENCE_S, "prompt_tokens": 2000}
            modelled = with_model(services, url, model=NAME, **limits)
            events = events_of(modelled, QUESTION, person_id="small", thread_id="small")
            modelled.model.parts.client.close()
    except NoSmallModelError as error:
        pytest.skip(str(error))
    used = next(event for event in events if isinstance(event, ModelUsed))
    answer = events[-1].record.answer
    with capsys.disabled():
        dropped = sum(used.dropped.values())
        sys.stdout.write(f"\nsmall model: {used.kept} sentences kept, {dropped} dropped\n")
    assert any(isinstance(event, Sent) for event in events)
    assert used.kept + sum(used.dropped.values()) > 0
    assert used.handed_over not in ("timeout", "unreachable", "malformed")
    assert text_so_far(events) == answer.markdown
    said = {line.text for chunk in services.index.chunks.values() for line in chunk.lines}
    own = Person(services).says(QUESTION).answer
    assert answer.related_questions == own.related_questions
    for sentence in answer.sentences:
        cited = set(sentence.citations) <= {source.n for source in answer.sources}
        assert cited and (sentence.text in said or used.kept)
    if used.handed_over:
        assert answer.sentences == own.sentences
