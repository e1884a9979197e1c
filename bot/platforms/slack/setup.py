"""Setting Slack up and checking it: tokens are tried before they are kept, rights compared with what the code needs."""

from dataclasses import dataclass
from datetime import datetime

from slack_sdk.errors import SlackApiError

from bot.platforms.slack.api import Bot, client, error_code
from bot.platforms.slack.install import Installations
from bot.platforms.slack.manifest import BOT_SCOPES
from bot.settings import Settings
from storage.database import Database


class RefusedError(Exception):
    """What Slack refuses, in one line for an administrator."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a pair of tokens opens; `missing` are the rights that the code needs and the app has not."""

    bot: Bot
    missing: tuple[str, ...]


def tried(bot_token: str, base_url: str) -> Found:
    """Ask Slack whose token it is; raises RefusedError."""
    try:
        answer = client(bot_token, base_url, patient=False).auth_test()
    except SlackApiError as refused:
        raise RefusedError(f"Slack refuses the bot token ({error_code(refused)}).") from refused
    except OSError as lost:
        raise RefusedError(f"Slack cannot be reached at {base_url}.") from lost
    headers = {name.lower(): value for name, value in dict(answer.headers).items()}
    granted = headers.get("x-oauth-scopes", "")
    has = set((granted if isinstance(granted, str) else ",".join(granted)).replace(" ", "").split(","))
    bot = Bot(
        team_id=answer["team_id"],
        token=bot_token,
        user_id=answer["user_id"],
        bot_id=answer.get("bot_id") or "",
        team_name=answer.get("team") or "",
    )
    return Found(bot, tuple(scope for scope in BOT_SCOPES if scope not in has) if has - {""} else ())


def try_socket(app_token: str, base_url: str) -> None:
    """Ask Slack for a socket; raises RefusedError."""
    try:
        client("", base_url, patient=False).apps_connections_open(app_token=app_token)
    except SlackApiError as refused:
        raise RefusedError(
            f"Slack refuses the app token ({error_code(refused)}); it needs the scope connections:write."
        ) from refused
    except OSError as lost:
        raise RefusedError(f"Slack cannot be reached at {base_url}.") from lost


def keep(database: Database, secret_key: str, bot_token: str, app_token: str, *, base_url: str, now: datetime) -> Bot:
    """Try both tokens and keep them sealed; raises RefusedError and keeps nothing where one is refused."""
    found = tried(bot_token, base_url)
    try_socket(app_token, base_url)
    if found.missing:
        raise RefusedError(f"The app lacks these rights: {', '.join(found.missing)}. Create it from the manifest.")
    Installations(database, secret_key, lambda: now).keep(found.bot, app_token=app_token)
    return found.bot


def check(settings: Settings) -> tuple[str, bool | None, str]:
    """Part, whether it works (None where it is not set up), and plain words."""
    slack = settings.slack
    if slack is None:
        return "Slack", None, "Not in the environment; workspaces of `filrouge setup slack` are connected all the same."
    if slack.oauth:
        return "Slack", True, f"Workspaces install it at {settings.public_url}/slack/install."
    try:
        found = tried(slack.bot_token, slack.api_url)
        if slack.socket:
            try_socket(slack.app_token, slack.api_url)
    except RefusedError as refused:
        return "Slack", False, str(refused)
    if found.missing:
        return "Slack", False, f"The app lacks these rights: {', '.join(found.missing)}. Install it again."
    how = "over a socket" if slack.socket else "over signed HTTP"
    return "Slack", True, f"Connected to {found.bot.team_name} {how}."
