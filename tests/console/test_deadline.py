import json

from typer.testing import CliRunner

from bot.console.deadline import app

NOW = ["--now", "2026-11-18T10:00:00+01:00"]


def answer(*words: str) -> object:
    result = CliRunner().invoke(app, [*words, *NOW])
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def test_a_sentence_is_one_json_line() -> None:
    assert answer("d'ici vendredi midi", "--lang", "fr") == {
        "found": {
            "span": [0, 19],
            "words": "d'ici vendredi midi",
            "from": "2026-11-18",
            "to": "2026-11-20",
            "due": "2026-11-20",
            "time": "12:00",
            "recurrence": None,
            "certain": True,
        }
    }


def test_nothing_found_is_null() -> None:
    assert answer("bonjour à tous") == {"found": None}


def test_the_school_calendar_decides() -> None:
    found = answer("après les vacances de printemps", "--school", "vl", "--lang", "fr")
    assert isinstance(found, dict)
    assert found["found"]["due"] == "2027-04-12"


def test_lines_in_are_lines_out() -> None:
    lines = [
        {"text": "tegen eind mei", "lang": "nl", "now": "2026-11-18T10:00:00"},
        {"text": "rien", "lang": "fr", "now": "2026-11-18T10:00:00"},
    ]
    result = CliRunner().invoke(app, ["--jsonl"], input="".join(json.dumps(line) + "\n" for line in lines))
    assert [json.loads(line)["found"] and json.loads(line)["found"]["due"] for line in result.output.splitlines()] == [
        "2027-05-31",
        None,
    ]


def test_bad_use_is_one_clear_line_and_status_2() -> None:
    for words in ([], ["demain", "--school", "mars"], ["demain", "--lang", "xx"], ["demain", "--now", "hier"]):
        result = CliRunner().invoke(app, words)
        assert result.exit_code == 2, words
    broken = CliRunner().invoke(app, ["--jsonl"], input="{\n")
    assert broken.exit_code == 2


def test_a_now_without_an_offset_is_by_the_clocks_of_the_country() -> None:
    late = ["demain", "--lang", "fr", "--now", "2026-11-18T23:30:00"]
    found = json.loads(CliRunner().invoke(app, late, env={"TZ": "Asia/Tokyo"}).stdout)["found"]
    assert found["due"] == "2026-11-19"
