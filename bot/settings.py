"""What the environment configures, read once into one frozen value; the only reader of `os.environ`."""

import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

LANGUAGES = ("fr", "nl", "de", "en")
ZONES = {
    "BE": "Europe/Brussels",
    "FR": "Europe/Paris",
    "NL": "Europe/Amsterdam",
    "DE": "Europe/Berlin",
    "LU": "Europe/Luxembourg",
}
SECRET_LENGTH = 32
SLACK_API = "https://slack.com/api/"

# Every variable, in the order in which they are explained; `env.example` holds exactly these.
VARIABLES = (
    "FILROUGE_DATABASE_URL",
    "FILROUGE_PUBLIC_URL",
    "FILROUGE_HOST",
    "FILROUGE_PORT",
    "FILROUGE_SECRET_KEY",
    "FILROUGE_COUNTRY",
    "FILROUGE_TIMEZONE",
    "FILROUGE_LANGUAGE",
    "FILROUGE_SMTP_URL",
    "FILROUGE_READER_URL",
    "FILROUGE_READER_MODEL",
    "FILROUGE_READER_KEY",
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "SLACK_SIGNING_SECRET",
    "SLACK_CLIENT_ID",
    "SLACK_CLIENT_SECRET",
    "SLACK_API_URL",
    "MATTERMOST_URL",
    "MATTERMOST_TOKEN",
)


class SettingsError(Exception):
    """What is missing or wrong: one line for each variable, naming it and what to do."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Secret(str):
    """A text that does not show itself in a representation; it is an ordinary text otherwise."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'…'" if self else "''"


NONE = Secret()


@dataclass(frozen=True, slots=True)
class Slack:
    """One workspace by `bot_token`, or many by `client_id`; over a socket when there is an `app_token`."""

    bot_token: Secret = NONE
    app_token: Secret = NONE
    signing_secret: Secret = NONE
    client_id: str = ""
    client_secret: Secret = NONE
    api_url: str = SLACK_API

    @property
    def socket(self) -> bool:
        return bool(self.app_token)

    @property
    def oauth(self) -> bool:
        return bool(self.client_id)


@dataclass(frozen=True, slots=True)
class Mattermost:
    url: str
    token: Secret


@dataclass(frozen=True, slots=True)
class ReaderModel:
    """A language model that may read notes too, at a base address that speaks OpenAI's chat completions."""

    url: str
    model: str
    key: Secret = NONE


@dataclass(frozen=True, slots=True)
class Settings:
    """`public_url` has no slash at its end; "" where nothing is said of it, as for `smtp_url` and `secret_key`."""

    database_url: Secret
    public_url: str = ""
    host: str = "127.0.0.1"
    port: int = 8080
    secret_key: Secret = NONE
    country: str = "BE"
    timezone: str = "Europe/Brussels"
    language: str = "fr"
    smtp_url: Secret = NONE
    reader: ReaderModel | None = None
    slack: Slack | None = None
    mattermost: Mattermost | None = None

    @classmethod
    def from_environment(cls, *, database: str | None = None) -> Self:
        """What the process was started with; `database` overrides its URL. Raises SettingsError."""
        given = dict(os.environ)
        return cls.from_mapping({**given, "FILROUGE_DATABASE_URL": database} if database else given)

    @classmethod
    def from_mapping(cls, given: Mapping[str, str]) -> Self:
        """Raises SettingsError with every problem at once; variables of other names are passed over."""
        reader = _Reader(given)
        country = reader.choice("FILROUGE_COUNTRY", tuple(ZONES), "BE", str.upper)
        settings = cls(
            database_url=Secret(reader.database() or default_database(given)),
            public_url=reader.url("FILROUGE_PUBLIC_URL", ("https", "http")).rstrip("/"),
            host=reader.text("FILROUGE_HOST") or "127.0.0.1",
            port=reader.port(),
            secret_key=reader.secret_key(),
            country=country,
            timezone=reader.zone() or ZONES[country],
            language=reader.choice("FILROUGE_LANGUAGE", LANGUAGES, "fr", str.lower),
            smtp_url=Secret(reader.url("FILROUGE_SMTP_URL", ("smtp", "smtps"))),
            reader=reader.model(),
            slack=reader.slack(),
            mattermost=reader.mattermost(),
        )
        if reader.problems:
            raise SettingsError(tuple(reader.problems))
        return settings


def default_database(given: Mapping[str, str]) -> str:
    """`filrouge.db` under the user's data folder; nothing is made on the disk."""
    home = given.get("HOME") or os.path.expanduser("~")  # noqa: PTH111 - a text is all that is needed
    mac = sys.platform == "darwin"
    base = given.get("XDG_DATA_HOME") or f"{home}/{'Library/Application Support' if mac else '.local/share'}"
    return f"sqlite:///{base}/filrouge/filrouge.db"


