"""The tables. In clear: ids and hashes of ids, numbers, status, times, kinds of event."""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import (
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
)

from memory.encryption import Sealed

HASH_CHARS: Final = 64
"""A SHA-256 in hexadecimal."""
ID_CHARS: Final = 32
"""A UUID in hexadecimal."""


class Encrypted(TypeDecorator[Sealed]):
    """A column that only takes and only gives sealed text.

    The key is the row's person's, and a column type sees a value without its row. Handing it the
    key through a context variable would fail in silence in a thread where another person's is
    set. So the session of a person seals (`memory.sql_session`), and this type refuses
    everything that is not sealed: clear text cannot reach the database by mistake.
    """

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Sealed | None, dialect: Dialect) -> bytes | None:
        """The bytes to store."""
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise TypeError("an encrypted column takes sealed text alone")
        return value.ciphertext

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Sealed | None:
        """The stored bytes, still sealed."""
        return None if value is None else Sealed(bytes(value))


class UtcTime(TypeDecorator[datetime]):
    """An aware time in UTC; SQLite drops the time zone, which this puts back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The time in UTC; a naive time is refused."""
        if value is not None and value.tzinfo is None:
            raise TypeError("a stored time says its time zone")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The time, aware."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


metadata = MetaData()


def _person_key(*, primary_key: bool = False) -> Column[str]:
    return Column(
        "person_key",
        String(HASH_CHARS),
        ForeignKey("people.person_key", ondelete="CASCADE"),
        nullable=False,
        primary_key=primary_key,
    )


def _turn_id(*, primary_key: bool) -> Column[str]:
    return Column(
        "turn_id",
        String(ID_CHARS),
        ForeignKey("turns.turn_id", ondelete="CASCADE"),
        nullable=False,
        primary_key=primary_key,
    )


people = Table(
    "people",
    metadata,
    # A hash: the id itself is what a browser is known by, and a copied database gives none away.
    Column("person_key", String(HASH_CHARS), primary_key=True),
    # Null while a person is being forgotten: the key goes first, then the rows.
    Column("wrapped_key", LargeBinary),
    Column("created_at", UtcTime, nullable=False),
)

threads = Table(
    "threads",
    metadata,
    Column("thread_key", String(HASH_CHARS), primary_key=True),
    _person_key(),
    # Ids come from whoever calls and may be a name, or the person's id again.
    Column("thread_id", Encrypted, nullable=False),
    Column("about", Encrypted, nullable=False),
    Column("title", Encrypted, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Index("threads_of_person", "person_key", "created_at"),
)

turns = Table(
    "turns",
    metadata,
    Column("turn_id", String(ID_CHARS), primary_key=True),
    Column(
        "thread_key",
        String(HASH_CHARS),
        ForeignKey("threads.thread_key", ondelete="CASCADE"),
        nullable=False,
    ),
    _person_key(),
    Column("number", Integer, nullable=False),
    Column("message_id", String(ID_CHARS), nullable=False),
    Column("message", Encrypted, nullable=False),
    Column("typed", Encrypted, nullable=False),
    Column("status", String(16), nullable=False),
    Column("record", Encrypted),
    Column("created_at", UtcTime, nullable=False),
    Column("finished_at", UtcTime),
    UniqueConstraint("thread_key", "number", name="turns_in_order"),
    Index("turns_of_person", "person_key"),
    Index("turns_by_status", "status"),
)

events = Table(
    "events",
    metadata,
    _turn_id(primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(64), nullable=False),
    Column("payload", Encrypted, nullable=False),
)

facts = Table(
    "facts",
    metadata,
    _person_key(primary_key=True),
    Column("fact_id", String(255), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("fact", Encrypted, nullable=False),
)

fact_sources = Table(
    "fact_sources",
    metadata,
    Column("source_id", Integer, primary_key=True, autoincrement=True),
    Column("person_key", String(HASH_CHARS), nullable=False),
    Column("fact_id", String(255), nullable=False),
    _turn_id(primary_key=False),
    Column("said", Encrypted, nullable=False),
    ForeignKeyConstraint(
        ["person_key", "fact_id"], ["facts.person_key", "facts.fact_id"], ondelete="CASCADE"
    ),
    Index("sources_of_fact", "person_key", "fact_id"),
    Index("sources_in_turn", "turn_id"),
)

masks = Table(
    "masks",
    metadata,
    Column("mask_id", Integer, primary_key=True, autoincrement=True),
    _person_key(),
    Column("message_id", String(255), nullable=False),
    Column("mask", Encrypted, nullable=False),
    Index("masks_of_person", "person_key"),
)

feedback = Table(
    "feedback",
    metadata,
    _turn_id(primary_key=True),
    Column("thumbs", String(4)),
    Column("reason", Encrypted, nullable=False),
    Column("given_at", UtcTime, nullable=False),
)

kept = Table(
    "kept",
    metadata,
    _person_key(primary_key=True),
    # A name from code, such as that of a consent; never a person's words.
    Column("name", String(64), primary_key=True),
    Column("text", Encrypted, nullable=False),
)
