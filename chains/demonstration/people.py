"""The made-up people of a demonstration: who they are, what they write, what each step shows."""

from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from chains.errors import RuleError
from chains.lab.expectations import Expectation
from memory.records import SELF

PEOPLE = Path(__file__).parent / "people"

StepKind = Literal[
    "memory",
    "cut-off",
    "second half",
    "follow-up",
    "interaction",
    "question",
    "feeling",
    "red flag",
]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Step(_Part):
    """One message of a script; its answer is made when it is sent."""

    what: StepKind
    says: str = Field(min_length=1)
    note: str = Field(min_length=1)
    """What the presenter may point at."""
    shows: Expectation
    """What the note promises, so that a test can hold it."""


class MadeUpPerson(_Part):
    """Somebody who does not exist."""

    key: str
    """The name of the file."""
    name: str
    icon: str = Field(pattern=r"^[a-z_]+$")
    """A Material symbol that stands for their life."""
    age: int = Field(ge=18, le=100)
    life: str
    cancer: str
    tags: tuple[str, ...] = Field(min_length=1, max_length=4)
    about: str = SELF
    """Whose card the conversation is about."""
    steps: tuple[Step, ...] = Field(min_length=4)


@cache
def load_people(folder: Path = PEOPLE) -> tuple[MadeUpPerson, ...]:
    """Everybody who can be shown, by the names of their files.

    Raises:
        RuleError: A file is broken; the text names it and says where.
    """
    return tuple(_read(path) for path in sorted(folder.glob("*.yaml")))


def _read(path: Path) -> MadeUpPerson:
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
        return MadeUpPerson.model_validate({"key": path.stem, **said})
    except (yaml.YAMLError, TypeError) as error:
        raise RuleError(f"{path.name}: no YAML of a person") from error
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        where = ".".join(map(str, fault["loc"]))
        raise RuleError(f"{path.name}: {where}: {fault['msg']}") from error
