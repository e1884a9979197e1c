"""Invitations: one post in the body's channel and a message to who does not read it, with a calendar file.

What is announced afterwards is found in the rows: a change of the day, the hours, the place or the name, however it
was made, undone ones included, is a new version of the invitation.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
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
    day,
    every,
    lines,
    many,
    notice,
    words,
)
from bot import calendars as entries
from bot.exports import ics
from commands import meeting_agenda, meeting_holders, meeting_series, minutes_facts
from storage import journal, meetings, members, notices
from storage.journal import JournalLine
from storage.meetings import Meeting, Presence
from storage.members import Member
from storage.notices import Notice

INVITED, CHANGED = "meeting.invited", "meeting.changed"
# A change is announced until the meeting has begun.
OVER = timedelta(hours=1)


@action
def invite_now(context: Context, meeting: int) -> Reply:
    return invited(context, context.seen(Meeting, meeting))


def invited(context: Context, meeting: Meeting) -> Reply:
    """Invite the body; what changes afterwards is announced by itself."""
    meeting_holders.need_holder(context, meeting)
    _need_coming(context, meeting)
    readers = _readers(context, meeting)
    if not readers:
        raise Refusal(_("I know nobody to invite: plan it in the channel of its body."))
    meeting.invited_at = context.now
    return Reply(
        lines(
            many(
                "The invitation goes to {n} recipient (a channel counts as one).",
                "The invitation goes to {n} recipients (a channel counts as one).",
                 len(readers)),
            _("If the day, the hour or the place changes, I tell them."),
        )
    )  # fmt: skip


def _readers(context: Context, meeting: Meeting) -> list[Any]:
    concerned = meeting_holders.sitting(context, meeting) | meeting_holders.attending(context, meeting)
    return meeting_holders.reached(context, meeting, concerned)


def _need_coming(context: Context, meeting: Meeting) -> None:
    if meeting.cancelled_at is not None:
        raise Refusal(_("{ref} ({title}) is cancelled.", ref=meeting.ref, title=meeting.title))
    if meeting.closed_at is not None or meeting.starts_at < context.now:
        raise Refusal(_("This meeting is over."))


@every
def announce(context: Context) -> None:
    """Owe the invitation of those invited, then each version of it that came after."""
    rows = meetings.invited(context.session, since=context.now - OVER)
    changes = entries.versions(context.session, rows) if rows else {}
    owed: list[tuple[notices.Recipient, str, int, int]] = []
    for meeting in rows:
        since = [line for line in changes.get(meeting.id, ()) if meeting.invited_at and line.at > meeting.invited_at]
        known = notices.about(context.session, INVITED, meeting.id)
        for reader in _readers(context, meeting):
            to = notices.recipient(reader)
            if not since and meeting.cancelled_at is None:
                owed.append((to, INVITED, meeting.id, 1))
            elif since and (known or meeting.cancelled_at is None):
                owed.append((to, CHANGED, meeting.id, len(changes[meeting.id])))
    notices.record_all(
        context.session,
        [
            notices.unrecorded(to, kind, subject, step="", version=version, due_at=context.now)
            for to, kind, subject, version in owed
        ],
    )


def calendar_file(context: Context, meeting: Meeting, changes: Sequence[JournalLine]) -> Attachment:
    """The meeting for a calendar: in the chat to be kept, by e-mail to be answered, to whoever invites."""
    reader, author = _reader(context), None
    guest = _guest(context)
    if guest is not None and guest.email:
        author = _host(context, meeting)
    cancelled = meeting.cancelled_at is not None
    wanted = "CANCEL" if cancelled else "REQUEST" if author is not None else "PUBLISH"
    entry = entries.meeting(
        context.network,
        meeting,
        changes,
        words=meeting_agenda.words(context, meeting).say(reader),
        organizer=(author.name, author.email) if author else None,
        attendee=(guest.name, guest.email) if guest is not None and author is not None else None,
    )
    return Attachment(
        f"{meeting.ref}.ics", ics.write([entry], method=wanted), f"{ics.MEDIA_TYPE}; method={wanted}; charset=utf-8"
    )


def _guest(context: Context) -> Member | None:
    """The reader, where they have no account in the chat."""
    return context.member if context.member is not None and context.member.external_id is None else None


def _reader(context: Context) -> Reader:
    return context.reader if context.member is not None else context.channel_reader


def _host(context: Context, meeting: Meeting) -> Member | None:
    """Whoever answers get to: the meeting's author, else its officers, where they have an address."""
    author = members.by_ids(context.session, [meeting.author_id] if meeting.author_id else []).values()
    everyone = [*author, *meeting_holders.holders(context, meeting)]
    return next((one for one in everyone if one.active and one.email), None)


