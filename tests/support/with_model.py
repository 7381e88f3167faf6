"""The parts of a turn with a model's server in them."""

from dataclasses import replace

from pydantic import SecretStr

from chains.accept import accept
from chains.grounding import Grounder
from chains.model.room import build_room
from chains.services import Services
from chains.turn import run_turn
from vectorstore.settings import LIBRARY_DIR
from vectorstore.verdicts import read_verdicts

KEY = "sk-canary-1f2e3d4c5b6a"


def with_model(services: Services, url: str, **settings: object) -> Services:
    """These parts, and a model at this address; short limits, so that no test waits."""
    usual = {"first_word_s": 5.0, "answer_s": 10.0, "openai_api_key": SecretStr(KEY)}
    usual |= {"openai_base_url": url, "model_reads": False}
    told = services.settings.model_copy(update=usual | settings)
    room = build_room(told, services.store, services.index, services.composer.kit)
    room.warm_up()
    grounder = Grounder(services.index, services.tables, read_verdicts(LIBRARY_DIR), room)
    return replace(services, settings=told, model=room, grounder=grounder)


def events_of(services: Services, message: str, *, person_id: str, thread_id: str) -> list:
    """Everything that one turn tells."""
    thread = services.store.ensure_thread(person_id, thread_id)
    return list(run_turn(accept(message, thread, services), thread, services))
