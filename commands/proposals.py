"""Proposals as they are shown to those who may confirm them, and the news of what became of them."""

from collections.abc import Iterable, Sequence

from bot import Context, Section, _, button, lines, many, notice
from commands.records import bare, name_of, named, subject, wording
from commands.settling import MOST_AT_ONCE, confirm_buttons, confirm_several
from storage.notices import Notice
from storage.settled import Settled, Status


def proposals(context: Context, rows: Iterable[Settled]) -> tuple[Section, ...]:
    """Each with its buttons, and one button for all of them."""
    listed = list(rows)
    sections = [
        Section(
            lines(
                _("{ref} – proposed by {name}", ref=named(row), name=name_of(context, row.author_id) or "?"),
                wording(context, row, length=500),
            ),
            confirm_buttons(row),
        )
        for row in listed
    ]
    if len(listed) > 1:
        refs = " ".join(f"{row.ref}.{row.version}" for row in listed[:MOST_AT_ONCE])
        all_of_them = button(
            many("Confirm it", "Confirm all {n}", n=len(listed[:MOST_AT_ONCE])), confirm_several, refs=refs
        )
        sections.append(Section(bare([row.ref for row in listed[:MOST_AT_ONCE]]), (all_of_them,)))
    return tuple(sections)


@notice("record.proposed", lasting=True)
def word_proposed(context: Context, notices: Sequence[Notice]) -> Iterable[Section]:
    rows = [row for owed in notices if (row := subject(context, owed)) and row.version == owed.version]
    # What was put to its body since waits for the body.
    waiting = [row for row in rows if row.status is Status.PROPOSED and row.consent_until is None]
    if waiting:
        yield Section(many("One proposal waits for your word:", "{n} proposals wait for your word:", n=len(waiting)))
        yield from proposals(context, waiting)


@notice("record.answered")
def word_answered(context: Context, notices: Sequence[Notice]) -> Iterable[Section]:
    for owed in notices:
        row = subject(context, owed)
        if row is None:
            continue
        if row.status is Status.IN_FORCE:
            yield Section(_("{ref} is in force: {words}", ref=named(row), words=wording(context, row, length=500)))
        elif row.status is Status.REJECTED:
            yield Section(
                lines(
                    _("{ref} is not retained: {words}", ref=named(row), words=wording(context, row)),
                    _("Reason: {reason}", reason=row.note) if row.note else None,
                )
            )