@notice(INVITED)
def _invited_words(context: Context, owed: Sequence[Notice]) -> Iterable[Section]:
    for one in owed:
        meeting = context.session.get(Meeting, one.subject_id)
        if meeting is None or meeting.cancelled_at is not None or meeting.starts_at < context.now:
            continue
        changes = entries.versions(context.session, [meeting]).get(meeting.id, [])
        yield Section(
            lines(
                _("Invitation: **{title}**, {when}.", title=meeting.title,
                  when=minutes_facts.when(meeting, _reader(context))),
                _("Where: {place}", place=meeting.place) if meeting.place else None,
                meeting_agenda.words(context, meeting),
                None if _guest(context) else _("To add a point: `/meeting {ref} agenda …`", ref=meeting.ref),
            ),
            # Whoever passes it on to someone without an account must not excuse themselves with it.
            () if _guest(context) else (button(_("I cannot come"), cannot_come, meeting=meeting.id),),
            (calendar_file(context, meeting, changes),),
        )  # fmt: skip


@notice(CHANGED)
def _changed_words(context: Context, owed: Sequence[Notice]) -> Iterable[Section]:
    """The newest version alone; the former day is said where the day is what changed."""
    for one in owed:
        meeting = context.session.get(Meeting, one.subject_id)
        if meeting is None:
            continue
        changes = entries.versions(context.session, [meeting]).get(meeting.id, [])
        if one.version != len(changes):
            continue
        yield Section(_what_changed(context, meeting, changes), attachments=(calendar_file(context, meeting, changes),))


def _what_changed(context: Context, meeting: Meeting, changes: Sequence[JournalLine]) -> Phrase:
    if meeting.cancelled_at is not None:
        return _("**{title}** on {at} does not take place.", title=meeting.title, at=meeting.starts_at)
    when = minutes_facts.when(meeting, _reader(context))
    said = _("**{title}** takes place on {when}.", title=meeting.title, when=when)
    before = changes[-1].before.get("starts_at")
    if before and before != journal.plain(meeting.starts_at):
        said = _("**{title}** has a new day: {when}.", title=meeting.title, when=when)
    return lines(said, _("Where: {place}", place=meeting.place) if meeting.place else None)


class Excuse(Form):
    title = _("I cannot come")
    submit = _("Say so")
    proxy: str = words(_("Who speaks for me?"), optional=True, max_length=200, hint=_("Leave it empty if nobody does."))


@action
def cannot_come(context: Context, form: Excuse, meeting: int) -> Reply:
    """Excused beforehand, or represented."""
    row = context.seen(Meeting, meeting)
    _need_coming(context, row)
    presence = Presence.REPRESENTED if form.proxy else Presence.EXCUSED
    meetings.attend(
        context.session, row.id, name=context.me.name, presence=presence, member_id=context.me.id, proxy=form.proxy
    )
    return Reply(
        _("Noted: {proxy} speaks for you at {ref}.", proxy=form.proxy, ref=row.ref)
        if form.proxy
        else _("Noted: you are excused from {ref}.", ref=row.ref)
    )


class Move(Form):
    title = _("Change the meeting")
    name: str = words(_("Its name"), max_length=200)
    on: date | None = day(_("On which day?"))
    at: str = words(_("At what time?"), max_length=20)
    until: str = words(_("Until when?"), max_length=10, optional=True)
    place: str = words(_("Where?"), optional=True, max_length=300)

    @classmethod
    def initial(cls, context: Context, **args: int | str) -> dict[str, Any]:
        return as_form(context, context.seen(Meeting, int(args["meeting"])))


def as_form(context: Context, meeting: Meeting) -> dict[str, Any]:
    reader = context.channel_reader
    zone = minutes_facts.zone_of(reader)
    return {
        "name": meeting.title,
        "on": meeting_series.day_of(context, meeting),
        "at": f"{meeting.starts_at.astimezone(zone):%H:%M}",
        "until": f"{meeting.ends_at.astimezone(zone):%H:%M}" if meeting.ends_at else "",
        "place": meeting.place,
    }


@action
def move(context: Context, form: Move, meeting: int) -> Reply:
    return changed(context, context.seen(Meeting, meeting), form)


def changed(context: Context, meeting: Meeting, form: Move) -> Reply:
    """Another day, hour, place or name; who was invited is told."""
    meeting_holders.need_holder(context, meeting)
    _need_coming(context, meeting)
    if form.on is None:
        raise FieldErrors(on=_("Please fill this in."))
    starts_at, ends_at = meeting_series.hours(context, form.on, form.at, form.until)
    if starts_at < context.now:
        raise FieldErrors(on=_("{at} is already past.", at=starts_at))
    meeting.title, meeting.starts_at, meeting.ends_at, meeting.place = form.name, starts_at, ends_at, form.place
    return Reply(
        lines(
            _(
                "{ref}: **{title}**, {at}.",
                ref=meeting.ref,
                title=meeting.title,
                at=minutes_facts.when(meeting, context.reader),
            ),
            _("The series keeps its usual day, hours and place.") if meeting.recurrence else None,
            meeting_series.told(context, meeting) if meeting.series_on is None else None,
            _("Those invited are told.") if meeting.invited_at else None,
        )
    )
