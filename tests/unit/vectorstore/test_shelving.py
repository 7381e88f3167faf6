import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.unit.vectorstore.reading.made_pdfs import new_page, paged, scanned
from tests.unit.vectorstore.shelf_documents import FRONT, Told, document, numbered
from vectorstore.embeddings import MINILM
from vectorstore.ingest import open_shelf
from vectorstore.settings import VectorStoreSettings
from vectorstore.shelf import open_current
from vectorstore.shelving import Shelver

ROOT = Path(__file__).parents[3]


@pytest.fixture
def settings(tmp_path):
    return VectorStoreSettings(data_dir=tmp_path / "data")


@pytest.fixture
def told():
    return Told()


@pytest.fixture
def shelve(settings, encoder, told):
    """Puts files on the shelf of this test."""

    def run(*paths, prune=False, **given):
        return Shelver(settings, encoder, told, given).run(paths, prune=prune)

    return run


@pytest.fixture
def titles(settings):
    """What a reader who comes now finds."""

    def found():
        shelf = open_current(settings, MINILM)
        names = sorted(description.title for _, description in shelf.documents())
        shelf.close()
        return names

    return found


def test_a_second_run_does_nothing_again(shelve, tmp_path):
    numbered(tmp_path / "in", 3)
    first, second = shelve(tmp_path / "in"), shelve(tmp_path / "in")
    assert (len(first.ingested), first.encoded, first.documents) == (3, 3, 3)
    assert (second.ingested, second.unchanged, second.encoded, second.documents) == ([], 3, 0, 3)


def test_the_same_content_in_two_files_is_one_document_until_both_are_gone(shelve, tmp_path):
    paths = [document(tmp_path / "in" / name) for name in ("a.md", "b.md")]
    assert shelve(tmp_path / "in").documents == 1
    paths[0].unlink()
    assert shelve(tmp_path / "in", prune=True).removed == 0
    paths[1].unlink()
    assert shelve(tmp_path / "in", prune=True).removed == 1


def test_a_changed_file_replaces_and_a_vanished_one_goes_when_pruned(shelve, tmp_path, titles):
    first, second = numbered(tmp_path / "in", 2)
    elsewhere = document(tmp_path / "other.md", title="Other", url="https://o.example/")
    shelve(tmp_path / "in", elsewhere)
    document(first, title="Changed", url="https://www.cancer.example/changed")
    second.unlink()
    elsewhere.unlink()
    assert shelve(tmp_path / "in").documents == 3
    assert titles() == ["Changed", "Other", "caps 1"]
    assert shelve(tmp_path / "in", prune=True).removed == 1
    assert titles() == ["Changed", "Other"]


def test_of_one_address_the_newer_version_stays(shelve, tmp_path, titles):
    document(tmp_path / "1.md", title="New", reviewed="2025-05-01", year=2025)
    old = document(tmp_path / "2.md", title="Old", reviewed="2023-01-01", year=2023)
    result = shelve(tmp_path / "1.md", old)
    assert (result.older, result.documents, titles()) == (1, 1, ["New"])
    document(tmp_path / "3.md", title="Newest", reviewed="2026-01-01", year=2026)
    assert shelve(tmp_path / "3.md").documents == 1
    assert titles() == ["Newest"]
    (tmp_path / "3.md").unlink()
    shelve(tmp_path / "1.md", old, tmp_path / "3.md", prune=True)
    assert titles() == ["New"]


def test_what_is_bad_is_told_in_a_line_each_and_the_others_are_kept(shelve, told, tmp_path):
    folder = tmp_path / "in"
    document(folder / "good.md")
    document(folder / "no-words.md", " ")
    document(folder / "nobody.md", publisher=None, licence=None)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "latin.txt").write_bytes("Caf\u00e9".encode("latin-1"))
    (folder / "broken.docx").write_bytes(b"PK broken")
    (folder / "broken.pdf").write_bytes(b"%PDF- broken")
    scanned(folder / "scan.pdf")
    result = shelve(folder, tmp_path / "none.md")
    assert (len(result.ingested), len(result.failed)) == (1, 8)
    assert told.problems == result.failed
    assert all("\n" not in line and ": " in line for line in result.failed)
    assert (
        "nobody.md: lacks publisher, licence; add it to the file's front matter or say it with"
        " --publisher --licence"
    ) in result.failed


def test_what_is_left_of_a_file_that_is_no_text_is_kept_by_its_title(shelve, told, tmp_path):
    document(tmp_path / "m.md", "\ufffdBOOK \ufffd\ufffd H & \ufffd \ufffd , d4 \ufffd R\ufffd")
    assert shelve(tmp_path / "m.md").passages == 1
    assert told.problems == ["m.md: holds no readable text; kept by its title alone"]


