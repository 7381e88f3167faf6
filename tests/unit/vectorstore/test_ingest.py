import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from langchain_core.embeddings import Embeddings

from tests.unit.vectorstore.small_library import article_text
from vectorstore import folder_lock, ingest
from vectorstore.errors import ArticleError, ConfigurationError
from vectorstore.hybrid import HybridRetriever
from vectorstore.index_folder import VectorIndexBuilder
from vectorstore.ingest import open_index
from vectorstore.settings import VectorStoreSettings

ROOT = Path(__file__).parents[3]


@pytest.fixture
def settings(tmp_path, library_dir):
    folder = shutil.copytree(library_dir, tmp_path / "library")
    return VectorStoreSettings(data_dir=tmp_path / "data", library_dir=folder)


def _folders(settings):
    return sorted(path.name for path in (settings.data_dir / "index").iterdir())


def _open(settings):
    steps = []
    index = open_index(settings, lambda *step: steps.append(step))
    return index, steps


def test_an_index_is_built_once_and_then_only_opened(settings):
    index, steps = _open(settings)
    index.close()
    assert steps
    again, steps = _open(settings)
    assert steps == []
    assert len(again.library) == 3
    assert len(_folders(settings)) == 1
    again.close()


def test_a_changed_library_gets_a_new_folder_and_the_unused_one_goes(settings):
    index, _ = _open(settings)
    index.close()
    [before] = _folders(settings)
    (settings.library_dir / "fever.md").unlink()
    index, _ = _open(settings)
    index.close()
    [after] = _folders(settings)
    assert before != after
    assert set(index.library.articles) == {"letrozole", "walking"}


class OtherEncoder(Embeddings):
    """An encoder of another space: five numbers instead of 384."""

    def embed_query(self, text):
        return [1.0, float(len(text) % 7), 0.0, 1.0, 0.5]

    def embed_documents(self, texts):
        return [self.embed_query(text) for text in texts]


def test_another_encoder_builds_an_index_of_its_own_and_never_mixes(settings, monkeypatch):
    index, _ = _open(settings)
    index.close()
    [before] = _folders(settings)
    monkeypatch.setattr(ingest, "make_embeddings", lambda _settings: OtherEncoder())
    for model in ("text-embedding-3-small", "text-embedding-3-large"):
        told = {"embeddings": "openai", "openai_embedding_model": model}
        other, steps = _open(settings.model_copy(update=told))
        assert steps and before not in _folders(settings)
        found = HybridRetriever(index=other).search("letrozole")
        assert {hit.article_id for hit in found} <= set(other.library.articles) and found
        other.close()
        [before] = _folders(settings)


def test_a_folder_in_use_is_not_removed(settings):
    used, _ = _open(settings)
    (settings.library_dir / "fever.md").unlink()
    index, _ = _open(settings)
    assert len(_folders(settings)) == 2
    assert HybridRetriever(index=used).search("fever")[0].article_id == "fever"
    used.close()
    index.close()


def test_only_new_texts_are_encoded_when_the_library_changes(settings):
    _open(settings)[0].close()
    path = settings.library_dir / "fever.md"
    text = path.read_text(encoding="utf-8").replace("a blood test", "blood drawn")
    path.write_text(text, encoding="utf-8")
    index, steps = _open(settings)
    index.close()
    assert [total for _, total, work in steps if work == "encoding"] == [1]


@pytest.mark.parametrize("age_s", [0, 7200])
def test_what_a_killed_build_left_is_never_opened_and_goes_when_it_is_old(settings, age_s):
    left = settings.data_dir / "index" / ".building-x"
    left.mkdir(parents=True)
    then = time.time() - age_s
    os.utime(left, (then, then))
    index, _ = _open(settings)
    index.close()
    assert left.exists() is (age_s == 0)


def test_a_folder_without_its_end_mark_is_built_anew(settings):
    index, _ = _open(settings)
    index.close()
    [name] = _folders(settings)
    (settings.data_dir / "index" / name / "complete").unlink()
    index, steps = _open(settings)
    assert steps
    assert HybridRetriever(index=index).search("fever")
    index.close()


@pytest.mark.parametrize("damage", ["not a database at all", ""])
def test_a_damaged_index_is_built_anew(settings, damage):
    index, _ = _open(settings)
    index.close()
    [name] = _folders(settings)
    database = settings.data_dir / "index" / name / "chroma.sqlite3"
    database.write_text(damage * 500, encoding="utf-8")
    index, steps = _open(settings)
    assert steps
    assert HybridRetriever(index=index).search("fever")
    index.close()


_OPEN_AND_SEARCH = """
import sys
from pathlib import Path
from vectorstore.hybrid import HybridRetriever
from vectorstore.ingest import open_index
from vectorstore.settings import VectorStoreSettings

data, library = map(Path, sys.argv[1:])
index = open_index(VectorStoreSettings(data_dir=data, library_dir=library))
print(HybridRetriever(index=index).search("What counts as a fever?")[0].chunk_id, flush=True)
index.close()
"""


def test_two_processes_that_start_at_once_both_get_an_index(settings):
    folders = [str(settings.data_dir), str(settings.library_dir)]
    command = [sys.executable, "-c", _OPEN_AND_SEARCH, *folders]
    starters = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in "ab"
    ]
    # How they end is no part of it: a thread of a native library may abort one as it is torn down.
    answers = [starter.communicate(timeout=60)[0] for starter in starters]
    assert answers[0] == answers[1] != ""
    assert len(_folders(settings)) == 1


def test_the_loser_of_a_race_takes_the_winners_index(settings, index, monkeypatch):
    contents = {"library": [c for c in index.chunks.values() if c.lines]}
    builder = VectorIndexBuilder(settings, contents, index.embeddings)
    hold = folder_lock.hold
    winner = []

    def hold_after_another_process_was_faster(folder):
        if not winner:
            winner.append(None)
            winner[0] = VectorIndexBuilder(settings, contents, index.embeddings).open()
        return hold(folder)

    monkeypatch.setattr(folder_lock, "hold", hold_after_another_process_was_faster)
    opened, used = builder.open()
    assert opened.count("library") == len(contents["library"])
    assert len(_folders(settings)) == 1
    for part in (opened, used, *winner[0]):
        part.close()


def test_a_data_folder_that_cannot_be_written_is_told(settings):
    settings.data_dir.write_text("a file, not a folder", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="cannot be kept"):
        open_index(settings)


def test_an_article_that_cannot_be_read_is_told(settings):
    (settings.library_dir / "bad.md").write_text("nothing", encoding="utf-8")
    with pytest.raises(ArticleError, match=r"bad\.md"):
        open_index(settings)


def test_a_chunk_tells_its_sources_and_its_article(index):
    [source] = index.sources("fever#in_short")
    assert source.url == "https://www.cancer.gov/a-page"
    assert index.sources("fever#answers.1") == ()
    assert index.article("fever").title == "Fever during treatment"
    with pytest.raises(KeyError):
        index.article("nothing")


def test_the_most_cited_source_comes_first(settings):
    second = "2: {publisher: B, title: B, year: 2025, kind: label, url: u, read_from: r}"
    text = article_text("fever").replace("\n  1: {", f"\n  {second}\n  1: {{")
    text = text.replace("night. [1]", "night. [2]").replace(
        "chemotherapy. [1]", "chemotherapy. [1][2]"
    )
    (settings.library_dir / "fever.md").write_text(text, encoding="utf-8")
    index, _ = _open(settings)
    assert [source.n for source in index.sources("fever#when_to_call")] == [2, 1]
    assert [source.n for source in index.sources("fever#tests")] == [1, 2]
    index.close()
