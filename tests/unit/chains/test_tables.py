"""Knowledge in rows: every row whole, every row with a source."""

from urllib.parse import urlsplit

import pytest

from chains.errors import RuleError
from chains.tables import RULES, load_tables


def test_every_interaction_row_has_its_source_and_severity(tables):
    for row in tables.interactions:
        assert row.a and row.b and row.effect and row.advice and row.publisher and row.title
        assert row.severity in ("avoid", "caution", "ok")
        assert urlsplit(row.url).scheme in ("http", "https")
        assert 1990 < row.year < 2030


def test_row_ids_are_unique(tables):
    assert len(tables.by_id) == len(tables.interactions)


def test_interaction_rows_tell_no_one_what_dose_to_take(tables):
    advice = " ".join(row.advice.lower() for row in tables.interactions)
    assert "you should take" not in advice
    assert "your dose should" not in advice


def test_rows_of_a_medicine_come_worst_first(tables):
    found = tables.interactions_of(["ribociclib"])
    order = [("avoid", "caution", "ok").index(row.severity) for row in found]
    assert found and order == sorted(order)
    assert {row.a for row in found} == {"ribociclib"}


def test_unknown_medicine_has_no_rows(tables):
    assert tables.interactions_of(["no such thing"]) == ()


def test_services_and_leaflets_link_to_web_pages(tables):
    links = [row.url for row in (*tables.services, *tables.leaflets)]
    assert links and all(urlsplit(url).scheme in ("http", "https") for url in links)
    assert all(row.topics and row.for_whom for row in tables.services)


@pytest.mark.parametrize("row", ["a,b", ",".join("x" * 14)])
def test_row_that_does_not_match_its_header_is_refused_by_line(tmp_path, row):
    for name in ("interactions.csv", "services.csv", "nccn_titles.csv"):
        (tmp_path / name).write_text((RULES / name).read_text(encoding="utf-8"), encoding="utf-8")
    header = (tmp_path / "interactions.csv").read_text(encoding="utf-8").splitlines()[0]
    (tmp_path / "interactions.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    with pytest.raises(RuleError, match=r"interactions\.csv, line 2"):
        load_tables(tmp_path)
