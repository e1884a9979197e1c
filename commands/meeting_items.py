"""What notes propose, one screen at a time: keep, correct, drop, all of a kind; nothing without a person's yes."""

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot import (
    Ask,
    Button,
    Context,
    FieldErrors,
    Form,
    Outcome,
    Phrase,
    Refusal,
    Reply,
    Section,
    _,
    action,
    button,
    changed_since,
    day,
    lines,
    many,
    one_of,
    verbatim,
    words,
)
from bot.exports import papers
from bot.text import shortened
from bot.undoing import undo
from commands import meeting_cards, meeting_next, meeting_owners, meeting_records, minutes_sending, telling
from commands.days import to_come
from commands.newcomer import Newcomer, added, may_add
from commands.people import not_known, typed
from storage import meetings, partners
from storage.meetings import ItemState, Meeting, MinutesItem
from storage.visibility import can_see

KINDS: dict[str, Phrase] = {
    "decision": _("Decision"),
    "agreement": _("Agreement"),
    "commitment": _("Commitment"),
}


def screen(context: Context, meeting: Meeting) -> Reply:
    """The next proposal with its buttons, or the end."""
    session = context.session
    every = meetings.items(session, meeting.id)
    waiting = [item for item in every if item.state is ItemState.WAITING]
    if not waiting:
        return _end(context, meeting, every)
    item = waiting[0]
    place = _(
        "{position} of {total}{place}",
        position=len(every) - len(waiting) + 1,
        total=len(every),
        place=_(", line {line}", line=item.line) if item.line else "",
    )
    if item.kind == meeting_next.KIND:
        return _to_plan(context, item, meeting, place)
    same = [other for other in waiting if other.kind == item.kind]
    # Nobody in particular decides, and a decision is owed on no day.
    owed = item.kind != "decision"
    _text, review_on = meeting_records.reviewed(context, item, meeting)
    facts = [
        _("Who: {who}", who=_who(context, item)) if item.owner and owed else None,
        _day(item) if owed and item.due_on != review_on else None,
        _("To look at again on {day}", day=review_on) if review_on is not None else None,
        _("By: {words}", words=item.due_words) if item.due_words and not item.due_on and owed else None,
    ]
    twin = meeting_records.alike(context, item)
    section = Section(
        lines(
            _("**{kind}** – {place}", kind=KINDS[item.kind], place=place),
            verbatim(item.text),
            _("Proposed by {model}, not by my own reading.", model=item.second) if item.second else None,
            _("In the notes: “{quote}”", quote=shortened(item.quote)) if item.quote != item.text else None,
            *facts,
            _("The register already holds {ref}: “{text}”", ref=twin.ref, text=shortened(twin.text))
            if twin is not None
            else None,
        )
    )
    buttons: list[Button] = [
        button(_("Keep"), keep, item=item.id, style="primary" if twin is None else ""),
        button(_("Correct"), correct, item=item.id),
        button(_("Drop"), drop, item=item.id)
        if twin is None
        else button(_("It is the same"), drop, item=item.id, style="primary"),
    ]
    if len(same) > 1:
        buttons.append(button(ALL[item.kind](len(same)), keep_all, item=item.id))
    buttons.append(button(_("Later"), later, item=item.id))
    return Reply(Phrase(""), sections=(section,), buttons=tuple(buttons), replace=True, undo=False)


def _to_plan(context: Context, item: MinutesItem, meeting: Meeting, place: Phrase) -> Reply:
    """The next meeting that the notes announce; without an hour, the form asks for it."""
    section = Section(
        lines(
            _("**{kind}** – {place}", kind=_("Next meeting"), place=place),
            meeting_next.told(context, item, meeting),
            _("In the notes: “{quote}”", quote=shortened(item.quote)),
        )
    )
    whole = bool(meeting_next.as_form(item)["at"])
    buttons = (
        button(_("Plan it"), keep if whole else plan_it, item=item.id, style="primary"),
        *((button(_("Correct"), plan_it, item=item.id),) if whole else ()),
        button(_("Drop"), drop, item=item.id),
        button(_("Later"), later, item=item.id),
    )
    return Reply(Phrase(""), sections=(section,), buttons=buttons, replace=True, undo=False)


def _who(context: Context, item: MinutesItem) -> str | list[str]:
    ids = meeting_records.bound(context, item) if item.kind == "agreement" else ()
    known = partners.by_ids(context.session, ids)
    return [known[id_].name for id_ in ids] if len(ids) >= meeting_records.MIN_PARTNERS else item.owner


def _day(item: MinutesItem) -> Phrase | None:
    """An agreement runs until its day, a commitment is owed on it."""
    if item.due_on is None:
        return None
    return _("Until {day}", day=item.due_on) if item.kind == "agreement" else _("By: {day}", day=item.due_on)


def _next(context: Context, meeting: Meeting) -> Reply:
    """The next screen, from which the last answer can be taken back."""
    shown = screen(context, meeting)
    back = button(_("Undo"), take_back, meeting=meeting.id, operation=context.session.origin.operation)
    return dataclasses.replace(shown, buttons=(*shown.buttons, back))


