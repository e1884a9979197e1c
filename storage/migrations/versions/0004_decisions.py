"""Decisions and agreements, and what members answered to a proposal."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agreements",
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("end_recalled_on", sa.Date(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("searched", sa.Text(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "proposed",
                "in_force",
                "superseded",
                "ended",
                "rejected",
                "withdrawn",
                name="status",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("recalled_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("superseded_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("consent_until", sa.Date(), nullable=True),
        sa.Column("facilitator_id", sa.Integer(), nullable=True),
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
            name=op.f("fk_agreements_network_id_author_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "body_id"],
            ["bodies.network_id", "bodies.id"],
            name=op.f("fk_agreements_network_id_body_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "channel_id"],
            ["channels.network_id", "channels.id"],
            name=op.f("fk_agreements_network_id_channel_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "facilitator_id"],
            ["members.network_id", "members.id"],
            name=op.f("fk_agreements_network_id_facilitator_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "meeting_id"],
            ["meetings.network_id", "meetings.id"],
            name=op.f("fk_agreements_network_id_meeting_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "superseded_by_id"],
            ["agreements.network_id", "agreements.id"],
            name=op.f("fk_agreements_network_id_superseded_by_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_agreements_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreements")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_agreements_network_id_id")),
        sa.UniqueConstraint("network_id", "number", name=op.f("uq_agreements_network_id_number")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("agreements", schema=None) as batch_op:
        batch_op.create_index("ix_agreements_consent", ["network_id", "consent_until"], unique=False)
        batch_op.create_index("ix_agreements_meeting", ["network_id", "meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreements_network_id"), ["network_id"], unique=False)
        batch_op.create_index("ix_agreements_review", ["network_id", "review_on"], unique=False)
        batch_op.create_index("ix_agreements_settled", ["network_id", "settled_at"], unique=False)
        batch_op.create_index("ix_agreements_status", ["network_id", "status", "agreed_on"], unique=False)
        batch_op.create_index("ix_agreements_superseded", ["network_id", "superseded_by_id"], unique=False)
        batch_op.create_index("ix_agreements_until", ["network_id", "until_on"], unique=False)
    op.create_table(
        "decisions",
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("vote", sa.JSON(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("searched", sa.Text(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "proposed",
                "in_force",
                "superseded",
                "ended",
                "rejected",
                "withdrawn",
                name="status",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("recalled_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("superseded_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("consent_until", sa.Date(), nullable=True),
        sa.Column("facilitator_id", sa.Integer(), nullable=True),
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
            name=op.f("fk_decisions_network_id_author_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "body_id"],
            ["bodies.network_id", "bodies.id"],
            name=op.f("fk_decisions_network_id_body_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "channel_id"],
            ["channels.network_id", "channels.id"],
            name=op.f("fk_decisions_network_id_channel_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "facilitator_id"],
            ["members.network_id", "members.id"],
            name=op.f("fk_decisions_network_id_facilitator_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "meeting_id"],
            ["meetings.network_id", "meetings.id"],
            name=op.f("fk_decisions_network_id_meeting_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "superseded_by_id"],
            ["decisions.network_id", "decisions.id"],
            name=op.f("fk_decisions_network_id_superseded_by_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_decisions_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_decisions_network_id_id")),
        sa.UniqueConstraint("network_id", "number", name=op.f("uq_decisions_network_id_number")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.create_index("ix_decisions_consent", ["network_id", "consent_until"], unique=False)
        batch_op.create_index("ix_decisions_meeting", ["network_id", "meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decisions_network_id"), ["network_id"], unique=False)
        batch_op.create_index("ix_decisions_review", ["network_id", "review_on"], unique=False)
        batch_op.create_index("ix_decisions_settled", ["network_id", "settled_at"], unique=False)
        batch_op.create_index("ix_decisions_status", ["network_id", "status", "decided_on"], unique=False)
        batch_op.create_index("ix_decisions_superseded", ["network_id", "superseded_by_id"], unique=False)
    op.create_table(
        "agreement_partners",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "agreement_id"],
            ["agreements.network_id", "agreements.id"],
            name=op.f("fk_agreement_partners_network_id_agreement_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "partner_id"],
            ["partners.network_id", "partners.id"],
            name=op.f("fk_agreement_partners_network_id_partner_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_agreement_partners_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_partners")),
        sa.UniqueConstraint(
            "network_id",
            "agreement_id",
            "partner_id",
            name=op.f("uq_agreement_partners_network_id_agreement_id_partner_id"),
        ),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_agreement_partners_network_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("agreement_partners", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_partners_network_id"), ["network_id"], unique=False)
    op.create_table(
        "consent_answers",
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("agreement_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "stance",
            sa.Enum("no_objection", "objection", "discuss", name="stance", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "agreement_id"],
            ["agreements.network_id", "agreements.id"],
            name=op.f("fk_consent_answers_network_id_agreement_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "decision_id"],
            ["decisions.network_id", "decisions.id"],
            name=op.f("fk_consent_answers_network_id_decision_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "member_id"],
            ["members.network_id", "members.id"],
            name=op.f("fk_consent_answers_network_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_consent_answers_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_answers")),
        sa.UniqueConstraint(
            "network_id", "agreement_id", "member_id", name=op.f("uq_consent_answers_network_id_agreement_id_member_id")
        ),
        sa.UniqueConstraint(
            "network_id", "decision_id", "member_id", name=op.f("uq_consent_answers_network_id_decision_id_member_id")
        ),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_consent_answers_network_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("consent_answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_answers_network_id"), ["network_id"], unique=False)


def downgrade() -> None:
    op.drop_table("consent_answers")
    op.drop_table("agreement_partners")
    op.drop_table("decisions")
    op.drop_table("agreements")
