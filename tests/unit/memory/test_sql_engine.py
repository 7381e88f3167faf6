import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from pydantic import SecretStr

from memory.errors import ConfigurationError, StoreUnavailableError
from memory.settings import MemorySettings
from memory.sql_engine import open_database
from memory.sql_store import open_store
from memory.sql_tables import metadata, people

ROOT = Path(__file__).parents[3]


@pytest.fixture
def settings(tmp_path):
    return MemorySettings(data_dir=tmp_path / "deep" / "data")


def test_opening_makes_everything_for_its_owner_alone(settings):
    store = open_store(settings)
    store.ensure_thread("ann", "t1")
    modes = {path.name: path.stat().st_mode & 0o777 for path in settings.data_dir.iterdir()}
    assert {"key", "carethread.db"} <= modes.keys()
    assert set(modes.values()) == {0o600}
    assert settings.data_dir.stat().st_mode & 0o777 == 0o700


def test_opening_again_keeps_what_is_there(settings):
    open_store(settings).ensure_thread("ann", "t1")
    assert [thread.thread_id for thread in open_store(settings).threads("ann")] == ["t1"]


def test_migrations_make_the_tables_as_they_are_declared(settings):
    with open_database(settings).engine.connect() as connection:
        assert set(sa.inspect(connection).get_table_names()) == {
            *metadata.tables,
            "alembic_version",
        }
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_connections_are_set_up(settings):
    with open_database(settings).engine.connect() as connection:
        pragmas = ("journal_mode", "foreign_keys", "secure_delete", "synchronous")
        read = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in pragmas]
    assert read == ["wal", 1, 1, 1]


def test_processes_that_start_at_once_open_one_store(settings):
    code = (
        "import sys; from pathlib import Path;"
        "from memory.settings import MemorySettings; from memory.sql_store import open_store;"
        "store = open_store(MemorySettings(data_dir=Path(sys.argv[1])));"
        "store.ensure_thread('ann', sys.argv[2])"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", code, str(settings.data_dir), f"t{n}"], cwd=ROOT)
        for n in range(3)
    ]
    assert [process.wait(timeout=60) for process in started] == [0, 0, 0]
    assert len(open_store(settings).threads("ann")) == 3


def test_store_opened_twice_here_and_once_elsewhere_still_takes_new_connections(settings):
    store, again = open_store(settings), open_store(settings)
    store.ensure_thread("ann", "t1")
    elsewhere = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]);"
        "c.execute('SELECT count(*) FROM people').fetchall(); c.close()"
    )
    # Without our locks it would be the last to close, and take the write-ahead log along.
    subprocess.run([sys.executable, "-c", elsewhere, str(settings.sqlite_path)], check=True)
    assert settings.sqlite_path.with_name("carethread.db-wal").exists()
    store.ensure_thread("ann", "t2")
    assert len(again.threads("ann")) == len(open_store(settings).threads("ann")) == 2


def test_missing_key_beside_people_is_told_and_not_replaced(settings):
    open_store(settings).ensure_thread("ann", "t1")
    settings.key_path.unlink()
    with pytest.raises(ConfigurationError, match=r"deep/data/key is missing"):
        open_store(settings)
    assert not settings.key_path.exists()


def test_missing_key_beside_nobody_is_made(settings):
    open_store(settings)
    settings.key_path.unlink()
    open_store(settings)
    assert settings.key_path.exists()


def test_key_of_another_installation_is_told(settings, tmp_path):
    open_store(settings).ensure_thread("ann", "t1")
    other = MemorySettings(data_dir=tmp_path / "other")
    open_store(other)
    settings.key_path.write_bytes(other.key_path.read_bytes())
    with pytest.raises(ConfigurationError, match="is not the one"):
        open_store(settings)


def test_key_that_others_may_read_stops_the_start(settings):
    open_store(settings)
    settings.key_path.chmod(0o644)
    with pytest.raises(ConfigurationError, match="can be read by others"):
        open_store(settings)


def test_forgetting_cut_short_is_finished_at_the_next_start(settings):
    open_store(settings).ensure_thread("ann", "t1")
    with open_database(settings).writer.begin() as connection:
        connection.execute(sa.update(people).values(wrapped_key=None))
    database = open_database(settings)
    with database.engine.connect() as connection:
        for table in ("people", "threads"):
            assert connection.scalar(sa.select(sa.func.count()).select_from(sa.table(table))) == 0


def test_someone_whose_forgetting_was_cut_short_may_come_anew(settings):
    store = open_store(settings)
    store.ensure_thread("ann", "t1")
    with open_database(settings).writer.begin() as connection:
        connection.execute(sa.update(people).values(wrapped_key=None))
    store.ensure_thread("ann", "t2")
    assert [thread.thread_id for thread in store.threads("ann")] == ["t2"]


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("no address with secret", "not a database address"),
        ("oracle9://u:secret@h/d", "no driver is installed"),
        ("sqlite://", "in memory"),
        ("sqlite:////missing/secret-free/x.db", "cannot be opened"),
    ],
)
def test_unusable_address_is_told_without_its_password(tmp_path, url, told):
    with pytest.raises(ConfigurationError, match=told) as refusal:
        open_store(MemorySettings(data_dir=tmp_path, database_url=SecretStr(url)))
    assert "secret@" not in str(refusal.value)


def test_sqlite_file_may_lie_elsewhere(tmp_path):
    url = SecretStr(f"sqlite:///{tmp_path}/else.db")
    open_store(MemorySettings(data_dir=tmp_path / "data", database_url=url))
    assert (tmp_path / "else.db").exists()
    assert not (tmp_path / "data" / "carethread.db").exists()


def test_file_that_is_no_database_is_told(tmp_path):
    (tmp_path / "carethread.db").write_bytes(b"not a database" * 100)
    with pytest.raises(StoreUnavailableError):
        open_store(MemorySettings(data_dir=tmp_path))


def test_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ConfigurationError, match="cannot be made"):
        open_store(MemorySettings(data_dir=tmp_path / "file" / "data"))


def test_folder_that_cannot_be_written_to_is_told(tmp_path):
    (tmp_path / "open.lock").mkdir()
    with pytest.raises(ConfigurationError, match="cannot be written to"):
        open_store(MemorySettings(data_dir=tmp_path))
