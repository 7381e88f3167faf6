"""Follow-ups completed from the conversation and the card, and questions left as they are."""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from chains.condense import condense
from chains.lexicon import load_lexicon
from evals.cases import EVALS, Row, read_cases, sampled
from evals.condense import measure
from evals.figures import Count, Figure, count, share, unscored
from evals.product import last_record, nearest_articles
from memory.records import Card

STEP = "followups"
BLIND = EVALS / "condense" / "blind.jsonl"
LOT = EVALS / "condense" / "lot4.jsonl"
"""Written by somebody who had seen no code; the threads with even numbers were mended by, and the
others read once they had been measured."""
LOT5 = EVALS / "condense" / "lot5.jsonl"
"""Written in the same way; read by nobody before it was measured, then learnt from."""
REAL = "followups_dev.jsonl"
GOALS = {"present": 90.0, "none lacking": 97.0, "words": 95.0, "alone": 98.0, "article": 90.0}
FIRST = 3
_ABSENT = "its file of cases is absent"
_OURS = "condense"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A message within a conversation, what a person would ask for it, and how it was rewritten."""

    message: str
    gold: str
    is_alone: bool
    rewritten: dict[str, str]
    """System to its question; ours is `condense`."""
    present: frozenset[str]
    """Names that the question must hold."""
    absent: frozenset[str]
    """Names of the conversation that it must not hold."""


def evaluate(data: Path | None, sample: int | None = None) -> list[Figure]:
    """Figures on blind cases through the whole product, our own through the step, real ones."""
    blind = [_as_told(row) for row in sampled(read_cases(BLIND, _checked), sample)]
    own = [_as_kept(case) for case in sampled(list(measure.read_cases(load_lexicon())), sample)]
    lot = [_as_told(row) for row in sampled(read_cases(LOT, _checked), sample)]
    lot5 = [_as_told(row) for row in sampled(read_cases(LOT5, _checked), sample)]
    return [
        *_figures(blind, "blind"),
        *_figures(lot, "lot 4"),
        *_figures(lot5, "lot 5"),
        *_figures(own, "own"),
        *_real(data, sample),
    ]


def _checked(row: Row) -> Row:
    return {key: row[key] for key in ("id", "turns", "message", "gold", "present")} | {
        "absent": row.get("absent", []),
        "standalone": row["standalone"],
    }


def _as_told(row: Row) -> FollowUp:
    """A blind case: the conversation is held with the product itself."""
    turns, message = row["turns"], row["message"]
    record = last_record(f"followup {row['id']}", [*turns, message])
    return FollowUp(
        message,
        row["gold"],
        is_alone=row["standalone"],
        rewritten=_joined(turns, message) | {_OURS: record.standalone_question},
        present=frozenset(row["present"]),
        absent=frozenset(row["absent"]),
    )


def _joined(turns: Sequence[str], message: str) -> dict[str, str]:
    return {
        "raw question": message,
        "question + last turn": " ".join([*turns[-1:], message]),
        "whole history": " ".join([*turns, message]),
    }


def _as_kept(case: measure.Case) -> FollowUp:
    """A case of our own: history and card are given."""
    found = condense(case.message, case.history, case.card, lexicon=load_lexicon())
    return FollowUp(
        case.message,
        case.expected,
        is_alone=case.is_alone,
        rewritten=_joined([turn.message for turn in case.history], case.message)
        | {_OURS: found.standalone},
        present=measure.things(case.expected, load_lexicon()),
        absent=frozenset(),
    )


def _figures(cases: Sequence[FollowUp], name: str) -> list[Figure]:
    leaning = [case for case in cases if not case.is_alone]
    alone = [case for case in cases if case.is_alone]
    return [
        _share(f"all of the gold present, {name}", leaning, has_all, "present"),
        _share(f"none that gold lacks, {name}", leaning, has_none_else, "none lacking"),
        _share(f"at most {measure.MOST_WORDS} times its words, {name}", leaning, is_short, "words"),
        _left_alone(f"standalone left alone, {name}", alone),
        _right_article(f"right article in the first {FIRST}, {name}", leaning),
    ]


def _share(
    title: str, cases: Sequence[FollowUp], is_good: Callable[[FollowUp, str], bool], goal: str
) -> Figure:
    if not cases:
        return unscored(STEP, title, _ABSENT, goal=GOALS[goal])
    found = {
        system: count([is_good(case, case.rewritten[system]) for case in cases])
        for system in cases[0].rewritten
    }
    return share(STEP, title, found.pop(_OURS), goal=GOALS[goal], baselines=found)


def has_all(case: FollowUp, question: str) -> bool:
    """Whether everything that the question must name is in it."""
    return all(_holds(question, name) for name in case.present)


def has_none_else(case: FollowUp, question: str) -> bool:
    """Whether it names nothing that the person's question does not."""
    lexicon = load_lexicon()
    more = measure.things(question, lexicon) - measure.things(case.gold, lexicon)
    lacking = {name for name in more if not any(_holds(name, one) for one in case.present)}
    return not lacking and not any(_holds(question, name) for name in case.absent)


