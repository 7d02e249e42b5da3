"""What the database itself refuses: the journal is only ever added to.

An entry changes twice at most: when it is sealed, and after that when what it is about is erased;
one that tells of an erasure never is.
"""

from sqlalchemy import DDL, event

from storage.models.journal import Change, Entry, Seal
from storage.models.trust import Erasure

REFUSED = "the journal is only added to"

_SEALING = "OLD.digest IS NULL AND NEW.digest IS NOT NULL AND NEW.salt IS NOT NULL"
_SEALED = "OLD.digest IS NOT NULL AND OLD.noun <> 'erasures'"
_SAME = (
    "NEW.id = OLD.id AND NEW.change_id = OLD.change_id"
    " AND NEW.noun = OLD.noun AND NEW.key = OLD.key"
)
_SQLITE_KEPT = "NEW.before IS OLD.before AND NEW.after IS OLD.after"
_SQLITE_GONE = (
    f"{_SEALED} AND NEW.digest IS OLD.digest AND NEW.salt IS NULL"
    " AND coalesce(NEW.before, 'null') = 'null' AND coalesce(NEW.after, 'null') = 'null'"
)
_POSTGRES_KEPT = (
    "NEW.before::text IS NOT DISTINCT FROM OLD.before::text"
    " AND NEW.after::text IS NOT DISTINCT FROM OLD.after::text"
)
_POSTGRES_GONE = (
    f"{_SEALED} AND NEW.digest IS NOT DISTINCT FROM OLD.digest AND NEW.salt IS NULL"
    " AND coalesce(NEW.before::text, 'null') = 'null'"
    " AND coalesce(NEW.after::text, 'null') = 'null'"
)
ENTRY_SQLITE = f"{_SAME} AND (({_SEALING} AND {_SQLITE_KEPT}) OR ({_SQLITE_GONE}))"
ENTRY_POSTGRES = f"{_SAME} AND (({_SEALING} AND {_POSTGRES_KEPT}) OR ({_POSTGRES_GONE}))"
REFUSE = (
    "CREATE OR REPLACE FUNCTION journal_refuses() RETURNS trigger LANGUAGE plpgsql"
    f" AS $$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$"
)


def _trigger(dialect: str, table: str, deed: str, unless: str) -> str:
    name = f"CREATE TRIGGER {table}_{deed.lower()} BEFORE {deed} ON {table}"
    if dialect == "sqlite":
        when = f" WHEN NOT ({unless})" if unless else ""
        return f"{name}{when} BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    when = f" WHEN (NOT ({unless}))" if unless else ""
    return f"{name} FOR EACH ROW{when} EXECUTE FUNCTION journal_refuses()"


def guards(dialect: str, table: str) -> list[str]:
    """The statements that guard a table, in a dialect, whichever of them is made first."""
    entry = ENTRY_SQLITE if dialect == "sqlite" else ENTRY_POSTGRES
    function = [REFUSE] if dialect == "postgresql" else []
    unless = entry if table == "entries" else ""
    updated = [_trigger(dialect, table, "UPDATE", unless)] if table != "changes" else []
    return [*function, _trigger(dialect, table, "DELETE", ""), *updated]


for _model in (Change, Entry, Seal, Erasure):
    for _dialect in ("sqlite", "postgresql"):
        for _statement in guards(_dialect, _model.__tablename__):
            _made = DDL(_statement).execute_if(dialect=_dialect)  # type: ignore[no-untyped-call]
            event.listen(_model.__table__, "after_create", _made)
