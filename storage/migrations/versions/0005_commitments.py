"""Commitments, who owns them, and each postponement."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "commitments",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("proposed", "open", "done", "withdrawn", "refused", name="status", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_at", sa.Time(), nullable=True),
        sa.Column("due_words", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("next_step_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("muted", sa.Boolean(), nullable=False),
        sa.Column("help_wanted", sa.Boolean(), nullable=False),
        sa.Column("help_note", sa.Text(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("permalink", sa.String(length=500), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.Column(
            "visibility",
            sa.Enum("network", "body", "coordinator", name="visibility", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("channel_id", sa.Integer(), nullable=True),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["network_id", "author_id"],
            ["members.network_id", "members.id"],
            name=op.f("fk_commitments_network_id_author_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "body_id"],
            ["bodies.network_id", "bodies.id"],
            name=op.f("fk_commitments_network_id_body_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "channel_id"],
            ["channels.network_id", "channels.id"],
            name=op.f("fk_commitments_network_id_channel_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "meeting_id"],
            ["meetings.network_id", "meetings.id"],
            name=op.f("fk_commitments_network_id_meeting_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_commitments_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitments")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_commitments_network_id_id")),
        sa.UniqueConstraint("network_id", "number", name=op.f("uq_commitments_network_id_number")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("commitments", schema=None) as batch_op:
        batch_op.create_index("ix_commitments_closed", ["network_id", "closed_at"], unique=False)
        batch_op.create_index("ix_commitments_due", ["network_id", "status", "due_on"], unique=False)
        batch_op.create_index("ix_commitments_meeting", ["network_id", "meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_commitments_network_id"), ["network_id"], unique=False)
        batch_op.create_index("ix_commitments_next_step", ["network_id", "next_step_at"], unique=False)
    op.create_table(
        "commitment_owners",
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("deputy", sa.Boolean(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "commitment_id"],
            ["commitments.network_id", "commitments.id"],
            name=op.f("fk_commitment_owners_network_id_commitment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "member_id"],
            ["members.network_id", "members.id"],
            name=op.f("fk_commitment_owners_network_id_member_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "partner_id"],
            ["partners.network_id", "partners.id"],
            name=op.f("fk_commitment_owners_network_id_partner_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_commitment_owners_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment_owners")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_commitment_owners_network_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("commitment_owners", schema=None) as batch_op:
        batch_op.create_index("ix_commitment_owners_commitment", ["network_id", "commitment_id"], unique=False)
        batch_op.create_index("ix_commitment_owners_member", ["network_id", "member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_commitment_owners_network_id"), ["network_id"], unique=False)
        batch_op.create_index("ix_commitment_owners_partner", ["network_id", "partner_id"], unique=False)
    op.create_table(
        "postponements",
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "commitment_id"],
            ["commitments.network_id", "commitments.id"],
            name=op.f("fk_postponements_network_id_commitment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "member_id"],
            ["members.network_id", "members.id"],
            name=op.f("fk_postponements_network_id_member_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_postponements_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postponements")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_postponements_network_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("postponements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_postponements_network_id"), ["network_id"], unique=False)


def downgrade() -> None:
    op.drop_table("postponements")
    op.drop_table("commitment_owners")
    op.drop_table("commitments")
