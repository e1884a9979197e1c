"""Networks, where they live, and who belongs to them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "installations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("external_id", sa.String(length=200), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installations")),
        sa.UniqueConstraint("platform", "kind", "external_id", name=op.f("uq_installations_platform_kind_external_id")),
    )
    op.create_table(
        "networks",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("external_id", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("timezone", sa.String(length=60), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_networks")),
        sa.UniqueConstraint("name", name=op.f("uq_networks_name")),
        sa.UniqueConstraint("platform", "external_id", name=op.f("uq_networks_platform_external_id")),
    )
    op.create_table(
        "servers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(length=300), nullable=False),
        sa.Column("sealed_token", sa.Text(), nullable=False),
        sa.Column("read_until", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_servers")),
        sa.UniqueConstraint("url", name=op.f("uq_servers_url")),
    )
    op.create_table(
        "site",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
    )
    op.create_table(
        "channels",
        sa.Column("external_id", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_channels_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channels")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_channels_network_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("channels", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_channels_network_id"), ["network_id"], unique=False)
        batch_op.create_index("uq_channels_external", ["network_id", "external_id"], unique=True)
    op.create_table(
        "counters",
        sa.Column("letter", sa.String(length=2), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_counters_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counters")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_counters_network_id_id")),
        sa.UniqueConstraint("network_id", "letter", name=op.f("uq_counters_network_id_letter")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("counters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_counters_network_id"), ["network_id"], unique=False)
    op.create_table(
        "logos",
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["networks.id"], name=op.f("fk_logos_network_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logos")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_logos_network_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("logos", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_logos_network_id"), ["network_id"], unique=False)
    op.create_table(
        "partners",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("commune", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_partners_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partners")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_partners_network_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("partners", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partners_network_id"), ["network_id"], unique=False)
    op.create_table(
        "slash_tokens",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("server_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(length=30), nullable=False),
        sa.Column("trigger", sa.String(length=128), nullable=False),
        sa.Column("sealed_token", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["server_id"], ["servers.id"], name=op.f("fk_slash_tokens_server_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slash_tokens")),
        sa.UniqueConstraint("server_id", "team_id", "trigger", name=op.f("uq_slash_tokens_server_id_team_id_trigger")),
    )
    with op.batch_alter_table("slash_tokens", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_slash_tokens_server_id"), ["server_id"], unique=False)
    op.create_table(
        "members",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("external_id", sa.String(length=120), nullable=True),
        sa.Column("handle", sa.String(length=120), nullable=True),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column(
            "role", sa.Enum("coordinator", "member", "guest", name="role", native_enum=False, length=20), nullable=False
        ),
        sa.Column("function", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=True),
        sa.Column("timezone", sa.String(length=60), nullable=True),
        sa.Column("introduced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("reminded", sa.Boolean(), nullable=False),
        sa.Column("verify_every", sa.Integer(), nullable=True),
        sa.Column("acted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "partner_id"],
            ["partners.network_id", "partners.id"],
            name=op.f("fk_members_network_id_partner_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_members_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_members_network_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_members_network_id"), ["network_id"], unique=False)
        batch_op.create_index("uq_members_account", ["network_id", "external_id"], unique=True)
        batch_op.create_index("uq_members_handle", ["network_id", "handle"], unique=True)
    op.create_table(
        "absences",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "member_id"],
            ["members.network_id", "members.id"],
            name=op.f("fk_absences_network_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_absences_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_absences_network_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("absences", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_absences_network_id"), ["network_id"], unique=False)
    op.create_table(
        "bodies",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=True),
        sa.Column("chair_id", sa.Integer(), nullable=True),
        sa.Column("secretary_id", sa.Integer(), nullable=True),
        sa.Column("coordinator_id", sa.Integer(), nullable=True),
        sa.Column(
            "reminders_in",
            sa.Enum("private", "channel", name="remindersin", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "chair_id"],
            ["members.network_id", "members.id"],
            name=op.f("fk_bodies_network_id_chair_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "channel_id"],
            ["channels.network_id", "channels.id"],
            name=op.f("fk_bodies_network_id_channel_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "coordinator_id"],
            ["members.network_id", "members.id"],
            name=op.f("fk_bodies_network_id_coordinator_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "secretary_id"],
            ["members.network_id", "members.id"],
            name=op.f("fk_bodies_network_id_secretary_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(["network_id"], ["networks.id"], name=op.f("fk_bodies_network_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bodies")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_bodies_network_id_id")),
        sa.UniqueConstraint("network_id", "name", name=op.f("uq_bodies_network_id_name")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("bodies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bodies_network_id"), ["network_id"], unique=False)
    op.create_table(
        "channel_members",
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "channel_id"],
            ["channels.network_id", "channels.id"],
            name=op.f("fk_channel_members_network_id_channel_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "member_id"],
            ["members.network_id", "members.id"],
            name=op.f("fk_channel_members_network_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_channel_members_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_members")),
        sa.UniqueConstraint(
            "network_id", "channel_id", "member_id", name=op.f("uq_channel_members_network_id_channel_id_member_id")
        ),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_channel_members_network_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("channel_members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_channel_members_network_id"), ["network_id"], unique=False)
    op.create_table(
        "feeds",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=60), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "member_id"],
            ["members.network_id", "members.id"],
            name=op.f("fk_feeds_network_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["network_id"], ["networks.id"], name=op.f("fk_feeds_network_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feeds")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_feeds_network_id_id")),
        sa.UniqueConstraint("token", name=op.f("uq_feeds_token")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("feeds", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feeds_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_feeds_network_id"), ["network_id"], unique=False)
    op.create_table(
        "body_members",
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "body_id"],
            ["bodies.network_id", "bodies.id"],
            name=op.f("fk_body_members_network_id_body_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "member_id"],
            ["members.network_id", "members.id"],
            name=op.f("fk_body_members_network_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_body_members_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_members")),
        sa.UniqueConstraint(
            "network_id", "body_id", "member_id", name=op.f("uq_body_members_network_id_body_id_member_id")
        ),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_body_members_network_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("body_members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_body_members_network_id"), ["network_id"], unique=False)


def downgrade() -> None:
    op.drop_table("body_members")
    op.drop_table("feeds")
    op.drop_table("channel_members")
    op.drop_table("bodies")
    op.drop_table("absences")
    op.drop_table("members")
    op.drop_table("slash_tokens")
    op.drop_table("partners")
    op.drop_table("logos")
    op.drop_table("counters")
    op.drop_table("channels")
    op.drop_table("site")
    op.drop_table("servers")
    op.drop_table("networks")
    op.drop_table("installations")
