import json

import pytest

from evals.cases import CaseError, read_cases, read_rows, sampled


def written(path, *rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_absent_file_holds_no_cases(tmp_path):
    assert read_rows(tmp_path / "none.jsonl") == []


def test_rows_keep_their_order_and_blank_lines_do_not_count(tmp_path):
    path = written(tmp_path / "cases.jsonl", {"id": "b"}, {"id": "a"})
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert [row["id"] for row in read_rows(path)] == ["b", "a"]


def test_an_id_that_stands_twice_is_refused(tmp_path):
    with pytest.raises(CaseError, match="twice: a"):
        read_rows(written(tmp_path / "cases.jsonl", {"id": "a"}, {"id": "a"}))


@pytest.mark.parametrize("line", ["{", "[1]", '{"text": "no id"}'])
def test_a_line_that_is_no_case_is_named(tmp_path, line):
    path = tmp_path / "cases.jsonl"
    path.write_text('{"id": "a"}\n' + line, encoding="utf-8")
    with pytest.raises(CaseError, match=r"cases\.jsonl, line 2"):
        read_rows(path)


def test_a_case_that_lacks_a_key_is_named(tmp_path):
    path = written(tmp_path / "cases.jsonl", {"id": "a", "text": "t"}, {"id": "b"})
    with pytest.raises(CaseError, match=r"case 2: no 'text'"):
        read_cases(path, lambda row: row["text"])


def test_a_sample_is_the_same_each_time_and_in_order():
    cases = list(range(100))
    assert sampled(cases, 10) == sampled(cases, 10) == sorted(sampled(cases, 10))
    assert len(set(sampled(cases, 10))) == 10
    assert sampled(cases, None) == sampled(cases, 1000) == cases
