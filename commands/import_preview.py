"""What an import would do, in words: counts, first records, columns, and the rows that cannot be taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot import Attachment, Context, Phrase, _, lines, many
from bot.exports import rejected
from bot.imports.past import Plan as PastPlan
from bot.imports.past_rows import Entry
from bot.imports.people import Plan as PeoplePlan
from bot.imports.rows import Losses, Sheet
from bot.text import shortened

MOST_LOSSES_SHOWN = 3
MOST_SHOWN = 5
TEXT_LENGTH = 90

REFUSALS: Mapping[str, Phrase] = {
    "big": _("This file is too large for me: more than 20 MB. Keep only the sheets to import."),
    "empty": _("This file is empty."),
    "locked": _("This file is protected by a password. Please save a copy without it."),
    "old": _("This is an old Excel file. Please save it as .xlsx and send that one."),
    "not_a_table": _("I cannot read a table in this file. Please send .xlsx, .ods or .csv."),
    "damaged": _("This file is damaged: it will not open. Please save it again."),
    "bomb": _("This file would grow out of all proportion when opened, so I leave it closed."),
    "long": _("This table has more than 20,000 rows. Please cut it in two."),
}
LABELS: Mapping[str, Phrase] = {
    "partner": _("organisation"),
    "aliases": _("other names"),
    "kind": _("type"),
    "commune": _("municipality"),
    "partner_email": _("e-mail of the organisation"),
    "phone": _("telephone"),
    "first": _("first name"),
    "name": _("name"),
    "email": _("e-mail"),
    "handle": _("account"),
    "function": _("function"),
    "language": _("language"),
    "text": _("text"),
    "day": _("date"),
    "owner": _("who"),
    "due": _("deadline"),
    "until": _("valid until"),
    "review": _("to be reviewed on"),
    "body": _("body"),
    "state": _("state"),
    "closed": _("done on"),
}


@dataclass(frozen=True, slots=True)
class Understood:
    """What a waiting file would do: one of the two plans."""

    people: PeoplePlan | None = None
    past: PastPlan | None = None
    # Sheets that hold what is imported in a second go.
    later: Sequence[str] = ()

    @property
    def sheets(self) -> Sequence[Sheet]:
        return (self.people or self.past).sheets  # type: ignore[union-attr]  # there is always one of them

    @property
    def losses(self) -> Losses:
        return (self.people or self.past).losses  # type: ignore[union-attr]  # same

    @property
    def empty(self) -> bool:
        return (self.people or self.past).empty  # type: ignore[union-attr]  # same


def counts(understood: Understood) -> Phrase:
    if understood.people is not None:
        made = understood.people
        changed = len(made.changed_partners) + len(made.changed_people)
        parts = [
            many("{n} new organisation", "{n} new organisations", len(made.new_partners))
            if made.new_partners
            else None,
            many("{n} new person", "{n} new people", len(made.new_people)) if made.new_people else None,
            many("{n} to bring up to date", "{n} to bring up to date", changed) if changed else None,
            many("{n} already as it should be", "{n} already as they should be", made.same) if made.same else None,
        ]
    else:
        register = understood.past
        assert register is not None
        parts = [
            many("{n} decision", "{n} decisions", len(register.of("D"))) if register.of("D") else None,
            many("{n} agreement", "{n} agreements", len(register.of("A"))) if register.of("A") else None,
            many("{n} commitment", "{n} commitments", len(register.of("E"))) if register.of("E") else None,
            many("{n} of them late already: no reminder", "{n} of them late already: no reminders", register.late)
            if register.late else None,
            _("new bodies: {names}", names=register.new_bodies) if register.new_bodies else None,
            many("{n} known already, passed over", "{n} known already, passed over", register.same)
            if register.same else None,
        ]  # fmt: skip
    found = [_("– {what}", what=part) for part in parts if part is not None]
    return lines(*found) if found else _("Nothing new.")


def entry(entry: Entry, owners: Sequence[str] = ()) -> Phrase:
    """One record, in one line, with the names of those it is of."""
    text = shortened(entry.text, TEXT_LENGTH)
    match entry.kind:
        case "D" if entry.day:
            return _("Decision of {day}: {text}", day=entry.day, text=text)
        case "A" if entry.day:
            return _("Agreement of {day}: {text}", day=entry.day, text=text)
        case _ if entry.due:
            return _("Commitment ({names}) for {day}: {text}", names=owners, day=entry.due, text=text)
        case _:
            return _("Commitment ({names}) without a day: {text}", names=owners, text=text)


def columns(sheets: Sequence[Sheet]) -> Phrase:
    """Which heading was read as what."""
    read = [
        _("“{heading}” = {field}", heading=sheet.headings[place], field=LABELS[field])
        for sheet in sheets
        for field, place in sorted(sheet.columns.items(), key=lambda item: item[1])
    ]
    return lines(_("How I read the columns:"), lines(*read, separator=" · "))


def lost(losses: Losses) -> Phrase:
    shown = [
        _("– row {number}: {reason}", number=lost.row.number, reason=lost.reason)
        for lost in losses.rows[:MOST_LOSSES_SHOWN]
    ]
    more = len(losses.rows) - len(shown)
    return lines(
        many("{n} row cannot be taken:", "{n} rows cannot be taken:", len(losses.rows)),
        *shown,
        many("– … and {n} more.", "– … and {n} more.", more) if more else None,
    )


def workbook(context: Context, losses: Losses) -> Attachment:
    name = _("rows to mend").say(context.reader)
    return Attachment(
        f"{name}.xlsx",
        losses.workbook(context.reader),
        rejected.MEDIA_TYPE,
        _("The rows that cannot be taken, each with its reason: mend them and send this file."),
    )
