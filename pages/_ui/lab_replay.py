"""Recording a conversation, and replaying one against the code as it is now."""

import hashlib
from collections.abc import Sequence

import streamlit as st

from chains.lab.consent import ConsentError
from chains.lab.differences import STEPS, differences, table
from chains.lab.lines import Line, Lines, read_lines, write_lines
from chains.lab.opening import Told
from chains.lab.replay import play
from chains.services import Services
from pages._ui import session
from pages._ui.lab_source import draw_source


def draw_replay(services: Services) -> None:
    """Draw both halves."""
    st.subheader("Record", anchor=False)
    with st.container(border=True):
        try:
            turns = draw_source(services)
        except ConsentError as error:
            st.info(str(error))
            turns = []
        if turns:
            st.download_button(
                f"Download {len(turns)} turns with their records",
                data=write_lines(_recorded(turns)),
                file_name="recording.jsonl",
                mime="application/jsonl",
                on_click="ignore",
                icon=":material/download:",
            )
            st.markdown("The file is plain text outside the encrypted store.")
    st.subheader("Replay", anchor=False)
    file = st.file_uploader("A recording (JSONL)", type=["jsonl"], key="replay-file")
    if file is not None:
        _draw_replayed(decoded(file.getvalue()), services)


def decoded(content: bytes) -> str:
    """The text of an uploaded file; what is no UTF-8 is told row by row when it is read."""
    return content.decode("utf-8", errors="replace")


def tell_faults(read: Lines) -> None:
    """Say in one line each what could not be read."""
    for fault in read.faults:
        st.error(fault, icon=":material/error:")


def _recorded(turns: Sequence[Told]) -> list[Line]:
    return [
        Line(
            thread_id="recording",
            message=told.turn.typed,
            about=told.about,
            record=told.stored.model_copy(update={"thread_id": "recording"}),
        )
        for told in turns
    ]


def _draw_replayed(text: str, services: Services) -> None:
    read = read_lines(text)
    tell_faults(read)
    records = [line.record for line in read.lines if line.record is not None]
    if not records:
        st.info("The file holds no record to compare with. Record a conversation first.")
        return
    key = f"replay {hashlib.sha256(text.encode()).hexdigest()}"
    held = session.lab_played(key)
    if held is None:
        with st.spinner(f"Replaying {len(read.lines)} messages ..."):
            held = list(play(read.lines, services))
        session.keep_lab_played(key, held)
    now = [one.record for one in held]
    chosen = st.multiselect("Steps", STEPS, default=list(STEPS), key="replay-steps")
    found = differences(records, now, only=chosen)
    differing = len({(one.thread, one.turn) for one in found})
    if not found:
        st.success(f"{len(now)} turns replayed, none differ.", icon=":material/check_circle:")
        return
    st.info(f"{len(now)} turns replayed, {differing} differ.", icon=":material/difference:")
    frame = table(found)
    st.dataframe(frame, hide_index=True, width="stretch", alt="What differs, step by step")
    st.download_button(
        "Download the differences",
        data=frame.to_csv(index=False),
        file_name="differences.csv",
        mime="text/csv",
        on_click="ignore",
    )
