"""The stage of a demonstration: who is shown, the presenter's panel, the card as it grows."""

import contextlib

import streamlit as st

from chains.compose.facts_told import fact_line
from chains.demonstration.people import MadeUpPerson, Step
from chains.demonstration.playing import wipe
from chains.worker import TurnWorker
from memory.errors import NotFoundError
from memory.records import SELF, Fact, Thread
from memory.store import ConversationStore
from pages._ui import session
from pages._ui.card import SECTIONS
from pages._ui.conversation import send

LONGEST_WAIT_S = 20.0

# Large type for a family around one screen, and a panel that stays in view while an answer is
# read; Streamlit has no setting for either on one page alone. The text is fixed and ours.
_STYLE = """
<style>
.st-key-demonstration :is(p, li, textarea, button) { font-size: 1.2rem; line-height: 1.55; }
.st-key-demonstration [data-testid="stCaptionContainer"] p { font-size: 1rem; }
.st-key-demonstration :is(h1) { font-size: 2.2rem; }
.st-key-demonstration :is(h2, h3) { font-size: 1.5rem; }
.st-key-demonstration [data-testid="stText"] { font-size: 1.2rem; }
.st-key-card-shown :is(p, li) { font-size: 1.1rem; line-height: 1.4; }
[data-testid="stChatInputTextArea"] { font-size: 1.1rem; }
.st-key-demonstration [data-testid="stCaptionContainer"] { color: #5f4f56; opacity: 1; }
@media (min-width: 900px) {
  [data-testid="stColumn"]:has(.st-key-presenter) > [data-testid="stVerticalBlock"] {
    height: 100%; }
  [data-testid="stLayoutWrapper"]:has(> .st-key-presenter) {
    position: sticky; top: 4rem; max-height: calc(100vh - 10.5rem); overflow-y: auto;
    padding-right: 0.5rem; }
}
</style>
"""


def draw_style() -> None:
    """Enlarge the type of this page."""
    st.html(_STYLE)


def draw_head(person: MadeUpPerson, made_up: str, store: ConversationStore) -> None:
    """Who is shown, that they are made up, and the click that wipes it all."""
    name, buttons = st.columns([5, 3], vertical_alignment="center", gap="large")
    with name:
        st.title(f":material/{person.icon}: {person.name}, {person.age}", anchor=False)
        st.markdown(f"{person.life}  \n**{person.cancer}**")
    with buttons, st.container(horizontal=True):
        st.button(
            "Wipe it",
            key="wipe-demonstration",
            icon=":material/mop:",
            type="primary",
            help="Forgets this made-up person for good and goes back to the choice",
            on_click=_wipe,
            args=(person, made_up, store),
        )
        st.download_button(
            "Save as a file",
            data=store.export_person(made_up),
            file_name=f"demonstration-{person.key}.json",
            mime="application/json",
            icon=":material/download:",
            on_click="ignore",
        )
    st.info(
        f"**Demonstration.** {person.name} is made up. The answers are made live; nothing here is "
        "about anyone real.",
        icon=":material/theater_comedy:",
    )


def draw_panel(person: MadeUpPerson, thread: Thread, worker: TurnWorker) -> None:
    """What was just shown, what comes next, and the card."""
    played = session.steps_played()
    # Stays in view while the head of the page has gone by.
    st.markdown(f":material/theater_comedy: **{person.name} is made up**")
    with_notes = st.toggle("Presenter's notes", value=True, key="with-notes")
    if played and with_notes:
        step = person.steps[played - 1]
        st.markdown(f"**What you just saw: {step.what}**  \n{step.note}")
    if played < len(person.steps):
        _draw_next(person, thread, worker)
    else:
        st.success(
            f"That was {person.name}'s script. Type a question of your own below, or wipe it.",
            icon=":material/check_circle:",
        )
    with st.container(border=True, key="card-shown"):
        _draw_card(person, thread, worker.services.store)


def _draw_next(person: MadeUpPerson, thread: Thread, worker: TurnWorker) -> None:
    played, total = session.steps_played(), len(person.steps)
    step = person.steps[played]
    with st.container(border=True):
        st.markdown(f"**Step {played + 1} of {total}: {person.name} writes**")
        st.markdown(f"“{step.says}”")
        st.button(
            "Send it",
            key=f"step-{played}",
            icon=":material/send:",
            type="primary",
            width="stretch",
            on_click=_play,
            args=(step, thread, worker),
        )


def send_and_wait(message: str, thread: Thread, worker: TurnWorker) -> None:
    """Send a message; its answer is drawn whole, since a presenter cannot point at half of one."""
    send(message, thread, worker)
    turns = worker.services.store.turns(thread.person_id, thread.thread_id, limit=1)
    for turn in turns:
        worker.wait(turn.turn_id, timeout_s=LONGEST_WAIT_S)


def _play(step: Step, thread: Thread, worker: TurnWorker) -> None:
    send_and_wait(step.says, thread, worker)
    session.count_step()


def _draw_card(person: MadeUpPerson, thread: Thread, store: ConversationStore) -> None:
    whose = person.name if thread.about == SELF else f"{person.name}'s {thread.about}"
    st.subheader(f"What is known of {whose}", anchor=False)
    facts = store.card(thread.person_id, thread.about).facts
    if not facts:
        st.markdown("*Nothing yet.*")
    turns = store.turns(thread.person_id, thread.thread_id, limit=1)
    newest = turns[-1].message_id if turns else None
    for title, kinds in SECTIONS.items():
        told = [_line(fact, newest) for fact in facts if fact.kind in kinds]
        if told:
            st.markdown("\n".join([f"**{title}**\n", *told]))


def _line(fact: Fact, newest: str | None) -> str:
    words = fact_line(fact).replace("$", "\\$")
    return f"- **{words}** (new)" if fact.message_id == newest else f"- {words}"


def _wipe(person: MadeUpPerson, made_up: str, store: ConversationStore) -> None:
    with contextlib.suppress(NotFoundError):  # another tab was faster
        wipe(store, made_up)
    session.set_demonstration(None)
    st.toast(f"Wiped. Nothing of {person.name} is left.", icon=":material/check:")
