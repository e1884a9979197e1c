"""Offers, how they are kept fresh, and what was asked in vain."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "need_cells",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("commune", sa.String(length=20), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_need_cells_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_cells")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_need_cells_network_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("need_cells", schema=None) as batch_op:
        batch_op.create_index("ix_need_cells_month", ["network_id", "month"], unique=False)
        batch_op.create_index(batch_op.f("ix_need_cells_network_id"), ["network_id"], unique=False)
    op.create_table(
        "offer_mappings",
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_offer_mappings_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_mappings")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_offer_mappings_network_id_id")),
        sa.UniqueConstraint("network_id", "source", name=op.f("uq_offer_mappings_network_id_source")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("offer_mappings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offer_mappings_network_id"), ["network_id"], unique=False)
    op.create_table(
        "offer_stamps",
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_offer_stamps_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_stamps")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_offer_stamps_network_id_id")),
        sa.UniqueConstraint("network_id", name=op.f("uq_offer_stamps_network_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("offer_stamps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offer_stamps_network_id"), ["network_id"], unique=False)
    op.create_table(
        "offer_vectors",
        sa.Column("encoder", sa.String(length=60), nullable=False),
        sa.Column("content_hash", sa.String(length=32), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_offer_vectors_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_vectors")),
        sa.UniqueConstraint(
            "network_id", "encoder", "content_hash", name=op.f("uq_offer_vectors_network_id_encoder_content_hash")
        ),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_offer_vectors_network_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("offer_vectors", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offer_vectors_network_id"), ["network_id"], unique=False)
    op.create_table(
        "needs",
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("commune", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("ages", sa.String(length=20), nullable=False),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.Column("cell_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "cell_id"],
            ["need_cells.network_id", "need_cells.id"],
            name=op.f("fk_needs_network_id_cell_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(["network_id"], ["networks.id"], name=op.f("fk_needs_network_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_needs")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_needs_network_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("needs", schema=None) as batch_op:
        batch_op.create_index("ix_needs_asked", ["network_id", "asked_on"], unique=False)
        batch_op.create_index("ix_needs_cell", ["network_id", "cell_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_needs_network_id"), ["network_id"], unique=False)
    op.create_table(
        "directory_imports",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("shown", "asked", "running", "done", "failed", name="state", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("rejects", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "member_id"],
            ["members.network_id", "members.id"],
            name=op.f("fk_directory_imports_network_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_directory_imports_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_imports")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_directory_imports_network_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("directory_imports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_directory_imports_network_id"), ["network_id"], unique=False)
        batch_op.create_index("ix_directory_imports_state", ["network_id", "state"], unique=False)
    op.create_table(
        "offer_campaigns",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=20), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "author_id"],
            ["members.network_id", "members.id"],
            name=op.f("fk_offer_campaigns_network_id_author_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_offer_campaigns_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_campaigns")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_offer_campaigns_network_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("offer_campaigns", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offer_campaigns_network_id"), ["network_id"], unique=False)
        batch_op.create_index("ix_offer_campaigns_open", ["network_id", "ended_at"], unique=False)
    op.create_table(
        "offers",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("partner_name", sa.String(length=200), nullable=False),
        sa.Column("descriptions", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("thematiques", sa.JSON(), nullable=False),
        sa.Column("formats", sa.JSON(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("audience_note", sa.Text(), nullable=False),
        sa.Column("age_min", sa.Integer(), nullable=False),
        sa.Column("age_max", sa.Integer(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("language_note", sa.Text(), nullable=False),
        sa.Column("fee", sa.Text(), nullable=False),
        sa.Column("free", sa.Boolean(), nullable=True),
        sa.Column("fee_checked_on", sa.Date(), nullable=True),
        sa.Column("access", sa.String(length=300), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("phone", sa.String(length=80), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("website", sa.String(length=500), nullable=False),
        sa.Column("hours", sa.Text(), nullable=False),
        sa.Column("hours_text", sa.Text(), nullable=False),
        sa.Column("evening", sa.Boolean(), nullable=True),
        sa.Column("weekend", sa.Boolean(), nullable=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("postal", sa.String(length=12), nullable=False),
        sa.Column("commune", sa.String(length=20), nullable=False),
        sa.Column("commune_name", sa.String(length=120), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("zone", sa.JSON(), nullable=False),
        sa.Column("zone_codes", sa.JSON(), nullable=False),
        sa.Column("remote", sa.Boolean(), nullable=False),
        sa.Column("capacity", sa.String(length=40), nullable=False),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("waiting_weeks", sa.Integer(), nullable=True),
        sa.Column("capacity_on", sa.Date(), nullable=True),
        sa.Column("closed_from", sa.Date(), nullable=True),
        sa.Column("closed_until", sa.Date(), nullable=True),
        sa.Column("alert", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("external_id", sa.String(length=200), nullable=False),
        sa.Column("keeper_id", sa.Integer(), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verified_by_id", sa.Integer(), nullable=True),
        sa.Column("verified_by", sa.String(length=200), nullable=False),
        sa.Column("verify_every", sa.Integer(), nullable=False),
        sa.Column("verify_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_hand", sa.JSON(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("content_hash", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "keeper_id"],
            ["members.network_id", "members.id"],
            name=op.f("fk_offers_network_id_keeper_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "partner_id"],
            ["partners.network_id", "partners.id"],
            name=op.f("fk_offers_network_id_partner_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "verified_by_id"],
            ["members.network_id", "members.id"],
            name=op.f("fk_offers_network_id_verified_by_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(["network_id"], ["networks.id"], name=op.f("fk_offers_network_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_offers_network_id_id")),
        sa.UniqueConstraint("network_id", "number", name=op.f("uq_offers_network_id_number")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("offers", schema=None) as batch_op:
        batch_op.create_index("ix_offers_external", ["network_id", "source", "external_id"], unique=False)
        batch_op.create_index("ix_offers_keeper", ["network_id", "keeper_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offers_network_id"), ["network_id"], unique=False)
        batch_op.create_index("ix_offers_stamp", ["network_id", "stamp"], unique=False)
        batch_op.create_index("ix_offers_verify", ["network_id", "verify_at"], unique=False)
    op.create_table(
        "offer_campaign_offers",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum("left", "right", "changed", "closed", name="outcome", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "campaign_id"],
            ["offer_campaigns.network_id", "offer_campaigns.id"],
            name=op.f("fk_offer_campaign_offers_network_id_campaign_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "member_id"],
            ["members.network_id", "members.id"],
            name=op.f("fk_offer_campaign_offers_network_id_member_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "offer_id"],
            ["offers.network_id", "offers.id"],
            name=op.f("fk_offer_campaign_offers_network_id_offer_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_offer_campaign_offers_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_campaign_offers")),
        sa.UniqueConstraint(
            "network_id",
            "campaign_id",
            "offer_id",
            name=op.f("uq_offer_campaign_offers_network_id_campaign_id_offer_id"),
        ),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_offer_campaign_offers_network_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("offer_campaign_offers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offer_campaign_offers_network_id"), ["network_id"], unique=False)
        batch_op.create_index("ix_offer_campaign_offers_offer", ["network_id", "offer_id"], unique=False)
    op.create_table(
        "offer_errors",
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "offer_id"],
            ["offers.network_id", "offers.id"],
            name=op.f("fk_offer_errors_network_id_offer_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_offer_errors_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer_errors")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_offer_errors_network_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("offer_errors", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offer_errors_network_id"), ["network_id"], unique=False)
        batch_op.create_index("ix_offer_errors_offer", ["network_id", "offer_id"], unique=False)


def downgrade() -> None:
    op.drop_table("offer_errors")
    op.drop_table("offer_campaign_offers")
    op.drop_table("offers")
    op.drop_table("offer_campaigns")
    op.drop_table("directory_imports")
    op.drop_table("needs")
    op.drop_table("offer_vectors")
    op.drop_table("offer_stamps")
    op.drop_table("offer_mappings")
    op.drop_table("need_cells")
