"""/reunion: plan a meeting, hold it, read its notes, and keep what came of it."""

import re
from datetime import date, timedelta
from typing import Any

from bot import Ask, Context, FieldErrors, Form, Outcome, Refusal, Reply, _, command, day, one_of, words
from bot.understanding import clock
from bot.understanding.deadlines import Deadline
from commands import meeting_cards, meeting_items, meeting_live, meeting_notes, meeting_series, settling, which_body
from storage import meetings
from storage.bodies import Body
from storage.meetings import Meeting

WEEKS_SHOWN = 12
DOUBTS = {"no_such_day", "weekday_differs", "just_passed"}


class Plan(Form):
    title = _("Plan a meeting")
    body: str = one_of(_("Of which body?"), which_body.every, optional=True)
    name: str = words(_("Its name"), optional=True, max_length=200, hint=_("The body’s, unless you say otherwise."))
    on: date | None = day(_("On which day?"), hint=_("For example Tuesday, or the first Tuesday of March."))
    at: str = words(_("At what time?"), max_length=20, hint=_("For example 14:00"))
    until: str = words(_("Until when?"), max_length=10, optional=True, hint=_("For example 16:00"))
    place: str = words(_("Where?"), optional=True, max_length=300)
    recurrence: str = words(_("Does it come back?"), optional=True, hint=_("For example every first Tuesday."))

    @classmethod
    def initial(cls, context: Context, **args: int | str) -> dict[str, Any]:
        del args
        return {"body": which_body.here(context)}

    @classmethod
    def read(cls, context: Context, line: str) -> dict[str, Any]:
        """The body, the day and the hour of "Comité de pilotage mardi 14h"; what is left is the name."""
        values = cls.initial(context)
        between = clock.hours(line)
        if between is not None:
            # A deadline has one hour, the end: here the first one counts.
            line = f"{line[: between.span[0]]} {between.first:%H:%M} {line[between.span[1] :]}".strip()
        found = context.deadline(line, among_meetings=False)
        _check_day(context, line, found)
        rest = context.without(line, found).strip(" ,;:-") if found else line
        named, beside = _body_named(context, _PLANNED.sub("", rest).strip(" ,;:-"))
        if named is not None:
            values["body"] = str(named.id)
        if found is not None:
            values |= {
                "on": found.due,
                "at": f"{found.time:%H:%M}" if found.time else "",
                "until": f"{between.last:%H:%M}" if between else "",
                "recurrence": found.words if found.recurrence else "",
            }
        where = _PLACE.fullmatch(beside) if values["body"] else None
        if where is not None:
            values["place"] = where[1]
        elif beside:
            values["name"] = rest if named is not None else beside
        return values


def _check_day(context: Context, line: str, found: Deadline | None) -> None:
    """Raises a Refusal for a day that is over, or that nobody can be sure of: a meeting invites people to it."""
    over = context.deadline(line, any_tense=True, among_meetings=False) if found is None else None
    # Without an hour it may be what the meeting is about: the form asks.
    if over is not None and over.time is not None and over.due < context.today:
        raise Refusal(_("{day} is already past. Which day to come do you mean?", day=over.due))
    if found is None or found.reason not in DOUBTS:
        return
    first, *others = found.readings
    if not others:
        raise Refusal(_("I am not sure of the day: do you mean {day}? Please say it with its year.", day=first))
    raise Refusal(
        _("I am not sure of the day: do you mean {first} or {second}? Please say it again.",
          first=first, second=others[0])
    )  # fmt: skip


# What stands beside the day and the body is where, when it begins so.
_PLACE = re.compile(
    r"(?:à la |à l['’]|à |aux? |(?=chez )|in de |in het |te |(?=bij )|in der |im |(?=bei )|at the |at |in )(.+)",
    re.IGNORECASE,
)


# "Prévoir une réunion", "le comité se réunit": that it is a meeting says nothing of which.
_PLANNED = re.compile(
    r"^(?:prévo(?:ir|is|yez)|planifie[rz]?|organise[rz]?|fixe[rz]?|plan|plannen|planen|schedule|organise)\b"
    r"(?:\s+(?:une|la|notre|een|de|eine|die|a|the)?\s*(?:prochaine|volgende|nächste|next)?\s*"
    r"(?:réunion|vergadering|versammlung|sitzung|meeting))?(?:\s+(?:du|de|des|van|der|des|of)\b)?"
    r"|\b(?:se réunit|se réunira|aura lieu|a lieu|vergadert|komt samen|tagt|trifft sich|meets|will meet|takes place)\b",
    re.IGNORECASE,
)


def _body_named(context: Context, text: str) -> tuple[Body | None, str]:
    """The body whose name the text begins with or is a part of, the longest wins; and what stands beside it."""
    named, beside = which_body.beginning(context, text)
    if named is not None:
        return named, beside.strip(" ,;:-")
    for found in re.finditer(r"\s+(?=\S)|$", text):
        head, beside = text[: found.start()], text[found.end() :]
        whole = which_body.called(context, head) if not beside or _PLACE.fullmatch(beside) else None
        if whole is not None:
            return whole, beside
    return None, text


