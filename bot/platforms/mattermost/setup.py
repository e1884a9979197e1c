"""Setting the bot up on a Mattermost server with an administrator's token; run again, it repairs and never doubles."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from bot.app import network_for
from bot.platforms.mattermost import accounts
from bot.platforms.mattermost.callbacks import PROBE, PROBE_ANSWER
from bot.platforms.mattermost.client import Client
from bot.platforms.mattermost.connection import NAME, key_of
from bot.platforms.mattermost.dialogs import version_of
from bot.platforms.mattermost.http import MattermostError, Refused, Retry, Unsure
from bot.platforms.mattermost.manifest import BOT_NAME, BOT_USERNAME, COMMAND_PATH, manifest
from bot.sealing import SealError
from storage.networks import Network

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from bot.platforms.mattermost.admin import Admin
    from bot.platforms.mattermost.types import Command, Team
    from bot.registry import Registry
    from bot.settings import Settings
    from storage.database import Database

HASTY: Final = Retry(attempts=2, patience=15.0)
OLDEST: Final = (11, 1)
CLOCKS: Final = timedelta(minutes=5)


class SetupError(Exception):
    """The set-up cannot go on; the message says what an administrator must change, in plain words."""


@dataclass
class Outcome:
    """What was done, line by line, and what somebody still has to change."""

    done: list[str] = field(default_factory=list)
    to_change: list[str] = field(default_factory=list)
    teams: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Wishes:
    """What the administrator asked for; no team named means the only one they are in."""

    language: str
    prefix: str = ""
    teams: tuple[str, ...] = ()
    bot_username: str = BOT_USERNAME


class Setup:
    """One server, one walk."""

    def __init__(
        self,
        admin: Admin,
        database: Database,
        registry: Registry,
        settings: Settings,
        *,
        now: Callable[[], datetime],
        client: Callable[[str, str], Client] = lambda url, token: Client(url, token, retry=HASTY),
    ) -> None:
        self._admin = admin
        self._database = database
        self._registry = registry
        self._settings = settings
        self._now = now
        self._client = client
        self._may_make_bots = True
        self.outcome = Outcome()

    def run(self, wishes: Wishes) -> Outcome:
        """Everything but the call back; raises SetupError, and then nothing new is kept."""
        self._settings_of_the_server()
        bot_id = self._bot(wishes)
        token = self._token(bot_id)
        tokens: dict[str, dict[str, str]] = {}
        teams = self._teams(wishes.teams)
        for team in teams:
            self._admin.add_to_team(team.id, bot_id)
            tokens[team.id] = {command.trigger: command.token for command in self._commands(team, wishes)}
            self.outcome.teams.append(team.display_name)
        key = self._settings.secret_key
        accounts.keep(self._database, key, self._admin.url, token, tokens, at=self._now())
        for team in teams:
            remember_team(self._database, self._settings, self._admin.url, team, wishes, now=self._now())
        return self.outcome

    # The server's own settings -------------------------------------------------------------------------------------

    def _settings_of_the_server(self) -> None:
        try:
            me = self._admin.me()
            version = version_of(self._admin.settings().get("Version", ""))
            config = self._admin.service_settings()
            apart = abs(self._admin.clock() - self._now())
        except Refused as refused:
            raise SetupError(_explained(refused)) from refused
        except MattermostError as error:
            raise SetupError(f"{self._admin.url} cannot be reached: {error}") from error
        self.outcome.done.append(f"Connected to {self._admin.url} as {me.username}.")
        if version and version < OLDEST:
            self.outcome.to_change.append(
                f"Mattermost {'.'.join(map(str, version))} is older than 11.1: days are typed as words there."
            )
        if apart > CLOCKS:
            self.outcome.to_change.append(
                f"The clocks of the server and of this machine are {apart.seconds // 60} minutes apart: calls would "
                "look like replays. Let both keep time by NTP."
            )
        self.outcome.to_change += settings_to_change(config, self._settings.public_url)
        self._may_make_bots = bool(config.get("EnableBotAccountCreation"))
        if not config.get("EnableCommands", True):
            raise SetupError("\n".join(self.outcome.to_change))

    # The account ---------------------------------------------------------------------------------------------------

    def _bot(self, wishes: Wishes) -> str:
        made = manifest(self._registry, wishes.language, public_url=self._settings.public_url)["bot"]
        given = (wishes.bot_username, BOT_NAME, made["description"])
        for bot in self._admin.bots():
            if bot["username"] == wishes.bot_username:
                self._admin.keep_bot(bot["user_id"], *given)
                self.outcome.done.append(f"The bot account @{wishes.bot_username} is there.")
                return str(bot["user_id"])
        if not self._may_make_bots:
            raise SetupError("\n".join(self.outcome.to_change))
        try:
            bot_id = self._admin.create_bot(*given)
        except Refused as refused:
            raise SetupError(
                f"The bot account @{wishes.bot_username} cannot be made ({refused.error_id}). "
                "If a person has that name, choose another one with --bot-name."
            ) from refused
        self.outcome.done.append(f"Made the bot account @{wishes.bot_username}.")
        return bot_id

    def _token(self, bot_id: str) -> str:
        """The one kept earlier while it works, else a new one."""
        try:
            kept = accounts.kept(self._database, self._settings.secret_key, self._admin.url)
        except SealError:
            kept = None
        if kept is not None:
            with self._client(self._admin.url, kept.token) as client:
                try:
                    if client.me().id == bot_id:
                        self.outcome.done.append("Its token works.")
                        return kept.token
                except MattermostError:
                    pass
        token = self._admin.create_token(bot_id, BOT_NAME)
        self.outcome.done.append("Made a token for it.")
        return token

    # Teams and commands --------------------------------------------------------------------------------------------

    def _teams(self, wanted: Sequence[str]) -> list[Team]:
        if not wanted:
            mine = self._admin.teams()
            if len(mine) != 1:
                names = ", ".join(team.name for team in mine) or "none"
                raise SetupError(f"Say for which teams with --team; you are in: {names}.")
            return mine
        teams = []
        for name in wanted:
            try:
                teams.append(self._admin.team_named(name))
            except Refused as refused:
                raise SetupError(f"There is no team {name}: give the name that is in its address.") from refused
        return teams

    def _commands(self, team: Team, wishes: Wishes) -> list[Command]:
        """The team's commands, made or mended; those of another language or prefix are taken away."""
        made = manifest(self._registry, wishes.language, public_url=self._settings.public_url, prefix=wishes.prefix)[
            "commands"
        ]
        known = self._admin.commands(team.id)
        own = {command.trigger: command for command in known if command.url.endswith(COMMAND_PATH)}
        wanted = {command["trigger"] for command in made}
        taken = sorted(wanted & {command.trigger for command in known} - own.keys())
        if taken:
            raise SetupError(_taken(team, taken))
        for trigger in sorted(own.keys() - wanted):
            self._admin.delete_command(own[trigger].id)
        kept: list[Command] = []
        for command in made:
            try:
                earlier = own.get(command["trigger"])
                kept.append(
                    self._admin.update_command(earlier, command)
                    if earlier
                    else self._admin.create_command(team.id, command)
                )
            except Refused as refused:
                if "duplicate_trigger" in refused.error_id:
                    raise SetupError(_taken(team, [command["trigger"]])) from refused
                raise SetupError(_explained(refused)) from refused
        names = " ".join(f"/{command.trigger}" for command in kept)
        self.outcome.done.append(f"{team.display_name}: {len(kept)} commands: {names}")
        return kept

    # Really calling back -------------------------------------------------------------------------------------------

    def call_back(self, wishes: Wishes) -> None:
        """Give a command as the administrator: the server must be able to call the bot, which must be running."""
        team = self._teams(wishes.teams)[0]
        line = f"/{wishes.prefix}filrouge"
        try:
            channel = self._admin.channel_named(team.id, "town-square")
            answer = self._admin.execute(channel.id, team.id, f"{line} {PROBE}")
            if answer != PROBE_ANSWER:
                raise Unsure(f"it answered {answer[:80]!r}")
        except MattermostError as error:
            self.outcome.to_change.append(
                f"The server could not call {self._settings.public_url} ({error}). Check that this address is right, "
                "that the server may reach it, and what is said here about untrusted internal connections."
            )
        else:
            self.outcome.done.append(f"The server called the bot at {self._settings.public_url} and got its answer.")


