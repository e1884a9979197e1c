"""Setting the bot up without an administrator's token: each step in words, and what comes of them kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.platforms.mattermost import accounts
from bot.platforms.mattermost.client import Client
from bot.platforms.mattermost.http import MattermostError, Refused
from bot.platforms.mattermost.manifest import BOT_NAME
from bot.platforms.mattermost.setup import HASTY, Outcome, SetupError, Wishes, is_private, remember_team

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from bot.settings import Settings
    from storage.database import Database

Json = dict[str, Any]


def steps(url: str, public_url: str, manifest: Json, wishes: Wishes) -> str:
    """What the IT department does in the System Console and in the team's Integrations, to be sent to them as it is."""
    host = public_url.partition("//")[2].partition("/")[0].partition(":")[0]
    lines = [
        f"For the administrator of {url}",
        "",
        "1. System Console > Environment > Web Server: the Site URL must be set.",
        "2. System Console > Integrations > Integration Management: turn on “Enable Custom Slash Commands”",
        "   (EnableCommands) and “Enable Personal Access Tokens” (EnableUserAccessTokens).",
        "3. System Console > Integrations > Bot Accounts: turn on “Enable Bot Account Creation”",
        "   (EnableBotAccountCreation).",
    ]
    if is_private(host):
        lines += [
            f"4. System Console > Environment > Developer: add {host} to “Allow untrusted internal connections to”",
            "   (AllowedUntrustedInternalConnections), since the bot has a private address.",
        ]
    else:
        lines.append(f"4. The server must be able to call {public_url}.")
    bot = manifest["bot"]
    lines += [
        f"5. Integrations > Bot Accounts > Add Bot Account: user name {wishes.bot_username}, display name {BOT_NAME},",
        f"   description: {bot['description']}",
        "   Role: Member; leave “post:all” and “post:channels” off. Copy its token: it is shown once.",
        f"6. Let @{wishes.bot_username} join the team, and the channels it should work in:",
        f"   /invite @{wishes.bot_username}",
        "7. Integrations > Slash Commands > Add Slash Command, once for each of these, and copy each token:",
    ]
    for command in manifest["commands"]:
        lines += [
            "",
            f"   Title: {command['display_name']}",
            f"   Description: {command['description']}",
            f"   Command Trigger Word: {command['trigger']}",
            f"   Request URL: {command['url']}",
            "   Request Method: POST",
            f"   Response Username: {command['username']}",
            "   Autocomplete: on",
            f"   Autocomplete Hint: {command['auto_complete_hint']}",
            f"   Autocomplete Description: {command['auto_complete_desc']}",
        ]
    return "\n".join([*lines, ""])


class ByHand:
    """Keeps an account that somebody else has made."""

    def __init__(
        self,
        url: str,
        database: Database,
        settings: Settings,
        *,
        now: Callable[[], datetime],
        client: Callable[[str, str], Client] = lambda url, token: Client(url, token, retry=HASTY),
    ) -> None:
        self._url = url.rstrip("/")
        self._database = database
        self._settings = settings
        self._now = now
        self._client = client

    def keep(self, wishes: Wishes, bot_token: str, tokens: Mapping[str, str], manifest: Json) -> Outcome:
        """Try the token, and keep all of it sealed; raises SetupError, and then nothing is kept."""
        wanted = {command["trigger"] for command in manifest["commands"]}
        missing = sorted(wanted - {name for name, token in tokens.items() if token})
        if missing:
            raise SetupError(f"The tokens of these commands are missing: {', '.join('/' + name for name in missing)}.")
        outcome = Outcome()
        with self._client(self._url, bot_token) as client:
            try:
                me, teams = client.me(), client.teams()
            except Refused as refused:
                raise SetupError(f"The server refuses the bot account's token ({refused.error_id}).") from refused
            except MattermostError as error:
                raise SetupError(f"{self._url} cannot be reached: {error}") from error
        chosen = [team for team in teams if not wishes.teams or team.name in wishes.teams]
        if len(chosen) != 1:
            names = ", ".join(team.name for team in teams) or "none"
            raise SetupError(f"The bot must be in the team: say which one with --team. It is in: {names}.")
        if not me.is_bot:
            outcome.to_change.append(f"@{me.username} is a person's account; make a bot account for the bot.")
        team = chosen[0]
        own = {team.id: {name: tokens[name] for name in sorted(wanted)}}
        accounts.keep(self._database, self._settings.secret_key, self._url, bot_token, own, at=self._now())
        remember_team(self._database, self._settings, self._url, team, wishes, now=self._now())
        outcome.teams.append(team.display_name)
        outcome.done.append(f"Kept the account @{me.username} and {len(wanted)} commands of {team.display_name}.")
        return outcome
