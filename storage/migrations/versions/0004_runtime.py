"""The inbox, the outbox, buttons, drafts, the clock's marks."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NEW = sa.text("state = 'new'")
DUE = sa.text("state IN ('pending', 'sending')")


def upgrade() -> None:
    op.create_table(
        "cursors",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_cursors"),
    )
    op.create_table(
        "gates",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("tat", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_gates"),
    )
    op.create_table(
        "inbox",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("bot", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("error", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
        sa.UniqueConstraint("platform", "bot", "external_id", name="uq_inbox_update"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_inbox_new", "inbox", ["chat", "id"], postgresql_where=NEW, sqlite_where=NEW
    )
    op.create_index("ix_inbox_next", "inbox", ["id"], postgresql_where=NEW, sqlite_where=NEW)
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"])
    op.create_table(
        "job_runs",
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("job", "period", name="pk_job_runs"),
    )
    op.create_table(
        "lanes",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("tat", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_lanes"),
    )
    op.create_table(
        "calls",
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("card", sa.String(), nullable=False),
        sa.Column("command", sa.String(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("single_use", sa.Boolean(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_calls_person_id_people"),
        sa.PrimaryKeyConstraint("token", name="pk_calls"),
    )
    op.create_index("ix_calls_card", "calls", ["card"])
    op.create_index("ix_calls_expires_at", "calls", ["expires_at"])
    op.create_table(
        "deliveries",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("dedup", sa.String(), nullable=False),
        sa.Column("lane", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("ready_at", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("update_id", BIG_ID, nullable=True),
        sa.Column("priority", sa.SmallInteger(), nullable=False),
        sa.Column("repeatable", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("message_ref", sa.String(), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_deliveries_person_id_people"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("dedup", name="uq_deliveries_dedup"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_deliveries_chat",
        "deliveries",
        ["chat", "priority", "id"],
        postgresql_where=DUE,
        sqlite_where=DUE,
    )
    op.create_index(
        "ix_deliveries_due",
        "deliveries",
        ["lane", "priority", "ready_at"],
        postgresql_where=DUE,
        sqlite_where=DUE,
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("command", sa.String(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("asking", sa.String(), nullable=False),
        sa.Column("guided", sa.Boolean(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_drafts_person_id_people"),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
        sa.UniqueConstraint("person_id", "chat", name="uq_drafts_person_id"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("drafts")
    op.drop_table("deliveries")
    op.drop_table("calls")
    op.drop_table("lanes")
    op.drop_table("job_runs")
    op.drop_table("inbox")
    op.drop_table("gates")
    op.drop_table("cursors")
