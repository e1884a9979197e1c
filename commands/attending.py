"""Who is at a meeting: present, excused, absent, represented and by whom; noted in words or with a button."""

import re
from collections.abc import Sequence

from bot import Button, Context, Phrase, Refusal, Reply, _, action, button, lines
from bot.understanding import names
from commands.people import candidate
from storage import meetings, members
from storage.meetings import Attendance, Meeting, Presence
from storage.visibility import can_see

MOST_NAMES = 200
LABELS: dict[Presence, Phrase] = {
    Presence.PRESENT: _("Present"),
    Presence.EXCUSED: _("Excused"),
    Presence.ABSENT: _("Absent"),
    Presence.REPRESENTED: _("Represented"),
}
_BETWEEN = re.compile(r"\s*(?:[,;\n]|\s(?:et|en|und|and|&)\s)\s*(?![^()]*\))")
# "Ana par Luc", "Ana (représentée par Luc)", "Ana → Luc".
_PROXY = re.compile(
    r"^(?P<name>.+?)[\s,]*(?:\(\s*)?(?:"
    r"(?:représenté(?:e|\.e|·e)?s?|procuration|vertegenwoordigd|vertreten|represented|volmacht|vollmacht|proxy)\s*"
    r"(?:par|à|a|door|durch|von|by|aan|an|to|:)?|par|door|durch|von|by|→|->|=>)\s+(?P<proxy>[^()]+?)\s*\)?$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*\([^()]*\)\s*$")


def people(present: Sequence[Attendance]) -> list[Phrase]:
    """One line for each way of being there, in that order."""
    return [
        _("{label}: {names}.", label=label, names=[shown(row) for row in present if row.presence is presence])
        for presence, label in LABELS.items()
        if any(row.presence is presence for row in present)
    ]


def shown(row: Attendance) -> str:
    """The name, with that of who speaks for them."""
    return f"{row.name} ({row.proxy})" if row.proxy else row.name


def note(context: Context, meeting: Meeting, line: str, presence: Presence) -> Reply:
    """Members by their names, anyone else as written; without names, who is there so far."""
    wanted = [part.strip(" .*_") for part in _BETWEEN.split(line) if part.strip(" .*_")]
    if len(wanted) > MOST_NAMES:
        raise Refusal(_("That is more names than a meeting has: {n}.", n=len(wanted)))
    known = known_people(context)
    doubtful = []
    for said in wanted:
        proxied = _PROXY.match(said)
        represented = proxied is not None and presence is not Presence.PRESENT
        name, proxy = (proxied["name"], proxied["proxy"]) if proxied is not None and represented else (said, "")
        way = Presence.REPRESENTED if represented else presence
        if isinstance(enter(context, meeting, name, way, known, proxy=_full(proxy, known)), names.Ambiguous):
            doubtful.append(name)
    there = people(meetings.attendance(context.session, meeting.id))
    if not there:
        return Reply(_("Nobody is noted yet. `/meeting present Ana, Luc` does it."), undo=False)
    return Reply(
        lines(
            *there,
            _("Several people are called {names}: write the whole name.", names=doubtful) if doubtful else None,
        ),
        public=bool(wanted) and can_see(context.audience, meeting),
        undo=bool(wanted),
    )


def known_people(context: Context) -> list[names.Candidate]:
    """Those whom a name may mean."""
    return [candidate(one) for one in members.active(context.session)]


def enter(
    context: Context,
    meeting: Meeting,
    name: str,
    presence: Presence,
    known: Sequence[names.Candidate],
    *,
    proxy: str = "",
    affiliation: str = "",
) -> names.Found:
    """Note one person: the member whom the name means, else the name as written."""
    found = _nearest(name, known)
    member = found.candidate if isinstance(found, names.Match) else None
    meetings.attend(
        context.session,
        meeting.id,
        name=(member.name if member else name)[:200],
        presence=presence,
        member_id=member.id if member else None,
        proxy=proxy[:200],
        affiliation=affiliation[:200],
    )
    return found


def _nearest(name: str, known: Sequence[names.Candidate]) -> names.Found:
    bare = name.strip().removeprefix("@")
    found = names.nearest(bare, known)
    if not isinstance(found, names.Match) and _ASIDE.search(bare):
        # Whose organisation stands in brackets: "Ana Simon (CPAS d'Arlon)".
        return names.nearest(_ASIDE.sub("", bare), known)
    return found


def _full(name: str, known: Sequence[names.Candidate]) -> str:
    found = _nearest(name, known) if name else None
    return found.candidate.name if isinstance(found, names.Match) else name.strip()


def buttons(meeting: Meeting) -> tuple[Button, Button]:
    """Under the message that opens a meeting."""
    return (
        button(_("I am here"), here, style="primary", meeting=meeting.id),
        button(_("I cannot be there"), away, meeting=meeting.id),
    )


@action
def here(context: Context, meeting: int) -> Reply:
    return _say_of_oneself(context, meeting, Presence.PRESENT)


@action
def away(context: Context, meeting: int) -> Reply:
    return _say_of_oneself(context, meeting, Presence.EXCUSED)


def _say_of_oneself(context: Context, meeting: int, presence: Presence) -> Reply:
    row = context.seen(Meeting, meeting, lock=True)
    if row.cancelled_at or row.approved_at:
        raise Refusal(_("This meeting is over."))
    me = context.me
    meetings.attend(context.session, row.id, name=me.name[:200], presence=presence, member_id=me.id)
    return card(context, row)


def card(context: Context, meeting: Meeting) -> Reply:
    """What stands in the channel while it is open: what to write, and who is there so far."""
    where = _("in this thread") if meeting.thread else _("here")
    return Reply(
        lines(
            _("{ref} is open: **{title}**.", ref=meeting.ref, title=meeting.title),
            _(
                "Write {where} as you go: `decision: …`, `agreement: …`, `action @somebody … by …`, `present: …`. "
                "I keep these alone, and nothing else of what you say.",
                where=where,
            ),
            _("`/decide`, `/agreement`, `/commit` and a 📌 or 🤝 under a message do it too."),
            _("`/meeting close` sums it up."),
            *people(meetings.attendance(context.session, meeting.id)),
        ),
        buttons=buttons(meeting),
        public=context.channel is not None,
        replace=True,
        undo=False,
    )
