"""What the documents promise is there."""

import re
from pathlib import Path

import pytest

from chains.settings import PREFIX, Settings

ROOT = Path(__file__).parents[2]


def setting_names():
    return [
        str(field.validation_alias) if field.validation_alias else PREFIX + name.upper()
        for name, field in Settings.model_fields.items()
    ]


@pytest.fixture(scope="module")
def readme():
    return (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", setting_names())
def test_every_setting_is_told_in_the_readme(readme, name):
    assert re.search(rf"\b{name}\b", readme)


def test_readme_names_no_setting_that_is_not_there(readme):
    told = set(re.findall(rf"\b{PREFIX}[A-Z_]+\b", readme))
    assert told - set(setting_names()) == set()


def test_readme_names_both_commands_and_no_target_that_is_not_there(readme):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, flags=re.MULTILINE))
    told = set(re.findall(r"\bmake ([a-z-]+)`", readme))
    told |= set(re.findall(r"^\s*make ([a-z-]+)\b", readme, flags=re.MULTILINE))
    assert {"run", "test"} <= told <= targets


def test_pictures_and_pages_the_readme_links_are_there(readme):
    links = re.findall(r"\]\(([^)#:\s]+)\)", readme)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_requirements_are_pinned():
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if line and not line.startswith((" ", "#", "-"))]
    assert wanted
    assert [line for line in wanted if "==" not in line] == []
    assert not any(line.startswith("torch==") for line in wanted)
