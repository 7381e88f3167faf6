"""Alembic's entry: runs on the connection that the opening store hands over, in its transaction."""

from typing import cast

from alembic import context
from sqlalchemy import Connection

from memory.sql_tables import metadata


def _run() -> None:
    connection = cast(Connection, context.config.attributes["connection"])
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


_run()
