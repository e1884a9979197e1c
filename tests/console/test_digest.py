"""`filrouge digest`, as it is run from the shell."""

import json
import pathlib

from typer.testing import CliRunner

from bot.__main__ import app

NOW = ("--now", "2026-11-23T10:00:00+01:00")


def _run(database: pathlib.Path, *words: str) -> str:
    ran = CliRunner().invoke(app, ["--database", f"sqlite:///{database}", *words], env={"FILROUGE_LANGUAGE": "fr"})
    assert ran.exit_code == 0, ran.output
    return ran.stdout


def test_the_week_of_the_network_is_one_json_line(tmp_path: pathlib.Path) -> None:
    database = tmp_path / "filrouge.db"
    _run(database, "say", "--as", "ana", "--in", "pilotage", *NOW, "/decision On achète local.")
    _run(database, "say", "--as", "ana", "--in", "bureau", "--private", *NOW, "/decision Le bureau déménage.")
    [line] = _run(database, "digest", "--now", "2026-11-24T09:00:00+01:00").splitlines()
    told = json.loads(line)
    assert told["text"] == "Décidé et convenu\nD-1 On achète local."
    assert told["blocks"] == [
        {
            "kind": "settled",
            "title": "Décidé et convenu",
            "items": [{"ref": "D-1", "text": "D-1 On achète local."}],
        }
    ]


def test_an_empty_week_is_empty(tmp_path: pathlib.Path) -> None:
    [line] = _run(tmp_path / "filrouge.db", "digest", *NOW).splitlines()
    assert (json.loads(line)["text"], json.loads(line)["blocks"]) == ("", [])


def test_a_wrong_instant_is_refused(tmp_path: pathlib.Path) -> None:
    words = ["--database", f"sqlite:///{tmp_path}/f.db", "digest", "--now", "demain"]
    assert CliRunner().invoke(app, words).exit_code == 2
