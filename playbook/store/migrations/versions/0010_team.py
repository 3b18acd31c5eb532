"""People who may sign in with their roles, invitations, links to one review, and who changed what."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("email_key", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("subject", sa.Text),
        sa.Column("created_at", sa.DateTime, nullable=False),
    )
    op.create_index("one_email", "person", ["email_key"], unique=True)
    op.create_index("one_subject", "person", ["subject"], unique=True)
    op.create_table(
        "role",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("person_id", sa.String(32), sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
        sa.Column("shop_id", sa.String(32), sa.ForeignKey("shop.id", ondelete="CASCADE")),
        sa.Column("role", sa.String(16), nullable=False),
    )
    op.create_index("one_role", "role", ["person_id", "shop_id"], unique=True)
    op.create_table(
        "invitation",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("shop_id", sa.String(32), sa.ForeignKey("shop.id", ondelete="CASCADE")),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("until", sa.DateTime, nullable=False),
        sa.Column("used_at", sa.DateTime),
        sa.Column("used_by", sa.Text),
        sa.Column("withdrawn_at", sa.DateTime),
    )
    op.create_index("one_invitation", "invitation", ["digest"], unique=True)
    op.create_table(
        "review_link",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("shop_id", sa.String(32), sa.ForeignKey("shop.id", ondelete="CASCADE"), nullable=False),
        sa.Column("session_id", sa.Text, nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("until", sa.DateTime, nullable=False),
        sa.Column("withdrawn_at", sa.DateTime),
    )
    op.create_index("one_link", "review_link", ["digest"], unique=True)
    op.create_table(
        "trainee_person",
        sa.Column("trainee_id", sa.String(32), sa.ForeignKey("trainee.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("person_id", sa.String(32), sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    )
    op.create_index("ix_trainee_person_person_id", "trainee_person", ["person_id"])
    op.create_table(
        "audit",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("shop_id", sa.String(32)),
        sa.Column("shop", sa.Text),
        sa.Column("detail", sa.Text, nullable=False),
    )
    op.create_index("by_moment", "audit", ["at"])
