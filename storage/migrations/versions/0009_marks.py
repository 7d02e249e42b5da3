"""What accounts, people and changes are known by, and what is kept of where a rep was."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NUMBERED = {"sqlite_autoincrement": True}
TEXTS = {
    "accounts": ["code", "phone", "phone_digits", "tax_number"],
    "changes": ["source", "note"],
    "contacts": ["phone_digits"],
    "deals": ["code"],
    "people": ["code"],
    "visits": ["verdict"],
}
OPTIONAL = {
    "accounts": {"latitude": sa.Double(), "longitude": sa.Double()},
    "deliveries": {"standing": sa.Integer(), "lapses_at": sa.BigInteger()},
    "entries": {"digest": sa.String(), "salt": sa.String()},
    "units": {"closed_at": sa.DateTime(timezone=True)},
    "visits": {"distance": sa.Integer()},
}
INDEXED = {
    "accounts": ["code", "phone_digits", "tax_number"],
    "attendees": ["contact_id"],
    "contacts": ["phone_digits"],
    "deals": ["code"],
    "people": ["code"],
    "visits": ["contact_id"],
}
BATCH = 1_000


def upgrade() -> None:
    for table in sorted({*TEXTS, *OPTIONAL}):
        _add(table, TEXTS.get(table, []), OPTIONAL.get(table, {}))
    for table, columns in INDEXED.items():
        for column in columns:
            op.create_index(f"ix_{table}_{column}", table, [column])
    _fold_phones()


def _add(table: str, texts: list[str], optional: dict[str, sa.types.TypeEngine]) -> None:
    """Add columns; a text is empty in the rows already there, and new rows bring their own."""
    with op.batch_alter_table(table, table_kwargs=NUMBERED) as batch:
        for name in texts:
            batch.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        for name, kind in optional.items():
            batch.add_column(sa.Column(name, kind, nullable=True))
    if texts:
        with op.batch_alter_table(table, table_kwargs=NUMBERED) as batch:
            for name in texts:
                batch.alter_column(name, existing_type=sa.String(), server_default=None)


def _fold_phones() -> None:
    """The numbers that are known already, as they are looked up: their digits, without 86."""
    contacts = sa.table("contacts", sa.column("id"), sa.column("phone"), sa.column("phone_digits"))
    connection = op.get_bind()
    rows = connection.execute(sa.select(contacts.c.id, contacts.c.phone)).all()
    folded = [{"row": row, "digits": _digits(phone)} for row, phone in rows if phone]
    statement = (
        sa.update(contacts)
        .where(contacts.c.id == sa.bindparam("row"))
        .values(phone_digits=sa.bindparam("digits"))
    )
    for begins in range(0, len(folded), BATCH):
        connection.execute(statement, folded[begins : begins + BATCH])


def _digits(phone: str) -> str:
    digits = re.sub(r"[^0-9]", "", phone)
    return re.sub(r"^86(?=1[0-9]{10}$)", "", digits)


def downgrade() -> None:
    for table, columns in INDEXED.items():
        for column in columns:
            op.drop_index(f"ix_{table}_{column}", table)
    for table in sorted({*TEXTS, *OPTIONAL}):
        with op.batch_alter_table(table, table_kwargs=NUMBERED) as batch:
            for column in [*TEXTS.get(table, []), *OPTIONAL.get(table, {})]:
                batch.drop_column(column)
