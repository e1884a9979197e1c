"""Meetings, from the agenda to the approved minutes."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
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


def downgrade() -> None:
    op.drop_table("second_readings")
    op.drop_table("notes_files")
    op.drop_table("minutes_items")
    op.drop_table("minutes_corrections")
    op.drop_table("attendances")
    op.drop_table("approved_minutes")
    op.drop_table("agenda_points")
    op.drop_table("meetings")
