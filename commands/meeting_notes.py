"""Notes of a meeting, pasted or attached: read before the transaction, then proposed one by one."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot import Context, Phrase, Reader, Refusal, Reply, _, lines, many
from bot.imports import documents
from bot.imports import minutes as reading
from bot.imports.documents import errors
from bot.messages import Held
from bot.understanding import minutes, privacy
from bot.understanding.minutes import Minutes, Proposal
from bot.understanding.minutes_parts.facts import bare_title
from bot.understanding.minutes_parts.markup import plain
from commands import attending, meeting_items, meeting_next, meeting_series, records, second_reading, which_body
from storage import meetings, notes
from storage.bodies import Body
from storage.meetings import Meeting, MinutesItem, Presence
from storage.visibility import can_see

Failure = errors.Code | Literal["not_there", "elsewhere", "unreadable"]
# A pasted text of so many lines is notes, not the name of a meeting.
NOTES_LINES = 3
# What one says of the notes before pasting them, which is no title of theirs: « /reunion notes ».
_CALLED = re.compile(
    r"\A\s*(?:(?:les|nos|mes|de|onze|mijn|die|unsere|meine|the|our|my)\s+)?"
    r"(?:notes?|pv|compte[- ]rendu|notities|verslag|notizen|protokoll|minutes)\s*:?[^\S\n]*\n",
    re.IGNORECASE,
)
MAX_NAME = 200


@dataclass(frozen=True, slots=True)
class Read:
    """What was made of the notes: the minutes, or why not; `left_out` counts the proposals that spoke of a patient."""

    minutes: Minutes | None
    failure: Failure | None = None
    left_out: int = 0
    text: str = ""


def prepare(
    line: str, files: tuple[Held, ...], reader: Reader, progress: Callable[[int, int], None] | None = None
) -> Read | None:
    """Read the first attached file or the messages pointed at, or the pasted lines; None when there are none."""
    today = reader.today or date.min
    try:
        if files:
            given = files[0]
            if given.problem:
                return Read(None, given.problem)
            if given.content is None:
                raise errors.refuse("too_big", size=given.size, limit=documents.LARGEST)
            wanted = reading.Wanted(
                given.day if given.talk else None, None, reader.country, otherwise=given.day or today
            )
            found, text = reading.read_text(given.content, given.name, wanted, progress)
            return _without_patients(_talk(found) if given.talk else found, reader, text)
        if line.count("\n") >= NOTES_LINES:
            line = _CALLED.sub("", line)
            pasted = minutes.read(line, now_or_meeting_date=None, country=reader.country)
            if pasted.meeting.date is None:
                pasted = minutes.read(line, now_or_meeting_date=today, country=reader.country)
            return _without_patients(pasted, reader, line)
    except errors.DocumentError as unreadable:
        return Read(None, unreadable.code)
    return None


def _talk(found: Minutes) -> Minutes:
    """Messages of a chat have no title: its first words are somebody's."""
    if found.meeting.title is None or ":" not in found.meeting.title:
        return found
    return Minutes(replace(found.meeting, title=None, body=None), found.items, found.language)


def _without_patients(found: Minutes, reader: Reader, text: str) -> Read:
    """The guard reads every line that would be kept; those that speak of a patient are left out and counted."""
    kept = tuple(
        item
        for item in found.items
        if privacy.inspect(f"{item.quote}\n{item.text}", country=reader.country).verdict == "clear"
    )
    facts = found.meeting
    if facts.next_meeting and privacy.inspect(facts.next_meeting, country=reader.country).verdict != "clear":
        facts = replace(facts, next_meeting=None, next_day=None)
    return Read(Minutes(facts, kept, found.language), None, len(found.items) - len(kept), text)


def proposed(context: Context) -> Reply:
    """The meeting of the notes, and the first thing they propose; nothing of it is recorded yet."""
    read = context.prepared
    if not isinstance(read, Read):
        raise TypeError(type(read).__name__)
    if read.minutes is None:
        raise Refusal(UNREADABLE[read.failure or "broken"])
    meeting = _meeting(context, read.minutes)
    fresh, again = _fresh(context, meeting, read)
    first = meeting_items.screen(context, meeting)
    offer = second_reading.offered(context, meeting, read.text)
    nothing = _("Nothing is recorded before you say yes.")
    return Reply(
        lines(
            _said(context, meeting, read, fresh, again),
            _kept(context, meeting, read),
            nothing if read.minutes.items or first.buttons else _("I find nothing in it to record."),
        ),
        sections=(*first.sections, *([offer] if offer else [])),
        buttons=first.buttons,
    )


def _fresh(context: Context, meeting: Meeting, read: Read) -> tuple[list[Proposal], int]:
    """What the notes say and was not proposed before, which waits now, the next meetings last; how many were before."""
    found = read.minutes
    if found is None:
        return [], 0
    known = {item.quote for item in meetings.items(context.session, meeting.id)}
    coming = [one for one in meeting_next.items(context, meeting, found, read.text) if one.quote not in known]
    announced = found.meeting.next_meeting if coming else None
    fresh = [item for item in found.items if item.quote not in known and not _announces(item, announced)]
    context.session.add_all(
        MinutesItem(
            meeting_id=meeting.id,
            kind=item.kind,
            line=item.line,
            quote=item.quote,
            text=item.text,
            owner=(", ".join(item.members) or item.owner or "")[:300],
            due_words=(item.due or "")[:200],
            due_on=item.due_date,
        )
        for item in fresh
    )
    context.session.flush()
    context.session.add_all(coming)
    context.session.flush()
    return fresh, sum(item.quote in known for item in found.items)