@pytest.mark.parametrize("url", [FRONT["url"], None])
def test_a_licensed_pdf_is_found_and_opens_at_its_page(shelve, settings, encoder, tmp_path, url):
    paged(
        tmp_path / "bone.pdf",
        ["Calcium is taken with food.", new_page(), "Denosumab is given every six months."],
        title="Bone guideline",
    )
    said = {key: FRONT[key] for key in ("publisher", "year", "audience")} | {"kind": "guideline"}
    said |= {"licence": "licensed to the clinic"} | ({"url": url} if url else {})
    assert shelve(tmp_path / "bone.pdf", **said).failed == []
    shelf = open_shelf(settings, encoder)
    [best] = shelf.nearest([encoder.embed_query("how often is denosumab given")], limit=1)
    passage = shelf.passage(best[0].chunk_id)
    assert passage.text == "Denosumab is given every six months."
    assert passage.place == f"{url or 'bone.pdf'}#page=2"
    assert passage.document.may_be_quoted is False
    shelf.close()


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.unit.vectorstore.shelf_documents import Told
from vectorstore import shelving
from vectorstore.embeddings import MiniLMEmbeddings
from vectorstore.settings import VectorStoreSettings
shelving._BATCH = 2
class Killed(Told):
    encoded = 0
    def passages(self, encoded):
        self.encoded += encoded
        if self.encoded == int(sys.argv[3]):
            os.kill(os.getpid(), signal.SIGKILL)
settings = VectorStoreSettings(data_dir=Path(sys.argv[1]))
result = shelving.Shelver(settings, MiniLMEmbeddings(), Killed()).run([Path(sys.argv[2])])
print(len(result.ingested), result.unchanged, result.encoded, result.documents)
"""


def _child(settings, folder, kill_after=0):
    command = [sys.executable, "-c", KILLED, settings.data_dir, folder, str(kill_after)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_a_killed_run_is_gone_on_with_and_no_work_is_done_twice(settings, shelve, titles, tmp_path):
    folder = tmp_path / "in"
    numbered(folder, 2)
    long = [f"Sentence {n} {'tells of hair and caps ' * 20}{n}." for n in range(8)]
    document(folder / "long.md", "\n\n".join(long), title="Long", url="https://l.example/")
    child = _child(settings, folder, kill_after=4)  # in the middle of the long one
    assert child.wait(120) == -9
    assert open_current(settings, MINILM) is None
    result = shelve(folder)
    assert (len(result.ingested), result.unchanged) == (1, 2)
    assert result.encoded == result.passages - 2
    assert result.passages > 4
    assert titles() == ["Long", "caps 0", "caps 1"]


def test_two_runs_at_the_same_time_put_both_on_the_shelf(settings, shelve, titles, tmp_path):
    numbered(tmp_path / "caps", 3)
    numbered(tmp_path / "wigs", 3, "wigs")
    child = _child(settings, tmp_path / "caps")
    ours = shelve(tmp_path / "wigs")
    theirs, _ = child.communicate(timeout=120)
    assert child.returncode == 0
    assert len(ours.failed) == 0
    assert theirs.split()[0] == "3"
    assert len(titles()) == 6


def test_a_reader_never_sees_half_an_index(settings, shelve, encoder, tmp_path):
    numbered(tmp_path / "caps", 2)
    shelve(tmp_path / "caps")
    reader = open_shelf(settings, encoder)
    before = {title for _, title in _told(reader)}
    numbered(tmp_path / "wigs", 4, "wigs")
    seen, is_over = set(), threading.Event()

    def look():
        while not is_over.is_set():
            found = open_shelf(settings, encoder)
            near = found.nearest([encoder.embed_query("wigs")], limit=10)[0]
            seen.add((len(found), len(near)))
            found.close()

    looker = threading.Thread(target=look)
    looker.start()
    shelve(tmp_path / "wigs")
    is_over.set()
    looker.join(60)
    assert seen <= {(2, 2), (6, 6)}
    assert seen
    assert {title for _, title in _told(reader)} == before
    assert len(reader.nearest([encoder.embed_query("wigs")], limit=10)[0]) == 2
    folders = list((settings.data_dir / "shelf" / "index").iterdir())
    assert len(folders) == 2
    reader.close()
    numbered(tmp_path / "hats", 1, "hats")
    shelve(tmp_path / "hats")
    assert len(list((settings.data_dir / "shelf" / "index").iterdir())) == 1


def _told(shelf):
    return [(document_id, description.title) for document_id, description in shelf.documents()]


@pytest.mark.parametrize("damage", ["passages.sqlite3", "vectors/chroma.sqlite3", "complete-2"])
def test_a_damaged_index_is_built_anew_from_the_working_copy(
    settings, shelve, encoder, tmp_path, damage
):
    numbered(tmp_path / "in", 2)
    shelve(tmp_path / "in")
    [folder] = (settings.data_dir / "shelf" / "index").iterdir()
    if damage == "complete-2":
        (folder / damage).unlink()
    else:
        (folder / damage).write_text("not a database at all" * 500, encoding="utf-8")
    shelf = open_shelf(settings, encoder)
    assert len(shelf) == 2
    shelf.close()


def test_another_encoder_gets_an_index_of_its_own(settings, shelve, encoder, tmp_path):
    numbered(tmp_path / "in", 2)
    shelve(tmp_path / "in")
    other = settings.model_copy(update={"embeddings": "openai"})
    shelf = open_shelf(other, encoder)
    assert len(shelf) == 2
    shelf.close()
    shelf = open_shelf(settings, encoder)
    assert len(shelf) == 2
    shelf.close()
