"""What messages in plain words say: reminders, whole days, products, who else was met."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NUMBERED = {"sqlite_autoincrement": True}
TEXT = {"type_": sa.String(), "server_default": ""}
FLAG = {"type_": sa.Boolean(), "server_default": sa.false()}


def upgrade() -> None:
    _add("visits", {"all_day": FLAG, "product": TEXT, "competitor": TEXT}, NUMBERED)
    _add("deals", {"note": TEXT}, NUMBERED)
    _add("people", {"save_at_once": FLAG}, NUMBERED)
    _add("calls", {"review": TEXT}, {})
    op.create_index("ix_calls_review", "calls", ["review"])
    op.create_table(
        "attendees",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name="fk_attendees_contact_id_contacts"
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name="fk_attendees_visit_id_visits"),
        sa.PrimaryKeyConstraint("id", name="pk_attendees"),
        **NUMBERED,
    )
    op.create_index("ix_attendees_visit_id", "attendees", ["visit_id"])
    op.create_table(
        "reminders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("all_day", sa.Boolean(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_reminders_account_id_accounts"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_reminders_person_id_people"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_reminders_unit_id_units"),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name="fk_reminders_visit_id_visits"),
        sa.PrimaryKeyConstraint("id", name="pk_reminders"),
        **NUMBERED,
    )
    op.create_index("ix_reminders_account_id", "reminders", ["account_id"])
    op.create_index("ix_reminders_person_due", "reminders", ["person_id", "done_at", "due_at"])
    op.create_index("ix_reminders_unit_id", "reminders", ["unit_id"])
    op.create_index("ix_reminders_visit_id", "reminders", ["visit_id"])


def _add(table: str, columns: dict[str, dict[str, object]], options: dict[str, object]) -> None:
    """Add columns that the rows already there have a value for; new rows bring their own."""
    with op.batch_alter_table(table, table_kwargs=options) as batch:
        for name, column in columns.items():
            batch.add_column(
                sa.Column(
                    name, column["type_"], nullable=False, server_default=column["server_default"]
                )
            )
    with op.batch_alter_table(table, table_kwargs=options) as batch:
        for name, column in columns.items():
            batch.alter_column(name, existing_type=column["type_"], server_default=None)


def downgrade() -> None:
    op.drop_table("reminders")
    op.drop_table("attendees")
    op.drop_index("ix_calls_review", "calls")
    for table, columns, options in (
        ("calls", ["review"], {}),
        ("people", ["save_at_once"], NUMBERED),
        ("deals", ["note"], NUMBERED),
        ("visits", ["all_day", "product", "competitor"], NUMBERED),
    ):
        with op.batch_alter_table(table, table_kwargs=options) as batch:
            for column in columns:
                batch.drop_column(column)
