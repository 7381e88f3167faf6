"""Topics of the library as a patient reads them."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from chains.questions import PLANS


def topic_words(topic: str) -> str:
    """The label of a topic; a topic nobody has named yet is said as it is written."""
    return _load().get(topic, topic.replace("_", " ").capitalize())


@cache
def _load(path: Path = PLANS / "topics.yaml") -> Mapping[str, str]:
    words: dict[str, str] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return words
