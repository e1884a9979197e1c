"""The first tables."""

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
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("platform", sa.String(length=20), nullable=False),
        sa.Column("external_id", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("timezone", sa.String(length=60), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
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
        "chat_files",
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_chat_files_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_files")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_chat_files_network_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("chat_files", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_chat_files_network_id"), ["network_id"], unique=False)

    op.create_table(
        "chat_posts",
        sa.Column("to", sa.String(length=200), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("only_for", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("token", sa.String(length=60), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_chat_posts_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_posts")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_chat_posts_network_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("chat_posts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_chat_posts_network_id"), ["network_id"], unique=False)
        batch_op.create_index("ix_chat_posts_place", ["network_id", "to", "id"], unique=False)

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
        "inbox",
        sa.Column("event_id", sa.String(length=200), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("payload", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("failure", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["networks.id"], name=op.f("fk_inbox_network_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("network_id", "event_id", name=op.f("uq_inbox_network_id_event_id")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_inbox_network_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inbox_network_id"), ["network_id"], unique=False)
        batch_op.create_index("ix_inbox_unhandled", ["handled_at", "received_at"], unique=False)

    op.create_table(
        "journal",
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("operation", sa.String(length=64), nullable=False),
        sa.Column("table_name", sa.String(length=60), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_journal_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_journal_network_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_journal_network_id"), ["network_id"], unique=False)
        batch_op.create_index("ix_journal_operation", ["network_id", "operation"], unique=False)
        batch_op.create_index("ix_journal_row", ["network_id", "table_name", "row_id"], unique=False)

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
        "deliveries",
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("channel_id", sa.Integer(), nullable=True),
        sa.Column("token", sa.String(length=40), nullable=False),
        sa.Column(
            "state",
            sa.Enum("due", "claimed", "sent", "failed", "void", "given_up", name="state", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("ambiguous", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "channel_id"],
            ["channels.network_id", "channels.id"],
            name=op.f("fk_deliveries_network_id_channel_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "member_id"],
            ["members.network_id", "members.id"],
            name=op.f("fk_deliveries_network_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_deliveries_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_deliveries_network_id_id")),
        sa.UniqueConstraint("token", name=op.f("uq_deliveries_token")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deliveries_network_id"), ["network_id"], unique=False)
        batch_op.create_index("ix_deliveries_state", ["state", "next_try_at"], unique=False)

    op.create_table(
        "digests",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("held_by_id", sa.Integer(), nullable=True),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "held_by_id"],
            ["members.network_id", "members.id"],
            name=op.f("fk_digests_network_id_held_by_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_digests_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digests")),
        sa.UniqueConstraint("network_id", "day", name=op.f("uq_digests_network_id_day")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_digests_network_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("digests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_digests_network_id"), ["network_id"], unique=False)

    op.create_table(
        "directory_imports",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
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
        "page_links",
        sa.Column("page", sa.String(length=20), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "member_id"],
            ["members.network_id", "members.id"],
            name=op.f("fk_page_links_network_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_page_links_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_links")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_page_links_network_id_id")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_page_links_secret_hash")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("page_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_page_links_network_id"), ["network_id"], unique=False)

    op.create_table(
        "pending_imports",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "member_id"],
            ["members.network_id", "members.id"],
            name=op.f("fk_pending_imports_network_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_pending_imports_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_imports")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_pending_imports_network_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("pending_imports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pending_imports_network_id"), ["network_id"], unique=False)

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

    op.create_table(
        "meetings",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("agenda", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recurrence", sa.String(length=200), nullable=False),
        sa.Column("thread", sa.String(length=120), nullable=False),
        sa.Column("series_on", sa.Date(), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("followed", sa.Boolean(), nullable=False),
        sa.Column("minutes_sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minutes_until", sa.Date(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
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
            name=op.f("fk_meetings_network_id_author_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "body_id"],
            ["bodies.network_id", "bodies.id"],
            name=op.f("fk_meetings_network_id_body_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "channel_id"],
            ["channels.network_id", "channels.id"],
            name=op.f("fk_meetings_network_id_channel_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_meetings_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_meetings_network_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meetings_network_id"), ["network_id"], unique=False)
        batch_op.create_index("ix_meetings_starts_at", ["network_id", "starts_at"], unique=False)

    op.create_table(
        "notices",
        sa.Column("recipient", sa.String(length=40), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("channel_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=True),
        sa.Column("void_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dry_run", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "channel_id"],
            ["channels.network_id", "channels.id"],
            name=op.f("fk_notices_network_id_channel_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "delivery_id"],
            ["deliveries.network_id", "deliveries.id"],
            name=op.f("fk_notices_network_id_delivery_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "member_id"],
            ["members.network_id", "members.id"],
            name=op.f("fk_notices_network_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_notices_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_notices_network_id_id")),
        sa.UniqueConstraint(
            "network_id",
            "recipient",
            "kind",
            "subject_id",
            "step",
            "version",
            name=op.f("uq_notices_network_id_recipient_kind_subject_id_step_version"),
        ),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.create_index("ix_notices_delivery", ["delivery_id"], unique=False)
        batch_op.create_index("ix_notices_dry_run", ["network_id", "dry_run"], unique=False)
        batch_op.create_index("ix_notices_due", ["network_id", "delivery_id", "due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_notices_network_id"), ["network_id"], unique=False)

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

    op.create_table(
        "agenda_points",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "author_id"],
            ["members.network_id", "members.id"],
            name=op.f("fk_agenda_points_network_id_author_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "meeting_id"],
            ["meetings.network_id", "meetings.id"],
            name=op.f("fk_agenda_points_network_id_meeting_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_agenda_points_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_points")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_agenda_points_network_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("agenda_points", schema=None) as batch_op:
        batch_op.create_index("ix_agenda_points_meeting", ["network_id", "meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agenda_points_network_id"), ["network_id"], unique=False)

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
                "proposed", "in_force", "superseded", "ended", "rejected", name="status", native_enum=False, length=20
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
        "approved_minutes",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("searched", sa.Text(), nullable=False),
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
            name=op.f("fk_approved_minutes_network_id_author_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "body_id"],
            ["bodies.network_id", "bodies.id"],
            name=op.f("fk_approved_minutes_network_id_body_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "channel_id"],
            ["channels.network_id", "channels.id"],
            name=op.f("fk_approved_minutes_network_id_channel_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "meeting_id"],
            ["meetings.network_id", "meetings.id"],
            name=op.f("fk_approved_minutes_network_id_meeting_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_approved_minutes_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approved_minutes")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_approved_minutes_network_id_id")),
        sa.UniqueConstraint("network_id", "meeting_id", name=op.f("uq_approved_minutes_network_id_meeting_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("approved_minutes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_approved_minutes_network_id"), ["network_id"], unique=False)

    op.create_table(
        "attendances",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("proxy", sa.String(length=200), nullable=False),
        sa.Column("affiliation", sa.String(length=200), nullable=False),
        sa.Column(
            "presence",
            sa.Enum("present", "excused", "absent", "represented", name="presence", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "meeting_id"],
            ["meetings.network_id", "meetings.id"],
            name=op.f("fk_attendances_network_id_meeting_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "member_id"],
            ["members.network_id", "members.id"],
            name=op.f("fk_attendances_network_id_member_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_attendances_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendances")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_attendances_network_id_id")),
        sa.UniqueConstraint("network_id", "meeting_id", "name", name=op.f("uq_attendances_network_id_meeting_id_name")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("attendances", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendances_network_id"), ["network_id"], unique=False)

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
        "decisions",
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("vote", sa.JSON(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("searched", sa.Text(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "proposed", "in_force", "superseded", "ended", "rejected", name="status", native_enum=False, length=20
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
        "minutes_corrections",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("waiting", "accepted", "refused", name="correctionstate", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "answered_by_id"],
            ["members.network_id", "members.id"],
            name=op.f("fk_minutes_corrections_network_id_answered_by_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "author_id"],
            ["members.network_id", "members.id"],
            name=op.f("fk_minutes_corrections_network_id_author_id"),
            ondelete="NO ACTION",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "meeting_id"],
            ["meetings.network_id", "meetings.id"],
            name=op.f("fk_minutes_corrections_network_id_meeting_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_minutes_corrections_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_corrections")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_minutes_corrections_network_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("minutes_corrections", schema=None) as batch_op:
        batch_op.create_index("ix_minutes_corrections_meeting", ["network_id", "meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_minutes_corrections_network_id"), ["network_id"], unique=False)

    op.create_table(
        "minutes_items",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=300), nullable=False),
        sa.Column("due_words", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("permalink", sa.String(length=500), nullable=False),
        sa.Column("second", sa.String(length=80), nullable=False),
        sa.Column(
            "state",
            sa.Enum("waiting", "kept", "dropped", name="itemstate", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "meeting_id"],
            ["meetings.network_id", "meetings.id"],
            name=op.f("fk_minutes_items_network_id_meeting_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_minutes_items_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_items")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_minutes_items_network_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("minutes_items", schema=None) as batch_op:
        batch_op.create_index("ix_minutes_items_meeting", ["network_id", "meeting_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_minutes_items_network_id"), ["network_id"], unique=False)

    op.create_table(
        "notes_files",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "meeting_id"],
            ["meetings.network_id", "meetings.id"],
            name=op.f("fk_notes_files_network_id_meeting_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_notes_files_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes_files")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_notes_files_network_id_id")),
        sa.UniqueConstraint("network_id", "meeting_id", "name", name=op.f("uq_notes_files_network_id_meeting_id_name")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("notes_files", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notes_files_network_id"), ["network_id"], unique=False)

    op.create_table(
        "second_readings",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["network_id", "meeting_id"],
            ["meetings.network_id", "meetings.id"],
            name=op.f("fk_second_readings_network_id_meeting_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_id", "member_id"],
            ["members.network_id", "members.id"],
            name=op.f("fk_second_readings_network_id_member_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_second_readings_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_readings")),
        sa.UniqueConstraint("network_id", "id", name=op.f("uq_second_readings_network_id_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("second_readings", schema=None) as batch_op:
        batch_op.create_index("ix_second_readings_meeting", ["network_id", "meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_second_readings_network_id"), ["network_id"], unique=False)

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
    with op.batch_alter_table("postponements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_postponements_network_id"))

    op.drop_table("postponements")
    with op.batch_alter_table("consent_answers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consent_answers_network_id"))

    op.drop_table("consent_answers")
    with op.batch_alter_table("commitment_owners", schema=None) as batch_op:
        batch_op.drop_index("ix_commitment_owners_partner")
        batch_op.drop_index(batch_op.f("ix_commitment_owners_network_id"))
        batch_op.drop_index("ix_commitment_owners_member")
        batch_op.drop_index("ix_commitment_owners_commitment")

    op.drop_table("commitment_owners")
    with op.batch_alter_table("agreement_partners", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_partners_network_id"))

    op.drop_table("agreement_partners")
    with op.batch_alter_table("second_readings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_second_readings_network_id"))
        batch_op.drop_index("ix_second_readings_meeting")

    op.drop_table("second_readings")
    with op.batch_alter_table("notes_files", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notes_files_network_id"))

    op.drop_table("notes_files")
    with op.batch_alter_table("minutes_items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_minutes_items_network_id"))
        batch_op.drop_index("ix_minutes_items_meeting")

    op.drop_table("minutes_items")
    with op.batch_alter_table("minutes_corrections", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_minutes_corrections_network_id"))
        batch_op.drop_index("ix_minutes_corrections_meeting")

    op.drop_table("minutes_corrections")
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.drop_index("ix_decisions_superseded")
        batch_op.drop_index("ix_decisions_status")
        batch_op.drop_index("ix_decisions_settled")
        batch_op.drop_index("ix_decisions_review")
        batch_op.drop_index(batch_op.f("ix_decisions_network_id"))
        batch_op.drop_index("ix_decisions_meeting")
        batch_op.drop_index("ix_decisions_consent")

    op.drop_table("decisions")
    with op.batch_alter_table("commitments", schema=None) as batch_op:
        batch_op.drop_index("ix_commitments_next_step")
        batch_op.drop_index(batch_op.f("ix_commitments_network_id"))
        batch_op.drop_index("ix_commitments_meeting")
        batch_op.drop_index("ix_commitments_due")
        batch_op.drop_index("ix_commitments_closed")

    op.drop_table("commitments")
    with op.batch_alter_table("attendances", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendances_network_id"))

    op.drop_table("attendances")
    with op.batch_alter_table("approved_minutes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_approved_minutes_network_id"))

    op.drop_table("approved_minutes")
    with op.batch_alter_table("agreements", schema=None) as batch_op:
        batch_op.drop_index("ix_agreements_until")
        batch_op.drop_index("ix_agreements_superseded")
        batch_op.drop_index("ix_agreements_status")
        batch_op.drop_index("ix_agreements_settled")
        batch_op.drop_index("ix_agreements_review")
        batch_op.drop_index(batch_op.f("ix_agreements_network_id"))
        batch_op.drop_index("ix_agreements_meeting")
        batch_op.drop_index("ix_agreements_consent")

    op.drop_table("agreements")
    with op.batch_alter_table("agenda_points", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agenda_points_network_id"))
        batch_op.drop_index("ix_agenda_points_meeting")

    op.drop_table("agenda_points")
    with op.batch_alter_table("offer_errors", schema=None) as batch_op:
        batch_op.drop_index("ix_offer_errors_offer")
        batch_op.drop_index(batch_op.f("ix_offer_errors_network_id"))

    op.drop_table("offer_errors")
    with op.batch_alter_table("offer_campaign_offers", schema=None) as batch_op:
        batch_op.drop_index("ix_offer_campaign_offers_offer")
        batch_op.drop_index(batch_op.f("ix_offer_campaign_offers_network_id"))

    op.drop_table("offer_campaign_offers")
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notices_network_id"))
        batch_op.drop_index("ix_notices_due")
        batch_op.drop_index("ix_notices_dry_run")
        batch_op.drop_index("ix_notices_delivery")

    op.drop_table("notices")
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.drop_index("ix_meetings_starts_at")
        batch_op.drop_index(batch_op.f("ix_meetings_network_id"))

    op.drop_table("meetings")
    with op.batch_alter_table("body_members", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_body_members_network_id"))

    op.drop_table("body_members")
    with op.batch_alter_table("pending_imports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pending_imports_network_id"))

    op.drop_table("pending_imports")
    with op.batch_alter_table("page_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_page_links_network_id"))

    op.drop_table("page_links")
    with op.batch_alter_table("offers", schema=None) as batch_op:
        batch_op.drop_index("ix_offers_verify")
        batch_op.drop_index("ix_offers_stamp")
        batch_op.drop_index(batch_op.f("ix_offers_network_id"))
        batch_op.drop_index("ix_offers_keeper")
        batch_op.drop_index("ix_offers_external")

    op.drop_table("offers")
    with op.batch_alter_table("offer_campaigns", schema=None) as batch_op:
        batch_op.drop_index("ix_offer_campaigns_open")
        batch_op.drop_index(batch_op.f("ix_offer_campaigns_network_id"))

    op.drop_table("offer_campaigns")
    with op.batch_alter_table("feeds", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feeds_network_id"))
        batch_op.drop_index(batch_op.f("ix_feeds_member_id"))

    op.drop_table("feeds")
    with op.batch_alter_table("directory_imports", schema=None) as batch_op:
        batch_op.drop_index("ix_directory_imports_state")
        batch_op.drop_index(batch_op.f("ix_directory_imports_network_id"))

    op.drop_table("directory_imports")
    with op.batch_alter_table("digests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_digests_network_id"))

    op.drop_table("digests")
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_index("ix_deliveries_state")
        batch_op.drop_index(batch_op.f("ix_deliveries_network_id"))

    op.drop_table("deliveries")
    with op.batch_alter_table("channel_members", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_channel_members_network_id"))

    op.drop_table("channel_members")
    with op.batch_alter_table("bodies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bodies_network_id"))

    op.drop_table("bodies")
    with op.batch_alter_table("absences", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_absences_network_id"))

    op.drop_table("absences")
    with op.batch_alter_table("needs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_needs_network_id"))
        batch_op.drop_index("ix_needs_cell")
        batch_op.drop_index("ix_needs_asked")

    op.drop_table("needs")
    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.drop_index("uq_members_handle")
        batch_op.drop_index("uq_members_account")
        batch_op.drop_index(batch_op.f("ix_members_network_id"))

    op.drop_table("members")
    with op.batch_alter_table("slash_tokens", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_slash_tokens_server_id"))

    op.drop_table("slash_tokens")
    with op.batch_alter_table("partners", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_partners_network_id"))

    op.drop_table("partners")
    with op.batch_alter_table("offer_vectors", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offer_vectors_network_id"))

    op.drop_table("offer_vectors")
    with op.batch_alter_table("offer_stamps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offer_stamps_network_id"))

    op.drop_table("offer_stamps")
    with op.batch_alter_table("offer_mappings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offer_mappings_network_id"))

    op.drop_table("offer_mappings")
    with op.batch_alter_table("need_cells", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_need_cells_network_id"))
        batch_op.drop_index("ix_need_cells_month")

    op.drop_table("need_cells")
    with op.batch_alter_table("logos", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_logos_network_id"))

    op.drop_table("logos")
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.drop_index("ix_journal_row")
        batch_op.drop_index("ix_journal_operation")
        batch_op.drop_index(batch_op.f("ix_journal_network_id"))

    op.drop_table("journal")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index("ix_inbox_unhandled")
        batch_op.drop_index(batch_op.f("ix_inbox_network_id"))

    op.drop_table("inbox")
    with op.batch_alter_table("counters", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_counters_network_id"))

    op.drop_table("counters")
    with op.batch_alter_table("chat_posts", schema=None) as batch_op:
        batch_op.drop_index("ix_chat_posts_place")
        batch_op.drop_index(batch_op.f("ix_chat_posts_network_id"))

    op.drop_table("chat_posts")
    with op.batch_alter_table("chat_files", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_chat_files_network_id"))

    op.drop_table("chat_files")
    with op.batch_alter_table("channels", schema=None) as batch_op:
        batch_op.drop_index("uq_channels_external")
        batch_op.drop_index(batch_op.f("ix_channels_network_id"))

    op.drop_table("channels")
    op.drop_table("site")
    op.drop_table("servers")
    op.drop_table("networks")
    op.drop_table("installations")
