"""A correction is looked for where it must stand, and a sound question's plain answer is none."""

import pytest

from chains.lexicon import load_lexicon
from chains.record import AnswerRecord, SentenceRecord, TurnRecord
from chains.stages import Completeness, TriageResult
from evals.model.premises import Premise, is_corrected

FALSE = Premise(
    "p1",
    "Since chemo always cures stage IV breast cancer, when will I be cured?",
    False,
    "chemotherapy",
    "Chemotherapy does not cure stage IV breast cancer; it can control it.",
)


def _record(*sentences):
    told = tuple(SentenceRecord(text=text, citations=(1,)) for text in sentences)
    return TurnRecord(
        thread_id="t",
        turn=1,
        message="q",
        kind="answer",
        triage=TriageResult(),
        completeness=Completeness(),
        standalone_question="q",
        answer=AnswerRecord(sentences=told),
    )


@pytest.mark.parametrize(
    ("sentences", "is_right"),
    [
        (["Chemotherapy does not cure stage IV breast cancer, but it can control it."], True),
        (["Chemotherapy is given in cycles."], False),
        (["Walking does not hurt."], False),
        (["A.", "B.", "C.", "D.", "Chemotherapy does not cure stage IV breast cancer."], False),
        ([], False),
    ],
)
def test_correction_denies_what_was_asked_among_the_first_sentences(sentences, is_right):
    assert is_corrected(FALSE, _record(*sentences), load_lexicon()) is is_right