def _announces(item: Proposal, announced: str | None) -> bool:
    """Whether a "decision" says no more than when one meets next, which is proposed to be planned."""
    return announced is not None and item.kind == "decision" and plain(item.quote) == announced


def _said(context: Context, meeting: Meeting, read: Read, fresh: Sequence[Proposal], again: int) -> Phrase:
    """What was read: the meeting, how many of each kind, what was left out and what is known already."""
    left_out = read.left_out + context.left_out
    count = Counter(item.kind for item in fresh)
    return lines(
        _(
            "I have read the notes of {day}, **{title}**:",
            title=meeting.title,
            day=meeting_series.day_of(context, meeting),
        ),
        records.counted(count["decision"], count["agreement"], count["commitment"]) if fresh else None,
        many(
            "{n} line seems to speak of a patient: I left it out.",
            "{n} lines seem to speak of a patient: I left them out.",
            left_out,
        )
        if left_out
        else None,
        many(
            "{n} line of them was proposed before: I do not propose it again.",
            "{n} lines of them were proposed before: I do not propose them again.",
            again,
        )
        if again
        else None,
    )


def _kept(context: Context, meeting: Meeting, read: Read) -> Phrase | None:
    """Keep the file itself where the network wants it so, and say so; never one that speaks of a patient."""
    given = context.files[0] if context.files else None
    if not context.network.rules.keep_notes or given is None or given.content is None or given.talk:
        return None
    if read.left_out or privacy.inspect(read.text, country=context.country).verdict != "clear":
        return _("I do not keep the file itself: it seems to speak of a patient.")
    notes.keep(context.session, meeting.id, name=given.name[-MAX_NAME:], content=given.content)
    return _("The file itself is kept: `/meeting {ref} file`.", ref=meeting.ref)


def _meeting(context: Context, found: Minutes) -> Meeting:
    """The open meeting of this place, or a past one made from what the notes say of themselves."""
    session, facts = context.session, found.meeting
    body = context.body or which_body.within(context, facts.body or facts.title or "")
    held = None
    if context.channel is not None:
        body_id, thread = body.id if body else None, context.place.thread[:120]
        held = meetings.open_in(session, channel_id=context.channel.id, body_id=body_id, thread=thread)
    zone = ZoneInfo(context.network.timezone)
    day = min(facts.date or context.today, context.today)
    if held is None and body is not None:
        since = datetime.combine(day, time(), zone)
        held = meetings.held(session, body_id=body.id, since=since, until=since + timedelta(days=1))
        if held is not None and not can_see(context.viewer, held):
            held = None
    if held is None:
        title = _title(facts.title, body) or facts.body
        held = meetings.record(
            session,
            title=(title or _("Meeting").say(context.channel_reader))[:300],
            # Midnight stands for an hour that the notes do not tell.
            starts_at=datetime.combine(day, facts.starts or time(), zone),
            ends_at=datetime.combine(day, facts.ends, zone) if facts.ends else None,
            closed_at=context.now,
            followed=True,
            body_id=body.id if body else None,
            author_id=context.me.id,
            channel_id=context.channel.id if context.channel else None,
            visibility=context.visibility,
        )
    known = attending.known_people(context)
    for presence, said in (
        (Presence.PRESENT, facts.present),
        (Presence.EXCUSED, facts.excused),
        (Presence.ABSENT, facts.absent),
        (Presence.REPRESENTED, facts.represented),
    ):
        for name in said:
            attending.enter(context, held, name, presence, known, affiliation=facts.affiliations.get(name, ""))
    return held


def _title(said: str | None, body: Body | None) -> str | None:
    """The body's name, unless the notes are of something else of it."""
    bare = bare_title(said) if said else None
    return body.name if body is not None and (bare is None or body.name.casefold() in bare.casefold()) else bare


UNREADABLE: dict[Failure, Phrase] = {
    "not_there": _("I read a conversation only for those who are in it."),
    "elsewhere": _(
        "That conversation is in a private channel. Ask me there, so that what comes of it stays among its people."
    ),
    "unreadable": _("I cannot read that message: it is gone, or I am not in its channel. Invite me there, please."),
    "too_big": _("This file is too large. Split it, or paste the text alone."),
    "empty": _("This file holds no text."),
    "unsupported": _("I read .docx, .odt, .pdf, .html, .md and .txt, not this kind of file."),
    "wrong_type": _("This file is not what its name says. Export it again, please."),
    "encrypted": _("This file is protected by a password. Save a copy without it, please."),
    "old_word": _("This file is in the old Word format. Save it as .docx, please."),
    "scanned": _("This PDF holds pictures of pages, no text. Send the original document, please."),
    "truncated": _("This file is cut short. Send it again, please."),
    "broken": _("This file is damaged. Open it, save it again, and resend it, please."),
    "zip_bomb": _("This file unpacks to far more than a document should: I did not open it."),
    "xml_bomb": _("This file defines what no document needs: I did not open it."),
    "macro": _("This file contains macros. Save it as .docx without them, please."),
    "too_heavy": _("This file needs too much memory. Split it, or paste the text alone."),
    "too_slow": _("This file takes too long to read. Split it, or paste the text alone."),
}
