"""`make eval`: every step's figures beside their goals, floors and simpler systems."""

import argparse
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from evals.cases import CaseError
from evals.figures import Figure
from evals.report import Baseline, FloorError, Floors, report
from evals.steps import (
    answers,
    asked,
    commands,
    completeness,
    drugs,
    facts,
    followups,
    grounding,
    injections,
    library,
    pairs,
    red_flags,
    relatives,
    speed,
)


class Evaluate(Protocol):
    """Measures one step."""

    def __call__(self, data: Path | None, sample: int | None = None) -> list[Figure]:
        """Figures of the step; what needs `data` is unscored without it."""
        ...


STEPS: dict[str, Evaluate] = {
    "completeness": completeness.evaluate,
    "facts": facts.evaluate,
    "drugs": drugs.evaluate,
    "followups": followups.evaluate,
    "red_flags": red_flags.evaluate,
    "commands": commands.evaluate,
    "relatives": relatives.evaluate,
    "asked": asked.evaluate,
    "answers": answers.evaluate,
    "pairs": pairs.evaluate,
    "grounding": grounding.evaluate,
    "injections": injections.evaluate,
    "library": library.evaluate,
    "speed": speed.evaluate,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the steps; 0 when no figure lies under its floor, 1 when one does, 2 on bad input."""
    options = _options(arguments)
    if options.data is not None and not options.data.is_dir():
        print(f"{options.data}: no such folder", file=sys.stderr)
        return 2
    # Small samples say nothing about floors.
    floors = Floors({}) if options.sample else Floors.read()
    try:
        figures, broken = _run(options, floors)
        if not options.sample:
            floors.check_names(figures)
    except (CaseError, FloorError) as error:
        print(error, file=sys.stderr)
        return 2
    missing = sum(not figure.is_scored for figure in figures)
    print(f"{len(figures) - missing} figures, {missing} unscored, {len(broken)} under their floor")
    if options.sample:
        print("a sample: floors are not held")
    elif options.write_baseline:
        kept = Baseline.read().with_figures(figures, floors)
        kept.write()
        kept.write_page()
    return 1 if broken else 0


def _run(options: argparse.Namespace, floors: Floors) -> tuple[list[Figure], list[Figure]]:
    figures: list[Figure] = []
    broken: list[Figure] = []
    baseline = Baseline.read()
    for name in options.step or STEPS:
        found = STEPS[name](options.data, options.sample)
        told = report(found, floors, baseline)
        print(told.text, flush=True)
        print()
        figures += found
        broken += told.broken
    return figures, broken


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    parser.add_argument("--data", type=Path, help="folder of the real sets")
    parser.add_argument("--step", action="append", choices=STEPS, help="this step alone")
    parser.add_argument("--sample", type=int, help="so many cases of each set; holds no floors")
    parser.add_argument("--write-baseline", action="store_true", help="keep these figures")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    warnings.simplefilter("ignore", ResourceWarning)
    sys.exit(main())