def is_short(case: FollowUp, question: str) -> bool:
    """Whether it is not much longer than the person's question."""
    return len(question.split()) <= measure.MOST_WORDS * len(case.gold.split())


def _holds(question: str, name: str) -> bool:
    """Whether a question names a thing, by any of its names or by the word itself."""
    lexicon = load_lexicon()
    known = measure.things(name, lexicon)
    if known and known <= measure.things(question, lexicon):
        return True
    return re.search(rf"\b{re.escape(name)}\b", question, re.IGNORECASE) is not None


def _left_alone(title: str, cases: Sequence[FollowUp]) -> Figure:
    if not cases:
        return unscored(STEP, title, _ABSENT, goal=GOALS["alone"])
    ours = count([case.rewritten[_OURS] == case.message for case in cases])
    always = {"rewrite always": Count(0, len(cases))}
    return share(STEP, title, ours, goal=GOALS["alone"], baselines=always)


def _right_article(title: str, cases: Sequence[FollowUp]) -> Figure:
    """The right article is the one that the person's own question brings first."""
    if not cases:
        return unscored(STEP, title, _ABSENT, goal=GOALS["article"])
    found: dict[str, list[bool]] = {system: [] for system in cases[0].rewritten}
    for case in cases:
        right = nearest_articles([case.gold], 1)
        for system, question in case.rewritten.items():
            # Ours is searched as the product does: raw and condensed.
            asked = [case.message, question] if system == _OURS else [question]
            found[system].append(right[0] in nearest_articles(asked, FIRST))
    ours = count(found.pop(_OURS))
    others = {system: count(hits) for system, hits in found.items()}
    return share(STEP, title, ours, goal=GOALS["article"], baselines=others)


def _real(data: Path | None, sample: int | None) -> list[Figure]:
    """General topics, so no goal: words and names of the person's question."""
    titles = [
        f"{what} {part}, real" for what in ("words", "names") for part in ("recall", "precision")
    ]
    if data is None or not (data / REAL).exists():
        return [unscored(STEP, title, f"--data with {REAL} is needed") for title in titles]
    lines = (data / REAL).read_text(encoding="utf-8").splitlines()
    rows = sampled([json.loads(line) for line in lines], sample)
    counts: dict[str, list[Count]] = {}
    for system, rewrite in measure.rewriters(load_lexicon()).items():
        texts = [
            rewrite(row["question"], measure.asked_turns(row["history"], load_lexicon()), Card())
            for row in rows
        ]
        counts[system] = _recall_precision([row["gold_rewrite"] for row in rows], texts)
    return [
        share(
            STEP,
            title,
            counts[_OURS][at],
            baselines={system: found[at] for system, found in counts.items() if system != _OURS},
        )
        for at, title in enumerate(titles)
    ]


def _recall_precision(golds: Sequence[str], texts: Sequence[str]) -> list[Count]:
    """Recall and precision of content words, then of names, counted over all questions."""
    lexicon = load_lexicon()
    words = [
        (set(measure.content_words(g)), set(measure.content_words(t)))
        for g, t in zip(golds, texts, strict=True)
    ]
    names = [
        (measure.things(g, lexicon), measure.things(t, lexicon))
        for g, t in zip(golds, texts, strict=True)
    ]
    return [*_overlap(words), *_overlap(names)]


def _overlap(
    pairs: Iterable[tuple[set[str] | frozenset[str], set[str] | frozenset[str]]],
) -> list[Count]:
    both = wanted = got = 0
    for gold, text in pairs:
        both, wanted, got = both + len(gold & text), wanted + len(gold), got + len(text)
    return [Count(both, wanted), Count(both, got)]
