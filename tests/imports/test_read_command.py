"""`filrouge read` as a person runs it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app

TEXT = "# Réunion du 13 janvier 2026\n\nPrésents : Ana, Paul\n\nAna enverra le plan avant le 20 janvier.\n"


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    path = tmp_path / "pv.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_json_is_one_line_with_the_meeting_and_its_items(minutes: Path) -> None:
    done = CliRunner().invoke(app, ["read", str(minutes), "--lang", "fr", "--json"])
    assert done.exit_code == 0
    answer = json.loads(done.stdout)
    assert answer["meeting"]["date"] == "2026-01-13"
    (item,) = answer["items"]
    assert item == {
        "kind": "commitment",
        "line": 5,
        "quote": "Ana enverra le plan avant le 20 janvier.",
        "text": "Ana enverra le plan avant le 20 janvier.",
        "owner": "Ana",
        "due": item["due"],
        "due_date": "2026-01-20",
        "confidence": item["confidence"],
        "members": ["Ana"],
    }
    assert "20 janvier" in item["due"]


def test_without_json_it_is_a_list_to_look_at(minutes: Path) -> None:
    done = CliRunner().invoke(app, ["read", str(minutes), "--date", "2025-01"])
    assert "Ana enverra le plan" in done.stdout
    assert "[Ana] (2025-01-20)" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["absent.md"], "absent.md"),
        (["pv.md", "--date", "hier"], "YYYY-MM-DD"),
        (["pv.md", "--lang", "es"], "fr, nl, en, de"),
        (["pv.xyz"], ".xyz"),
    ],
)
def test_bad_use_is_one_clear_line(
    minutes: Path, arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(minutes.parent)
    Path("pv.xyz").write_text("x", encoding="utf-8")
    done = CliRunner().invoke(app, ["read", *arguments])
    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""
