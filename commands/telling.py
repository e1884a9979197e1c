"""What a meeting gave is told in one message each: held while it is being gathered, let go when that is over."""

from datetime import datetime, timedelta

from bot import Context
from commands import promising
from storage import commitments, notices, settled
from storage.agreements import Agreement
from storage.commitments import Status as Promised
from storage.decisions import Decision
from storage.meetings import Meeting
from storage.settled import Status

# A meeting that goes on may bring more; notes that somebody left half-way do not wait for ever.
WHILE_OPEN = timedelta(hours=3)
WHILE_CONFIRMING = timedelta(minutes=30)
PROPOSED = "record.proposed"


def hold(context: Context, meeting: Meeting) -> None:
    """What it gave and nobody has been told of yet waits for the rest of it."""
    still_open = meeting.opened_at is not None and meeting.closed_at is None
    _until(context, meeting, context.now + (WHILE_OPEN if still_open else WHILE_CONFIRMING))


def let_go(context: Context, meeting: Meeting) -> None:
    """All that is known: each is told now, in one message."""
    _until(context, meeting, context.now)


def _until(context: Context, meeting: Meeting, moment: datetime) -> None:
    session = context.session
    session.flush()
    promised = [
        row.id
        for row in commitments.of_meeting(session, meeting.id)
        if row.status in {Promised.PROPOSED, Promised.OPEN}
    ]
    notices.put_off(session, (promising.PROPOSED, promising.UNREACHED), promised, until=moment)
    for model in (Decision, Agreement):
        rows = settled.of_meeting(session, model, meeting.id)
        waiting = [row.number for row in rows if row.status is Status.PROPOSED]
        notices.put_off(session, (PROPOSED,), waiting, step=model.letter, until=moment)
