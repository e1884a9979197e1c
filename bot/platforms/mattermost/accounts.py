"""The accounts of the bot on Mattermost servers: those that the set-up kept, sealed, and the environment's one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.platforms.mattermost.connection import Account, SlashCommand, key_of
from bot.sealing import Seal
from storage import servers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.settings import Settings
    from storage.database import Database

PURPOSE: Final = "mattermost tokens"


def accounts(database: Database, settings: Settings) -> list[Account]:
    """One for each server; raises SealError when the secret key is not the one that the tokens were sealed with."""
    found: dict[str, Account] = {}
    with database.system_session(reading=True) as session:
        seal = Seal(settings.secret_key, PURPOSE) if settings.secret_key else None
        for row in servers.every(session) if seal else ():
            assert seal is not None
            commands = tuple(
                SlashCommand(one.team_id, one.trigger, seal.open(one.sealed_token))
                for one in servers.slash_tokens(session, row.id)
            )
            account = Account(row.url, seal.open(row.sealed_token), commands, row.id, row.read_until)
            found[key_of(row.url)] = account
    given = settings.mattermost
    if given is not None:
        known = found.get(key_of(given.url))
        own = Account(given.url, str(given.token))
        found[key_of(given.url)] = replace(known, url=given.url, token=str(given.token)) if known else own
    return [*found.values()]


def keep(
    database: Database,
    secret_key: str,
    url: str,
    token: str,
    commands: Mapping[str, Mapping[str, str]],
    *,
    at: datetime,
) -> None:
    """Seal and keep an account with its commands' tokens: team id → trigger → token; other teams keep theirs."""
    seal = Seal(secret_key, PURPOSE)
    with database.system_session() as session:
        row = servers.remember(session, url.rstrip("/"), seal.seal(token), at=at)
        for team_id, tokens in commands.items():
            sealed = {trigger: seal.seal(one) for trigger, one in tokens.items()}
            servers.set_slash_tokens(session, row.id, team_id, sealed)


def kept(database: Database, secret_key: str, url: str) -> Account | None:
    """The account that an earlier set-up kept for this server."""
    seal = Seal(secret_key, PURPOSE)
    with database.system_session(reading=True) as session:
        row = servers.by_url(session, url.rstrip("/"))
        return Account(row.url, seal.open(row.sealed_token), (), row.id) if row else None
