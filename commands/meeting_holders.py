"""Who looks after a meeting, and whom its papers go to."""

from collections.abc import Iterable, Sequence

from bot import Context, Refusal, _
from storage import bodies, channels, meetings, members
from storage.bodies import Body
from storage.channels import Channel
from storage.meetings import Meeting
from storage.members import Member


def holds(context: Context, meeting: Meeting) -> bool:
    """Whether the acting member is an officer of its body, its author or a coordinator."""
    return context.me.id == meeting.author_id or approves(context, meeting)


def need_holder(context: Context, meeting: Meeting) -> None:
    if not holds(context, meeting):
        raise officers_only()


def officers_only() -> Refusal:
    return Refusal(_("Only the chair, the secretary or a coordinator can do that."))


def approves(context: Context, meeting: Meeting) -> bool:
    """Whether the acting member may say that its minutes are approved: an officer of its body or a coordinator."""
    body = context.session.find(Body, meeting.body_id)
    return context.me.coordinator or (body is not None and context.me.id in body.officers)


def holders(context: Context, meeting: Meeting) -> Sequence[Member]:
    """Who answers what is proposed about it: the secretary, else the other officers, else the coordinators."""
    session = context.session
    body = session.find(Body, meeting.body_id)
    if body is not None:
        for ids in ((body.secretary_id,), (body.coordinator_id, body.chair_id)):
            found = [member for id_ in ids if id_ and (member := session.get(Member, id_)) and member.active]
            if found:
                return found
    return members.coordinators(session)


def channel_of(context: Context, meeting: Meeting) -> Channel | None:
    """Where its body reads."""
    body = context.session.find(Body, meeting.body_id)
    id_ = (body.channel_id if body else None) or meeting.channel_id
    channel = context.session.find(Channel, id_)
    return channel if channel is not None and channel.closed_at is None else None


def attending(context: Context, meeting: Meeting) -> set[int]:
    """Ids of the members who were there, were excused, or had someone speak for them."""
    there = meetings.attendance(context.session, meeting.id)
    return {row.member_id for row in there if row.member_id is not None}


def sitting(context: Context, meeting: Meeting) -> set[int]:
    """Ids of the members of its body."""
    return set(bodies.member_ids(context.session, meeting.body_id)) if meeting.body_id else set()


def reached(context: Context, meeting: Meeting, concerned: Iterable[int]) -> list[Channel | Member]:
    """One post in the body's channel, and one message to each of those concerned who do not read it."""
    channel = channel_of(context, meeting)
    inside = channels.member_ids(context.session, channel.id) if channel is not None else frozenset()
    people = members.by_ids(context.session, set(concerned)).values()
    outside = [one for one in people if one.active and (one.id not in inside or one.external_id is None)]
    return [*([channel] if channel is not None else []), *sorted(outside, key=lambda one: one.id)]
