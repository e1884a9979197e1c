"""`filrouge deadline`: what a sentence owes and when, as JSON."""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from bot.settings import ZONES
from bot.understanding import deadlines

app = typer.Typer()


def as_json(found: deadlines.Deadline | None) -> dict[str, Any]:
    if found is None:
        return {"found": None}
    answer: dict[str, Any] = {
        "span": list(found.span),
        "words": found.words,
        "from": found.from_.isoformat(),
        "to": found.to.isoformat(),
        "due": found.due.isoformat(),
        "time": found.time and found.time.isoformat("minutes"),
        "recurrence": found.recurrence,
        "certain": found.certain,
    }
    if not found.certain:
        answer["readings"] = [day.isoformat() for day in found.readings]
    if found.reason:
        answer["reason"] = found.reason
    return {"found": answer}


def moment(text: str | None, country: str) -> datetime:
    """When it is said, by the clocks of the country where nothing else is said."""
    zone = ZoneInfo(ZONES[country])
    if text is None:
        return datetime.now(zone)
    try:
        now = datetime.fromisoformat(text)
    except ValueError:
        raise refuse(f"--now {text}: an ISO 8601 date and time, for example 2026-11-18T10:00:00+01:00") from None
    return now if now.tzinfo else now.replace(tzinfo=zone)


def say(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")


def refuse(why: str) -> typer.Exit:
    sys.stderr.write(why + "\n")
    return typer.Exit(2)


def lines() -> Iterator[dict[str, Any]]:
    for number, line in enumerate(sys.stdin, 1):
        if line.strip():
            try:
                row = json.loads(line)
                yield {**row, "text": str(row["text"]), **({"now": str(row["now"])} if "now" in row else {})}
            except (ValueError, KeyError, TypeError):
                raise refuse(f'line {number}: one JSON object {{"text", "lang", "now"}} a line') from None


@app.command()
def deadline(
    text: Annotated[str | None, typer.Argument(help="The sentence to read.")] = None,
    lang: Annotated[str | None, typer.Option(help="fr, nl, de or en; found out when not given.")] = None,
    now: Annotated[str | None, typer.Option(help="When it is said, ISO 8601; its offset is the zone.")] = None,
    country: Annotated[str, typer.Option(help="BE, FR, NL, DE or LU: whose holidays.")] = "BE",
    school: Annotated[str | None, typer.Option(help="fwb, vl, dg, fr-a, fr-b or fr-c: whose school holidays.")] = None,
    any_tense: Annotated[bool, typer.Option("--any-tense", help="Days of the past too.")] = False,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Read lines {"text", "lang", "now"}, write one line each.')
    ] = False,
) -> None:
    """Read the deadline in a sentence."""
    if lang is not None and lang not in deadlines.LANGUAGES:
        raise refuse(f"--lang {lang}: one of {', '.join(deadlines.LANGUAGES)}")
    if country not in ZONES:
        raise refuse(f"--country {country}: one of {', '.join(ZONES)}")
    if school is not None and school not in deadlines.SCHOOLS:
        raise refuse(f"--school {school}: one of {', '.join(deadlines.SCHOOLS)}")
    if not jsonl and text is None:
        raise refuse('Give a sentence, for example: filrouge deadline "avant vendredi", or --jsonl.')
    rows: Iterable[dict[str, Any]] = lines() if jsonl else [{"text": text}]
    for row in rows:
        whose = str(row.get("country", country))
        found = deadlines.read(
            str(row["text"]),
            now=moment(row.get("now", now), whose if whose in ZONES else country),
            lang=row.get("lang") or lang,
            country=whose,
            school=row.get("school", school),
            any_tense=any_tense,
        )
        say(as_json(found))
