from datetime import UTC, date, datetime

from chains.visit.timeline import lab_series, treatment_spans
from memory.records import Told
from tests.support.builders import card, fact

TODAY = date(2026, 11, 30)


def told(*messages):
    """Tellings of facts: pairs of a fact and the message and month that told it."""
    return {
        one.fact_id: (
            Told(
                said=one,
                thread_id="t",
                turn_id="u",
                message=message,
                told_at=datetime(2026, month, 20, 12, tzinfo=UTC),
            ),
        )
        for one, message, month in messages
    }


def lab(value, month, message=None, *, name="ANC", **more):
    one = fact("lab", name, evidence=f"{name} {value}", value=value, **more)
    return one, message or f"{name} {value}", month


def series_of(lexicon, *labs):
    return lab_series(card(*(one for one, _, _ in labs)), told(*labs), lexicon=lexicon)


def test_labs_are_drawn_by_the_day_said_or_the_day_of_the_message(lexicon):
    (series,) = series_of(
        lexicon, lab("1.4 g", 7), lab("0.8 g", 6, "ANC 0.8 g in March 2026"), lab("1.1 g", 6)
    )
    assert [(one.day, one.is_said, one.value) for one in series.readings] == [
        (date(2026, 3, 1), True, 0.8),
        (date(2026, 6, 20), False, 1.1),
        (date(2026, 7, 20), False, 1.4),
    ]


def test_units_are_not_mixed_but_converted_figures_are_one_series(lexicon):
    assert series_of(lexicon, lab("10 g/dL", 5), lab("100 g/L", 6)) == ()
    (series,) = series_of(
        lexicon,
        lab("0.8", 5, normalized="800/mm3"),
        lab("1100", 6, normalized="1100/mm3"),
    )
    assert (series.unit, [one.value for one in series.readings]) == ("/mm3", [800, 1100])
    assert [one.words for one in series.readings] == ["0.8", "1100"]


def test_one_reading_words_and_bounds_are_nothing_to_draw(lexicon):
    assert series_of(lexicon, lab("0.8", 5)) == ()
    assert series_of(lexicon, lab("low", 5), lab("normal", 6)) == ()
    assert series_of(lexicon, lab("<5", 5), lab("<6", 6)) == ()


def test_treatments_have_the_dates_that_were_told_and_no_other(lexicon):
    facts = {
        "ribociclib": fact("medication", "ribociclib", duration="14 months"),
        "tamoxifen": fact(
            "medication",
            "tamoxifen",
            status="past",
            evidence="tamoxifen from 2019 until January 2024",
            until="January 2024",
        ),
        "denosumab": fact("medication", "denosumab", status="planned"),
        "lumpectomy": fact("procedure", "lumpectomy", status="past", evidence="lumpectomy"),
    }
    messages = told(*((one, f"{one.evidence} in May 2018", 11) for one in facts.values()))
    spans = treatment_spans(card(*facts.values()), messages, lexicon=lexicon, today=TODAY)
    by_name = {span.name: span for span in spans}
    assert (by_name["ribociclib"].start, by_name["ribociclib"].end) == (date(2025, 9, 1), TODAY)
    assert by_name["tamoxifen"].words == "2019 to Jan 2024"
    assert by_name["lumpectomy"].start == date(2018, 5, 1)
    assert not by_name["denosumab"].is_dated
    assert [span.name for span in spans] == ["lumpectomy", "tamoxifen", "ribociclib", "denosumab"]
