"""Pages that platforms keep for people."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pages",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("window", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("bot", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_pages_person_id_people"),
        sa.PrimaryKeyConstraint("id", name="pk_pages"),
        sa.UniqueConstraint("platform", "bot", "window", name="uq_pages_platform"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_pages_person_id", "pages", ["person_id"])


def downgrade() -> None:
    op.drop_table("pages")
