"""The condition of a library line in words: "If your cancer is ER-positive"."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from chains.alternatives import either, told_apart
from chains.plan_files import read_plan
from chains.questions import PLANS
from vectorstore.articles import Line
from vectorstore.conditions import Atom, Condition

CANCER, IS = "your cancer ", "is "


class _Words(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    receptors: frozenset[str]
    gene_results: dict[str, str]
    leads: dict[str, str]
    values: dict[str, dict[str, str]]


def condition_told(line: Line) -> str:
    """For whom a line is true, as the beginning of a sentence; empty where it is for everybody."""
    parts = []
    if line.when is not None:
        parts.append(_said(line.when, "if"))
    if line.unless is not None:
        parts.append(_said(line.unless, "unless"))
    told = ", ".join(parts)
    return told[:1].upper() + told[1:]


def clauses_told(condition: Condition) -> str:
    """A condition without its "if": "your cancer is ER-positive and has spread"."""
    return _said(condition, "if").removeprefix("if ")


def _said(condition: Condition, word: str) -> str:
    """The atoms as clauses; one that must not hold is turned round by the other word."""
    other = {"if": "unless", "unless": "if"}[word]
    clauses = [(word if a.operator == "=" else other, _clause(a)) for a in condition.atoms]
    held = [text for lead, text in clauses if lead == word]
    broken = [text for lead, text in clauses if lead == other]
    told = [f"{word} {_together(held)}"] if held else []
    told += [f"{other} {' or '.join(broken)}"] if broken else []
    return ", ".join(told)


def _together(clauses: Sequence[str]) -> str:
    """Clauses that must all hold; what is said of the cancer is said in one breath."""
    cancer = [c.removeprefix(CANCER) for c in clauses if c.startswith(CANCER)]
    others = [clause for clause in clauses if not clause.startswith(CANCER)]
    return " and ".join([*([CANCER + " and ".join(cancer)] if cancer else []), *others])


def _clause(atom: Atom) -> str:
    words = _load()
    marker = atom.biomarker
    if marker is None:
        said = words.values.get(atom.key, {})
        return (
            f"{words.leads[atom.key]} {_either([said.get(v, v) for v in told_apart(atom.values)])}"
        )
    if marker in words.receptors:
        return f"{words.leads['receptor']} {_either([f'{marker}-{v}' for v in atom.values])}"
    if all(value in words.gene_results for value in atom.values):
        return _either([words.gene_results[v].format(marker=marker) for v in atom.values])
    return f"{words.leads['marker'].format(marker=marker)} {_either(atom.values)}"


def _either(values: Sequence[str]) -> str:
    """Alternatives; "is early" and "is locally advanced" share their "is"."""
    if all(value.startswith(IS) for value in values):
        return IS + either([value.removeprefix(IS) for value in values])
    return either(values)


@cache
def _load(path: Path = PLANS / "conditions.yaml") -> _Words:
    """Read the words.

    Raises:
        RuleError: A part is missing or of another form.
    """
    return read_plan(_Words, path)
