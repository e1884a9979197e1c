"""`filrouge offers import|export`."""

import json
import pathlib
import sys
import time
from functools import partial
from typing import Annotated, Any

import typer

from bot.console.opening import Local, opened_locally
from bot.console.output import emit, progress, refuse
from bot.exports import guide as guides
from bot.exports import offers as exporting
from bot.finding.directory import DIRECTORY, encode_pending
from bot.imports import offers as importing
from bot.imports.offer_files import rows
from bot.imports.tables import Code, TableError
from bot.phrases import LANGUAGES, Reader
from bot.understanding.places import gazetteer
from storage import offers

app = typer.Typer(no_args_is_help=True)
# Beyond this many texts, meaning is left to be read in the background; words find them meanwhile.
ENCODE_NOW = 3000
WHY: dict[Code, str] = {
    "big": "is larger than 300 MB: split it",
    "not_a_table": "is of no kind that is read here (CSV, XLSX, ODS, JSON, JSONL, or a zip of HSDS files)",
    "damaged": "is damaged",
    "bomb": "unpacks to more than 600 MB and was not opened",
    "empty": "is empty",
    "locked": "is protected by a password",
    "old": "is an old Excel file: save it as .xlsx",
}


@app.command("import")
def bring_in(
    context: typer.Context,
    file: Annotated[pathlib.Path, typer.Argument(help="CSV, XLSX, ODS, JSON, JSONL, or HSDS as a zip or a folder.")],
    mapping: Annotated[pathlib.Path | None, typer.Option(help="JSON: column -> field, instead of the guess.")] = None,
    source: Annotated[str, typer.Option(help="Whose directory it is; rows are known again by it and their id.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, change nothing.")] = False,
    rejected: Annotated[pathlib.Path | None, typer.Option(help="Where to write the rejected rows.")] = None,
    encode: Annotated[bool, typer.Option("--encode/--no-encode", help="Read meanings at once.")] = True,
    now: Annotated[str | None, typer.Option(help="When it is imported, ISO 8601.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line (the default).")] = True,  # noqa: ARG001 - said for scripts, never read
) -> None:
    """Import offers; those already known by their id are updated, none is deleted."""
    if not file.exists():
        refuse(f"{file}: no such file.")
    columns = _mapping(mapping) if mapping else None
    with opened_locally(context.obj, now, known=False) as local:
        session = partial(local.session, source="import")
        started = time.monotonic()
        try:
            report = importing.import_offers(
                session,
                rows(file),
                source=source or "import",
                mapping=columns,
                dry=dry_run,
                progress=partial(_tell, started=started),
            )
        except TableError as wrong:
            refuse(f"{file.name} {WHY[wrong.code]}.")
        if rejected is not None and report.rejected:
            rejected.write_bytes(importing.rejected_file(report))
        waiting = 0 if dry_run or not encode else _encode(local)
        emit(_summary(report) | {"to_encode": waiting})


def _mapping(path: pathlib.Path) -> dict[str, str]:
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        refuse(f"{path}: not a JSON object of columns and fields.")
    if not isinstance(read, dict):
        refuse(f"{path}: not a JSON object of columns and fields.")
    return {str(column): str(name) for column, name in read.items()}


def _tell(report: importing.Report, *, started: float) -> None:
    if report.read % 5000 == 0:
        progress(f"{report.read} rows read, {report.read / max(time.monotonic() - started, 0.001):.0f} a second")


def _encode(local: Local) -> int:
    """Encode what is new, unless it would take too long; how many are left for the background."""
    model = DIRECTORY.encoder
    if model is None:
        return 0
    with local.session(source="import", reading=True) as session:
        waiting = offers.count_without_vector(session, model.name)
    if waiting > ENCODE_NOW:
        minutes = waiting * 0.06 / 60
        progress(
            f"{waiting} descriptions to encode in the background, about {minutes:.0f} min; words find them already."
        )
        return waiting
    done, started = 0, time.monotonic()
    while True:
        with local.session(source="import") as session:
            made = encode_pending(session, limit=64)
        if not made:
            return 0
        done += made
        pace = (time.monotonic() - started) / done
        progress(f"{done} of {waiting} encoded, {max(waiting - done, 0) * pace:.0f} s left")


def _summary(report: importing.Report) -> dict[str, Any]:
    return {
        "source": report.source,
        "mapping": report.mapping,
        "read": report.read,
        "added": report.added,
        "changed": report.changed,
        "same": report.same,
        "unplaced": report.unplaced,
        "rejected": report.rejected_count,
        "reasons": [{"row": each.number, "reason": each.reason} for each in report.rejected[:20]],
        "changes": [{"name": name, "fields": sorted(fields)} for name, fields in report.changes[:20]],
    }


@app.command("export")
def bring_out(
    context: typer.Context,
    form: Annotated[str, typer.Option("--format", help="csv, xlsx, ods, jsonl, hsds or data-inclusion.")],
    output: Annotated[
        pathlib.Path | None, typer.Option("--output", "-o", help="Where to write; standard output without it.")
    ] = None,
    now: Annotated[str | None, typer.Option(help="When it is exported, ISO 8601.")] = None,
) -> None:
    """Export the offers."""
    writer = exporting.WRITERS.get(form)
    if writer is None:
        refuse(f"--format {form}: one of {', '.join(exporting.WRITERS)}.")
    with opened_locally(context.obj, now) as local, local.session(source="console", reading=True) as session:
        target = output.open("wb") if output else sys.stdout.buffer
        try:
            writer(offers.all_standing(session), target)
        finally:
            if output:
                target.close()


@app.command("guide")
def print_guide(
    context: typer.Context,
    output: Annotated[pathlib.Path, typer.Option("--output", "-o", help="Where to write: .docx or .html.")],
    commune: Annotated[str, typer.Argument(help="A commune by its name or postal code; all of them without it.")] = "",
    lang: Annotated[str, typer.Option(help="fr, nl, de or en.")] = "",
    now: Annotated[str | None, typer.Option(help="When it is printed, ISO 8601.")] = None,
) -> None:
    """Write the printable guide of a commune."""
    writer = {".docx": guides.docx, ".html": guides.html}.get(output.suffix.lower())
    if writer is None:
        refuse(f"{output}: .docx or .html.")
    place = gazetteer().commune_named(commune) if commune else None
    if commune and place is None:
        refuse(f"{commune}: no such commune.")
    with opened_locally(context.obj, now) as local, local.session(source="console", reading=True) as session:
        network = session.network
        language = lang or network.language
        if language not in LANGUAGES:
            refuse(f"--lang {language}: one of {', '.join(LANGUAGES)}.")
        rows = offers.serving(session, place.code, place.area) if place else offers.all_standing(session)
        reader = Reader(language, network.timezone, network.country, local.at.date())
        named = place.label(language) if place else ""
        made = guides.assemble(rows, reader, network=network.name, commune=named, now=local.at)
        output.write_bytes(writer(made))
    emit({"guide": str(output), "services": sum(len(entries) for _kind, entries in made.chapters)})
