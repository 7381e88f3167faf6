from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa

from memory.encryption import Sealed
from memory.sql_tables import Encrypted, UtcTime

PLAIN = sa.Table("plain", sa.MetaData(), sa.Column("words", Encrypted), sa.Column("at", UtcTime))


@pytest.fixture
def connection():
    engine = sa.create_engine("sqlite://")
    with engine.begin() as opened:
        PLAIN.metadata.create_all(opened)
        yield opened
    engine.dispose()


def stored(connection, **values):
    connection.execute(sa.insert(PLAIN).values(**values))
    return connection.execute(sa.select(PLAIN)).mappings().one()


@pytest.mark.parametrize("clear", ["words", b"words"])
def test_clear_text_cannot_reach_an_encrypted_column(connection, clear):
    with pytest.raises(sa.exc.StatementError, match="sealed text alone"):
        stored(connection, words=clear)


def test_sealed_text_comes_back_sealed(connection):
    assert stored(connection, words=Sealed(b"\x00\x01"))["words"] == Sealed(b"\x00\x01")
    assert stored_nothing(connection) == {"words": None, "at": None}


def stored_nothing(connection):
    connection.execute(sa.delete(PLAIN))
    return dict(stored(connection, words=None))


def test_time_comes_back_aware_and_in_utc(connection):
    at = datetime(2026, 11, 22, 12, tzinfo=timezone(timedelta(hours=2)))
    read = stored(connection, at=at)["at"]
    assert (read, read.tzinfo) == (at, UTC)


def test_time_without_a_zone_is_refused(connection):
    with pytest.raises(sa.exc.StatementError, match="time zone"):
        stored(connection, at=datetime(2026, 11, 22))  # noqa: DTZ001  the refusal is the point
