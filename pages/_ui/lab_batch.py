"""Many conversations at once: pass and fail, filters, charts over runs, export."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from chains.lab.batch import RunSummary, keep_run, kept_runs, result_rows, summary
from chains.lab.lines import read_lines
from chains.lab.replay import Played, play
from chains.services import Services
from pages._ui import session
from pages._ui.lab_replay import decoded, tell_faults

COLUMNS = (
    "One row a message, CSV or JSONL: `thread_id`, `message`, and any of `about`, `expect_kind`, "
    "`expect_level`, `expect_cut`, `expect_facts`, `expect_no_facts`, `expect_standalone_has`, "
    "`expect_standalone_lacks`, `expect_article`, `expect_answer_has`, `expect_answer_lacks`, "
    "`expect_flags`. Lists in a cell are parted by `;`. A fact is `kind:name` or `kind:name=value`."
)
LAST = "batch"


def draw_batch(services: Services) -> None:
    """Draw the upload, the results of the last run and the charts over runs."""
    with st.expander("How a file looks", icon=":material/help:"):
        st.markdown(COLUMNS)
    file = st.file_uploader("Conversations (CSV or JSONL)", type=["csv", "jsonl"], key="batch-file")
    if file is not None:
        read = read_lines(decoded(file.getvalue()), is_csv=file.name.lower().endswith(".csv"))
        tell_faults(read)
        threads = len({line.thread_id for line in read.lines})
        label = f"Run {len(read.lines)} messages of {threads} conversations"
        if st.button(label, type="primary", icon=":material/play_arrow:", disabled=not read.lines):
            bar, played = st.progress(0.0, "Running ..."), []
            for number, one in enumerate(play(read.lines, services), start=1):
                played.append(one)
                bar.progress(number / len(read.lines), f"{number} of {len(read.lines)}")
            bar.empty()
            session.keep_lab_played(LAST, played)
            keep_run(services.settings.lab_dir, summary(played, file.name))
    last = session.lab_played(LAST)
    if last:
        _draw_results(last)
    runs = kept_runs(services.settings.lab_dir)
    if runs:
        _draw_runs(runs)


def _draw_results(played: Sequence[Played]) -> None:
    st.subheader("Results", anchor=False)
    frame = pd.DataFrame(result_rows(played))
    counts = frame["result"].value_counts()
    with st.container(horizontal=True):
        for name in ("pass", "fail", "not checked"):
            st.metric(name.capitalize(), int(counts.get(name, 0)), border=True, width=140)
    with st.container(horizontal=True):
        shown = st.multiselect(
            "Result", sorted(counts.index), default=sorted(counts.index), key="batch-result"
        )
        kinds = st.multiselect("Kind of answer", sorted(frame["kind"].unique()), key="batch-kind")
        words = st.text_input("Words in message or question", key="batch-words")
    kept = frame[frame["result"].isin(shown)]
    if kinds:
        kept = kept[kept["kind"].isin(kinds)]
    if words:
        text = kept["message"].str.cat(kept["question"], sep=" ")
        kept = kept[text.str.contains(words, case=False, regex=False)]
    st.dataframe(kept, hide_index=True, width="stretch", alt="Results, one row a message")
    st.download_button(
        "Download these rows",
        data=kept.to_csv(index=False),
        file_name="results.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
    )


def _draw_runs(runs: Sequence[RunSummary]) -> None:
    st.subheader("Over runs", anchor=False)
    last = runs[-1]
    passed, steps = st.columns(2)
    with passed:
        st.markdown(f"**Passed and failed, {len(runs)} runs**")
        st.bar_chart(
            pd.DataFrame({
                "run": [f"{n}. {run.at:%b %d %H:%M}" for n, run in enumerate(runs, start=1)],
                "passed": [run.passed for run in runs],
                "failed": [run.checked - run.passed for run in runs],
            }),
            x="run",
            y=["passed", "failed"],
            color=["#3c7a6b", "#a8563c"],
            x_label="",
            y_label="turns",
            sort=False,
            alt=f"Last run: {last.passed} of {last.checked} turns passed",
        )
    with steps:
        st.markdown("**Median milliseconds of each step, last run**")
        times = {step: value for step, value in last.ms.items() if step != "total"}
        st.bar_chart(
            pd.DataFrame({"step": list(times), "ms": list(times.values())}),
            x="step",
            y="ms",
            horizontal=True,
            color="#8a3a5b",
            x_label="ms",
            y_label="",
            sort=False,
            alt="; ".join(f"{step} {value} ms" for step, value in times.items()),
        )
    st.markdown("**Checks of the last run**")
    st.dataframe(
        pd.DataFrame(
            [(check, ok, of - ok) for check, (ok, of) in last.checks.items()],
            columns=["check", "passed", "failed"],
        ),
        hide_index=True,
        alt="Checks of the last run: passed and failed",
    )
