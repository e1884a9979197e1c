"""What the papers of a meeting share: the network's logo and name, the meeting's body, day, place and people."""

import re
from collections.abc import Sequence
from datetime import time
from zoneinfo import ZoneInfo

from bot import Context, Phrase, Reader, _
from bot.exports import paper
from bot.exports.paper import Block, Fact, Paper, Picture
from bot.phrases import day_words
from commands.attending import LABELS
from storage import logos, meetings, members
from storage.bodies import Body
from storage.channels import Channel
from storage.meetings import Attendance, Meeting, Presence
from storage.members import Member
from storage.visibility import Viewer, Visibility


def audience_of(meeting: Meeting) -> Viewer:
    """Everyone who may read the meeting's papers: what one of them may not see is in none."""
    if meeting.visibility is Visibility.NETWORK:
        return Viewer()
    return Viewer(
        coordinator=meeting.visibility is Visibility.COORDINATOR,
        channel_ids=frozenset({meeting.channel_id} if meeting.channel_id else ()),
        body_ids=frozenset({meeting.body_id} if meeting.body_id else ()),
    )


def reader_of(context: Context, meeting: Meeting) -> Reader:
    """Everyone the papers are for: the language of the meeting's channel; days are said with their year."""
    channel = context.session.find(Channel, meeting.channel_id)
    language = (channel.language if channel else None) or context.network.language
    return Reader(language, context.network.timezone, context.country)


def logo(context: Context, reader: Reader) -> Picture | None:
    row = logos.of_network(context.session)
    if row is None:
        return None
    return Picture(row.content, row.width, row.height, _("Logo of {name}", name=context.network.name).say(reader))


def framed(
    context: Context,
    meeting: Meeting,
    reader: Reader,
    *,
    kind: Phrase,
    blocks: Sequence[Block],
    mark: Phrase | None = None,
    notice: Phrase | None = None,
) -> Paper:
    """A paper of a meeting in the house's frame."""
    return Paper(
        organisation=paper.writable(context.network.name),
        kind=kind.say(reader),
        title=paper.writable(titled(meeting, reader)),
        language=reader.language,
        country=reader.country,
        made_at=context.now,
        blocks=tuple(blocks),
        page=_("page {n} of {total}", n="{n}", total="{total}").say(reader),
        mark=mark.say(reader) if mark else "",
        notice=notice.say(reader) if notice else "",
        logo=logo(context, reader),
    )


def titled(meeting: Meeting, reader: Reader) -> str:
    day = meeting.starts_at.astimezone(zone_of(reader)).date()
    # A number is not parted from its month at the end of a line.
    said = re.sub(r"(?<=\d) (?=\w)|(?<=1er) ", "\u00a0", day_words(day, reader))
    return _("{title}, {day}", title=meeting.title, day=said).say(reader)


def when(meeting: Meeting, reader: Reader) -> Phrase:
    """The day and the hours in the reader's zone, or the hour at which it begins; at midnight none is known."""
    zone = zone_of(reader)
    starts = meeting.starts_at.astimezone(zone)
    if meeting.ends_at is None and starts.time() == time():
        return _("{day}", day=starts.date())
    if meeting.ends_at is None:
        return _("{at}", at=meeting.starts_at)
    ends = meeting.ends_at.astimezone(zone)
    return _(
        "{day}, from {first} to {last}",
        day=starts.date(),
        first=starts.time(),
        last=ends.time(),
    )


def facts(context: Context, meeting: Meeting, reader: Reader) -> list[Block]:
    """Body, day, place, and who was there."""
    body = context.session.find(Body, meeting.body_id)
    told: list[tuple[Phrase, Phrase | str]] = [
        *([(_("Body"), body.name)] if body else []),
        (_("Day"), when(meeting, reader)),
        *([(_("Place"), meeting.place)] if meeting.place else []),
    ]
    there = meetings.attendance(context.session, meeting.id)
    known = members.by_ids(context.session, (row.member_id for row in there if row.member_id is not None))
    for presence, label in LABELS.items():
        names = [_person(row, known.get(row.member_id or 0), reader) for row in there if row.presence is presence]
        if names:
            told.append((label, ", ".join(names)))
    return [
        Fact(
            _("{label}:", label=label).say(reader),
            paper.writable(what.say(reader) if isinstance(what, Phrase) else what),
        )
        for label, what in told
    ]


def _person(row: Attendance, member: Member | None, reader: Reader) -> str:
    """With their organisation, and who speaks for them."""
    name = f"{row.name} ({member.partner.name})" if member is not None and member.partner else row.name
    if row.presence is Presence.REPRESENTED and row.proxy:
        return _("{name}, by {proxy}", name=name, proxy=row.proxy).say(reader)
    return name


def zone_of(reader: Reader) -> ZoneInfo:
    return ZoneInfo(reader.timezone)
