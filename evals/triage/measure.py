"""How well triage does on the cases: missed, level too low, false alarms, time.

`python -m evals.triage.measure [--show]`; `--show` prints the cases that went wrong.

The held_out cases were written before they were first run: 9 of 125 red flags were missed then
(7.2%, 3.8-13.1), 11 rated too low (8.8%, 5.0-15.1), 5 of 85 others raised an alarm (5.9%,
2.5-13.0). Rules were mended since, so what is printed for them now is no longer a first sight.
"""

import argparse
import json
import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from chains.stages import TriageLevel
from chains.triage import triage
from evals.intervals import wilson

CASES = Path(__file__).with_name("cases.jsonl")
BLIND = Path(__file__).with_name("blind_dev.jsonl")
"""350 written by somebody who had not seen the rules; the rules were widened on them since."""
LOT4 = Path(__file__).with_name("lot4.jsonl")
"""300 written by somebody who had not seen the rules; half were looked at while rules were mended,
the other half after it was measured."""
LOT5 = Path(__file__).with_name("lot5.jsonl")
"""300 more, written in the same way; those with an even number were looked at while rules were
mended. Of the others, unread, 4 of 82 flags were missed before (now 3), 6 rated too low (now 5),
and 8 of 68 harmless messages raised an alarm (now 7)."""
LEVELS: tuple[TriageLevel, ...] = get_args(TriageLevel)
_BASELINE = re.compile(
    r"fever|temp|thermometer|chill|shiver|chest|breath|faint|passed out|blood|bleed|swollen|"
    r"swelling|leg|calf|seizure|confus|headache|vision|numb|weak|back pain|heart|palpitation|"
    r"rash|blister|yellow|diarr|stool|vomit|keep .* down|suicid|die|dead|kill|live|pain|pus|"
    r"pregnan|stop|quit|dose|overdose|fiebre|dolor|respirar|sangr|morir|vivir",
    re.IGNORECASE,
)
"""Words without guards: what a first attempt at triage looks like."""

Rater = Callable[[str], TriageLevel]


@dataclass(frozen=True, slots=True)
class Case:
    """A message and the help it needs."""

    case_id: str
    text: str
    level: TriageLevel
    codes: tuple[str, ...]
    """Rows of which at least one must fire; empty when there is no red flag."""
    split: str


@dataclass(frozen=True, slots=True)
class Share:
    """A count out of a number, with its 95% Wilson interval."""

    count: int
    total: int

    def __str__(self) -> str:
        """`3/120 = 2.5% (0.9-7.1)`."""
        low, high = wilson(self.count, self.total)
        share = 100 * self.count / max(self.total, 1)
        return f"{self.count}/{self.total} = {share:.1f}% ({100 * low:.1f}-{100 * high:.1f})"


def load_cases(path: Path = CASES) -> tuple[Case, ...]:
    """Read the cases, in the order of the file."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return tuple(
        Case(
            row["id"], row["text"], row["level"], tuple(row["codes"]), row.get("split", "blind_dev")
        )
        for row in rows
    )


def rate(text: str) -> TriageLevel:
    """The level triage gives."""
    return triage(text).level


def baseline(text: str) -> TriageLevel:
    """A list of words without guards; every hit is urgent."""
    return "urgent" if _BASELINE.search(text) else "none"


def missed(cases: Iterable[Case], rater: Rater) -> Share:
    """Red flags that were not seen at all."""
    levels = [rater(case.text) for case in cases if case.level != "none"]
    return Share(levels.count("none"), len(levels))


def too_low(cases: Iterable[Case], rater: Rater) -> Share:
    """Red flags rated below what they need, missed ones among them."""
    pairs = [(case.level, rater(case.text)) for case in cases if case.level != "none"]
    return Share(sum(LEVELS.index(got) < LEVELS.index(due) for due, got in pairs), len(pairs))


def false_alarms(cases: Iterable[Case], rater: Rater) -> Share:
    """Messages without a red flag that raised one."""
    levels = [rater(case.text) for case in cases if case.level == "none"]
    return Share(len(levels) - levels.count("none"), len(levels))


def is_right(case: Case) -> bool:
    """True when level and row are as expected."""
    result = triage(case.text)
    codes = {flag.code for flag in result.flags}
    return result.level == case.level and (not case.codes or bool(codes & set(case.codes)))


def percentile_ms(texts: Sequence[str], share: float) -> float:
    """Milliseconds of one core that triage takes, at this share of the texts."""
    times = []
    for text in texts:
        start = time.process_time()
        triage(text)
        times.append(1_000 * (time.process_time() - start))
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def messages_of(cases: Sequence[Case], chars: int) -> list[str]:
    """Messages of `chars` characters, strung together from the cases."""
    line = " ".join(case.text for case in cases)
    return [line[start : start + chars] for start in range(0, len(line) - chars, chars)]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--show", action="store_true", help="print the cases that went wrong")
    show = parser.parse_args().show
    cases = (*load_cases(), *load_cases(BLIND), *load_cases(LOT4), *load_cases(LOT5))
    for split in ("tuned", "held_out", "own_2", "own_3", "blind_dev", "lot4", "lot5"):
        part = [case for case in cases if case.split == split]
        print(f"{split}: {sum(map(is_right, part))} of {len(part)} right in level and row")
        for name, rater in (("triage", rate), ("words without guards", baseline)):
            print(f"  {name}")
            print(f"    missed        {missed(part, rater)}")
            print(f"    level too low {too_low(part, rater)}")
            print(f"    false alarms  {false_alarms(part, rater)}")
    short = messages_of(cases, 300) * 10
    print(f"300 characters: p50 {percentile_ms(short, 0.5):.2f} ms, ", end="")
    print(f"p95 {percentile_ms(short, 0.95):.2f} ms")
    long = " ".join(case.text for case in cases) * 10
    print(f"100,000 characters: {percentile_ms([long[:100_000]], 0):.0f} ms")
    for case in cases if show else ():
        if not is_right(case):
            print(
                f"{case.case_id} due {case.level} {case.codes}: {triage(case.text)} | {case.text}"
            )


if __name__ == "__main__":
    main()
