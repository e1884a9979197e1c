"""/filrouge importe: partners and contacts, and last year's register; shown first, then done at a button."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot import (
    Context,
    FieldErrors,
    Form,
    Refusal,
    Reply,
    Section,
    _,
    action,
    button,
    hourly,
    lines,
    many,
    words,
)
from bot.imports import columns, past, past_rows, people, people_rows, tables
from bot.imports.past_rows import Clock
from bot.imports.tables import Table, TableError
from commands import import_preview as preview
from commands import promising
from commands.filrouge import filrouge
from commands.import_preview import Understood
from storage import imports
from storage.imports import PendingImport

# A file that nobody came back to is erased after this.
KEPT_FOR = timedelta(days=1)


@filrouge.verb(
    "import",
    fr=("importe", "importer", "import"),
    nl=("importeer", "importeren", "invoeren"),
    de=("importiere", "importieren", "einlesen"),
    en="import",
    takes="words",
    help=_("Brings in partners, contacts, past decisions and commitments (coordinators)."),
    coordinators=True,
)
def bring_in(context: Context, rest: str) -> Reply:
    """With a spreadsheet attached, or with lines to read."""
    context.need_coordinator()
    if len(context.files) > 1:
        raise Refusal(_("One file at a time, please."))
    if context.files:
        file = context.files[0]
        if file.content is None:
            raise Refusal(preview.REFUSALS["big"])
        return _shown(
            context, imports.keep(context.session, member_id=context.me.id, name=file.name, content=file.content)
        )
    if rest:
        return _shown(context, imports.keep(context.session, member_id=context.me.id, name="", content=rest.encode()))
    return Reply(
        lines(
            _("Attach a spreadsheet (.xlsx, .ods or .csv) to a message to me and write `/filrouge import` in it:"),
            _("– **partners and contacts**: a row each, with headings such as Organisation, Name, E-mail, Function;"),
            _("– **the past**: decisions, agreements and commitments, with Type, Text, Date, Who, Deadline, State."),
            _("Or paste lines after the command: “Decision (12/03/2026): …”, “Commitment: @marie sends … by 31 May”."),
            _("You will see what I understood before anything is recorded."),
        ),
        undo=False,
    )


def _understand(context: Context, pending: PendingImport) -> Understood | None:
    """What the file holds; None when its headings say nothing known. Raises a Refusal for a file without a table."""
    clock = Clock(context.local_now, context.language, context.country)
    session = context.session
    if not pending.name:
        return Understood(past=past.of_lines(session, pending.content.decode(), clock))
    held = _held(pending)
    of_people = [table for table in held if _is_of_people(table, pending.columns)]
    others = [table for table in held if table not in of_people and _is_of_past(table, pending.columns)]
    if of_people:
        made = people.plan(session, of_people, pending.columns)
        if not made.empty or not others:
            return Understood(people=made, later=[table.name for table in others])
    if others:
        return Understood(past=past.of_tables(session, others, pending.columns, clock))
    return None


def _held(pending: PendingImport) -> list[Table]:
    """Its sheets; raises a Refusal when it has none that can be read."""
    try:
        held = tables.held(pending.content)
    except TableError as refused:
        raise Refusal(preview.REFUSALS[refused.code]) from None
    if not held:
        raise Refusal(_("I find no table in this file: a first row with headings, and rows below it."))
    return held


_OF_PEOPLE = frozenset({"email", "first", "handle"})
_OF_PAST = frozenset({"day", "due", "state", "review", "owner", "until"})


def _is_of_people(table: Table, chosen: Mapping[str, str]) -> bool:
    held = columns.settled(table.headings, people_rows.COLUMNS, chosen).keys()
    if held & _OF_PEOPLE and not {"text", "due", "state"} & set(chosen.values()):
        return True
    return bool(held & {"partner", "name"}) and not _is_of_past(table, chosen)


def _is_of_past(table: Table, chosen: Mapping[str, str]) -> bool:
    held = columns.settled(table.headings, past_rows.COLUMNS, chosen).keys()
    return "text" in held and bool(held & _OF_PAST)


def _shown(context: Context, pending: PendingImport) -> Reply:
    """What would be done, for a person to look at."""
    understood = _understand(context, pending)
    if understood is None:
        return _unrecognised(pending)
    sections = [Section(preview.counts(understood))]
    if understood.past is not None:
        sections += [
            Section(preview.entry(ready.entry, [one.name for one in ready.owners]))
            for ready in understood.past.ready[: preview.MOST_SHOWN]
        ]
    if pending.name:
        sections.append(
            Section(
                preview.columns(understood.sheets),
                (button(_("Correct the columns"), name_columns, pending=pending.id),),
            )
        )
    if understood.later:
        sections.append(
            Section(_("The rest ({sheets}) comes after: send the same file again then.", sheets=list(understood.later)))
        )
    lost = understood.losses.rows
    if lost:
        sections.append(Section(preview.lost(understood.losses)))
    attachments = (preview.workbook(context, understood.losses),) if lost and pending.name else ()
    buttons = () if understood.empty else (button(_("Import"), carry_out, style="primary", pending=pending.id),)
    return Reply(
        _("Here is what I understood of {name}. Nothing is recorded yet.", name=pending.name)
        if pending.name
        else _("Here is what I understood of these lines. Nothing is recorded yet."),
        sections=tuple(sections),
        buttons=(*buttons, button(_("Forget it"), forget, pending=pending.id)),
        undo=False,
        attachments=attachments,
    )


def _unrecognised(pending: PendingImport) -> Reply:
    headings = [_("“{text}”", text=heading) for table in _held(pending) for heading in table.headings if heading]
    return Reply(
        lines(
            _("I do not recognise the headings of this table: {headings}.", headings=headings[:12]),
            _("I look for Organisation or Name, or for Decision, Action or Text."),
        ),
        buttons=(
            button(_("Say what the columns hold"), name_columns, style="primary", pending=pending.id),
            button(_("Forget it"), forget, pending=pending.id),
        ),
        undo=False,
    )


def _waiting(context: Context, pending: int) -> PendingImport:
    """The file behind a button; raises a Refusal when it was imported or erased."""
    context.need_coordinator()
    row = context.session.get(PendingImport, pending)
    if row is None:
        raise Refusal(_("This file is no longer here: please send it again."))
    return row


@action
def carry_out(context: Context, pending: int) -> Reply:
    """The button that does it."""
    row = _waiting(context, pending)
    understood = _understand(context, row)
    if understood is None:
        return _unrecognised(row)
    counts = preview.counts(understood)
    if understood.people is not None:
        people.carry_out(context.session, understood.people)
        promising.reach(context)
    elif understood.past is not None:
        past.carry_out(context.session, understood.past, context.network, context.me)
    imports.forget(context.session, pending)
    lost = understood.losses
    return Reply(
        lines(
            _("Done."),
            counts,
            many("{n} row was left out.", "{n} rows were left out.", len(lost.rows)) if lost.rows else None,
        ),
        sections=(Section(_("Now send the same file again for the rest: {sheets}.", sheets=list(understood.later))),)
        if understood.later
        else (),
        replace=True,
    )


@action
def forget(context: Context, pending: int) -> Reply:
    """The button that erases the file."""
    _waiting(context, pending)
    imports.forget(context.session, pending)
    return Reply(_("Forgotten: nothing was recorded."), replace=True, undo=False)


class Columns(Form):
    title = _("What the columns hold")
    columns: str = words(
        _("One column a line: its heading = what it holds"),
        lines=12,
        hint=_("Nothing after the sign: passed over. You can write: {fields}.", fields=list(preview.LABELS.values())),
    )

    @classmethod
    def initial(cls, context: Context, **args: int | str) -> dict[str, Any]:
        row = _waiting(context, int(args["pending"]))
        guessed = [
            columns.in_words(table.headings, _read_as(table, row.columns), _labels(context)) for table in _held(row)
        ]
        return {"columns": "\n".join(dict.fromkeys("\n".join(guessed).splitlines()))}


def _read_as(table: Table, chosen: Mapping[str, str]) -> Mapping[str, int]:
    known = past_rows.COLUMNS if _is_of_past(table, chosen) else people_rows.COLUMNS
    return columns.settled(table.headings, known, chosen)


def _labels(context: Context) -> Mapping[str, str]:
    return {field: label.say(context.reader) for field, label in preview.LABELS.items()}


@action
def name_columns(context: Context, form: Columns, pending: int) -> Reply:
    """Reads the file again, its columns as a person says."""
    row = _waiting(context, pending)
    try:
        row.columns = columns.from_words(form.columns, _labels(context))
    except ValueError as wrong:
        raise FieldErrors(columns=_("I do not understand “{line}”.", line=str(wrong)[:120])) from None
    return _shown(context, row)


@hourly
def clean_up(context: Context) -> None:
    """Erases the files that nobody came back to."""
    imports.forget_before(context.session, context.now - KEPT_FOR)
