"""The grammar of words to the card, read from `plans/commands.yaml`."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from chains.errors import RuleError

_PATH = Path(__file__).parent / "plans" / "commands.yaml"
_PLAIN = (
    *(
        "reason",
        "stays",
        "stopped",
        "never",
        "not_data",
        "place",
        "clause",
        "about",
        "last",
        "hint",
    ),
)


@dataclass(frozen=True, slots=True)
class Grammar:
    """Patterns that a clause is held against, made once."""

    verbs: tuple[tuple[str, re.Pattern[str]], ...]
    afresh: re.Pattern[str]
    place: re.Pattern[str]
    tail: re.Pattern[str]
    reason: re.Pattern[str]
    stays: re.Pattern[str]
    stopped: re.Pattern[str]
    never: re.Pattern[str]
    clause: re.Pattern[str]
    about: re.Pattern[str]
    last: re.Pattern[str]
    hint: re.Pattern[str]
    not_data: re.Pattern[str]
    whole: frozenset[str]
    heads: frozenset[str]
    slips: tuple[str, ...]


@cache
def load_grammar(path: Path = _PATH) -> Grammar:
    """Read the grammar.

    Raises:
        RuleError: A part is missing or is no regular expression.
    """
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        return _made(data)
    except (KeyError, TypeError, re.error) as error:
        raise RuleError(f"{path.name}: {error}") from error


def _made(data: dict[str, str]) -> Grammar:
    lead, tail, place = data["lead"], data["tail"], data["place"]
    what = rf"(?P<what>.+?)(?:\s+{place})?{tail}$"
    verbs = (
        ("unwanted", rf"\W*{lead}(?:{data['unwanted']}){tail}$"),
        ("passive", rf"\W*{lead}(?:{data['passive']}){tail}$"),
        ("not_kept", rf"\W*{lead}{data['not_kept']}\s+{what}"),
        ("placed", rf"\W*{lead}{data['placed']}\s+(?P<what>(?!you\b|i\b|we\b).+?)\s+"
         rf"(?=off|out|from)(?:{place}){tail}$"),
        ("placed", rf"\W*{lead}tak(?:e|ing)\s+(?P<what>.+?)\s+off{tail}$"),
        ("placed", rf"\W*(?:can|could|may) i (?:please )?(?:{data['data']}|{data['bodily']})\s+"
         rf"(?P<what>.+?)\s+(?:{place}){tail}$"),
        ("trailing", rf"\W*{lead}(?P<what>[^,:;]{{2,50}}?)\s*(?:[,:;]|\s[-–—])\s*(?:please |just )?"
         rf"(?:delete|forget|erase|remove|scrap)(?: it| that| this| them)?{tail}$"),
        ("denied", rf"\W*{lead}(?:{data['denied']}){tail}$"),
        ("data", rf"\W*{lead}{data['ignored']}\s+(?P<what>.+?){tail}$"),
        ("data", rf"\W*{lead}{data['data']}\s*[:,]?\s+{what}"),
        ("bodily", rf"\W*{lead}{data['bodily']}\s+{what}"),
        ("can_go", rf"\W*{lead}(?:{data['can_go']}){tail}$"),
    )  # fmt: skip
    compiled = {name: re.compile(data[name]) for name in _PLAIN}
    return Grammar(
        verbs=tuple((name, re.compile(pattern)) for name, pattern in verbs),
        afresh=re.compile(
            rf"\W*{lead}(?:i(?:'d| would)? ?(?:want|need|like) (?:to |a )?)?{data['afresh']}{tail}"
        ),
        tail=re.compile(tail),
        whole=frozenset(data["whole"]),
        heads=frozenset(data["heads"]),
        slips=tuple(data["verbs"]),
        **compiled,
    )
