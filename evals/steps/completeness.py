"""Cut-off messages: whole ones left alone, cut ones found, the right ending offered."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from chains.stages import LastTurn, TurnKind
from evals.cases import EVALS, Row, read_cases, sampled
from evals.completeness import measure
from evals.completeness.measure import Case
from evals.figures import Count, Figure, count, share, unscored
from evals.words import commonest_completions
from memory.records import Card

STEP = "completeness"
FOLDER = EVALS / "completeness"
REAL = "truncation_dev.jsonl"
MOST_GUESSES = 3
_OURS = "CareThread"


class Measure(NamedTuple):
    """What is counted over the cases that carry one of the tags."""

    name: str
    tags: frozenset[str]
    is_cut: bool | None
    """The side that is counted; None for both."""
    goal: float | None
    goal_stripped: float | None = None
    """Counted again, with final punctuation taken from every case, where there is a goal."""


_WHOLE = frozenset({"chat_complete", "long_complete", "content_twin", "other_language"})
BLIND = (
    Measure("complete left alone", _WHOLE, False, 98, 97),
    Measure("mid-word found", frozenset({"mid_word"}), True, 97, 97),
    Measure("after a function word found", frozenset({"function_word"}), True, 98, 98),
    Measure("short chat, complete left alone", frozenset({"chat_complete"}), False, 96),
    Measure("short chat, cut found", frozenset({"chat_cut"}), True, 94),
    Measure("after a content word found", frozenset({"content_word"}), True, 70),
    Measure("content word at the end left alone", frozenset({"content_twin"}), False, 98),
    Measure("in-word cut that leaves a real word found", frozenset({"real_word"}), True, None),
    Measure("bracket, list, figure right", frozenset({"bracket_quote_list_figure"}), None, None),
    Measure("long, complete left alone", frozenset({"long_complete"}), False, None),
    Measure("long, cut found", frozenset({"long_cut"}), True, None),
    Measure("other languages left alone", frozenset({"other_language"}), False, None),
)
OWN = (
    Measure("short chat, complete left alone", frozenset({"chat"}), False, 96),
    Measure("short chat, cut found", frozenset({"chat"}), True, 94),
    Measure("mid-word found", frozenset({"mid_word"}), True, 97),
    Measure("after a content word found", frozenset({"content"}), True, 70),
    Measure("content word at the end left alone", frozenset({"content"}), False, 98),
)
REAL_MESSAGES = (
    Measure("complete left alone", frozenset({"complete"}), False, 98, 97),
    Measure("mid-word found", frozenset({"mid_word"}), True, 97, 97),
    Measure("after a function word found", frozenset({"dangling"}), True, 98, 98),
)


def evaluate(data: Path | None, sample: int | None = None) -> list[Figure]:
    """Figures on the blind cases held back, the blind ones seen, our own and the real ones."""
    real = measure.read_messages(data / REAL) if data and (data / REAL).exists() else ()
    sets = (
        ("blind held", read_cases(FOLDER / "blind_held.jsonl", blind_case), BLIND),
        ("blind dev", read_cases(FOLDER / "blind_dev.jsonl", blind_case), BLIND),
        ("own", measure.read_cases(), OWN),
        ("real", real, REAL_MESSAGES),
    )
    figures = []
    for name, cases, measures in sets:
        chosen = sampled(cases, sample)
        figures += [figure for one in measures for figure in _figures(one, chosen, name)]
        if measures is not REAL_MESSAGES:
            figures.append(_endings(chosen, name))
    return figures


def blind_case(row: Row) -> Case:
    """A blind case, in the form of `cases.jsonl` or as it was written."""
    is_kept = "expected" in row
    return Case(
        case_id=row["id"],
        text=row["text"],
        is_cut=row["expected" if is_kept else "label"] == "truncated",
        reason=row["reason"],
        endings=tuple(word.lower() for word in row["endings"]),
        last_turn=_kept_turn(row["last_turn"]) if is_kept else _told_turn(row["last"]),
        card=Card(),
        tags=tuple(row["tags"]) if is_kept else (row["kind"],),
        is_held_out=not is_kept,
    )


def _kept_turn(kind: str | None) -> LastTurn | None:
    if kind is None:
        return None
    is_clarification = kind == "clarification"
    return _turn("hello", "clarification" if is_clarification else "answer", asked=kind == "asked")


def _told_turn(last: Row | None) -> LastTurn | None:
    return None if last is None else _turn(last["message"], last["kind"], asked=last["asked"])


def _turn(message: str, kind: TurnKind, *, asked: bool) -> LastTurn:
    return LastTurn(message=message, kind=kind, question=message, asked=asked)


def _figures(one: Measure, cases: Sequence[Case], name: str) -> list[Figure]:
    wanted = [
        case
        for case in cases
        if one.tags.intersection(case.tags) and one.is_cut in (None, case.is_cut)
    ]
    figures = [_figure(f"{one.name}, {name}", wanted, one.goal)]
    if one.goal_stripped is not None:
        bare = measure.stripped(wanted)
        figures.append(_figure(f"{one.name}, stripped, {name}", bare, one.goal_stripped))
    return figures


def _figure(title: str, cases: Sequence[Case], goal: float | None) -> Figure:
    if not cases:
        return unscored(STEP, title, "its file of cases is absent", goal=goal)
    right = {
        system: count([finds_cut(case) == case.is_cut for case in cases])
        for system, finds_cut in measure.SYSTEMS.items()
    }
    return share(STEP, title, right.pop(_OURS), goal=goal, baselines=right)


def _endings(cases: Sequence[Case], name: str) -> Figure:
    """Broken words whose right ending stands in the first guesses; real words left apart."""
    broken = [case for case in cases if case.endings and "real_word" not in case.tags]
    ours = len(measure.share_guessed(broken, first=MOST_GUESSES).cases)
    common = count([_is_common(case) for case in broken])
    title = f"right ending in the first {MOST_GUESSES} guesses, {name}"
    return share(
        STEP, title, Count(ours, len(broken)), goal=80, baselines={"commonest completion": common}
    )


def _is_common(case: Case) -> bool:
    words = case.text.lower().split()
    guesses = commonest_completions(words[-1], MOST_GUESSES) if words else []
    return any(guess in case.endings for guess in guesses)
