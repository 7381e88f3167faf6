"""The first tables: people, threads, turns, events, facts, masks, feedback."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "people",
        sa.Column("person_key", sa.String(64), primary_key=True),
        sa.Column("wrapped_key", sa.LargeBinary),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "threads",
        sa.Column("thread_key", sa.String(64), primary_key=True),
        _person_key(),
        sa.Column("thread_id", sa.LargeBinary, nullable=False),
        sa.Column("about", sa.LargeBinary, nullable=False),
        sa.Column("title", sa.LargeBinary, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Index("threads_of_person", "person_key", "created_at"),
    )
    op.create_table(
        "turns",
        sa.Column("turn_id", sa.String(32), primary_key=True),
        sa.Column(
            "thread_key",
            sa.String(64),
            sa.ForeignKey("threads.thread_key", ondelete="CASCADE"),
            nullable=False,
        ),
        _person_key(),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("message_id", sa.String(32), nullable=False),
        sa.Column("message", sa.LargeBinary, nullable=False),
        sa.Column("typed", sa.LargeBinary, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("record", sa.LargeBinary),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("thread_key", "number", name="turns_in_order"),
        sa.Index("turns_of_person", "person_key"),
        sa.Index("turns_by_status", "status"),
    )
    op.create_table(
        "events",
        _turn_id(primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
    )
    _create_card_tables()
    op.create_table(
        "feedback",
        _turn_id(primary_key=True),
        sa.Column("thumbs", sa.String(4)),
        sa.Column("reason", sa.LargeBinary, nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
    )


def _create_card_tables() -> None:
    op.create_table(
        "facts",
        _person_key(primary_key=True),
        sa.Column("fact_id", sa.String(255), primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("fact", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "fact_sources",
        sa.Column("source_id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("person_key", sa.String(64), nullable=False),
        sa.Column("fact_id", sa.String(255), nullable=False),
        _turn_id(),
        sa.Column("said", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_key", "fact_id"], ["facts.person_key", "facts.fact_id"], ondelete="CASCADE"
        ),
        sa.Index("sources_of_fact", "person_key", "fact_id"),
        sa.Index("sources_in_turn", "turn_id"),
    )
    op.create_table(
        "masks",
        sa.Column("mask_id", sa.Integer, primary_key=True, autoincrement=True),
        _person_key(),
        sa.Column("message_id", sa.String(255), nullable=False),
        sa.Column("mask", sa.LargeBinary, nullable=False),
        sa.Index("masks_of_person", "person_key"),
    )


def _person_key(*, primary_key: bool = False) -> sa.Column[str]:
    person = sa.ForeignKey("people.person_key", ondelete="CASCADE")
    return sa.Column("person_key", sa.String(64), person, nullable=False, primary_key=primary_key)


def _turn_id(*, primary_key: bool = False) -> sa.Column[str]:
    turn = sa.ForeignKey("turns.turn_id", ondelete="CASCADE")
    return sa.Column("turn_id", sa.String(32), turn, nullable=False, primary_key=primary_key)
