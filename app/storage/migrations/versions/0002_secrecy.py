"""The bid's own files, and what is asked to be kept secret in them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two tables more; what is there stays as it is."""
    op.create_table(
        "bid_files",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("tender", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("reading", sa.Text(), nullable=True),
        sa.Column("rest", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["tender"], ["tenders.key"], name="fk_bid_files_tender_tenders", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name="pk_bid_files"),
    )
    op.create_index("ix_bid_files_tender", "bid_files", ["tender"])
    op.create_table(
        "claims",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("tender", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Double(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("lost", sa.Boolean(), nullable=False),
        sa.Column("rest", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["tender"], ["tenders.key"], name="fk_claims_tender_tenders", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name="pk_claims"),
    )
    op.create_index("ix_claims_tender", "claims", ["tender"])
