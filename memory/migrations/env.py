"""Alembic's entry: runs on the connection that the opening store hands over, in its transaction."""

from alembic import context
from sqlalchemy import Connection

from memory.sql_tables import metadata


def _run() -> None:
    connection = context.config.attributes["connection"]
    if not isinstance(connection, Connection):
        raise TypeError("migrations run on the connection of an opening store")
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


_run()