@action
def take_back(context: Context, meeting: int, operation: str) -> Reply:
    """Undo the last answer, and show its proposal again."""
    undo.function(context, operation=operation)
    row = context.session.get(Meeting, meeting)
    if row is None:
        return Reply(_("Undone: everything is as it was before."), undo=False, replace=True)
    return screen(context, row)


ALL = {
    "decision": lambda n: many("Keep the {n} decision", "Keep the {n} decisions", n),
    "agreement": lambda n: many("Keep the {n} agreement", "Keep the {n} agreements", n),
    "commitment": lambda n: many("Keep the {n} commitment", "Keep the {n} commitments", n),
}


def _end(context: Context, meeting: Meeting, every: Sequence[MinutesItem]) -> Reply:
    """Nothing waits any more: those concerned are told, each in one message."""
    kept = [item.ref for item in every if item.state is ItemState.KEPT]
    if not every:
        return Reply(Phrase(""), undo=False)
    if meeting.opened_at is None or meeting.closed_at is not None:
        telling.let_go(context, meeting)
    return Reply(
        _("That is all: {refs} recorded.", refs=kept) if kept else _("That is all: nothing was recorded."),
        sections=(Section(meeting_cards.outcome(context, meeting)),),
        buttons=(button(_("Draft of the minutes"), draft, meeting=meeting.id),),
        replace=True,
        undo=False,
    )


def item_of(context: Context, item: int) -> tuple[MinutesItem, Meeting]:
    """The proposal behind a button; raises a Refusal when it was settled since, or is not theirs to settle.

    One person at a time settles those of a meeting: whoever comes second sees what the first one did.
    """
    known = context.session.get(MinutesItem, item)
    meeting = context.session.get(Meeting, known.meeting_id, with_for_update=True) if known else None
    row = context.session.get(MinutesItem, item, populate_existing=True)
    if row is None or meeting is None or not can_see(context.viewer, meeting):
        raise changed_since()
    if row.state is not ItemState.WAITING:
        raise Refusal(_("Somebody has already settled this one."), button(_("Go on"), go_on, meeting=meeting.id))
    return row, meeting


@action
def keep(context: Context, item: int) -> Outcome:
    """Record it as it is; what is missing or unknown opens the correction."""
    row, meeting = item_of(context, item)
    try:
        with context.session.begin_nested():
            meeting_records.record(context, row, meeting)
    except Refusal as refusal:
        if unknown := meeting_owners.unknown(context, row):
            return _who_is(context, row, meeting, unknown)
        if row.kind == meeting_next.KIND:
            raise
        return Ask(
            Correction, Correction.initial(context, item=item) | {"lacking": refusal.phrase},
            {"item": item}, correct.action_name,
        )  # fmt: skip
    return _planned(context, meeting, row) if row.kind == meeting_next.KIND else _next(context, meeting)


def _planned(context: Context, meeting: Meeting, row: MinutesItem) -> Reply:
    """What was planned, with its invitation, above what comes next."""
    shown = _next(context, meeting)
    coming = meetings.by_number(context.session, int(row.ref.partition("-")[2]))
    if coming is None:
        return shown
    card = meeting_cards.planned(context, coming)
    return dataclasses.replace(shown, sections=(Section(card.text, card.buttons), *shown.sections))


class PlanNext(Form):
    title = _("Plan the next meeting")
    on: date = day(_("On which day?"))
    at: str = words(_("At what time?"), max_length=20, hint=_("For example 14:00"))
    until: str = words(_("Until when?"), max_length=10, optional=True, hint=_("For example 16:00"))
    place: str = words(_("Where?"), optional=True, max_length=300)

    @classmethod
    def initial(cls, context: Context, **args: int | str) -> dict[str, Any]:
        row, _meeting = item_of(context, int(args["item"]))
        return meeting_next.as_form(row)


@action
def plan_it(context: Context, form: PlanNext, item: int) -> Reply:
    """The next meeting as a person has it."""
    row, meeting = item_of(context, item)
    to_come(context, form.on, "on")
    try:
        coming = meeting_next.plan(context, meeting, form.on, form.at, form.until, form.place)
    except Refusal as refusal:
        raise FieldErrors(on=refusal.phrase) from None
    row.ref, row.state = coming.ref, ItemState.KEPT
    context.session.flush()
    return _planned(context, meeting, row)


def _who_is(context: Context, row: MinutesItem, meeting: Meeting, name: str) -> Reply:
    """The notes name somebody the register does not know: one near it, somebody new, or somebody else."""
    there = meeting_owners.attendee(context, meeting, name)
    whole, of = (there.name, there.affiliation) if there is not None else (name, "")
    near = [] if row.kind == "agreement" else meeting_owners.near(context, name)
    buttons = [button(verbatim(called), it_is, item=row.id, name=name, owner=owner) for called, owner in near]
    if may_add(context, whole):
        add = button(_("Add {name}", name=whole[:40]), add_owner, item=row.id, name=whole, of=of, said=name,
                     person=int(there is not None))  # fmt: skip
        buttons.append(add)
    return Reply(
        lines(verbatim(row.text), not_known(name, [called for called, _owner in near]), _("Who is it?")),
        buttons=(
            *buttons,
            button(_("Somebody else"), correct, item=row.id),
            button(_("Later"), later, item=row.id),
        ),
        replace=True,
        undo=False,
    )


