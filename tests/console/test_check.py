"""`filrouge check`, `migrate` and `manifest`: plain words, one JSON line, a clear line on bad use."""

import json
import pathlib
from collections.abc import Sequence

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.finding import encoder


def filrouge(*words: str, env: dict[str, str] | None = None) -> Result:
    empty = dict.fromkeys(("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "MATTERMOST_URL", "FILROUGE_SECRET_KEY"), "")
    return CliRunner().invoke(app, words, env=empty | (env or {}))


def lines(result: Result) -> Sequence[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_an_empty_machine_is_well_and_nothing_is_made(tmp_path: pathlib.Path) -> None:
    result = filrouge("--database", f"sqlite:///{tmp_path}/x/filrouge.db", "check", "--json")
    assert result.exit_code == 0, result.output
    found = {line["part"]: line for line in lines(result)}
    assert "will be made" in str(found["Database"]["words"])
    assert found["Slack"]["works"] is None
    assert found["Second reader"]["works"] is None
    assert found["Search"]["works"] is (True if encoder.usable() else None)
    assert ("by their meaning" in str(found["Search"]["words"])) is encoder.usable()
    assert not (tmp_path / "x").exists()


def test_migrate_makes_the_tables_and_check_sees_them(tmp_path: pathlib.Path) -> None:
    url = f"sqlite:///{tmp_path}/x/filrouge.db"
    [made] = lines(filrouge("--database", url, "migrate", "--json"))
    assert made["before"] is None
    assert made["after"]
    assert filrouge("--database", url, "migrate").stdout == "The database is up to date.\n"
    assert "up to date, with 0 networks" in filrouge("--database", url, "check").stdout


def test_a_database_that_is_down_is_said_and_counts(tmp_path: pathlib.Path) -> None:
    (tmp_path / "file").touch()
    result = filrouge("--database", "postgresql://nobody@127.0.0.1:9/none", "check")
    assert result.exit_code == 1
    assert "does not answer" in result.stdout


def test_wrong_settings_end_with_status_2_and_a_line_each() -> None:
    result = filrouge("check", env={"FILROUGE_PORT": "x", "FILROUGE_LANGUAGE": "y"})
    assert result.exit_code == 2
    assert [line.split()[0] for line in result.stderr.splitlines()] == ["FILROUGE_PORT", "FILROUGE_LANGUAGE"]


def test_run_without_anything_to_connect_to_says_so(sqlite_url: str) -> None:
    result = filrouge("--database", sqlite_url, "run")
    assert result.exit_code == 2
    assert "nothing to connect to" in result.stderr


@pytest.mark.parametrize(("language", "name"), [("fr", "/decision"), ("nl", "/beslissing"), ("de", "/beschluss")])
def test_the_manifest_speaks_the_language_of_the_network(language: str, name: str) -> None:
    [made] = lines(filrouge("manifest", "slack", "--lang", language, "--json"))
    assert name in str(made["features"])
    assert "/x-" + name[1:] in filrouge("manifest", "slack", "--lang", language, "--prefix", "x-").stdout


def test_the_manifest_knows_four_languages() -> None:
    result = filrouge("manifest", "slack", "--lang", "it")
    assert result.exit_code == 2
