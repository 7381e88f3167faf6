"""How well follow-ups are completed, beside the raw question and question + last turn.

`python -m evals.condense.measure [DATA]`, DATA being a folder with `followups_dev.jsonl`. Cases of
`cases.jsonl` were written by hand, those of half `before` ahead of the code. Things are compared by
the lexicon's names, so a brand and its generic name are one; relatives count as things.
"""

import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from chains.condense import condense
from chains.condense.entities import entities, names, persons
from chains.intent import intent
from chains.lexicon import Lexicon, load_lexicon
from chains.stages import LastTurn, TurnKind
from memory.records import Card, Fact

HERE = Path(__file__).parent
MOST_WORDS = 1.5
"""Words of a good rewrite, for each word a person would write."""
_STOP = frozenset(
    {"a", "an", "the", "is", "are", "was", "were", "be", "do", "does", "did", "can", "could", "or"}
    | {"should", "would", "will", "of", "for", "to", "in", "on", "at", "by", "with", "and", "it"}
    | {"its", "that", "this", "they", "them", "their", "i", "my", "me", "you", "your", "what"}
    | {"which", "who", "how", "when", "why", "there", "any", "some", "have", "has"}
)
Rewriter = Callable[[str, list[LastTurn], Card], str]


@dataclass(frozen=True, slots=True)
class Case:
    """One thread, its last message and what a person would write for it."""

    case_id: str
    half: str
    """`before` the code or `after` it."""
    message: str
    expected: str
    history: tuple[LastTurn, ...]
    """Questions as the chain itself condensed them."""
    card: Card

    @property
    def is_alone(self) -> bool:
        """Whether the message is to be left as it is."""
        return self.message == self.expected


@dataclass(frozen=True, slots=True)
class Score:
    """One rewrite against the person's."""

    is_alone: bool
    is_kept_alone: bool
    lost: frozenset[str]
    invented: frozenset[str]
    wanted: int
    word_ratio: float

    @property
    def is_good(self) -> bool:
        """Nothing lost, nothing invented, not wordy, and left alone where it stands alone."""
        is_exact = not self.lost and not self.invented and self.word_ratio <= MOST_WORDS
        return is_exact and (self.is_kept_alone or not self.is_alone)


def read_cases(lexicon: Lexicon, path: Path = HERE / "cases.jsonl") -> Iterator[Case]:
    """The hand-written cases, their threads run through the chain."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        card = Card(subject=row["subject"], facts=tuple(_facts(row)))
        history: list[LastTurn] = []
        for number, message in enumerate(row["history"], start=1):
            is_last = number == len(row["history"])
            kind: TurnKind = row["last_kind"] if is_last else "answer"
            turn = LastTurn(
                message=message,
                kind=kind,
                question=condense(message, history, card, lexicon=lexicon).standalone,
                asked=row["asked"] and is_last,
                offered=tuple(row["offered"]) if is_last else (),
            )
            history.append(turn)
        yield Case(row["id"], row["half"], row["message"], row["expected"], tuple(history), card)


def things(text: str, lexicon: Lexicon) -> frozenset[str]:
    """All that a text names, relatives too; a combination by the medicines it holds."""
    found = set(names(entities(text, lexicon)))
    for entity in entities(text, lexicon):
        if entity.kind == "regimen" and (regimen := lexicon.regimen(entity.name)) is not None:
            found = (found - {entity.key}) | {*regimen.drugs, *regimen.inferred}
    return frozenset(found) | {person.name for person in persons(text)}


def score(case: Case, rewritten: str, lexicon: Lexicon) -> Score:
    """Hold a rewrite against the person's."""
    wanted, got = things(case.expected, lexicon), things(rewritten, lexicon)
    return Score(
        is_alone=case.is_alone,
        is_kept_alone=rewritten == case.message,
        lost=wanted - got,
        invented=got - wanted,
        wanted=len(wanted),
        word_ratio=len(rewritten.split()) / max(1, len(case.expected.split())),
    )


def _facts(row: dict[str, list[dict[str, str]]]) -> Iterator[Fact]:
    for number, fact in enumerate(row["card"]):
        yield Fact.model_validate({
            "fact_id": f"f{number}",
            "evidence": fact["name"],
            "subject": row["subject"],
            **fact,
        })


def rewriters(lexicon: Lexicon) -> dict[str, Rewriter]:
    """The step, and the simpler ways beside it."""
    return {
        "raw question": lambda message, _history, _card: message,
        "question + last turn": lambda message, history, _card: " ".join([
            *(turn.message for turn in history[-1:]),
            message,
        ]),
        "whole history": lambda message, history, _card: " ".join([
            *(turn.message for turn in history),
            message,
        ]),
        "condense": lambda message, history, card: (
            condense(message, history, card, lexicon=lexicon).standalone
        ),
    }


