"""The undo button of every answer that changed something."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from bot.context import Context, changed_since
from bot.messages import Refusal, Reply
from bot.phrases import _
from bot.registry import action
from storage import journal, members
from storage.journal import JournalLine
from storage.visibility import Visible, can_see


@action
def undo(context: Context, operation: str) -> Reply:
    """Put back what one message changed, as long as nobody changed it again since."""
    by = context.session.scalar(select(JournalLine.member_id).where(JournalLine.operation == operation).limit(1))
    if by != context.me.id:
        context.need_coordinator()
        if not _within_sight(context, operation):
            raise Refusal(_("There is nothing left to undo."))
    led = bool(members.coordinators(context.session))
    try:
        lines = journal.undo(context.session, operation)
    except (journal.ChangedSinceError, IntegrityError):
        # The database itself refuses to take away what something newer refers to.
        raise changed_since() from None
    if not lines:
        raise Refusal(_("There is nothing left to undo."))
    if led and not members.coordinators(context.session):
        raise Refusal(_("Nobody would coordinate this network any more: name somebody else first."))
    return Reply(_("Undone: everything is as it was before."), undo=False, replace=True)


def _within_sight(context: Context, operation: str) -> bool:
    """Whether all that somebody else's message changed is for the eyes of who acts: a private channel stays its own."""
    rows = journal.rows_of(context.session, operation)
    return all(can_see(context.viewer, row) for row in rows if isinstance(row, Visible))
