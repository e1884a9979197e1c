"""`filrouge read`: what a file of minutes decided, agreed and took on."""

import datetime as dt
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.console.output import emit, progress, refuse
from bot.imports.documents import DocumentError
from bot.imports.minutes import Wanted, read_path
from bot.understanding.minutes import Minutes, Proposal

app = typer.Typer()
_LANGUAGES = ("fr", "nl", "en", "de")


@app.command()
def read(
    file: Annotated[Path, typer.Argument(help="Minutes: .md .txt .docx .odt .pdf .html", show_default=False)],
    lang: Annotated[str | None, typer.Option(help="fr, nl, en or de; guessed when not given.")] = None,
    date: Annotated[
        str | None, typer.Option(help="The meeting's day or month, YYYY-MM[-DD]; read in the file when not given.")
    ] = None,
    country: Annotated[str, typer.Option(help="Whose public holidays deadlines skip.")] = "BE",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line.")] = False,
) -> None:
    """Propose the decisions, agreements and commitments of a file of minutes."""
    if lang is not None and lang not in _LANGUAGES:
        refuse(f"--lang {lang}: use one of {', '.join(_LANGUAGES)}")
    wanted = Wanted(_day(date), lang, country.upper())
    try:
        minutes = read_path(file, wanted, _pages)
    except DocumentError as error:
        refuse(f"{file.name}: {error}")
    except OSError as error:
        refuse(f"{file}: {error.strerror or error}")
    if as_json:
        emit(_plain(minutes))
    else:
        for line in _lines(minutes):
            typer.echo(line)


def _day(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text if text.count("-") > 1 else f"{text}-01")
    except ValueError:
        refuse(f"--date {text}: write YYYY-MM-DD or YYYY-MM")


def _pages(done: int, total: int) -> None:
    if total > 1 and (done == total or done % 25 == 0):
        progress(f"{done}/{total} pages")


def _plain(minutes: Minutes) -> dict[str, Any]:
    meeting = asdict(minutes.meeting)
    return {"meeting": meeting | {"language": minutes.language}, "items": [asdict(item) for item in minutes.items]}


def _lines(minutes: Minutes) -> list[str]:
    meeting = minutes.meeting
    head = ", ".join(str(part) for part in (meeting.title, meeting.date) if part)
    return [*([head] if head else []), *(_line(item) for item in minutes.items)]


def _line(item: Proposal) -> str:
    who = f" [{item.owner}]" if item.owner else ""
    when = f" ({item.due_date or item.due})" if item.due else ""
    return f"{item.line:>5}  {item.kind:<10} {item.text}{who}{when}"
