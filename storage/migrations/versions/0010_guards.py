"""The database itself refuses to change or delete what the journal holds, and what of erasures.

On SQLite a table that is made anew to be altered loses its triggers: a later migration that alters
``changes``, ``entries``, ``seals`` or ``erasures`` makes them again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

SAME = (
    "NEW.id = OLD.id AND NEW.change_id = OLD.change_id"
    " AND NEW.noun = OLD.noun AND NEW.key = OLD.key"
)
SEALING = "OLD.digest IS NULL AND NEW.digest IS NOT NULL AND NEW.salt IS NOT NULL"
SEALED = "OLD.digest IS NOT NULL AND OLD.noun <> 'erasures'"
SQLITE_KEPT = "NEW.before IS OLD.before AND NEW.after IS OLD.after"
SQLITE_GONE = (
    f"{SEALED} AND NEW.digest IS OLD.digest AND NEW.salt IS NULL"
    " AND coalesce(NEW.before, 'null') = 'null' AND coalesce(NEW.after, 'null') = 'null'"
)
POSTGRES_KEPT = (
    "NEW.before::text IS NOT DISTINCT FROM OLD.before::text"
    " AND NEW.after::text IS NOT DISTINCT FROM OLD.after::text"
)
POSTGRES_GONE = (
    f"{SEALED} AND NEW.digest IS NOT DISTINCT FROM OLD.digest AND NEW.salt IS NULL"
    " AND coalesce(NEW.before::text, 'null') = 'null'"
    " AND coalesce(NEW.after::text, 'null') = 'null'"
)
SQLITE = f"{SAME} AND (({SEALING} AND {SQLITE_KEPT}) OR ({SQLITE_GONE}))"
POSTGRES = f"{SAME} AND (({SEALING} AND {POSTGRES_KEPT}) OR ({POSTGRES_GONE}))"
REFUSED = "the journal is only added to"
REFUSE = (
    "CREATE OR REPLACE FUNCTION journal_refuses() RETURNS trigger LANGUAGE plpgsql"
    f" AS $$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$"
)
GUARDED = [
    ("changes", "DELETE"),
    ("entries", "DELETE"),
    ("entries", "UPDATE"),
    ("seals", "DELETE"),
    ("seals", "UPDATE"),
    ("erasures", "DELETE"),
    ("erasures", "UPDATE"),
]


def upgrade() -> None:
    bare = sa.text("digest IS NULL")
    op.create_index("ix_entries_bare", "entries", ["id"], postgresql_where=bare, sqlite_where=bare)
    if op.get_bind().dialect.name == "sqlite":
        for table, deed in GUARDED:
            when = f" WHEN NOT ({SQLITE})" if (table, deed) == ("entries", "UPDATE") else ""
            op.execute(
                f"CREATE TRIGGER {table}_{deed.lower()} BEFORE {deed} ON {table}{when}"
                f" BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
            )
        return
    op.execute(REFUSE)
    for table, deed in GUARDED:
        when = f" WHEN (NOT ({POSTGRES}))" if (table, deed) == ("entries", "UPDATE") else ""
        op.execute(
            f"CREATE TRIGGER {table}_{deed.lower()} BEFORE {deed} ON {table}"
            f" FOR EACH ROW{when} EXECUTE FUNCTION journal_refuses()"
        )


def downgrade() -> None:
    postgres = op.get_bind().dialect.name == "postgresql"
    for table, deed in GUARDED:
        op.execute(f"DROP TRIGGER {table}_{deed.lower()}{f' ON {table}' if postgres else ''}")
    if postgres:
        op.execute("DROP FUNCTION journal_refuses()")
    op.drop_index("ix_entries_bare", "entries")
