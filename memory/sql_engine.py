"""Opening the database: engine, migrations and key file; safe when two processes start at once."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Final, cast

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, Engine, create_engine, delete, event, make_url, select, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from memory.encryption import KeyFile, make_key_file, read_key_file
from memory.errors import ConfigurationError
from memory.settings import MemorySettings
from memory.sql_session import Database, transaction
from memory.sql_tables import people

_BUSY_TIMEOUT_MS: Final = 15_000
_MIGRATION_LOCK: Final = 20_261_122
"""Any number that is this application's own among a Postgres server's advisory locks."""


def open_database(settings: MemorySettings) -> Database:
    """Open the database, made or brought up to date if need be.

    Raises:
        ConfigurationError: the folder, the key file or the address cannot be used.
        StoreUnavailableError: the database does not answer.
    """
    make_folder(settings.data_dir)
    with _one_at_a_time(settings.data_dir):
        if settings.key_path.exists():
            read_key_file(settings.key_path)
        engine = _make_engine(_address(settings))
        writer = engine.execution_options(takes_write_lock=True)
        with transaction(writer) as connection:
            _migrate(connection)
            # What a crash in the midst of forgetting left; their keys are gone already.
            connection.execute(delete(people).where(people.c.wrapped_key.is_(None)))
        return Database(engine, writer, _key_file(settings, engine))


def make_folder(folder: Path) -> None:
    """Make the folder of the store, for its owner alone. Raises ConfigurationError."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(f"the data folder {folder} cannot be made") from error


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Hold the folder while a store is being opened in it."""
    try:
        lock = os.open(folder / "open.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise ConfigurationError(f"the data folder {folder} cannot be written to") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _address(settings: MemorySettings) -> URL:
    if settings.database_url is None:
        return URL.create("sqlite", database=str(settings.sqlite_path))
    try:
        return make_url(settings.database_url.get_secret_value())
    except (ArgumentError, ValueError) as error:
        # The address may hold a password: no part of it is told.
        raise ConfigurationError("DATABASE_URL is not a database address") from error


def _make_engine(url: URL) -> Engine:
    try:
        # Parameters hold no clear text, and still do not belong into an error.
        engine = create_engine(url, hide_parameters=True, pool_pre_ping=url.host is not None)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        message = f"DATABASE_URL names {url.drivername!r}, for which no driver is installed"
        raise ConfigurationError(message) from error
    if url.get_backend_name() == "sqlite":
        _keep_to_owner(url)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _keep_to_owner(url: URL) -> None:
    """Make the file before SQLite does, so that it and those beside it are its owner's alone."""
    if not url.database or url.database == ":memory:":
        raise ConfigurationError("DATABASE_URL names a database in memory, which keeps nothing")
    if Path(url.database).is_file() and os.access(url.database, os.R_OK | os.W_OK):
        return  # to open and close it here would drop the locks this process holds on it
    try:
        os.close(os.open(url.database, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise ConfigurationError(f"the database {url.database} cannot be opened") from error


def _set_up_sqlite(opened: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    sqlite = cast(SqliteConnection, opened)
    # The driver would begin transactions by itself, and late; `_begin_sqlite` does.
    sqlite.isolation_level = None
    for pragma in (
        f"busy_timeout = {_BUSY_TIMEOUT_MS}",
        "journal_mode = WAL",
        # In WAL, a commit survives the death of the process; only a power cut may take the last.
        "synchronous = NORMAL",
        "foreign_keys = ON",
        # Deleted rows are overwritten with zeros in the file.
        "secure_delete = ON",
    ):
        sqlite.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A reader that turns writer fails at once when another has written: writers say so first.
    writes = connection.get_execution_options().get("takes_write_lock", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _migrate(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        lock = text("SELECT pg_advisory_xact_lock(:number)")
        connection.execute(lock, {"number": _MIGRATION_LOCK})
    config = Config()
    folder = Path(__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _key_file(settings: MemorySettings, engine: Engine) -> KeyFile:
    """The key file; made when nobody is kept yet, and tried on someone who is."""
    with transaction(engine) as connection:
        someone = connection.execute(select(people).limit(1)).mappings().first()
    if someone is None and not settings.key_path.exists():
        make_key_file(settings.key_path)
    if not settings.key_path.exists():
        message = f"the key file {settings.key_path} is missing, and the database holds people"
        raise ConfigurationError(message)
    key_file = read_key_file(settings.key_path)
    if someone is not None:
        key_file.cipher(someone["wrapped_key"], someone["person_key"])
    return key_file


def checkpoint(engine: Engine) -> None:
    """Bring what was deleted out of SQLite's journal too; nothing to do elsewhere."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            # Past SQLAlchemy, which would begin a transaction, where SQLite cannot do this.
            sqlite = cast(SqliteConnection, connection.connection.dbapi_connection)
            sqlite.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
