"""One turn opened up, and made into a case."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from chains.lab.case_files import HOW_TO_ADD, case_lines, save_case, seen_as_expected
from chains.lab.differences import differences, table
from chains.lab.followup import followed
from chains.lab.lines import read_lines, write_lines
from chains.lab.looking import (
    Row,
    card_rows,
    condition_rows,
    passage_rows,
    plan_of_turn,
    rule_rows,
    searches,
    sentence_rows,
    step_rows,
)
from chains.lab.opening import Opened, Told, find, open_turn
from chains.services import Services
from pages._ui import session

PLAIN_TEXT = (
    "The case file is plain text outside the encrypted store. "
    "Take out what could tell who wrote it."
)

_WIDTHS = {
    "input": st.column_config.TextColumn(width=220),
    "output": st.column_config.TextColumn(width=360),
    "line": st.column_config.TextColumn(width=420),
    "sentence": st.column_config.TextColumn(width=460),
    "sources": st.column_config.TextColumn(width=220),
}
"""Pixels; what is cut opens with a click on the cell."""


def draw_turn(turns: Sequence[Told], services: Services) -> None:
    """Choose a turn and see each part of it."""
    thumbs = _thumbs(turns, services)
    numbers = list(range(1, len(turns) + 1))
    if thumbs and st.toggle("Only thumbs-down", key="lab-only-down"):
        numbers = [n for n in numbers if turns[n - 1].turn.turn_id in thumbs] or numbers
    number = st.selectbox(
        "Turn",
        numbers,
        key="lab-turn",
        format_func=lambda n: f"{n}. {turns[n - 1].turn.typed[:90]}",
    )
    told = find(turns, number)
    opened = open_turn(told, services)
    _draw_followup(opened, services)
    _draw_rows("Steps", step_rows(opened), opened=True)
    _draw_rows("Rules that fired", rule_rows(opened, services))
    _draw_rows("The card before and after", card_rows(opened))
    _draw_passages(opened, services)
    plan = plan_of_turn(opened, services)
    _draw_rows("The plan", [plan] if plan else [])
    _draw_rows("Conditions on the card", condition_rows(opened, services))
    _draw_rows("Sentences and their support", sentence_rows(opened))
    _draw_case(told, services)


def _thumbs(turns: Sequence[Told], services: Services) -> set[str]:
    """Turns of this browser's person that have a thumbs-down; ids of played turns match none."""
    given = services.store.feedback(session.person_id(), [told.turn.turn_id for told in turns])
    return {turn_id for turn_id, feedback in given.items() if feedback.thumbs == "down"}


def _draw_followup(opened: Opened, services: Services) -> None:
    one = followed(opened.told, opened.record, services.lexicon)
    with st.container(border=True):
        raw, question = st.columns(2)
        raw.markdown("**Message as it was read**")
        raw.text(one.raw)
        question.markdown("**Question that was answered**")
        question.text(one.standalone)
        added = ", ".join(f"{name} ({origin})" for name, origin in one.added)
        st.text(
            f"Kept: {', '.join(one.kept) or 'nothing named'}    "
            f"Brought in: {added or 'nothing'}    Lost: {', '.join(one.lost) or 'nothing'}"
        )
    found = differences([opened.told.stored], [opened.record])
    if found:
        st.info("Run again today, this turn differs from what was stored.")
        st.dataframe(table(found), hide_index=True, alt="What differs from the stored turn")
    else:
        st.success("Run again today, this turn is the same as what was stored.")


def _draw_passages(opened: Opened, services: Services) -> None:
    rows = passage_rows(opened, services)
    _draw_rows("Passages by leg", rows)
    for number, phrasings in enumerate(searches(opened), start=1):
        st.text(f"Search {number}: {' | '.join(phrasings)}")


def _draw_rows(title: str, rows: Sequence[Row], *, opened: bool = False) -> None:
    with st.expander(f"{title} ({len(rows)})", expanded=opened or 0 < len(rows) <= 12):
        if not rows:
            st.markdown("*The turn did not come that far, or there is nothing to show.*")
            return
        st.dataframe(
            pd.DataFrame(list(rows)),
            hide_index=True,
            width="stretch",
            column_config=_WIDTHS,
            alt=title,
        )


def _draw_case(told: Told, services: Services) -> None:
    """Make the turn a case: what it showed is the draft of what it must show."""
    with st.expander("Make this turn a case", icon=":material/add_task:"):
        st.markdown(PLAIN_TEXT)
        name = st.text_input("Name of the case", value="follow-up", max_chars=60, key="case-name")
        draft = write_lines(case_lines(told, name or "case", seen_as_expected(told)))
        text = st.text_area(
            "The conversation, one message a line, with what the last one must show",
            value=draft,
            height=220,
            key=f"case-text-{told.turn.turn_id}-{name}",
        )
        read = read_lines(text)
        for fault in read.faults:
            st.error(fault)
        if st.button("Save the case", key="save-case", disabled=bool(read.faults or not text)):
            path = save_case(services.settings.lab_dir, read.lines)
            st.success("Saved. Add it to the evals with:")
            st.code(HOW_TO_ADD.format(path=path, name=path.name), language="bash", wrap_lines=True)
        st.download_button(
            "Download it", data=text, file_name="case.jsonl", mime="application/jsonl"
        )