def _taken(team: Team, triggers: Sequence[str]) -> str:
    names = ", ".join(f"/{trigger}" for trigger in triggers)
    return f"{team.display_name}: {names} belong to something else. Choose a prefix, for example --prefix fr-."


def _explained(refused: Refused) -> str:
    if refused.status == 401:  # noqa: PLR2004 - HTTP's own number
        return (
            "The server does not know this token. A personal access token works only while “Enable Personal Access "
            "Tokens” is on: System Console > Integrations > Integration Management."
        )
    if refused.status == 403:  # noqa: PLR2004 - same
        return "This token may not do that: it must be a system administrator's. Without one, use --by-hand."
    if 300 <= refused.status < 400:  # noqa: PLR2004 - same
        return f"The address leads elsewhere ({refused}): give the one it leads to with --url."
    return f"The server refused: {refused}"


def settings_to_change(config: Mapping[str, Any], public_url: str) -> list[str]:
    """What an administrator must change in the System Console, in plain words; `config` is ServiceSettings."""
    lines = []
    if not config.get("SiteURL"):
        lines.append("System Console > Environment > Web Server: set the Site URL; commands are refused without it.")
    if not config.get("EnableBotAccountCreation"):
        lines.append("System Console > Integrations > Bot Accounts: turn on “Enable Bot Account Creation”.")
    if not config.get("EnableCommands", True):
        lines.append("System Console > Integrations > Integration Management: turn on “Enable Custom Slash Commands”.")
    host = urlsplit(public_url).hostname or ""
    allowed = str(config.get("AllowedUntrustedInternalConnections") or "").replace(",", " ").split()
    if is_private(host) and not _listed(host, allowed):
        lines.append(
            "System Console > Environment > Developer: add "
            f"{host} to “Allow untrusted internal connections to”; the server refuses private addresses otherwise."
        )
    return lines