@command(
    "meet",
    fr="reunion",
    nl="vergadering",
    de="versammlung",
    en="meeting",
    help=_("Plan a meeting, hold it, and have its notes read: paste them or attach the file."),
    examples=(_("Steering committee Tuesday 2 pm"), _("open"), _("close"), _("list")),
    letter="R",
    asked=(
        (
            (
                # A talking group is an offer.
                r"^(?!.*\bgroupes? d(?:e |['’])(?:parole|entraide|soutien|discussion)\b)"
                r"(?:quand|a quelle date|c['’]est quand|quelle est la date|wanneer|wann|when)\b.*"
                r"\b(?:reunions?|reunit|copil|comite|vergader\w*|sitzung\w*|versammlung\w*|meet\w*)\b"
            ),
            "liste",
        ),
        (
            (
                r"^(?:la |les |de |die |the )?(?:prochaines? reunions?|volgende vergadering(?:en)?|"
                r"nachsten? (?:sitzung|versammlung)(?:en)?|next meetings?)$"
            ),
            "liste",
        ),
    ),
    find=lambda context, number: meetings.by_number(context.session, number),
    prepare=meeting_notes.prepare,
    links=True,
)
def meet(context: Context, form: Plan) -> Outcome:
    """Plan it; a message with notes is read instead."""
    if context.prepared is not None:
        return meeting_notes.proposed(context)
    if form.on is None:
        return Ask(Plan, vars(form))
    starts_at, ends_at = meeting_series.hours(context, form.on, form.at, form.until)
    if starts_at < context.now:
        raise FieldErrors(on=_("{at} is already past.", at=starts_at))
    body = which_body.chosen(context, form.body)
    name = form.name or (body.name if body else "")
    if not name:
        raise FieldErrors(name=_("Please give the meeting a name, or choose a body."))
    again = context.deadline(form.recurrence) if form.recurrence else None
    if form.recurrence and (again is None or not again.recurrence):
        raise FieldErrors(recurrence=_("I do not see when it comes back. Try “every first Tuesday of the month”."))
    rule = (again.recurrence or "") if again else ""
    moved = meeting_series.moved(context, form.on) if rule else form.on
    meeting = meetings.record(
        context.session,
        title=name,
        starts_at=meeting_series.on_day(context, starts_at, moved),
        ends_at=meeting_series.on_day(context, ends_at, moved) if ends_at else None,
        place=form.place,
        recurrence=rule,
        series_on=form.on if rule else None,
        body_id=body.id if body else None,
        author_id=context.me.id,
        channel_id=(body.channel_id if body else None) or (context.channel.id if context.channel else None),
        visibility=settling.columns(context, body)["visibility"],
    )
    return meeting_cards.planned(context, meeting)


@meet.verb(
    "list",
    fr=("liste", "lister", "agenda", "prochaines", "prochaine", "à venir", "prochaine réunion", "calendrier"),
    nl=("lijst", "agenda", "volgende", "volgende vergadering"),
    de=("liste", "agenda", "nächste", "nächste versammlung"),
    en=("list", "agenda", "next", "upcoming", "next meeting"),
    help=_("The meetings to come."),
)
def listing(context: Context) -> Reply:
    viewer = context.audience if context.channel else context.viewer
    coming = meetings.between(
        context.session, viewer, since=context.now - timedelta(hours=4), until=context.until(weeks=WEEKS_SHOWN)
    )
    return meeting_cards.listed(coming)


@meet.verb(
    "open",
    fr=("ouvre", "ouvrir", "commencer", "débuter", "démarrer", "ouverture", "début"),
    nl=("open", "openen", "begin"),
    de=("öffnen", "öffne", "eröffnen", "eröffne", "beginnen"),
    en=("open", "begin"),
    takes="words",
    help=_("Opens the meeting of this channel: what is recorded here belongs to it."),
)
def opening(context: Context, rest: str) -> Outcome:
    return meeting_live.opened(context, rest)


@meet.verb(
    "close",
    fr=("clôture", "clôturer", "clore", "clos", "fermer", "terminer", "lever", "finir", "finie", "fin", "fermeture"),
    nl=("sluit", "sluiten", "afsluiten"),
    de=("schließen", "schließe", "beenden"),
    en=("close", "end"),
    help=_("Closes it, and says what it decided and who does what."),
)
def closing(context: Context) -> Outcome:
    return meeting_live.closed(context)


@meet.verb(
    "present",
    fr=("présents", "présent", "présente", "présentes"),
    nl=("aanwezig", "aanwezigen"),
    de=("anwesend", "anwesende"),
    en=("present",),
    takes="words",
    help=_("Who is there, separated by commas."),
)
def present(context: Context, rest: str) -> Outcome:
    return meeting_live.noted(context, rest, meetings.Presence.PRESENT)


@meet.verb(
    "excused",
    fr=("excusés", "excusé", "excusée", "excusées"),
    nl=("verontschuldigd", "verontschuldigden"),
    de=("entschuldigt", "entschuldigte"),
    en=("excused",),
    takes="words",
    help=_("Who is excused, separated by commas."),
)
def excused(context: Context, rest: str) -> Outcome:
    return meeting_live.noted(context, rest, meetings.Presence.EXCUSED)


@meet.verb(
    "absent",
    fr=("absents", "absent", "absente", "absentes"),
    nl=("afwezig", "afwezigen"),
    de=("abwesend", "abwesende"),
    en=("absent",),
    takes="words",
    help=_("Who is absent, separated by commas."),
)
def absent(context: Context, rest: str) -> Outcome:
    return meeting_live.noted(context, rest, meetings.Presence.ABSENT)


@meet.verb(
    "represented",
    fr=("représentés", "représenté", "représentée", "représentées", "procuration", "procurations"),
    nl=("vertegenwoordigd", "volmacht"),
    de=("vertreten", "vollmacht"),
    en=("represented", "proxy"),
    takes="words",
    help=_("Who is represented, and by whom: “Ana by Luc”."),
)
def represented(context: Context, rest: str) -> Outcome:
    return meeting_live.noted(context, rest, meetings.Presence.REPRESENTED)


@meet.about("show", fr="", nl="", de="", en="", help=_("One meeting, with its agenda and what came of it."))
def show(context: Context, meeting: Meeting) -> Reply:
    return meeting_items.with_the_rest(context, meeting, meeting_cards.shown(context, meeting))
