"""Treatments and labs over time, each with the same as a table for those who cannot see a chart."""

from collections.abc import Sequence

import streamlit as st

from chains.visit.dates import day
from chains.visit.timeline import LabSeries, TreatmentSpan

STATUS_COLORS = {
    "now": "#8a3a5b",
    "on hold": "#c07a1c",
    "planned": "#3b6ea5",
    "over": "#8d8388",
}
"""Told apart on a light and on a dark ground; the table says the same in words."""
STATUSES = {"current": "now", "on_hold": "on hold", "planned": "planned", "past": "over"}
LAB_COLOR = "#a8497a"
"""Seen on a light and on a dark ground."""
ROW_PX = 42
LAB_PX = 200
LONG_DAYS = 300


def draw_treatments(spans: Sequence[TreatmentSpan]) -> None:
    """Bars from when to when for the dated ones, and all of them as a table."""
    # With the first chart, not with the first page: it takes half a second to import.
    import altair as alt  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415

    dated = [span for span in spans if span.is_dated]
    rows = pd.DataFrame({
        "treatment": [span.name for span in dated],
        "from": pd.to_datetime([str(span.start) for span in dated]),
        "to": pd.to_datetime([str(span.end) for span in dated]),
        "is it": [STATUSES[span.status] for span in dated],
        "when": [span.words for span in dated],
    })
    shown = [status for status in STATUS_COLORS if status in set(rows["is it"])]
    colors = alt.Scale(domain=shown, range=[STATUS_COLORS[status] for status in shown])
    chart = (
        alt
        .Chart(rows)
        .mark_bar(cornerRadius=5, height=16)
        .encode(
            x=alt.X("from:T", title=None),
            x2="to:T",
            y=alt.Y("treatment:N", sort=None, title=None, axis=alt.Axis(labelLimit=130)),
            color=alt.Color(
                "is it:N", scale=colors, legend=alt.Legend(orient="bottom", title=None)
            ),
            tooltip=["treatment", "when", "is it"],
        )
        .properties(height=ROW_PX * len(set(rows["treatment"])) + 60)
    )
    st.altair_chart(
        chart, width="stretch", alt="Treatments over time; the table below says the same."
    )
    with st.expander("Treatments as a table"):
        st.table(
            [
                {
                    "Treatment": span.name,
                    "When": span.words or "no date told",
                    "Is it": STATUSES[span.status],
                }
                for span in spans
            ],
            hide_index=True,
        )


def _day_format(series: LabSeries) -> str:
    """Days of one year by month and day, longer spans by month and year."""
    span = series.readings[-1].day - series.readings[0].day
    return "%b %Y" if span.days > LONG_DAYS else "%b %d"


def draw_lab(series: LabSeries) -> None:
    """One lab over time, and its results as a table."""
    import altair as alt  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415

    title = f"{series.name} ({series.unit})" if series.unit else series.name
    rows = pd.DataFrame({
        "day": pd.to_datetime([reading.day for reading in series.readings]),
        "value": [reading.value for reading in series.readings],
        "as told": [reading.words for reading in series.readings],
    })
    chart = (
        alt
        .Chart(rows)
        .mark_line(point=alt.OverlayMarkDef(size=70, filled=True, color=LAB_COLOR), color=LAB_COLOR)
        .encode(
            x=alt.X("day:T", title=None, axis=alt.Axis(format=_day_format(series), tickCount=5)),
            y=alt.Y("value:Q", title=None, scale=alt.Scale(zero=False, nice=True)),
            tooltip=["day", "value", "as told"],
        )
        .properties(height=LAB_PX)
    )
    st.markdown(f"**{title}**")
    st.altair_chart(
        chart, width="stretch", alt=f"{title} over time; the table below says the same."
    )
    with st.expander(f"{series.name} as a table"):
        st.table(
            [
                {
                    "Day": day(one.day) if one.is_said else f"{day(one.day)} (day you told me)",
                    "Result": f"{one.value:g} {series.unit}".strip(),
                    "As you wrote it": one.words,
                }
                for one in series.readings
            ],
            hide_index=True,
        )
