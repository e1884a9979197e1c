"""What is asked for wrongly, or cannot be used: status 2 and one clear line."""

import gc
import pathlib
import socket

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app

SLACK = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "s", "SLACK_API_URL": "http://127.0.0.1:9/api/"}


def filrouge(*words: str, **env: str) -> Result:
    return CliRunner().invoke(app, words, env=env)


def line_of(result: Result) -> str:
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    [line] = result.stderr.splitlines()
    return line


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nonsense"], "No such command 'nonsense'. See: filrouge --help"),
        (["manifest", "teams"], "No such command 'teams'. See: filrouge manifest --help"),
        (["ask", "x", "--limit", "0"], "--limit"),
        (["say", "--frobnicate"], "--frobnicate"),
        (["say", "--as"], "requires an argument"),
        (["setup", "mattermost"], "Missing option '--url'"),
        (["ask", "x", "--lang", "pt"], "--lang pt: one of fr, nl, de, en"),
        (["deadline", "vendredi", "--country", "ZZ"], "--country ZZ: one of BE, FR, NL, DE, LU"),
    ],
)
def test_a_line_says_what_is_wrong(words: list[str], said: str) -> None:
    assert said in line_of(filrouge(*words))


def test_without_words_the_help_is_shown() -> None:
    result = filrouge()
    assert result.exit_code == 2
    assert "Usage" in result.output
    assert filrouge("--help").exit_code == 0


@pytest.mark.parametrize("words", [["tick"], ["migrate"], ["digest"], ["ask", "x"], ["run"]])
def test_a_file_that_is_no_database(tmp_path: pathlib.Path, words: list[str]) -> None:
    (tmp_path / "notes.db").write_bytes(b"a letter, and no database at all " * 40)
    line = line_of(filrouge("--database", f"sqlite:///{tmp_path}/notes.db", *words))
    assert line == "The database does not answer: file is not a database. Check FILROUGE_DATABASE_URL."


@pytest.mark.parametrize("words", [["tick"], ["migrate"]])
def test_a_folder_that_cannot_be_made(tmp_path: pathlib.Path, words: list[str]) -> None:
    (tmp_path / "file").touch()
    line = line_of(filrouge("--database", f"sqlite:///{tmp_path}/file/x/filrouge.db", *words))
    assert "cannot be made" in line
    assert "FILROUGE_DATABASE_URL" in line


def test_a_port_that_is_taken_and_a_host_that_is_not_here(sqlite_url: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        run = filrouge("--database", sqlite_url, "run", FILROUGE_PORT=port, **SLACK)
        assert run.exit_code == 2
        assert f"FILROUGE_PORT: port {port} of 127.0.0.1 cannot be used" in run.stderr
        assert f"port {port}" in line_of(filrouge("demo", FILROUGE_PORT=port))
    away = filrouge("--database", sqlite_url, "run", FILROUGE_HOST="999.1.1.1", **SLACK)
    assert away.exit_code == 2
    assert "FILROUGE_HOST: 999.1.1.1 is no address of this machine" in away.stderr


def test_a_network_that_is_misspelt_is_not_made(sqlite_url: str) -> None:
    here = ("--database", sqlite_url, "--network")
    assert filrouge(*here, "Semois", "say", "--as", "Ana", "/decision On achète local").exit_code == 0
    for words in (["tick"], ["digest"], ["ask", "x"], ["offers", "export", "--format", "csv"]):
        line = line_of(filrouge(*here, "Semoi", *words))
        assert line == "No network is called “Semoi”. There is: Semois."
    assert filrouge(*here, "Semois", "digest").exit_code == 0


def test_garbage_is_collected_whatever_becomes_of_the_start(sqlite_url: str) -> None:
    frozen = gc.get_freeze_count()
    assert filrouge("--database", sqlite_url, "run", SLACK_BOT_TOKEN="xoxb-1").exit_code == 2
    assert filrouge("deadline", "vendredi").exit_code == 0
    assert gc.isenabled()
    assert gc.get_freeze_count() <= frozen


def test_nobody_speaks(sqlite_url: str) -> None:
    assert "Say who speaks" in line_of(filrouge("--database", sqlite_url, "say", "--as", " @", "Bonjour"))
