"""The environment in, one frozen value or clear lines out."""

import pathlib

import pytest

from bot import settings
from bot.settings import Settings, SettingsError

KEY = "k" * 40


def problems(**given: str) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as refused:
        Settings.from_mapping(given)
    return refused.value.problems


def test_nothing_set_is_a_working_local_configuration() -> None:
    found = Settings.from_mapping({"HOME": "/home/ana"})
    assert found.database_url.startswith("sqlite:////home/ana/")
    assert (found.host, found.port, found.country, found.language) == ("127.0.0.1", 8080, "BE", "fr")
    assert found.timezone == "Europe/Brussels"
    assert found.slack is None
    assert found.mattermost is None


def test_the_zone_follows_the_country_unless_it_is_given() -> None:
    assert Settings.from_mapping({"FILROUGE_COUNTRY": "lu"}).timezone == "Europe/Luxembourg"
    given = {"FILROUGE_COUNTRY": "FR", "FILROUGE_TIMEZONE": "Indian/Reunion"}
    assert Settings.from_mapping(given).timezone == "Indian/Reunion"


def test_secrets_hide_in_the_representation() -> None:
    found = Settings.from_mapping(
        {
            "FILROUGE_DATABASE_URL": "postgresql://ana:motdepasse@db/filrouge",
            "FILROUGE_SECRET_KEY": KEY,
            "FILROUGE_SMTP_URL": "smtp://ana:motdepasse@mail:587",
            "SLACK_BOT_TOKEN": "xoxb-secret",
            "SLACK_APP_TOKEN": "xapp-secret",
            "SLACK_SIGNING_SECRET": "secret",
        }
    )
    shown = repr(found) + repr(found.slack)
    assert "secret'" not in shown
    assert "-secret" not in shown
    assert "motdepasse" not in shown
    assert KEY not in shown
    assert found.slack is not None
    assert found.slack.bot_token == "xoxb-secret"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FILROUGE_DATABASE_URL", "mysql://db/filrouge"),
        ("FILROUGE_PUBLIC_URL", "filrouge.example.org"),
        ("FILROUGE_PORT", "many"),
        ("FILROUGE_PORT", "70000"),
        ("FILROUGE_SECRET_KEY", "short"),
        ("FILROUGE_COUNTRY", "XX"),
        ("FILROUGE_TIMEZONE", "Europe/Arlon"),
        ("FILROUGE_TIMEZONE", "../etc/passwd"),
        ("FILROUGE_LANGUAGE", "it"),
        ("FILROUGE_SMTP_URL", "mail.example.org"),
        ("SLACK_API_URL", "slack"),
    ],
)
def test_a_wrong_value_gives_one_line_that_names_it(name: str, value: str) -> None:
    (line,) = problems(**{name: value})
    assert line.startswith(f"{name} ")
    assert "\n" not in line


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, ["SLACK_APP_TOKEN"]),
        ({"SLACK_APP_TOKEN": "xapp-1"}, ["SLACK_BOT_TOKEN"]),
        ({"SLACK_BOT_TOKEN": "xoxp-1", "SLACK_SIGNING_SECRET": "s"}, ["SLACK_BOT_TOKEN"]),
        (
            {"SLACK_CLIENT_ID": "1.2", "SLACK_SIGNING_SECRET": "s"},
            ["SLACK_CLIENT_SECRET", "FILROUGE_SECRET_KEY", "FILROUGE_PUBLIC_URL"],
        ),
        (
            {"MATTERMOST_URL": "https://chat.example.org"},
            ["MATTERMOST_TOKEN", "FILROUGE_SECRET_KEY", "FILROUGE_PUBLIC_URL"],
        ),
        ({"MATTERMOST_TOKEN": "t", "FILROUGE_SECRET_KEY": KEY}, ["MATTERMOST_URL", "FILROUGE_PUBLIC_URL"]),
    ],
)
def test_half_a_platform_says_what_else_it_needs(given: dict[str, str], missing: list[str]) -> None:
    assert [line.split()[0] for line in problems(**given)] == missing


def test_every_problem_is_told_at_once() -> None:
    assert len(problems(FILROUGE_PORT="x", FILROUGE_LANGUAGE="y", FILROUGE_COUNTRY="z")) == 3


def test_a_workspace_of_one_or_of_many() -> None:
    one = Settings.from_mapping({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}).slack
    assert one is not None
    assert one.socket
    assert not one.oauth
    many = Settings.from_mapping(
        {
            "SLACK_CLIENT_ID": "1.2",
            "SLACK_CLIENT_SECRET": "s",
            "SLACK_SIGNING_SECRET": "s",
            "FILROUGE_SECRET_KEY": KEY,
            "FILROUGE_PUBLIC_URL": "https://filrouge.example.org/",
        }
    )
    assert many.slack is not None
    assert many.slack.oauth
    assert many.public_url == "https://filrouge.example.org"


def test_settings_alone_read_the_environment() -> None:
    root = pathlib.Path(settings.__file__).parent.parent
    readers = [
        path.name
        for package in ("bot", "storage", "commands")
        for path in (root / package).rglob("*.py")
        if "os.environ" in path.read_text() or "getenv" in path.read_text()
    ]
    assert readers == ["settings.py"]
