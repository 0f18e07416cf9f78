"""The company's library, files kept after submission, and answers to be found again."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_AT_ONCE = 500


def upgrade() -> None:
    """Three tables more; the answers that are there are listed."""
    op.create_table(
        "kept_files",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("tender", sa.String(length=32), nullable=False),
        sa.Column("use", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["tender"], ["tenders.key"], name="fk_kept_files_tender_tenders", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name="pk_kept_files"),
    )
    op.create_index("ix_kept_files_tender", "kept_files", ["tender"])
    op.create_table(
        "library",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("issued", sa.Text(), nullable=True),
        sa.Column("expires", sa.Text(), nullable=True),
        sa.Column("retired", sa.Text(), nullable=True),
        sa.Column("rest", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_library"),
    )
    op.create_table(
        "item_answers",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("tender", sa.String(length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["tender"], ["tenders.key"], name="fk_item_answers_tender_tenders", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name="pk_item_answers"),
    )
    op.create_index("ix_item_answers_tender", "item_answers", ["tender"])
    _list_answers()


def _list_answers() -> None:
    """The words of an item are what `storage.rows.words_of` made of it; they are taken as they stand."""
    items = sa.table("items", sa.column("key"), sa.column("replaced"), sa.column("rest", sa.JSON()))
    words = sa.table("item_words", sa.column("key"), sa.column("tender"), sa.column("words"))
    answers = sa.table("item_answers", sa.column("key"), sa.column("tender"), sa.column("words"))
    connection = op.get_bind()
    answered = [
        key
        for key, rest in connection.execute(sa.select(items.c.key, items.c.rest).where(~items.c.replaced))
        if isinstance(rest, dict) and rest.get("answer")
    ]
    for first in range(0, len(answered), _AT_ONCE):
        some = answered[first : first + _AT_ONCE]
        found = connection.execute(sa.select(words.c.key, words.c.tender, words.c.words).where(words.c.key.in_(some)))
        rows = [{"key": key, "tender": tender, "words": text} for key, tender, text in found]
        if rows:
            connection.execute(sa.insert(answers), rows)
