"""A directory that somebody sends: its columns shown and corrected, then taken in while they do something else."""

import hashlib
import io
import pathlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any

from bot import (
    Attachment,
    Context,
    FieldErrors,
    Form,
    Phrase,
    Reader,
    Refusal,
    Reply,
    Section,
    _,
    action,
    button,
    every,
    lines,
    many,
    notice,
    verbatim,
    words,
)
from bot.imports.columns import from_words, plain_words
from bot.imports.tables import TableError
from bot.messages import Held
from commands.offer_labels import LABELS, UNREADABLE
from storage import directory_imports, offer_mappings
from storage.directory_imports import DirectoryImport, State
from storage.members import Member
from storage.notices import Notice

TAKEN_IN = "offer_import.taken_in"
KEPT_FOR = timedelta(days=7)
MOST_COLUMNS = 60
LONGEST_HEADING = 60
MOST_SHOWN = 4
# Rows that are compared with the directory before anybody confirms.
TRIED = 300
ROWS_A_SECOND = 1500


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that was looked through before the transaction: `columns` as guessed, `rows` counted."""

    name: str
    content: bytes
    headings: tuple[str, ...] = ()
    columns: Mapping[str, str] | None = None
    rows: int = 0
    failure: str = ""


def prepared(files: tuple[Held, ...], _reader: Reader) -> Looked | None:
    """Look through the first attached file; nothing of it is recorded."""
    from bot.imports import offer_files  # noqa: PLC0415 - heavy, and of no use before a file comes
    from bot.imports import offers as importing  # noqa: PLC0415 - heavy, and of no use before a file comes

    if not files:
        return None
    file = files[0]
    if file.content is None:
        return Looked(file.name, b"", failure="big")
    try:
        rows = offer_files.read(io.BytesIO(file.content), file.name)
        columns, first = importing.look(rows)
        count = len(first) + sum(1 for _row in rows)
    except TableError as unreadable:
        return Looked(file.name, b"", failure=unreadable.code)
    headings = tuple(dict.fromkeys(heading for row in first for heading in row.values))
    return Looked(file.name, file.content, headings, columns, count, "" if count else "empty")


def bring_in(context: Context) -> Reply:
    """Show what the columns were taken for; nothing is recorded yet."""
    context.need_coordinator()
    looked = context.prepared
    if not isinstance(looked, Looked):
        raise TypeError(type(looked).__name__)
    if looked.failure:
        raise Refusal(UNREADABLE.get(looked.failure, UNREADABLE["not_a_table"]))
    kept = offer_mappings.mapping_of(context.session, _shape(looked.headings))
    source = (kept or {}).pop("", "") or _source(looked.name)
    row = directory_imports.show(
        context.session,
        member_id=context.me.id,
        name=looked.name,
        source=source,
        content=looked.content,
        headings=looked.headings,
        columns=kept or dict(looked.columns or {}),
        rows=looked.rows,
        at=context.now,
    )
    return _shown(context, row, known=kept is not None)


def _shape(headings: Iterable[str]) -> str:
    """Files with the same columns are read as it was once confirmed."""
    joined = "\n".join(sorted(plain_words(heading) for heading in headings))
    return f"shape:{hashlib.blake2b(joined.encode(), digest_size=16).hexdigest()}"


def _source(name: str) -> str:
    """Whose directory it is: the file's name without its dates, so that next year's is known to be the same."""
    stem = " ".join(word for word in plain_words(pathlib.Path(name).stem).split() if not word.isdigit())
    return stem[:80] or "import"


def _shown(context: Context, row: DirectoryImport, *, known: bool = False) -> Reply:
    """What the columns are taken for, what would change of the first rows, and the buttons."""
    mapped = [
        _("“{heading}” = {field}", heading=heading[:LONGEST_HEADING], field=LABELS[name])
        for heading, name in row.columns.items()
        if name in LABELS
    ]
    left = [heading[:LONGEST_HEADING] for heading in row.headings if row.columns.get(heading, "") not in LABELS]
    named = "name" in row.columns.values()
    sections = [
        Section(
            lines(_("I read its columns as last time:") if known else _("I read its columns so:"), *mapped),
            (button(_("Correct the columns"), correct, directory=row.id),),
        )
    ]
    if left:
        sections.append(Section(_("Left out: {headings}.", headings=left[:12])))
    if named:
        sections.append(Section(_tried(context, row)))
    else:
        sections.append(Section(_("I do not know which column holds the name: please tell me.")))
    confirm = (button(_("Import"), confirmed, directory=row.id, style="primary"),) if named else ()
    return Reply(
        many(
            "{n} row in {name}. Nothing is recorded yet.",
            "{n} rows in {name}. Nothing is recorded yet.",
            row.rows,
            name=row.name,
        ),
        sections=tuple(sections),
        buttons=(*confirm, button(_("Forget it"), forgotten, directory=row.id)),
        undo=False,
    )


def _tried(context: Context, row: DirectoryImport) -> Phrase:
    """What the first rows would change, said before anybody confirms."""
    from bot.imports import offer_files  # noqa: PLC0415 - heavy, and of no use before a file comes
    from bot.imports import offers as importing  # noqa: PLC0415 - heavy, and of no use before a file comes

    report = importing.import_offers(
        lambda: nullcontext(context.session),
        islice(offer_files.read(io.BytesIO(row.content), row.name), TRIED),
        source=row.source,
        mapping=dict(row.columns),
        dry=True,
    )
    changed = [
        _("{name}: {fields}", name=name, fields=[LABELS.get(each, verbatim(each)) for each in fields][:6])
        for name, fields in report.changes[:MOST_SHOWN]
    ]
    kept = [
        _("{name} ({field})", name=name, field=LABELS.get(field, verbatim(field)))
        for name, field in report.kept[:MOST_SHOWN]
    ]
    return lines(
        many("Of the first {n} row:", "Of the first {n} rows:", report.read),
        _counted(report.added, report.changed, report.same, report.rejected_count),
        _("What would change:") if changed else None,
        *changed,
        _("Corrected here since, and kept: {fields}.", fields=kept) if kept else None,
    )


def _counted(added: int, changed: int, same: int, rejected: int) -> Phrase:
    return lines(
        many("{n} service added", "{n} services added", added),
        many("{n} changed", "{n} changed", changed),
        many("{n} the same", "{n} the same", same),
        many("{n} row I could not take", "{n} rows I could not take", rejected),
    )


def _held(context: Context, directory: int, *states: State) -> DirectoryImport:
    context.need_coordinator()
    row = context.session.get(DirectoryImport, directory)
    if row is None or (states and row.state not in states):
        raise Refusal(_("This file is no longer here: please send it again."))
    return row


@action
def confirmed(context: Context, directory: int) -> Reply:
    """The button that lets it in; what was confirmed is kept for the next file with the same columns."""
    row = _held(context, directory, State.SHOWN)
    row.state, row.touched_at = State.ASKED, context.now
    offer_mappings.keep_mapping(context.session, _shape(row.headings), {**row.columns, "": row.source})
    return _progress(row)


@action
def progress(context: Context, directory: int) -> Reply:
    """How far it is, in place of what was said before."""
    return _progress(_held(context, directory))


def _progress(row: DirectoryImport) -> Reply:
    if row.state in (State.DONE, State.FAILED):
        return Reply(_ended(row), buttons=_results(row), replace=True, undo=False)
    read = int(row.counts.get("read", 0))
    left = max(row.rows - read, 0) / ROWS_A_SECOND
    return Reply(
        lines(
            _("I am taking in {name}: {read} of {rows} rows.", name=row.name, read=read, rows=row.rows),
            _("Less than a minute left; I write to you when it is done.")
            if left < 60  # noqa: PLR2004 - seconds in a minute
            else many(
                "About {n} minute left; I write to you when it is done.",
                "About {n} minutes left; I write to you when it is done.",
                round(left / 60),
            ),
        ),
        buttons=(button(_("Where is it at?"), progress, directory=row.id),),
        replace=True,
        undo=False,
    )


def _ended(row: DirectoryImport) -> Phrase:
    if row.state == State.FAILED:
        return lines(
            _("{name} could not be taken in to its end.", name=row.name),
            UNREADABLE.get(row.reason, _("What was read before stays; you can send it again.")),
        )
    counts = row.counts
    return lines(
        _("{name} is in the directory.", name=row.name),
        _counted(*(int(counts.get(key, 0)) for key in ("added", "changed", "same", "rejected"))),
        _("Words find the new services already; their meaning is being read in the background."),
    )


def _results(row: DirectoryImport) -> tuple[Any, ...]:
    return (button(_("The rows left out, and what changed"), results, directory=row.id),) if (
        row.rejects or row.changes
    ) else ()  # fmt: skip


@action
def results(context: Context, directory: int) -> Reply:
    """The rows that could not be taken, to mend and send back; and what changed of known services."""
    from bot.exports.cells import table  # noqa: PLC0415 - of no use before it is asked for

    row = _held(context, directory, State.DONE)
    files = []
    if row.rejects:
        files.append(Attachment("rejected.csv", row.rejects, "text/csv"))
    if row.changes:
        files.append(Attachment("changes.csv", table(["name", "field", "before", "after"], row.changes), "text/csv"))
    return Reply(_("Here are the details of {name}.", name=row.name), attachments=tuple(files), undo=False)


@action
def forgotten(context: Context, directory: int) -> Reply:
    """The button that erases the file."""
    context.session.delete(_held(context, directory, State.SHOWN))
    return Reply(_("Forgotten: nothing was recorded."), replace=True, undo=False)


class Columns(Form):
    title = _("What the columns hold")
    columns: str = words(
        _("One column a line: its heading = what it holds"),
        lines=12,
        hint=_("Nothing after the sign: passed over. You can write: {fields}.", fields=list(LABELS.values())),
    )

    @classmethod
    def initial(cls, context: Context, **args: int | str) -> dict[str, Any]:
        row = _held(context, int(args["directory"]), State.SHOWN)
        said = {name: label.say(context.reader) for name, label in LABELS.items()}
        return {
            "columns": "\n".join(
                f"{heading[:LONGEST_HEADING]} = {said.get(row.columns.get(heading, ''), '')}".rstrip()
                for heading in row.headings[:MOST_COLUMNS]
            )
        }


@action
def correct(context: Context, form: Columns, directory: int) -> Reply:
    """Reads the file again, its columns as a person says."""
    row = _held(context, directory, State.SHOWN)
    labels = {name: label.say(context.reader) for name, label in LABELS.items()}
    try:
        chosen = from_words(form.columns, labels)
    except ValueError as wrong:
        raise FieldErrors(columns=_("I do not understand “{line}”.", line=str(wrong)[:120])) from None
    row.columns = {
        heading: name
        for heading in row.headings
        if (name := chosen.get(plain_words(heading[:LONGEST_HEADING]), row.columns.get(heading, "")))
    }
    return _shown(context, row)


@every
def tell(context: Context) -> None:
    """Whoever confirmed an import is told when it is done; files that nobody confirmed are erased."""
    for row in directory_imports.untold(context.session):
        member = context.session.get(Member, row.member_id)
        if member is not None:
            context.owe(member, TAKEN_IN, row.id)
        row.told = True
    directory_imports.forget_before(context.session, context.now - KEPT_FOR)


@notice(TAKEN_IN)
def word_taken_in(context: Context, notices: Sequence[Notice]) -> Iterable[Section]:
    """What came of it."""
    for owed in notices:
        row = context.session.get(DirectoryImport, owed.subject_id)
        if row is not None:
            yield Section(_ended(row), _results(row))
