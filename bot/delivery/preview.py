"""What would go out in the coming weeks: the real jobs and wordings, run ahead in a transaction that is undone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.context import Context
from bot.phrases import Phrase, _, lines, verbatim
from storage import bodies, notices
from storage.channels import Channel
from storage.members import Member
from storage.notices import Notice

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One message to come: `text` in the words of who asks."""

    at: datetime
    recipient: Phrase
    text: str


def foresee(context: Context, *, days: int) -> list[Foreseen]:
    """The messages of the next `days`, in order, if nobody changed anything; nothing is kept of having looked."""
    found: list[Foreseen] = []
    if context.registry is None:
        return found
    looking = context.session.begin_nested()
    ahead = replace(context, member=None, channel=None, body=None)
    for moment in _moments(context, days):
        ahead = replace(ahead, now=moment)
        for job in context.registry.jobs:
            job.function(ahead)
        found += _due(context, ahead)
    looking.rollback()
    context.session.expire_all()
    return found


def _moments(context: Context, days: int) -> list[datetime]:
    """When to look: the end of the quiet hours, the hour of the digest, and twice in the afternoon of a working day."""
    rules, zone = context.network.rules, ZoneInfo(context.network.timezone)
    first = context.now.astimezone(zone).date()
    working = [day for n in range(days + 1) if (day := first + timedelta(days=n)).weekday() < SATURDAY]
    hours = sorted({rules.quiet_until, rules.digest_at, time(13), time(17)})
    every = (datetime.combine(day, hour, zone) for day in working for hour in hours)
    return [moment for moment in every if context.now < moment <= context.now + timedelta(days=days)]


def _due(context: Context, ahead: Context) -> list[Foreseen]:
    waiting = notices.waiting(context.session, until=ahead.now)
    messages = [_message(context, ahead, list(group)) for _name, group in groupby(waiting, key=lambda n: n.recipient)]
    for notice in waiting:
        notice.void_at = ahead.now
    return [message for message in messages if message is not None]


def _message(context: Context, ahead: Context, due: Sequence[Notice]) -> Foreseen | None:
    registry = context.registry
    if registry is None:
        return None
    reading = _for(ahead, due[0])
    sections = [
        section
        for kind, group in groupby(sorted(due, key=lambda n: n.kind), key=lambda n: n.kind)
        if kind in registry.wordings
        for section in registry.wordings[kind].function(reading, list(group))
    ]
    if not sections:
        return None
    text = lines(*(section.text for section in sections)).say(context.reader)
    return Foreseen(ahead.now, _name(reading), text)


def _for(ahead: Context, notice: Notice) -> Context:
    """As whoever gets it: what a message says depends on it."""
    session = ahead.session
    if notice.member_id is not None:
        return replace(ahead, member=session.get_one(Member, notice.member_id))
    channel = session.get_one(Channel, notice.channel_id)
    return replace(ahead, channel=channel, body=bodies.of_channel(session, channel.id))


def _name(reading: Context) -> Phrase:
    if reading.channel is not None:
        return verbatim(f"#{reading.channel.name}")
    member = reading.me
    if member.external_id is not None:
        return verbatim(member.name)
    return _(
        "{name} (no account here: by e-mail where it is set up, otherwise as a text for you to send)", name=member.name
    )
