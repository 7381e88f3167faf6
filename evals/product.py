"""The whole product on a store that is thrown away, made once for all steps that need it."""

import atexit
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from chains.__main__ import Request, answer_request
from chains.record import TurnRecord
from chains.services import Services, build_services
from chains.settings import Settings


@cache
def services() -> Services:
    """The parts of a turn, on a folder that goes when the run ends."""
    folder = Path(tempfile.mkdtemp(prefix="carethread-evals-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    built = build_services(Settings(_env_file=None, data_dir=folder))
    # These figures are the library's own, whatever model is set; `evals.model` measures one.
    return replace(built, model=None)


def last_record(case_id: str, messages: Sequence[str]) -> TurnRecord:
    """The record of the last message, all sent by one person in one conversation.

    Args:
        case_id: Names person and conversation, so that no case sees another's.
        messages: In order; at least one.
    """
    requests = [Request(thread_id=case_id, message=message) for message in messages]
    return [answer_request(request, services()) for request in requests][-1]


def nearest_articles(phrasings: Sequence[str], most: int) -> list[str]:
    """Ids of the articles that a search by these phrasings brings first, best first."""
    found = services().searcher.search(phrasings, k=5 * most)
    return list(dict.fromkeys(hit.article_id for hit in found))[:most]
