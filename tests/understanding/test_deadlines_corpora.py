"""The floors on other people's corpora; a quarter of each was never looked at while the grammar was written."""

import json
import os
import re
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.understanding import deadlines

DATA = os.environ.get("FILROUGE_TEST_DATA")
pytestmark = pytest.mark.corpora
FLOORS = {"fr": 0.97, "nl": 0.97, "de": 0.95, "en": 0.93}
FEASTS = re.compile(
    "Easter|Christmas|New Year|Mother|Father|Valentine|Pentecost|Whit|Ostern|Neujahr|Weihnacht|Pfingst|Kerst|Nieuwjaar"
)
CONVENTION = re.compile(
    r"\b(début|mi-|quinzaine|fin d'année|fin de l'année|en début|beginning|early|mid march|tot het einde|bis zum ende)",
    re.IGNORECASE,
)


def rows(name: str) -> list[dict[str, str]]:
    path = Path(DATA or "") / "dates" / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


@pytest.mark.parametrize("lang", deadlines.LANGUAGES)
def test_the_last_day_meant(lang: str) -> None:
    right, total = 0, 0
    for row in rows(f"duckling_{lang}"):
        if (
            row.get("set") != "allExamples"
            or row.get("latent")
            or not row.get("last_day")
            or CONVENTION.search(row["text"])
        ):
            continue
        if row.get("holiday") and not FEASTS.search(row["holiday"]):
            continue
        found = deadlines.read(row["text"], now=datetime.fromisoformat(row["reference"]), lang=lang, any_tense=True)
        total += 1
        right += found is not None and str(found.to) in (row["last_day"], row.get("last_day_alt"))
    assert right / total >= FLOORS[lang]


@pytest.mark.parametrize("lang", ["fr", "nl"])
def test_the_deadline_phrases(lang: str) -> None:
    for row in rows(f"probe_{lang}"):
        found = deadlines.read(row["text"], now=datetime.fromisoformat(row["reference"]), lang=lang)
        assert found, row["text"]
        wanted = {date.fromisoformat(day) for day in (row["last_day"], *row.get("alt", []))}
        assert {found.to, found.due} & wanted, row["text"]