def _report(name: str, scores: list[Score]) -> str:
    wanted = sum(s.wanted for s in scores)
    lost = sum(len(s.lost) for s in scores)
    invented = sum(len(s.invented) for s in scores)
    alone = [s for s in scores if s.is_alone]
    return (
        f"{name:24} good {sum(s.is_good for s in scores):3}/{len(scores):3}"
        f"  kept {wanted - lost:3}/{wanted:3}  invented {invented:3}"
        f"  alone {sum(s.is_kept_alone for s in alone):2}/{len(alone):2}"
        f"  words x{sum(s.word_ratio for s in scores) / max(1, len(scores)):.2f}"
    )


def _own(lexicon: Lexicon) -> None:
    cases = list(read_cases(lexicon))
    for half in ("before", "after"):
        chosen = [case for case in cases if case.half == half]
        print(f"own cases written {half} the code: {len(chosen)}")
        for name, rewriter in rewriters(lexicon).items():
            found = [
                score(case, rewriter(case.message, list(case.history), case.card), lexicon)
                for case in chosen
            ]
            print("  " + _report(name, found))
    times = sorted(_milliseconds(case, lexicon) for case in cases for _ in range(5))
    print(f"condense: p50 {times[len(times) // 2]:.2f} ms, p95 {times[len(times) * 95 // 100]:.2f}")


def _milliseconds(case: Case, lexicon: Lexicon) -> float:
    started = time.perf_counter()
    condense(case.message, case.history, case.card, lexicon=lexicon)
    return (time.perf_counter() - started) * 1000


def content_words(text: str) -> Counter[str]:
    """Words that carry meaning, plural endings off, with their counts."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    return Counter({word.removesuffix("s") for word in words if word not in _STOP})


def _public(path: Path, lexicon: Lexicon) -> None:
    """General topics: words of the person's rewrite found, and words that belong there."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    print(f"{path.name}: {len(rows)} questions; content words and lexicon names, recall/precision")
    for name, rewriter in rewriters(lexicon).items():
        totals, named = [0, 0, 0], [0, 0, 0]
        for row in rows:
            text = rewriter(row["question"], asked_turns(row["history"], lexicon), Card())
            gold = row["gold_rewrite"]
            _add(totals, content_words(gold).keys(), content_words(text).keys())
            _add(named, things(gold, lexicon), things(text, lexicon))
        print(f"  {name:24} words {_share(totals)}   names {_share(named)}")


def asked_turns(history: Iterable[dict[str, str]], lexicon: Lexicon) -> list[LastTurn]:
    """What the person asked before, each question as the chain itself condensed it."""
    turns: list[LastTurn] = []
    for text in (turn["text"] for turn in history if turn["role"] == "user"):
        question = condense(text, turns, Card(), lexicon=lexicon).standalone
        turns.append(LastTurn(message=text, kind="answer", question=question))
    return turns


def _add(totals: list[int], gold: Iterable[str], got: Iterable[str]) -> None:
    wanted, found = set(gold), set(got)
    totals[0] += len(wanted & found)
    totals[1] += len(wanted)
    totals[2] += len(found)


def _share(totals: list[int]) -> str:
    both, wanted, found = totals
    return f"{100 * both / max(1, wanted):3.0f}/{100 * both / max(1, found):3.0f}"


def _intents(lexicon: Lexicon) -> None:
    fact = Fact(fact_id="f", kind="medication", name="letrozole", evidence="letrozole")
    offer = LastTurn(message="m", kind="answer", question="What is Enhertu?", offered=("a?", "b?"))
    lines = (HERE / "intents.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    right, times = Counter[str](), []
    for row in rows:
        facts = [fact] if row["has_facts"] else []
        started = time.perf_counter()
        last_turn = offer if row["after_offer"] else None
        found = intent(row["message"], facts, last_turn, lexicon=lexicon)
        times.append((time.perf_counter() - started) * 1000)
        right[row["expected"]] += found.kind == row["expected"]
    for kind, count in Counter(row["expected"] for row in rows).items():
        print(f"  intent {kind:12} {right[kind]:3}/{count:3}")
    print(f"  intent p95 {sorted(times)[len(times) * 95 // 100]:.2f} ms")


def main() -> None:
    """Print all figures."""
    lexicon = load_lexicon()
    lexicon.mentions("warmd up")  # reads the dictionary, so that it is not timed
    _own(lexicon)
    _intents(lexicon)
    if len(sys.argv) > 1:
        _public(Path(sys.argv[1]) / "followups_dev.jsonl", lexicon)


if __name__ == "__main__":
    main()
