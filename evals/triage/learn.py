"""Learn what words speak for a red flag: `python -m evals.triage.learn` writes the weights.

Logistic regression on the words of all cases that are no blind ones held back; levels and rows
are learnt from the red flags alone. Nothing here is random: the same cases give the same table.
"""

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from chains.triage.reading import read
from chains.triage.rules import load_rules
from chains.triage.second_look import SCALE, SPREAD, WEIGHTS, grams
from evals.triage.measure import LEVELS, Case, load_cases

ROWS = tuple(f"T{number}" for number in range(1, 17))
SEEN = tuple(Path(__file__).with_name(f"{name}.jsonl") for name in ("cases", "blind_dev", "lot4"))
_MOST_WORDS = 6_000
_FEWEST_CASES = 2
"""Cases a word must stand in."""
_STEPS, _RATE, _KEPT, _SHRINK = 200, 1.5, 0.9, 1e-4
"""Steps of the descent, its rate, what each keeps of the last, and the pull towards zero."""

Matrix = npt.NDArray[np.float32]


def learn(cases: Sequence[Case]) -> dict[str, list[int]]:
    """Weights by words, `""` for the bias, in the order of the table's columns."""
    words = [grams(read(case.text, load_rules().speller).tokens) for case in cases]
    counts = Counter(word for each in words for word in sorted(each))
    known = [word for word, count in counts.most_common(_MOST_WORDS) if count >= _FEWEST_CASES]
    there = _matrix(words, {word: number for number, word in enumerate(known)})
    level = np.array([LEVELS.index(case.level) for case in cases])
    is_flag = level > 0
    flagged = [case for case in cases if case.level != "none"]
    columns = [_fit(there, level > 0)]
    columns += [_fit(there[is_flag], level[is_flag] >= least) for least in (2, 3)]
    rows = [np.array([row in case.codes for case in flagged]) for row in ROWS]
    columns += [_fit(there[is_flag], row) for row in rows]
    table = np.rint(np.array(columns).T * SCALE).astype(int).tolist()
    return dict(zip(["", *known], table, strict=True))


def _matrix(words: Sequence[frozenset[str]], numbers: dict[str, int]) -> Matrix:
    """One line a case: the share of each of its words."""
    matrix = np.zeros((len(words), len(numbers)), np.float32)
    for line, each in enumerate(words):
        found = [numbers[word] for word in each if word in numbers]
        matrix[line, found] = SPREAD / np.sqrt(len(found) + 1)
    return matrix


def _fit(there: Matrix, is_so: npt.NDArray[np.bool_]) -> Matrix:
    """Bias and weights of a logistic regression, by descent with momentum."""
    weights, step = np.zeros(there.shape[1], np.float32), np.zeros(there.shape[1], np.float32)
    bias = np.float32(0)
    for _ in range(_STEPS):
        wrong = (1 / (1 + np.exp(-(there @ weights + bias))) - is_so).astype(np.float32)
        step = _KEPT * step - _RATE * (there.T @ wrong / len(wrong) + _SHRINK * weights)
        weights += step
        bias -= np.float32(0.5 * wrong.mean())
    return np.concatenate([[bias], weights]).astype(np.float32)


def main() -> None:
    """Write the table."""
    cases = [case for path in SEEN if path.is_file() for case in load_cases(path)]
    table = learn(cases)
    with WEIGHTS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["words", "flag", "urgent", "emergency", *ROWS])
        writer.writerows([words, *values] for words, values in table.items())
    print(f"{len(table):,} weights from {len(cases):,} cases.")


if __name__ == "__main__":
    main()
