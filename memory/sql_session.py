"""One person's share of the database, for the length of a transaction."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Connection, Engine, RowMapping, delete, insert, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from memory.encryption import KeyFile, PersonCipher, Sealed
from memory.errors import InvalidIdError, PersonNotFoundError, StoreUnavailableError
from memory.sql_tables import people

_LONGEST_ID: Final = 255
"""Characters."""


@dataclass(frozen=True, slots=True)
class PersonSession:
    """A transaction that sees one person's rows and holds their cipher."""

    connection: Connection
    person_key: str
    cipher: PersonCipher | None
    """None for someone unknown: then no row of theirs is found, and nothing is ever unsealed."""

    def seal(self, text: str) -> Sealed:
        """Encrypt for this person. Raises PersonNotFoundError."""
        return self._known().seal(text)

    def unseal(self, row: RowMapping, column: str) -> str:
        """The text of a row of this person."""
        return self._known().unseal(row[column])

    def _known(self) -> PersonCipher:
        if self.cipher is None:
            raise PersonNotFoundError("nothing is kept for this person")
        return self.cipher


@dataclass(frozen=True, slots=True)
class Database:
    """The engine and the key file; safe to share between threads."""

    engine: Engine
    writer: Engine
    """The same pool, for transactions that take the write lock as they begin."""
    key_file: KeyFile

    @contextmanager
    def reading(self, person_id: str) -> Iterator[PersonSession]:
        """A transaction that reads."""
        with transaction(self.engine) as connection:
            yield self._session(connection, person_id, lock=False)

    @contextmanager
    def writing(self, person_id: str, *, make: bool = False) -> Iterator[PersonSession]:
        """A transaction that writes: all or nothing, one at a time for each person.

        Args:
            person_id: whose rows.
            make: make the person if they are unknown.
        """
        with transaction(self.writer) as connection:
            session = self._session(connection, person_id, lock=True)
            if make and session.cipher is None:
                self._make_person(connection, session.person_key)
                session = self._session(connection, person_id, lock=True)
            yield session

    def _session(self, connection: Connection, person_id: str, *, lock: bool) -> PersonSession:
        person_key = hashed(person_id)
        query = select(people.c.wrapped_key).where(people.c.person_key == person_key)
        wrapped = connection.scalar(query.with_for_update() if lock else query)
        cipher = self.key_file.cipher(wrapped, person_key) if wrapped else None
        return PersonSession(connection, person_key, cipher)

    def _make_person(self, connection: Connection, person_key: str) -> None:
        # A row without a key is what a crash in the midst of forgetting leaves.
        this = people.c.person_key == person_key
        connection.execute(delete(people).where(this, people.c.wrapped_key.is_(None)))
        wrapped_key = self.key_file.new_wrapped_key(person_key)
        made = {"person_key": person_key, "wrapped_key": wrapped_key, "created_at": now()}
        # Where writers do not wait for each other, another may make them at this very moment.
        with suppress(IntegrityError), connection.begin_nested():
            connection.execute(insert(people).values(made))


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """A transaction; what the database refuses is a StoreUnavailableError."""
    try:
        with engine.begin() as connection:
            yield connection
    except SQLAlchemyError as error:
        code = type(error).__name__
        raise StoreUnavailableError(f"the database did not take the operation: {code}") from error


def hashed(given_id: str) -> str:
    """The key under which rows of an id from outside are kept.

    Raises:
        InvalidIdError: the id is empty or longer than 255 characters.
    """
    if not 0 < len(given_id) <= _LONGEST_ID:
        raise InvalidIdError(f"an id has 1 to {_LONGEST_ID} characters, this one {len(given_id)}")
    return hashlib.sha256(given_id.encode("utf-8", "surrogatepass")).hexdigest()


def now() -> datetime:
    """The time, aware."""
    return datetime.now(UTC)
