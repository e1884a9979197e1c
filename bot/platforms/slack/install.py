"""Workspaces that installed the bot by OAuth: their tokens, sealed in the database, and the pages they see."""

import json
import secrets
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from html import escape

import structlog
from slack_bolt import BoltResponse
from slack_bolt.oauth import OAuthFlow
from slack_bolt.oauth.callback_options import CallbackOptions, FailureArgs, SuccessArgs
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk.oauth import OAuthStateStore
from slack_sdk.oauth.installation_store import InstallationStore
from slack_sdk.oauth.installation_store.models import Installation

from bot.phrases import Phrase, Reader, _
from bot.platforms.slack.api import Bot, client
from bot.sealing import Seal, SealError
from bot.settings import SLACK_API, Slack
from storage import installations
from storage.database import Database

log = structlog.get_logger()

PLATFORM = "slack"
KIND = "bot"
SOCKET = "socket"
INSTALL_PATH = "/slack/install"
REDIRECT_PATH = "/slack/oauth_redirect"
# How long a token found is used before the database is asked again: another process may have removed it.
FRESH = timedelta(seconds=60)
STATE_FOR = timedelta(minutes=10)


class Installations(InstallationStore):
    """The bot of each workspace or organisation; who installs again, or somebody else, replaces what was there."""

    def __init__(self, database: Database, secret_key: str, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._seal = Seal(secret_key, "slack tokens")
        self._clock = clock
        self._known: dict[str, tuple[datetime, Bot | None]] = {}
        self._lock = threading.Lock()

    def save(self, installation: Installation) -> None:
        team_id = "" if installation.is_enterprise_install else installation.team_id or ""
        key = team_id or installation.enterprise_id or ""
        bot = Bot(
            team_id=key,
            token=installation.bot_token or "",
            user_id=installation.bot_user_id or "",
            bot_id=installation.bot_id or "",
            team_name=installation.team_name or installation.enterprise_name or "",
        )
        self.keep(bot)

    def keep(self, bot: Bot, *, app_token: str = "") -> None:
        """Keep a bot, and the token of its socket where its workspace has an app of its own."""
        with self._database.system_session() as session:
            sealed = self._seal.seal(json.dumps(asdict(bot)))
            installations.keep(session, PLATFORM, KIND, bot.team_id, sealed, at=self._clock())
            if app_token:
                sealed = self._seal.seal(app_token)
                installations.keep(session, PLATFORM, SOCKET, bot.team_id, sealed, at=self._clock())
        with self._lock:
            self._known.clear()

    def app_tokens(self) -> list[str]:
        """One for each workspace that has an app of its own."""
        with self._database.system_session(reading=True) as session:
            sealed = [row.sealed for row in installations.every(session, PLATFORM, SOCKET)]
        return [token for one in sealed if (token := self._unsealed(one))]

    def bot(self, team_id: str, enterprise_id: str = "") -> Bot | None:
        """The bot installed in a workspace, or in the whole organisation it belongs to."""
        return next((bot for key in (team_id, enterprise_id) if key and (bot := self._find(key))), None)

    def forget(self, enterprise_id: str, team_id: str) -> None:
        """The bot was removed there."""
        with self._database.system_session() as session:
            for key in (team_id, enterprise_id):
                if key:
                    installations.forget(session, PLATFORM, KIND, key)
                    installations.forget(session, PLATFORM, SOCKET, key)
        with self._lock:
            self._known.clear()

    def every(self) -> list[Bot]:
        """Every workspace where the bot is, but those that another secret key sealed."""
        with self._database.system_session(reading=True) as session:
            keys = [row.external_id for row in installations.every(session, PLATFORM, KIND)]
        return [bot for key in keys if (bot := self._find(key)) is not None]

    def _find(self, key: str) -> Bot | None:
        now = self._clock()
        known = self._known.get(key)
        if known is not None and now - known[0] < FRESH:
            return known[1]
        with self._database.system_session(reading=True) as session:
            row = installations.find(session, PLATFORM, KIND, key)
            sealed = row.sealed if row else ""
        bot = self._opened(sealed) if sealed else None
        with self._lock:
            self._known[key] = (now, bot)
        return bot

    def _opened(self, sealed: str) -> Bot | None:
        text = self._unsealed(sealed)
        return Bot(**json.loads(text)) if text else None

    def _unsealed(self, sealed: str) -> str:
        """Empty where another secret key sealed it."""
        try:
            return self._seal.open(sealed)
        except SealError:
            log.warning("slack token sealed with another key")
            return ""


class States(OAuthStateStore):
    """States of installations under way: sealed, good for ten minutes and, in this process, once."""

    def __init__(self, secret_key: str, clock: Callable[[], datetime]) -> None:
        self._seal = Seal(secret_key, "slack install")
        self._clock = clock
        self._used: dict[str, datetime] = {}
        self._lock = threading.Lock()

    def issue(self, *_args: object, **_named: object) -> str:
        return self._seal.seal(json.dumps([self._clock().isoformat(), secrets.token_hex(8)]))

    def consume(self, state: str) -> bool:
        now = self._clock()
        try:
            at, nonce = json.loads(self._seal.open(state))
        except (SealError, ValueError, TypeError):
            return False
        with self._lock:
            self._used = {used: until for used, until in self._used.items() if until > now}
            fresh = now - datetime.fromisoformat(at) < STATE_FOR and nonce not in self._used
            self._used[nonce] = now + STATE_FOR
            return fresh


def flow(
    slack: Slack,
    store: Installations,
    *,
    secret_key: str,
    public_url: str,
    scopes: Sequence[str],
    language: str,
    clock: Callable[[], datetime],
) -> OAuthFlow:
    """Bolt's installation pages on our store."""
    reader = Reader(language)
    settings = OAuthSettings(
        client_id=slack.client_id,
        client_secret=slack.client_secret,
        scopes=list(scopes),
        redirect_uri=f"{public_url}{REDIRECT_PATH}",
        install_path=INSTALL_PATH,
        redirect_uri_path=REDIRECT_PATH,
        install_page_rendering_enabled=False,
        installation_store=store,
        state_store=States(secret_key, clock),
        callback_options=CallbackOptions(
            success=lambda args: _done(args, reader), failure=lambda a: _failed(a, reader)
        ),
        authorization_url=None if slack.api_url == SLACK_API else _authorize_url(slack.api_url),
    )
    return OAuthFlow(client=client("", slack.api_url, patient=False), settings=settings)


def _authorize_url(api_url: str) -> str:
    return f"{api_url.removesuffix('/').removesuffix('/api')}/oauth/v2/authorize"


def _done(args: SuccessArgs, reader: Reader) -> BoltResponse:
    team = args.installation.team_name or args.installation.enterprise_name or ""
    words = _(
        "Fil rouge is installed in {team}. Go back to Slack and write `/filrouge` in a channel: "
        "it will take you through the first steps. It writes to nobody before you start it.",
        team=team,
    )
    return _page(200, words, reader)


def _failed(args: FailureArgs, reader: Reader) -> BoltResponse:
    words = _(
        "The installation did not go through ({reason}) and nothing was kept. "
        "Please begin again from the installation link.",
        reason=args.reason,
    )
    return _page(args.suggested_status_code, words, reader)


def _page(status: int, words: Phrase, reader: Reader) -> BoltResponse:
    body = (
        f'<!doctype html><html lang="{reader.language}"><meta charset="utf-8"><title>Fil rouge</title>'
        f'<meta name="viewport" content="width=device-width"><body><p>{escape(words.say(reader))}</p></body></html>'
    )
    return BoltResponse(status=status, body=body, headers={"Content-Type": "text/html; charset=utf-8"})
