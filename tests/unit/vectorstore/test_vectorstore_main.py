import io
import json

import pytest

from tests.unit.vectorstore.shelf_documents import document
from vectorstore import __main__ as command_line
from vectorstore import ingest_command
from vectorstore.settings import VectorStoreSettings, default_data_dir, settings_from_environment


@pytest.fixture
def run(monkeypatch, capsys, tmp_path, library_dir, encoder):
    """Runs one command over the small library; gives status, output and complaints."""
    settings = VectorStoreSettings(data_dir=tmp_path / "data", library_dir=library_dir)
    monkeypatch.setattr(command_line, "settings_from_environment", lambda: settings)
    monkeypatch.setattr(ingest_command, "make_embeddings", lambda _settings: encoder)

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
    good = document(tmp_path / "caps.md")
    bad = document(tmp_path / "bad.md", year=None)
    status, out, err = run("ingest", good, bad)
    assert status == 1
    told = json.loads(out)
    assert (told["shelf_documents"], told["failed"], len(told["ingested"])) == (1, 1, 1)
    assert err == ("bad.md: lacks year; add it to the file's front matter or say it with --year\n")
    status, out, err = run("ingest", good, bad, "--year", "2024")
    assert (status, json.loads(out)["shelf_documents"], err) == (0, 1, "")
    _, out, _ = run("search", "cold caps for hair", "--json")
    assert json.loads(out)["passages"][0]["title"] == "Scalp cooling"
    _, out, _ = run("search", "cold caps for hair", "--json", "--on", "library")
    assert "Scalp cooling" not in out


def test_a_title_for_many_files_is_refused(run, tmp_path):
    document(tmp_path / "caps.md")
    status, out, err = run("ingest", tmp_path, "--title", "One for all")
    assert (status, out, err) == (2, "", "--title is for a single file; leave it out\n")


def test_stats_list_what_on_the_shelf_is_past_its_review(run, tmp_path):
    document(tmp_path / "caps.md", reviewed="2022-03-09")
    run("ingest", tmp_path / "caps.md")
    shelf = json.loads(run("stats", "--today", "2026-11-30")[1])["shelf"]
    assert (shelf["documents"], shelf["passages"]) == (1, 2)
    assert shelf["past_review"] == [
        "Scalp cooling (Cancer Institute): last reviewed March 2022; may be out of date:"
        " https://www.cancer.example/scalp-cooling"
    ]
    assert json.loads(run("stats", "--today", "2023-11-30")[1])["shelf"]["past_review"] == []


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
    monkeypatch.setattr("vectorstore.vectors.SHIPPED_QUESTIONS", tmp_path / "q.npz")

    def told():
        return [
            (line["file"], line["encoded"])
            for line in map(json.loads, run("vectors")[1].split("\n")[:-1])
        ]

    assert all(encoded > 0 for _, encoded in told())
    assert told() == [("v.npz", 0), ("q.npz", 0)]


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
