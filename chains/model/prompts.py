"""Prompts as files: front matter, then the text, with every input named."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from langchain_core.prompts import PromptTemplate

from chains.errors import RuleError

PROMPTS = Path(__file__).parent.parent / "prompts"


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt; a person's words are never part of the template."""

    prompt_id: str
    template: PromptTemplate
    content_hash: str
    """SHA-256 of the file, in hexadecimal."""

    def filled(self, **values: str) -> str:
        """The text with its inputs."""
        return self.template.format(**values)


@cache
def load_prompt(name: str, folder: Path = PROMPTS) -> Prompt:
    """Read `<name>.md`.

    Raises:
        RuleError: Its front matter is broken, or an input is missing or unused.
    """
    text = (folder / f"{name}.md").read_text(encoding="utf-8")
    try:
        _, front, body = text.split("---\n", 2)
        head = yaml.safe_load(front)
        inputs = sorted(head["inputs"])
    except (ValueError, KeyError, TypeError, yaml.YAMLError) as error:
        raise RuleError(f"{name}.md: the front matter is missing or broken") from error
    template = PromptTemplate.from_template(body.strip())
    if sorted(template.input_variables) != inputs or head.get("id") != name:
        raise RuleError(f"{name}.md: its inputs or its id are not those of its front matter")
    return Prompt(name, template, hashlib.sha256(text.encode()).hexdigest())
