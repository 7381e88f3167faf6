"""What an answer must pass before its question is collected."""

import re
from collections.abc import Iterator, Sequence

from chains.compose.phrases import Phrases
from chains.lexicon import Lexicon
from chains.record import TurnRecord
from evals.answers.scoring import grade_of, sentences_of
from vectorstore.articles import Article

LEAST_WORDS, MOST_WORDS = 120, 400
"""Words of the claims; questions, links, sources and notice are not counted (design, section 4)."""
HIGHEST_GRADE = 8.0
MUST_NOT = {
    "tells what dose to take": re.compile(
        r"\b(?:you (?:should|must|need to|have to|can)|please|just) (?:take|use|inject|swallow)"
        r"[^.]{0,40}\d+ ?(?:mg|mcg|ml|g|tablets?|pills?|IU)\b",
        re.IGNORECASE,
    ),
    "tells to change a dose or to stop": re.compile(
        r"^(?:stop|skip|halve|double|lower|raise|increase|reduce) (?:taking )?(?:your |the )?"
        r"(?:dose|pill|tablet|medicine|chemo)",
        re.IGNORECASE,
    ),
    "promises": re.compile(
        r"\bwill (?:cure|be cured|be fine|not come back)|\bguarantee[sd]?\b|\balways works?\b"
        r"|\b(?:miracle|100% safe|completely safe|no risk at all)\b",
        re.IGNORECASE,
    ),
    "waves worry away": re.compile(
        r"\b(?:do not|don't) worry\b|\bnothing to worry\b|\bno need to (?:worry|call)\b",
        re.IGNORECASE,
    ),
    "shows raw markup": re.compile(r"[{}]|\w_\w|\u2014| \| .*(?:=|!=)"),
}
"""What no answer may say, sentence by sentence, as far as words alone can tell."""


def broken_rules(
    question: str, article: Article, record: TurnRecord, *, lexicon: Lexicon, phrases: Phrases
) -> list[str]:
    """Every rule that the answer to a question of an article breaks; none when it may be collected.

    Args:
        question: One of the article's own questions, word for word.
        article: The article.
        record: The turn in which somebody of whom nothing is known asked it.
        lexicon: Knows medicines, whose names do not count in the grade.
        phrases: The composer's connecting words.
    """
    if record.kind != "answer":
        return [f"is told as {record.kind}"]
    return [
        *_about_reading(question, record),
        *_about_opening(question, article, record),
        *_about_gaps(record, phrases),
        *_about_words(record, lexicon),
    ]


def _about_reading(question: str, record: TurnRecord) -> Iterator[str]:
    if record.standalone_question != question:
        yield "is read as another question"
    if record.triage.level != "none":
        yield "raises a red flag"
    if record.facts:
        # Whoever asks it with a click would find on their card what they never said.
        yield "is taken for a fact about the person"


def _about_opening(question: str, article: Article, record: TurnRecord) -> Iterator[str]:
    """The first claim stands in the article and is marked as answering this question."""
    number = article.answers.index(question) + 1
    lines = (line for section in article.sections for line in section.lines)
    marked = {line.text for line in lines if number in line.answers}
    first = next((sentence.text for sentence in record.answer.sentences), "")
    if first not in marked:
        yield "does not open on the line that is marked for it"


def _about_gaps(record: TurnRecord, phrases: Phrases) -> Iterator[str]:
    gap = phrases.left_out.partition("{names}")[0].strip()
    if gap and gap in record.answer.markdown:
        yield "says that something has no source"
    if "No source here" in record.answer.markdown:
        yield "has an empty place in a table"
    if any(not sentence.citations for sentence in record.answer.sentences):
        yield "has a claim without a source"


def _about_words(record: TurnRecord, lexicon: Lexicon) -> Iterator[str]:
    claims = [sentence.text for sentence in record.answer.sentences]
    words = sum(len(claim.split()) for claim in claims)
    if not LEAST_WORDS <= words <= MOST_WORDS:
        yield f"has {words} words, not {LEAST_WORDS} to {MOST_WORDS}"
    if len(set(claims)) < len(claims):
        yield "says a sentence twice"
    if (grade := grade_of(claims, lexicon)) > HIGHEST_GRADE:
        yield f"is at grade {grade:.1f}, above {HIGHEST_GRADE:.0f}"
    yield from must_not(claims)


def must_not(claims: Sequence[str]) -> Iterator[str]:
    """Why claims may not be told, once each."""
    said = sentences_of("\n".join(claims))
    for reason, pattern in MUST_NOT.items():
        if any(pattern.search(sentence) for sentence in said):
            yield reason
