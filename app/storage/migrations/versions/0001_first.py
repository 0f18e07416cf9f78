"""The first schema: tenders with documents, items and links, their history, files, settings."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From nothing."""
    op.create_table(
        "blob_parts",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("part", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "part", name="pk_blob_parts"),
    )
    op.create_table(
        "blobs",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_blobs"),
    )
    op.create_table(
        "settings",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_settings"),
    )
    op.create_table(
        "tenders",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("created", sa.String(length=32), nullable=False),
        sa.Column("archived", sa.String(length=32), nullable=True),
        sa.Column("rest", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_tenders"),
    )
    op.create_table(
        "documents",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("tender", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("reading", sa.Text(), nullable=True),
        sa.Column("unread_pages", sa.Integer(), nullable=False),
        sa.Column("unassigned", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Boolean(), nullable=False),
        sa.Column("rest", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["tender"], ["tenders.key"], name="fk_documents_tender_tenders", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name="pk_documents"),
    )
    op.create_index("ix_documents_tender", "documents", ["tender"])
    op.create_table(
        "history",
        sa.Column("tender", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["tender"], ["tenders.key"], name="fk_history_tender_tenders", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("tender", "number", name="pk_history"),
    )
    op.create_table(
        "item_words",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("tender", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Double(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["tender"], ["tenders.key"], name="fk_item_words_tender_tenders", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name="pk_item_words"),
    )
    op.create_index("ix_item_words_tender", "item_words", ["tender"])
    op.create_table(
        "items",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("tender", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Double(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("must", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reviewed", sa.Boolean(), nullable=False),
        sa.Column("replaced", sa.Boolean(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("due", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("rest", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["tender"], ["tenders.key"], name="fk_items_tender_tenders", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name="pk_items"),
    )
    op.create_index("ix_items_overview", "items", ["tender", "replaced", "kind", "state", "must", "reviewed", "owner", "due"])
    op.create_table(
        "links",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("tender", sa.String(length=32), nullable=False),
        sa.Column("item", sa.String(length=32), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["tender"], ["tenders.key"], name="fk_links_tender_tenders", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name="pk_links"),
    )
    op.create_index("ix_links_tender", "links", ["tender"])
    op.create_table(
        "history_files",
        sa.Column("tender", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["tender", "number"], ["history.tender", "history.number"], name="fk_history_files_tender_history", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tender", "number", "sha256", name="pk_history_files"),
    )
    op.create_index("ix_history_files_sha256", "history_files", ["sha256"])
    op.create_table(
        "history_parts",
        sa.Column("tender", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("part", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("keys", sa.JSON(), nullable=False),
        sa.Column("before", sa.LargeBinary(), nullable=False),
        sa.Column("after", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tender", "number"], ["history.tender", "history.number"], name="fk_history_parts_tender_history", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tender", "number", "part", name="pk_history_parts"),
    )