class _Reader:
    """Reads one variable after the other and collects what is wrong."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self._given = given
        self.problems: list[str] = []

    def text(self, name: str) -> str:
        return self._given.get(name, "").strip()

    def wrong(self, name: str, what: str) -> None:
        self.problems.append(f"{name} {what}")

    def choice(self, name: str, among: tuple[str, ...], default: str, fold: Callable[[str], str]) -> str:
        value = fold(self.text(name))
        if value and value not in among:
            self.wrong(name, f"must be one of {', '.join(among)}.")
            return default
        return value or default

    def url(self, name: str, schemes: tuple[str, ...]) -> str:
        value = self.text(name)
        if value and (not re.match(rf"({'|'.join(schemes)})://", value) or not urlsplit(value).hostname):
            self.wrong(name, f"must be a full address that begins with {schemes[0]}://.")
            return ""
        return value

    def database(self) -> str:
        value = self.text("FILROUGE_DATABASE_URL")
        if value and not re.match(r"(sqlite|postgres(ql)?(\+psycopg)?)://", value):
            self.wrong(
                "FILROUGE_DATABASE_URL",
                "must begin with sqlite:/// (then a path) or postgresql:// (then user:password@host/name).",
            )
            return ""
        return value

    def port(self) -> int:
        value = self.text("FILROUGE_PORT") or "8080"
        if not value.isdecimal() or not 0 < int(value) < 65536:  # noqa: PLR2004 - the range of ports
            self.wrong("FILROUGE_PORT", "must be a number from 1 to 65535.")
            return 8080
        return int(value)

    def secret_key(self) -> Secret:
        value = self.text("FILROUGE_SECRET_KEY")
        if value and len(value) < SECRET_LENGTH:
            self.wrong(
                "FILROUGE_SECRET_KEY",
                f"is too short: use at least {SECRET_LENGTH} random characters; `openssl rand -base64 32` gives some.",
            )
        return Secret(value)

    def zone(self) -> str:
        value = self.text("FILROUGE_TIMEZONE")
        try:
            return ZoneInfo(value).key if value else ""
        except (ZoneInfoNotFoundError, ValueError, OSError):
            self.wrong("FILROUGE_TIMEZONE", "must be the name of a time zone, such as Europe/Brussels.")
            return ""

    def model(self) -> ReaderModel | None:
        """Off unless an address is given."""
        url, model = self.url("FILROUGE_READER_URL", ("https", "http")).rstrip("/"), self.text("FILROUGE_READER_MODEL")
        if not self.text("FILROUGE_READER_URL"):
            return None
        if not model:
            self.wrong("FILROUGE_READER_MODEL", "is missing: name the model to ask at FILROUGE_READER_URL.")
        return ReaderModel(url, model, Secret(self.text("FILROUGE_READER_KEY")))

    def slack(self) -> Slack | None:
        slack = Slack(
            bot_token=Secret(self.text("SLACK_BOT_TOKEN")),
            app_token=Secret(self.text("SLACK_APP_TOKEN")),
            signing_secret=Secret(self.text("SLACK_SIGNING_SECRET")),
            client_id=self.text("SLACK_CLIENT_ID"),
            client_secret=Secret(self.text("SLACK_CLIENT_SECRET")),
            api_url=(self.url("SLACK_API_URL", ("https", "http")) or SLACK_API).rstrip("/") + "/",
        )
        given = (slack.bot_token, slack.app_token, slack.signing_secret, slack.client_id, slack.client_secret)
        if not any(given):
            return None
        self._slack_tokens(slack)
        if slack.oauth or slack.client_secret:
            self._slack_oauth(slack)
        elif not slack.bot_token:
            self.wrong("SLACK_BOT_TOKEN", "is missing: copy it from “OAuth & Permissions” of your Slack app (xoxb-…).")
        if not slack.app_token and not slack.signing_secret:
            self.wrong(
                "SLACK_APP_TOKEN",
                "is missing: copy it from “Basic Information” of your Slack app (xapp-…), "
                "or set SLACK_SIGNING_SECRET to be reached over HTTP.",
            )
        return slack

    def _slack_tokens(self, slack: Slack) -> None:
        for name, value, start in (
            ("SLACK_BOT_TOKEN", slack.bot_token, "xoxb-"),
            ("SLACK_APP_TOKEN", slack.app_token, "xapp-"),
        ):
            if value and not value.startswith(start):
                self.wrong(name, f"must begin with {start}; another kind of token was given.")

    def _slack_oauth(self, slack: Slack) -> None:
        if slack.bot_token:
            self.wrong("SLACK_BOT_TOKEN", "and SLACK_CLIENT_ID exclude each other: keep the one or the other.")
        for name, value in (("SLACK_CLIENT_ID", slack.client_id), ("SLACK_CLIENT_SECRET", slack.client_secret)):
            if not value:
                self.wrong(name, "is missing: copy it from “Basic Information” of your Slack app.")
        self._needs("FILROUGE_SECRET_KEY", "it keeps the tokens of the workspaces: set it to 32 random characters.")
        self._needs("FILROUGE_PUBLIC_URL", "Slack sends people back to it: set it to the bot's https:// address.")

    def mattermost(self) -> Mattermost | None:
        url = self.url("MATTERMOST_URL", ("https", "http")).rstrip("/")
        token = Secret(self.text("MATTERMOST_TOKEN"))
        if not self.text("MATTERMOST_URL") and not token:
            return None
        if not self.text("MATTERMOST_URL"):
            self.wrong("MATTERMOST_URL", "is missing: set it to the address of your Mattermost server.")
        if not token:
            self.wrong("MATTERMOST_TOKEN", "is missing: run `filrouge setup mattermost` to get one.")
        self._needs("FILROUGE_SECRET_KEY", "it signs the buttons on Mattermost: set it to 32 random characters.")
        self._needs("FILROUGE_PUBLIC_URL", "Mattermost calls it: set it to the bot's address as Mattermost sees it.")
        return Mattermost(url, token)

    def _needs(self, name: str, why: str) -> None:
        line = f"{name} is missing: {why}"
        if not self.text(name) and not any(problem.startswith(f"{name} ") for problem in self.problems):
            self.problems.append(line)


def one_thread_each() -> None:
    """Limit linear algebra to one thread, before it is loaded: several askers then share the cores fairly."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
