"""Alembic runs this for each of its commands, on the connection that `storage.migrate` gives it."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from storage.models import Base, UtcDateTime


def render(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """Write an instant as the column that it is: a migration must not change with the models."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=render,
    transactional_ddl=True,  # on SQLite too: the engine writes its own BEGIN
)
with context.begin_transaction():
    context.run_migrations()