@action
def it_is(context: Context, item: int, name: str, owner: str) -> Outcome:
    """Somebody who is known by another name."""
    row, _meeting = item_of(context, item)
    row.owner = row.owner.replace(name, owner, 1)
    return keep.function(context, item=item)


@action
def add_owner(context: Context, form: Newcomer, item: int, name: str, of: str, said: str, person: int) -> Outcome:
    """Somebody new, and what the notes say they take on."""
    del name, of, person
    row, _meeting = item_of(context, item)
    row.owner = row.owner.replace(said, typed(added(context, form)), 1)
    context.session.flush()
    return keep.function(context, item=item)


@action
def keep_all(context: Context, item: int) -> Reply:
    """Record all that wait of its kind; those that lack something stay."""
    row, meeting = item_of(context, item)
    left = 0
    for other in meetings.items(context.session, meeting.id, ItemState.WAITING):
        if other.kind != row.kind:
            continue
        if meeting_records.alike(context, other) is not None:
            left += 1
            continue
        try:
            with context.session.begin_nested():
                meeting_records.record(context, other, meeting)
        except Refusal:
            left += 1
    shown = _next(context, meeting)
    if not left:
        return shown
    note = Section(many("{n} needs a look first.", "{n} need a look first.", left))
    return dataclasses.replace(shown, sections=(note, *shown.sections))


@action
def drop(context: Context, item: int) -> Reply:
    """Not to be recorded."""
    row, meeting = item_of(context, item)
    row.state = ItemState.DROPPED
    return _next(context, meeting)


@action
def later(context: Context, item: int) -> Reply:
    """Come back to it: the others wait too."""
    _row, meeting = item_of(context, item)
    waiting = meetings.items(context.session, meeting.id, ItemState.WAITING)
    return Reply(
        many("{n} proposal of {ref} waits for you.", "{n} proposals of {ref} wait for you.", len(waiting),
             ref=meeting.ref),
        buttons=(button(_("Go on"), go_on, meeting=meeting.id),),
        undo=False,
        replace=True,
    )  # fmt: skip


@action
def go_on(context: Context, meeting: int) -> Reply:
    """The next proposal of a meeting."""
    return screen(context, context.seen(Meeting, meeting))


def with_the_rest(context: Context, meeting: Meeting, shown: Reply) -> Reply:
    """A meeting as it is shown, with a way back to the proposals that still wait."""
    waiting = meetings.items(context.session, meeting.id, ItemState.WAITING)
    if not waiting:
        return shown
    note = Section(
        many("{n} proposal waits for you.", "{n} proposals wait for you.", len(waiting)),
        (button(_("Go on"), go_on, meeting=meeting.id),),
    )
    return dataclasses.replace(shown, sections=(*shown.sections, note))


@action
def draft(context: Context, meeting: int) -> Reply:
    """The draft of the minutes."""
    return minutes_sending.drafted(context, context.seen(Meeting, meeting), papers.FORMATS)


KIND_OPTIONS = tuple(KINDS.items())


class Correction(Form):
    title = _("Correct a proposal")
    kind: str = one_of(_("What is it?"), lambda _context: KIND_OPTIONS)
    text: str = words(_("In one sentence"), lines=3)
    owner: str = words(_("Who?"), optional=True, max_length=300, hint=_("The names, with commas between them"))
    due: date | None = day(_("By which day?"), optional=True)

    @classmethod
    def hints(cls, values: Mapping[str, Any]) -> Mapping[str, Phrase]:
        """What was lacking, where a button asked for the form."""
        lacking = values.get("lacking")
        return {"owner": lacking} if isinstance(lacking, Phrase) else {}

    @classmethod
    def initial(cls, context: Context, **args: int | str) -> dict[str, Any]:
        row, _meeting = item_of(context, int(args["item"]))
        return {"kind": row.kind, "text": row.text, "owner": row.owner, "due": row.due_on}


@action
def correct(context: Context, form: Correction, item: int) -> Reply:
    """The proposal as a person words it, recorded; a name nobody knows is asked about."""
    row, meeting = item_of(context, item)
    row.kind, row.text, row.owner, row.due_on = form.kind, form.text, form.owner, form.due
    try:
        with context.session.begin_nested():
            meeting_records.record(context, row, meeting)
    except Refusal as lacking:
        if unknown := meeting_owners.unknown(context, row):
            return _who_is(context, row, meeting, unknown)
        # What was typed stays in the form.
        raise FieldErrors(owner=lacking.phrase) from None
    return _next(context, meeting)
