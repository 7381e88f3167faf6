"""Follow-up handling: each raw message beside the question that was answered."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from chains.lab.followup import Followed, followed
from chains.lab.opening import Told
from chains.services import Services


def draw_followups(turns: Sequence[Told], services: Services) -> None:
    """Draw all turns of a conversation, most telling columns first."""
    seen = [followed(told, told.stored, services.lexicon) for told in turns]
    rewritten = sum(one.is_rewritten for one in seen)
    lost = sum(bool(one.lost) for one in seen)
    invented = sum(any(origin == "nowhere" for _, origin in one.added) for one in seen)
    counts = {"Turns": len(turns), "Completed": rewritten, "Lost": lost, "Invented": invented}
    with st.container(horizontal=True):
        for label, value in counts.items():
            st.metric(label, value, border=True, width=140)
    only = st.toggle("Only completed questions", key="lab-only-completed")
    rows = [
        _row(told, one)
        for told, one in zip(turns, seen, strict=True)
        if one.is_rewritten or not only
    ]
    st.dataframe(
        pd.DataFrame(rows, columns=list(_COLUMNS)),
        hide_index=True,
        width="stretch",
        row_height=48,
        column_config={
            "Turn": st.column_config.NumberColumn(width=50),
            "Message": st.column_config.TextColumn(width=210),
            "Question": st.column_config.TextColumn(width=250),
            "Brought in": st.column_config.TextColumn(width=160),
            "Lost": st.column_config.TextColumn(width=70),
        },
        alt="Follow-ups: message, question, what was kept, brought in and lost",
    )
    st.markdown(
        "*Brought in* tells where each thing was known from. Open a turn under **One turn** for "
        "what went on in it."
    )


_COLUMNS = ("Turn", "Message", "Question", "Brought in", "Lost", "Kept", "Kind")


def _row(told: Told, one: Followed) -> tuple[object, ...]:
    added = ", ".join(f"{name} ({origin})" for name, origin in one.added)
    question = one.standalone if one.is_rewritten else "as it was"
    kept, lost = ", ".join(one.kept), ", ".join(one.lost)
    return (told.turn.number, told.turn.typed, question, added, lost, kept, told.stored.kind)
