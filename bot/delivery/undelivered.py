"""What could not be delivered is shown to the coordinators, in private, once."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from bot.context import Context
from bot.messages import Section
from bot.phrases import _
from storage import members, notices
from storage.channels import Channel
from storage.database import NetworkSession
from storage.members import Member
from storage.notices import Delivery, Notice

GIVEN_UP = "delivery.given_up"

Lost = Callable[[Context, Delivery], Sequence[Section]]


def tell(session: NetworkSession, row: Delivery, now: datetime) -> None:
    """Owe it to the coordinators, but not to the one who could not be reached, nor about such a message itself."""
    if all(notice.kind == GIVEN_UP for notice in notices.carried_by(session, row.id)):
        return
    notices.record_all(
        session,
        [
            notices.unrecorded(("member", coordinator.id), GIVEN_UP, row.id, step="", version=1, due_at=now)
            for coordinator in members.coordinators(session)
            if coordinator.id != row.member_id
        ],
    )


def given_up(context: Context, notice: Notice, lost: Lost) -> Iterator[Section]:
    """Who was not reached and why, then the message, ready to be sent by other means."""
    row = context.session.get(Delivery, notice.subject_id)
    sections = lost(context, row) if row is not None else []
    if row is None or not sections:
        return
    member = context.session.find(Member, row.member_id)
    channel = context.session.find(Channel, row.channel_id)
    name = member.name if member else f"#{channel.name}" if channel else ""
    yield Section(
        _(
            "I could not get a message to {name} ({reason}). Here is its text, should you want to pass it on:",
            name=name,
            reason=row.reason,
        )
    )
    yield from sections
