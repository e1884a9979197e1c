"""/reunion R-3 …: its agenda, its invitation, another day, its end; and the points added to the next meeting."""

from bot import Ask, Context, Outcome, Phrase, Refusal, Reply, _, lines
from bot.exports import papers
from bot.understanding import clock
from commands import meeting_agenda, meeting_holders, meeting_inviting
from commands.meeting import meet
from commands.minutes_sending import named
from storage import meetings
from storage.meetings import AgendaPoint, Meeting

MOST_WORDS = 500


@meet.about(
    "point",
    fr=("ordre du jour", "point", "ajoute"),
    nl=("agendapunt", "punt", "agenda"),
    de=("tagesordnung", "punkt"),
    en=("agenda", "point"),
    takes="words",
    help=_("Adds a point to its agenda; without words, the agenda as a file."),
    example=_("R-12 agenda budget of the year"),
)
def point(context: Context, meeting: Meeting, rest: str) -> Reply:
    if rest:
        return _added(context, meeting, rest)
    files = papers.write(meeting_agenda.document(context, meeting), f"{named(context, meeting)}-agenda")
    return Reply(
        lines(_("{ref}: **{title}**, {at}.", ref=meeting.ref, title=meeting.title, at=meeting.starts_at),
              meeting_agenda.words(context, meeting)),
        attachments=files,
        undo=False,
    )  # fmt: skip


@meet.verb(
    "add",
    fr=("ajoute", "ajouter"),
    nl=("voeg toe", "toevoegen"),
    de=("ergänze", "ergänzen", "hinzufügen"),
    en=("add",),
    takes="words",
    help=_("Adds a point to the agenda of the next meeting of this channel."),
    example=_("add the budget of the year"),
)
def add(context: Context, rest: str) -> Reply:
    """The meeting that goes on here, else the next one."""
    meeting = None
    if context.channel is not None:
        body_id = context.body.id if context.body else None
        meeting = context.meeting or meetings.coming(
            context.session, body_id=body_id, channel_id=context.channel.id, since=context.now
        )
    if meeting is None:
        raise Refusal(_("No meeting is planned here. `/meeting Tuesday 2 pm` plans one."))
    if not rest:
        raise Refusal(_("Which point? For example: {example}", example=_("`add the budget of the year`")))
    return _added(context, meeting, rest)


def _added(context: Context, meeting: Meeting, text: str) -> Reply:
    if meeting.closed_at or meeting.cancelled_at:
        raise Refusal(_("This meeting is over."))
    words = text[:MOST_WORDS]
    context.session.add(AgendaPoint(meeting_id=meeting.id, author_id=context.me.id, text=words))
    if meeting.opened_at is not None:
        # Its agenda was kept when it began.
        meeting.agenda = "\n".join([*meeting.agenda.splitlines(), " ".join(words.split())])
    return Reply(_("On the agenda of {ref}: {text}", ref=meeting.ref, text=words))


@meet.about(
    "invite",
    fr=("invite", "inviter", "invitation", "convoque", "convoquer"),
    nl=("nodig uit", "uitnodigen", "uitnodiging"),
    de=("einladen", "einladung", "lade ein"),
    en=("invite", "invitation"),
    help=_("Sends the invitation with a calendar file to its body."),
)
def invite(context: Context, meeting: Meeting) -> Reply:
    return meeting_inviting.invited(context, meeting)


@meet.about(
    "move",
    fr=("reporter", "déplacer", "modifier", "décaler", "avancer", "repousser"),
    nl=(
        "verplaats",
        "verplaatsen",
        "verplaatst",
        "verzet",
        "verzetten",
        "uitgesteld",
        "uitstellen",
        "wijzig",
        "wijzigen",
    ),
    de=("verschieben", "verschoben", "verlegen", "verlegt", "ändere", "ändern"),
    en=("move", "postpone", "change"),
    takes="words",
    help=_("Another day, hour or place; those invited are told."),
    example=_("R-12 move to 12 June at 2 pm"),
)
def move(context: Context, meeting: Meeting, rest: str) -> Outcome:
    """`R-3 reporte au 12 juin 14h`; without a day, the form."""
    values = meeting_inviting.as_form(context, meeting)
    between = clock.hours(rest)
    found = context.deadline(f"{rest[: between.span[0]]} {rest[between.span[1] :]}" if between else rest)
    if found is None or not found.certain:
        ask = {**values, **({"on": found.due} if found else {})}
        return Ask(meeting_inviting.Move, ask, {"meeting": meeting.id}, meeting_inviting.move.action_name)
    values["on"] = found.due
    if between is not None:
        values |= {"at": f"{between.first:%H:%M}", "until": f"{between.last:%H:%M}"}
    elif found.time is not None:
        values |= {"at": f"{found.time:%H:%M}", "until": ""}
    return meeting_inviting.changed(context, meeting, meeting_inviting.Move(**values))


@meet.about(
    "cancel",
    fr=("annuler", "supprimer", "n'a pas lieu", "pas lieu"),
    nl=("annuleer", "annuleren", "geannuleerd", "afgelast", "gaat niet door"),
    de=("absagen", "abgesagt", "findet nicht statt"),
    en=("cancel", "cancelled", "does not take place"),
    help=_("Says that it does not take place."),
)
def cancel(context: Context, meeting: Meeting) -> Reply:
    meeting_holders.need_holder(context, meeting)
    if meeting.cancelled_at is not None:
        raise Refusal(_("It was cancelled."))
    if meeting.opened_at is not None or meeting.starts_at < context.now:
        raise Refusal(_("{ref} has taken place: `{ref}` shows what came of it.", ref=meeting.ref))
    meeting.cancelled_at = context.now
    return Reply(_cancelled(meeting), public=meeting.invited_at is None)


def _cancelled(meeting: Meeting) -> Phrase:
    return lines(
        _("{ref} ({title}) is cancelled.", ref=meeting.ref, title=meeting.title),
        _("Those invited are told.") if meeting.invited_at else None,
        _("The next one of the series stays: `{ref} last` ends the series.", ref=meeting.ref)
        if meeting.recurrence
        else None,
    )


@meet.about(
    "last",
    fr=("dernière", "fin de série", "fin de la série"),
    nl=("laatste", "einde reeks"),
    de=("letzte", "ende der reihe"),
    en=("last", "end of series"),
    help=_("Ends its series: no meeting comes after this one by itself."),
)
def last(context: Context, meeting: Meeting) -> Reply:
    meeting_holders.need_holder(context, meeting)
    if not meeting.recurrence:
        raise Refusal(_("{ref} is no part of a series.", ref=meeting.ref))
    meeting.recurrence = ""
    return Reply(_("{ref} is the last of its series.", ref=meeting.ref))
