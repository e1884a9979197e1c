"""Our reader beside dateparser, chrono-node, Recognizers-Text and Duckling: right days and time per sentence.

dateparser is the project's own. The others are installed in a throw-away folder when FILROUGE_BENCH_INSTALL is set
(npm and pip needed), or skipped with a message. The corpora come from FILROUGE_TEST_DATA.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bot.understanding import deadlines

NOW = datetime.fromisoformat("2026-11-18T10:00:00+01:00")
SENTENCES = {
    "fr": "Le CPAS transmettra la liste complète des places disponibles à Libramont pour le 15 décembre au plus tard.",
    "nl": "Het OCMW bezorgt de volledige lijst met beschikbare plaatsen aan de coördinatie tegen eind volgende maand.",
    "de": "Das ÖSHZ übermittelt der Koordination die vollständige Liste der verfügbaren Plätze bis spätestens Freitag.",
    "en": "The welfare office will send the complete list of available places to the coordination by next Friday noon.",
}
Row = dict[str, Any]
Days = list[str | None]

CHRONO = """
const chrono = require('chrono-node');
const rows = require('fs').readFileSync(0, 'utf8').trim().split('\\n').map(JSON.parse);
for (const row of rows) {
  const parser = (chrono[row.lang] || chrono).casual || chrono.casual;
  const start = process.hrtime.bigint();
  let day = null;
  try {
    const found = parser.parse(row.text, new Date(row.now.slice(0, 19)), {forwardDate: true})[0];
    const at = found && (found.end || found.start).date();
    const two = (number) => String(number).padStart(2, '0');
    day = at && `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  } catch (error) {}
  console.log(JSON.stringify([day || null, Number(process.hrtime.bigint() - start) / 1000]));
}
"""

RECOGNIZERS = """
import json, sys, time
from datetime import datetime, timedelta
from recognizers_date_time import recognize_datetime
from recognizers_text import Culture
cultures = {"fr": Culture.French, "nl": Culture.Dutch, "en": Culture.English}
for line in sys.stdin:
    row = json.loads(line)
    now = datetime.fromisoformat(row["now"][:19])
    start = time.perf_counter()
    day = None
    try:
        found = recognize_datetime(row["text"], cultures[row["lang"]], reference=now)
        value = found[0].resolution["values"][-1] if found else {}
        if "end" in value:
            day = str((datetime.fromisoformat(value["end"][:10]) - timedelta(days=1)).date())
        elif "value" in value:
            day = value["value"][:10] if "-" in value["value"][:10] else str(now.date())
    except Exception:
        day = None
    print(json.dumps([day, (time.perf_counter() - start) * 1e6]))
"""

DUCKLING = """
import json, sys, time
from datetime import datetime, timedelta
import duckling
from duckling import Context, load_time_zones, parse, parse_dimensions, parse_lang
from duckling import default_locale_lang, parse_locale, parse_ref_time
zones = load_time_zones("/usr/share/zoneinfo")
dimensions = parse_dimensions(["time"])
for line in sys.stdin:
    row = json.loads(line)
    now = datetime.fromisoformat(row["now"])
    language = parse_lang(row["lang"].upper())
    context = Context(parse_ref_time(zones, "UTC", int(datetime.fromisoformat(row["now"][:19] + "+00:00").timestamp())),
                      parse_locale(row["lang"].upper(), default_locale_lang(language)))
    start = time.perf_counter()
    found = parse(row["text"], context, dimensions, False)
    day = None
    if found:
        value = found[0]["value"]
        value = json.loads(value) if isinstance(value, str) else value
        if value.get("type") == "interval" and "to" in value:
            day = str((datetime.fromisoformat(value["to"]["value"][:10]) - timedelta(days=1)).date())
        elif "value" in value:
            first = datetime.fromisoformat(value["value"][:10]).date()
            grain = value.get("grain")
            month = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
            ends = {"week": first + timedelta(days=6), "month": month,
                    "year": first.replace(month=12, day=31)}
            day = str(ends.get(grain, first))
    print(json.dumps([day, (time.perf_counter() - start) * 1e6]))
"""


def corpus(lang: str) -> list[Row]:
    data = os.environ.get("FILROUGE_TEST_DATA")
    if not data:
        return []
    rows = [
        json.loads(line)
        for line in (Path(data) / "dates" / f"duckling_{lang}.jsonl").open(encoding="utf-8")
        if line.strip()
    ]
    return [
        {
            "text": r["text"],
            "lang": lang,
            "now": r["reference"],
            "meant": {r["last_day"], r.get("last_day_alt", r["last_day"])},
        }
        for r in rows
        if r.get("set") == "allExamples" and r.get("last_day") and not r.get("latent") and not r.get("holiday")
    ]


def timed(read: Callable[[Row], date | None]) -> Callable[[list[Row]], list[tuple[str | None, float]]]:
    def run(rows: list[Row]) -> list[tuple[str | None, float]]:
        out = []
        for row in rows:
            start = time.thread_time()
            day = read(row)
            out.append((str(day) if day else None, (time.thread_time() - start) * 1e6))
        return out

    return run


def ours(row: Row) -> date | None:
    found = deadlines.read(row["text"], now=datetime.fromisoformat(row["now"]), lang=row["lang"], any_tense=True)
    return found.to if found else None


def dateparser_day(row: Row) -> date | None:
    from dateparser.search import search_dates

    now = datetime.fromisoformat(row["now"]).replace(tzinfo=None)
    settings = {"RELATIVE_BASE": now, "PREFER_DATES_FROM": "future", "DATE_ORDER": "DMY"}
    found = search_dates(row["text"], languages=[row["lang"]], settings=settings)
    return found[-1][1].date() if found else None


def outside(command: list[str]) -> Callable[[list[Row]], list[tuple[str | None, float]]]:
    """A reader that lives in another process: rows in, `[day, microseconds]` out."""

    def run(rows: list[Row]) -> list[tuple[str | None, float]]:
        lines = "".join(json.dumps({key: row[key] for key in ("text", "lang", "now")}) + "\n" for row in rows)
        done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
        return [(day, cost) for day, cost in map(json.loads, done.stdout.splitlines())]

    return run


def python_with(folder: Path, script: str, *packages: str) -> list[str]:
    home = folder / packages[0]
    venv.create(home, with_pip=True)
    subprocess.run([home / "bin/python", "-m", "pip", "install", "--quiet", *packages, "setuptools<80"], check=True)
    (home / "read.py").write_text(script, "utf-8")
    return [str(home / "bin/python"), "-W", "ignore", str(home / "read.py")]


def node_with(folder: Path, package: str, script: str) -> list[str]:
    home = folder / package
    home.mkdir()
    subprocess.run(["npm", "install", "--silent", "--no-fund", "--no-audit", package], cwd=home, check=True)
    (home / "read.js").write_text(script, "utf-8")
    return ["node", str(home / "read.js")]


def readers(folder: Path) -> Iterable[tuple[str, Callable[[list[Row]], list[tuple[str | None, float]]]]]:
    yield "Fil rouge", timed(ours)
    yield "dateparser", timed(dateparser_day)
    if not os.environ.get("FILROUGE_BENCH_INSTALL"):
        print(
            "chrono-node, Recognizers-Text, Duckling skipped: "
            "FILROUGE_BENCH_INSTALL=1 installs them in a throw-away folder."
        )
        return
    others: tuple[tuple[str, Callable[[], list[str]]], ...] = (
        ("chrono-node", lambda: node_with(folder, "chrono-node", CHRONO)),
        ("Recognizers-Text", lambda: python_with(folder, RECOGNIZERS, "recognizers-text-suite", "emoji<2")),
        ("Duckling", lambda: python_with(folder, DUCKLING, "pyduckling-native-phihos")),
    )
    for name, install in others:
        try:
            yield name, outside(install())
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"{name} skipped: {error}")


# What a line of a paste may repeat without end.
PIECES = ("le 15 décembre ou avant vendredi, puis lundi en huit ", "le 15, ", "avant ", "1/", "a.", "a", " ")


def pastes() -> None:
    """Four times the text must cost about four times as much."""
    for piece in PIECES:
        costs = []
        for length in (25_000, 100_000):
            text = piece * (length // len(piece))
            before = time.process_time()
            deadlines.read_all(text, now=NOW, lang="fr")
            costs.append(time.process_time() - before)
        print(f"100,000 characters of {piece!r:56} {costs[1]:5.2f} s, {costs[1] / costs[0]:.1f} x a quarter of it")


def main() -> None:
    pastes()
    costs = []
    for _ in range(5):
        code = "import time as t; a = t.process_time(); import bot.understanding.deadlines; print(t.process_time() - a)"
        costs.append(float(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout))
    print(f"import: {min(costs) * 1000:.0f} ms of processor time, the best of five")
    with tempfile.TemporaryDirectory() as folder:
        medians: dict[str, float] = {}
        for name, read in readers(Path(folder)):
            everyday = [{"text": s, "lang": lang, "now": NOW.isoformat()} for lang, s in SENTENCES.items()]
            try:
                read(everyday)
                medians[name] = statistics.median(cost for _, cost in read(everyday * 50))
            except subprocess.CalledProcessError as error:
                print(f"{name} failed: {error.stderr[-300:]}")
                continue
            ratio = medians[name] / medians["Fil rouge"]
            print(f"{name:17} a sentence of 105 characters: {medians[name]:8.0f} µs ({ratio:.1f} x ours)")
            for lang in deadlines.LANGUAGES:
                rows = corpus(lang)
                if not rows:
                    print("  right days skipped: FILROUGE_TEST_DATA names no corpora")
                    break
                answers = read(rows)
                right = sum(day in row["meant"] for row, (day, _) in zip(rows, answers, strict=True))
                wrong = sum(
                    day is not None and day not in row["meant"] for row, (day, _) in zip(rows, answers, strict=True)
                )
                print(f"  {lang}: right {right / len(rows):.2f}, wrong day {wrong / len(rows):.2f}, of {len(rows)}")


if __name__ == "__main__":
    main()
