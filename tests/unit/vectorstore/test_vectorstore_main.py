import io
import json

import pytest

from tests.unit.vectorstore.test_shelf import _document
from vectorstore import __main__ as command_line
from vectorstore.settings import VectorStoreSettings, default_data_dir, settings_from_environment


@pytest.fixture
def run(monkeypatch, capsys, tmp_path, library_dir):
    """Runs one command over the small library; gives status, output and complaints."""
    settings = VectorStoreSettings(data_dir=tmp_path / "data", library_dir=library_dir)
    monkeypatch.setattr(command_line, "settings_from_environment", lambda: settings)

    def run(*arguments: object, stdin: str = ""):
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        status = command_line.main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return status, out, err

    return run


def test_search_writes_one_object_with_passages(run):
    status, out, err = run("search", "What counts as a fever?", "--json")
    record = json.loads(out)
    assert (status, err) == (0, "")
    assert record["query"] == "What counts as a fever?"
    first = record["passages"][0]
    assert set(first) == {"id", "title", "section", "text", "source", "url", "score"}
    assert first["id"].startswith("fever#")
    assert first["url"] == "https://www.cancer.gov/a-page"
    assert first["source"] == "National Cancer Institute: A page"


def test_search_reads_queries_a_line_and_goes_on_after_a_bad_one(run):
    lines = '{"query": "fever"}\nnot json\n["fever"]\n{"query": 3}\n{"query": "sore joints"}\n'
    status, out, err = run("search", "--jsonl", stdin=lines)
    assert status == 1
    assert [json.loads(row)["query"] for row in out.splitlines()] == ["fever", "sore joints"]
    assert [row.split(":")[0] for row in err.splitlines()] == ["line 2", "line 3", "line 4"]


def test_search_without_a_form_writes_plain_text(run):
    status, out, _ = run("search", "sore joints")
    assert status == 0
    assert "Letrozole (Femara): Side effects" in out


@pytest.mark.parametrize("arguments", [["search"], ["search", "fever", "--jsonl"]])
def test_search_needs_words_or_lines_and_not_both(run, arguments):
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert err.count("\n") == 1


def test_ingest_keeps_what_is_good_and_tells_what_is_not(run, tmp_path):
    good = _document(tmp_path / "caps.md")
    bad = _document(tmp_path / "bad.md", year=None)
    status, out, err = run("ingest", good, bad)
    assert status == 1
    assert json.loads(out)["shelf_documents"] == 1
    assert err == "bad.md: the front matter lacks year\n"
    status, out, err = run("ingest", good)
    assert (status, json.loads(out)["shelf_documents"], err) == (0, 1, "")
    _, out, _ = run("search", "cold caps for hair", "--json")
    assert json.loads(out)["passages"][0]["title"] == "Scalp cooling"


def test_stats_counts_and_takes_a_day(run):
    status, out, _ = run("stats", "--today", "2030-01-01")
    assert status == 0
    assert json.loads(out)["past_review"] == ["fever", "letrozole", "walking"]


def test_check_tells_problems_and_fails(run, library_dir):
    assert run("check") == (0, "", "")
    bad = library_dir / "bad.md"
    bad.write_text("nothing", encoding="utf-8")
    try:
        status, out, _ = run("check")
    finally:
        bad.unlink()
    assert status == 1
    assert out.startswith("bad: line 1")


def test_an_error_is_one_plain_line_and_no_data(run, library_dir):
    bad = library_dir / "bad.md"
    bad.write_text("nothing", encoding="utf-8")
    try:
        status, out, err = run("search", "fever", "--json")
    finally:
        bad.unlink()
    assert (status, out) == (2, "")
    assert err == "bad.md: line 1: no front matter between two `---` lines\n"


def test_vectors_are_brought_up_to_date(run, tmp_path, monkeypatch):
    monkeypatch.setattr("vectorstore.vectors.SHIPPED_VECTORS", tmp_path / "v.npz")
    assert json.loads(run("vectors")[1])["encoded"] > 0
    assert json.loads(run("vectors")[1])["encoded"] == 0


def test_the_environment_names_the_data_folder_and_the_server(monkeypatch, tmp_path):
    monkeypatch.setenv("CARETHREAD_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("CHROMA_HOST", "chroma:8000")
    settings = settings_from_environment()
    assert (settings.data_dir, settings.chroma_host) == (tmp_path, "chroma:8000")


def test_without_it_the_persons_own_data_folder_is_used(monkeypatch, tmp_path):
    for name in ("CARETHREAD_DATA_DIR", "CHROMA_HOST"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert settings_from_environment().data_dir == tmp_path / "carethread"
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert default_data_dir() == tmp_path / ".local" / "share" / "carethread"
