"""One answer: its text, its sources, how the question was read, and where to go from here."""

import streamlit as st

from chains.compose.facts_told import fact_line
from chains.record import TurnRecord
from chains.services import Services
from memory.records import Feedback, Thread, Turn
from pages._ui import session
from pages._ui.actions import draw_actions
from pages._ui.sources import draw_sources
from pages._ui.wording import shown

EXPLAINED = ("answer", "no_source")


def draw_answer(
    record: TurnRecord, turn: Turn, thread: Thread, services: Services, *, is_last: bool
) -> None:
    """Draw the text of a finished turn from its record, and what the last turn offers."""
    body, tail = parted(record, services, is_last=is_last)
    if record.kind == "emergency":
        st.error(shown(body))
    else:
        st.markdown(shown(body))
    if record.kind == "clarification" and is_last:
        _draw_endings(record, turn, services)
    if record.answer.sources:
        _draw_sources(record, turn, is_last=is_last)
    if record.kind in EXPLAINED:
        _draw_why(record, turn)
    if tail:
        st.caption(shown(tail))


def draw_tail(
    record: TurnRecord,
    turn: Turn,
    thread: Thread,
    services: Services,
    *,
    feedback: Feedback | None,
    is_last: bool,
) -> None:
    """What can be done with the answer, and the questions that the last turn offers."""
    draw_actions(record, turn, thread, services, feedback=feedback)
    if is_last and record.kind != "clarification":
        _draw_related(record, turn, services)


def parted(record: TurnRecord, services: Services, *, is_last: bool) -> tuple[str, str]:
    """The text without what widgets show, and the notice.

    Sources are shown behind a click, the questions that the last turn offers as buttons.
    """
    headings = services.replies.phrases.headings
    notice = services.replies.notice
    text = record.answer.markdown
    tail = notice if text.endswith(notice) else ""
    text = text.removesuffix(notice)
    drawn = ("sources", "related", "opens") if is_last else ("sources", "related")
    for name in drawn:
        text = text.partition(f"\n\n### {headings[name]}\n")[0]
    offered = {f"- {r.question}" for r in record.answer.related_questions} if is_last else ()
    lines = [line for line in text.splitlines() if line not in offered]
    return "\n".join(lines).strip(), tail


def _draw_sources(record: TurnRecord, turn: Turn, *, is_last: bool) -> None:
    """The sources behind a click; those of earlier answers are sent when they are opened."""
    with st.expander(
        f"Sources ({len(record.answer.sources)})",
        icon=":material/menu_book:",
        type="compact",
        key=f"{turn.turn_id}-sources",
        on_change="ignore" if is_last else "rerun",
    ) as sources:
        if is_last or sources.open:
            draw_sources(record)


def _draw_why(record: TurnRecord, turn: Turn) -> None:
    """How the question was read, to be put right, and which facts of the card were used."""
    with st.expander(
        "Why this answer",
        icon=":material/help:",
        type="compact",
        key=f"{turn.turn_id}-why",
        on_change="rerun",
    ) as why:
        if not why.open:
            return
        _draw_used(record)
        asked = st.text_input(
            "I read your question as",
            value=record.standalone_question,
            key=f"{turn.turn_id}-asked",
            max_chars=600,
        )
        again = st.button("Ask it this way", key=f"{turn.turn_id}-ask-again")
        if again and asked.strip():
            session.ask(asked)
            st.rerun()


def _draw_used(record: TurnRecord) -> None:
    used = [
        fact_line(fact)
        for facts in record.card.values()
        for fact in facts
        if fact.fact_id in record.answer.used_facts
    ]
    if not used:
        st.text("This answer is the same for everyone: nothing of what you told me was used.")
        return
    st.text("I used what you told me:\n" + "\n".join(f"• {line}" for line in used))


def _draw_endings(record: TurnRecord, turn: Turn, services: Services) -> None:
    anyway = services.replies.cut_off["answer_anyway"]
    with st.container(horizontal=True):
        for number, ending in enumerate((*record.completeness.guesses, anyway)):
            st.button(
                ending,
                key=f"{turn.turn_id}-ending-{number}",
                wrap=True,
                on_click=session.ask,
                args=(ending,),
            )


def _draw_related(record: TurnRecord, turn: Turn, services: Services) -> None:
    related = record.answer.related_questions
    if not related:
        return
    headings = services.replies.phrases.headings
    opens = f"### {headings['opens']}\n" in record.answer.markdown
    st.markdown(f"**{headings['opens' if opens else 'related']}**")
    for number, offered in enumerate(related):
        with st.container(gap="xxsmall"):
            st.button(
                offered.question,
                key=f"{turn.turn_id}-related-{number}",
                icon=":material/arrow_forward:",
                wrap=True,
                on_click=session.ask,
                args=(offered.question,),
            )
            st.caption(shown(offered.preview))