def is_private(host: str) -> bool:
    """Whether a server refuses to call this address unless it is listed; a name is judged by its look."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or "." not in host or host.endswith((".local", ".internal", ".lan"))
    return address.is_private or address.is_loopback or address.is_link_local


def _listed(host: str, allowed: Sequence[str]) -> bool:
    if host in allowed:
        return True
    try:
        address = ipaddress.ip_address(host)
        return any(address in ipaddress.ip_network(entry, strict=False) for entry in allowed if "/" in entry)
    except ValueError:
        return False


def remember_team(
    database: Database, settings: Settings, url: str, team: Team, wishes: Wishes, *, now: datetime
) -> None:
    """The network of a team, with the language and prefix of its commands."""
    defaults = {"language": wishes.language, "country": settings.country, "timezone": settings.timezone}
    external_id = f"{key_of(url)}/{team.id}"
    network_id = network_for(database, NAME, external_id, now=now, name=team.display_name, defaults=defaults)
    with database.system_session() as session:
        session.get_one(Network, network_id).choose(prefix=wishes.prefix)


def check(settings: Settings) -> tuple[str, bool | None, str]:
    """Part, whether it works (None where it is not set up), and plain words: for `filrouge check`."""
    from storage.database import Database  # noqa: PLC0415 - the database is opened only to look

    database = Database(str(settings.database_url))
    try:
        found = accounts.accounts(database, settings)
    except SealError:
        return "Mattermost", False, "FILROUGE_SECRET_KEY is not the one that the set-up used: its tokens do not open."
    except Exception as error:  # noqa: BLE001 - the database has its own line in the check
        return "Mattermost", None, f"Not known while the database does not answer ({type(error).__name__})."
    finally:
        database.dispose()
    if not found:
        return "Mattermost", None, "Not set up; `filrouge setup mattermost` does it."
    lines, works = [], True
    for account in found:
        with Client(account.url, account.token, retry=HASTY) as client:
            try:
                me, teams = client.me(), client.teams()
            except MattermostError as error:
                lines.append(f"{account.url}: {error}")
                works = False
                continue
        names = ", ".join(team.display_name for team in teams) or "no team"
        with_commands = {command.team_id for command in account.commands}
        lines.append(f"{account.url} as @{me.username} in {names}, {len(account.commands)} commands")
        without = [team.display_name for team in teams if team.id not in with_commands]
        if without or not teams:
            works = False
            lines.append(f"no commands for {', '.join(without) or 'anyone'}: run `filrouge setup mattermost` again")
    if not settings.public_url:
        works = False
        lines.append("FILROUGE_PUBLIC_URL is missing: the server calls it")
    return "Mattermost", works, "; ".join(lines) + "."
