"""The Mattermost servers that the bot has an account on."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
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
    op.create_index(op.f("ix_slash_tokens_server_id"), "slash_tokens", ["server_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_slash_tokens_server_id"), table_name="slash_tokens")
    op.drop_table("slash_tokens")
    op.drop_table("servers")
