"""`make answers`: twenty whole answers, chosen by seed, printed into docs/answers.md."""

from collections.abc import Sequence
from pathlib import Path

from chains.record import TurnRecord
from evals.answers.scoring import Case, read_case
from evals.cases import EVALS, read_cases, sampled
from evals.product import last_record
from evals.steps.answers import SETS

PAGE = EVALS.parent / "docs" / "answers.md"
MOST = 20
_HEAD = """# Twenty answers

As a person reads them, without a model. Chosen by seed from the cases of `make eval-answers` and
printed by `make answers`; nothing is edited. What was said before stands above each question.

"""


def main(path: Path = PAGE) -> None:
    """Write the page anew."""
    cases = [c for file in SETS.values() for c in read_cases(EVALS / "answers" / file, read_case)]
    chosen = sampled(cases, MOST)
    parts = [_told(number, case) for number, case in enumerate(chosen, start=1)]
    path.write_text("\n".join([_HEAD, *parts]), encoding="utf-8")
    print(f"{len(chosen)} answers in {path.name}")


def _told(number: int, case: Case) -> str:
    record = last_record(f"printed {case.case_id}", [*case.turns, case.message])
    return f"## {number}\n\n{_asked(case.turns, record)}\n\n{_lowered(record.answer.markdown)}\n"


def _asked(turns: Sequence[str], record: TurnRecord) -> str:
    before = [f"> *before:* {turn}  " for turn in turns]
    return "\n".join([*before, f"> **{record.message}**"])


def _lowered(markdown: str) -> str:
    return markdown.replace("\n### ", "\n#### ")


if __name__ == "__main__":
    main()
