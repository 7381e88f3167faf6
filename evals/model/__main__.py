"""`make eval-model`: a model's answers on our cases, the library's own beside them."""

import argparse
import atexit
import shutil
import sys
import tempfile
import time
import warnings
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

import pandas as pd

from chains.__main__ import Request as Said
from chains.__main__ import answer_request
from chains.accept import accept
from chains.events import ModelUsed, TurnEvent, TurnFinished
from chains.model.consent import agree
from chains.model.endpoint import endpoint_of
from chains.record import TurnRecord
from chains.services import Services, build_services
from chains.settings import Settings
from chains.turn import run_turn
from evals.answers.scoring import Outcome, read_case, score
from evals.cases import EVALS, read_cases, sampled
from evals.intervals import percentile
from evals.model.premises import is_corrected, read_premises
from evals.model.small_server import NAME, NoSmallModelError, small_model

SETS = ("own.jsonl", "blind_dev.jsonl", "blind_held.jsonl")
SLOW_S = 600.0
"""A small model on a busy machine needs minutes; an endpoint that is named gets the settings'."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer and how it came about."""

    record: TurnRecord
    used: ModelUsed | None
    """None where no model was asked."""
    seconds: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 0 when it ran, 2 when there is no model to ask."""
    options = _options(arguments)
    try:
        with ExitStack() as stack:
            url = options.base_url or stack.enter_context(small_model())
            print(_measured(options, _services(options, url)))
    except NoSmallModelError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _measured(options: argparse.Namespace, modelled: Services) -> str:
    embedded = _plain(modelled)
    tables = {
        "Answers": pd.DataFrame([
            _answers("model", modelled, options.sample),
            _answers("library", embedded, options.sample),
        ]).T,
        "Questions that take something for granted": pd.DataFrame([
            _premises("model", modelled, options.sample),
            _premises("library", embedded, options.sample),
        ]).T,
    }
    used = [one.used for one in _ASKED if one.used is not None]
    tables["The model"] = pd.DataFrame([_usage(used, options.prices)]).T
    return "\n\n".join(f"{name}\n{table.to_string(header=False)}" for name, table in tables.items())


_ASKED: list[Answered] = []
"""Every answer of this run for which a model may have been asked."""


def _answers(name: str, services: Services, sample: int | None) -> dict[str, object]:
    cases = [c for file in SETS for c in read_cases(EVALS / "answers" / file, read_case)]
    found: list[tuple[Outcome, Answered]] = []
    for case in sampled(cases, sample):
        answered = _held(f"{name} {case.case_id}", [*case.turns, case.message], services)
        found.append((score(case, answered.record, services.lexicon), answered))
    outcomes = [outcome for outcome, _ in found]
    held = sum(len(o.held) for o in outcomes)
    points = held + sum(len(o.missed) for o in outcomes)
    grades = [o.grade for o in outcomes if o.words]
    first = [o.is_first for o in outcomes if o.is_first is not None]
    conditions = [applied for o in outcomes for applied in o.conditions]
    sentences = [s for _, a in found for s in a.record.answer.sentences]
    return {
        "": name,
        "answers": len(found),
        "points held": _share(held, points),
        "must-not points said": _share(sum(bool(o.broken) for o in outcomes), len(outcomes)),
        "answered first": _share(sum(first), len(first)),
        "conditions applied rightly": _share(sum(conditions), len(conditions)),
        "sentences with a source": _share(
            sum(bool(s.citations) for s in sentences), len(sentences)
        ),
        "median grade": round(median(grades), 1) if grades else "unscored",
        "seconds, p50 and p95": _times([answered.seconds for _, answered in found]),
    }


def _premises(name: str, services: Services, sample: int | None) -> dict[str, object]:
    cases = read_premises(sample)
    corrected: dict[bool, list[bool]] = {False: [], True: []}
    for case in cases:
        record = _held(f"{name} {case.case_id}", [case.question], services).record
        corrected[case.is_sound].append(is_corrected(case, record, services.lexicon))
    return {
        "": name,
        "false ones corrected": _share(sum(corrected[False]), len(corrected[False])),
        "sound ones wrongly corrected": _share(sum(corrected[True]), len(corrected[True])),
    }


def _usage(used: Sequence[ModelUsed], prices: Sequence[float] | None) -> dict[str, object]:
    """How much the model said that could be told, and what it cost."""
    kept = sum(one.kept for one in used)
    reasons: dict[str, int] = {}
    for one in used:
        for reason, count in one.dropped.items():
            reasons[reason] = reasons.get(reason, 0) + count
    judged = kept + sum(reasons.values())
    tokens = [a.record.usage for a in _ASKED]
    read, written = sum(u.prompt_tokens for u in tokens), sum(u.completion_tokens for u in tokens)
    cost = "give --prices IN OUT, in dollars for a million tokens"
    if prices:
        cost = f"${(read * prices[0] + written * prices[1]) / 1e6:.4f}"
    handed = [one.handed_over for one in used if one.handed_over]
    return {
        "asked": len(used),
        "handed over": _share(len(handed), len(used)),
        "why": ", ".join(f"{why} {handed.count(why)}" for why in sorted(set(handed))) or "never",
        "sentences kept": _share(kept, judged),
        "sentences dropped, by reason": ", ".join(f"{k} {v}" for k, v in sorted(reasons.items())),
        "tokens read and written": f"{read} and {written}",
        "cost": cost,
    }


def _held(name: str, messages: Sequence[str], services: Services) -> Answered:
    """A conversation of somebody who agreed; the events of its last turn."""
    if services.model is not None:
        agree(services.store, name, endpoint_of(services.settings))
    for message in messages[:-1]:
        answer_request(Said(thread_id=name, message=message), services)
    thread = services.store.ensure_thread(name, name)
    began = time.perf_counter()
    events = list(run_turn(accept(messages[-1], thread, services), thread, services))
    answered = Answered(_record(events), _used(events), time.perf_counter() - began)
    if services.model is not None:
        _ASKED.append(answered)
    return answered


def _record(events: Sequence[TurnEvent]) -> TurnRecord:
    return next(event.record for event in events if isinstance(event, TurnFinished))


def _used(events: Sequence[TurnEvent]) -> ModelUsed | None:
    return next((event for event in events if isinstance(event, ModelUsed)), None)


def _services(options: argparse.Namespace, url: str) -> Services:
    folder = Path(tempfile.mkdtemp(prefix="carethread-eval-model-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    told = Settings()
    limits: dict[str, object] = {"openai_base_url": url, "data_dir": folder, "database_url": None}
    limits["model"] = options.model or told.model
    if not options.base_url:
        limits |= {"model": NAME, "first_word_s": SLOW_S, "answer_s": SLOW_S, "prompt_tokens": 2000}
    return build_services(told.model_copy(update=limits))


def _plain(services: Services) -> Services:
    """The same parts without the model."""
    return replace(services, model=None)


def _share(hits: int, total: int) -> str:
    return f"{100 * hits / total:.1f}% ({hits} of {total})" if total else "unscored"


def _times(seconds: Sequence[float]) -> str:
    if not seconds:
        return "unscored"
    return f"{median(seconds):.2f} and {percentile(seconds, 0.95).value:.2f}"


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evals.model", description=__doc__)
    parser.add_argument("--base-url", help="an OpenAI-compatible service; the small model without")
    parser.add_argument("--model", help="its model; the first that it lists without")
    parser.add_argument("--sample", type=int, help="so many cases of each set")
    parser.add_argument("--prices", type=float, nargs=2, metavar=("IN", "OUT"))
    return parser.parse_args(arguments)


if __name__ == "__main__":
    warnings.simplefilter("ignore", ResourceWarning)
    sys.exit(main())
