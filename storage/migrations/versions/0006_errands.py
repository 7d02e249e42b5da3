"""An update waits for what its answer needs from outside, and keeps it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("inbox", sa.Column("held_until", sa.BigInteger(), nullable=True))
    op.add_column("inbox", sa.Column("fetched", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("inbox", "fetched")
    op.drop_column("inbox", "held_until")
