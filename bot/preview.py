"""What would go out in the coming weeks: the real jobs and wordings, run ahead in a transaction that is undone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby

from bot.context import Context
from bot.phrases import lines
from storage import notices
from storage.channels import Channel
from storage.members import Member
from storage.notices import Notice


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One message to come: `text` in the words of who asks."""

    at: datetime
    recipient: str
    text: str


def foresee(context: Context, *, days: int, step: timedelta = timedelta(hours=1)) -> list[Foreseen]:
    """The messages of the next `days`, in order, if nobody changed anything; nothing is kept of having looked."""
    found: list[Foreseen] = []
    if context.registry is None:
        return found
    looking = context.session.begin_nested()
    end = context.now + timedelta(days=days)
    ahead = replace(context, member=None, channel=None, body=None)
    while ahead.now < end:
        ahead = replace(ahead, now=ahead.now + step)
        for job in context.registry.jobs:
            job.function(ahead)
        found += _due(context, ahead)
    looking.rollback()
    context.session.expire_all()
    return found


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
    sections = [
        section
        for kind, group in groupby(sorted(due, key=lambda n: n.kind), key=lambda n: n.kind)
        if kind in registry.wordings
        for section in registry.wordings[kind].function(ahead, list(group))
    ]
    if not sections:
        return None
    text = lines(*(section.text for section in sections)).say(context.reader)
    return Foreseen(ahead.now, _name(context, due[0]), text)


def _name(context: Context, notice: Notice) -> str:
    if notice.member_id is not None:
        return context.session.get_one(Member, notice.member_id).name
    return f"#{context.session.get_one(Channel, notice.channel_id).name}"
