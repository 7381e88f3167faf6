"""Wording and plans kept as YAML, read into a model that says what must be there."""

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from chains.errors import RuleError

Model = TypeVar("Model", bound=BaseModel)


def read_plan(model: type[Model], path: Path) -> Model:
    """Read a file of plans.

    Raises:
        RuleError: A part is missing or of another form.
    """
    try:
        return model.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        raise RuleError(f"{path.name}: {error.errors()[0]['loc']} is missing or broken") from error
