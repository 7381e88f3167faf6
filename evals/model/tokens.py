"""Tokens of a prompt as a conversation grows, beside sending the whole conversation each time."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

import pandas as pd

from chains.__main__ import Request, answer_request
from chains.accept import accept
from chains.events import Sent
from chains.model.room import build_room
from chains.services import Services
from chains.turn import run_turn
from vectorstore.tokens import count_tokens

TURNS = (10, 50, 200)
TOLD = "I have ER positive, HER2 negative breast cancer and I take letrozole."
ASKED = "What helps with joint pain from letrozole?"
NOWHERE = "http://127.0.0.1:9/v1"
"""Nothing is sent: the prompt is counted and the turn stopped before it would be."""


def prompt_growth(services: Services, questions: Sequence[str]) -> pd.DataFrame:
    """Hold one conversation of 200 turns and count the same question's prompt on the way.

    Args:
        services: Without a model.
        questions: What is asked between; cycled through where there are fewer than needed.
    """
    settings = services.settings.model_copy(update={"openai_base_url": NOWHERE})
    room = build_room(settings, services.store, services.index, services.composer.kit)
    modelled = replace(services, model=room)
    name = f"growth {uuid4().hex}"
    said = [TOLD]
    rows = []
    answer_request(Request(thread_id=name, message=TOLD), services)
    for number in range(2, max(TURNS) + 1):
        message = ASKED if number in TURNS else questions[number % len(questions)]
        if number in TURNS:
            sent = sent_for(modelled, name, message)
            naive = count_tokens("\n".join([*said, sent.messages[0].text, message]))
            rows.append({
                "turn": number,
                "tokens of the prompt": sent.prompt_tokens,
                "naive full history": naive,
            })
        record = answer_request(Request(thread_id=name, message=message), services)
        said += [message, record.answer.markdown]
    table = pd.DataFrame(rows)
    first = table["tokens of the prompt"].iloc[0]
    table["times turn 10"] = (table["tokens of the prompt"] / first).round(2)
    return table


def sent_for(services: Services, person_id: str, message: str) -> Sent:
    """What would be sent for a message; the turn is stopped before it is.

    Raises:
        ValueError: The message is none that a model is asked about.
    """
    thread = services.store.ensure_thread(person_id, person_id)
    events = run_turn(accept(message, thread, services), thread, services)
    try:
        for event in events:
            if isinstance(event, Sent):
                return event
    finally:
        events.close()
    raise ValueError("nothing would be sent for this message")
