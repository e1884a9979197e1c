"""What a proposal of the notes becomes in the register, and what the register holds already."""

from collections.abc import Callable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from bot import Context, Refusal, _
from bot.understanding import clauses, likeness, parties, promises
from bot.understanding.deadlines import Reading
from bot.understanding.minutes_parts import rewording
from commands import agreement, meeting_next, promising, records, settling, telling
from commands.people import Answering, by_key, found, names_of
from storage import agreements, commitments, decisions, settled
from storage.agreements import Agreement
from storage.bodies import Body
from storage.commitments import Commitment
from storage.decisions import Decision
from storage.meetings import ItemState, Meeting, MinutesItem

Record = Decision | Agreement | Commitment

MIN_PARTNERS = 2
# More than any network has; the newest count where it does not suffice.
MOST_COMPARED = 5000
LISTED: dict[str, Callable[[Context], Sequence[Record]]] = {
    "decision": lambda context: settled.listed(context.session, Decision, context.viewer, limit=MOST_COMPARED),
    "agreement": lambda context: settled.listed(context.session, Agreement, context.viewer, limit=MOST_COMPARED),
    "commitment": lambda context: commitments.listed(context.session, context.viewer, limit=MOST_COMPARED),
}


def alike(context: Context, item: MinutesItem) -> Record | None:
    """The record that says nearly the same, of those that the acting member may see."""
    rows: list[Record] = [*LISTED[item.kind](context)]
    same = next((row for row in rows if row.quote and row.quote == item.quote), None)
    if same is not None:
        return same
    found_at = likeness.nearest(item.text, [row.text for row in rows])
    return rows[found_at] if found_at is not None else None


def reviewed(context: Context, item: MinutesItem, meeting: Meeting) -> tuple[str, date | None]:
    """What was settled without the words that say when to look at it again, and that day, unless it is over."""
    if item.kind in {"decision", "agreement"}:
        told = clauses.review(item.text, **_reading(context, item, meeting))
        if told is not None and told.day is not None and told.day >= context.today:
            return told.rest, told.day
    return item.text, None


def _reading(context: Context, item: MinutesItem, meeting: Meeting) -> Reading:
    """The days of notes are read as on the day of their meeting."""
    reading = context.reading(item.text)
    reading["now"] = meeting.starts_at.astimezone(ZoneInfo(context.timezone))
    return reading


def _promised(context: Context, item: MinutesItem, meeting: Meeting, owners: Sequence[Answering]) -> str:
    """Its words without the owners they begin with and the day they end with, which are told apart from them."""
    reading = _reading(context, item, meeting)
    read = promises.read(item.text.rstrip("."), names_of(context.session), **reading)
    same_day = read.deadline is not None and read.deadline.due == item.due_on
    same_people = [by_key(context.session, key) for key in read.owners] in ([], list(owners))
    text = read.text if same_people and not read.deputies and (same_day or read.deadline is None) else item.text
    return rewording.task(text.strip()) or item.text


def _begun_with(context: Context, item: MinutesItem) -> list[Answering]:
    """Those the register knows by the name that the words begin with: "CPAS de Virton - demander la salle"."""
    known = names_of(context.session)
    return [
        by_key(context.session, key) for key in promises.read(item.text, known, **context.reading(item.text)).owners
    ]


def _commit(context: Context, item: MinutesItem, meeting: Meeting) -> Commitment:
    owners = found(context, item.owner) if item.owner else _begun_with(context, item)
    if not owners:
        raise Refusal(_("Who takes this on? The notes do not say it."))
    return promising.record(
        context,
        text=_promised(context, item, meeting, owners),
        owners=owners,
        due_on=item.due_on,
        due_words=item.due_words,
        meeting=meeting,
        muted=item.due_on is not None and item.due_on < context.today,
    )


def bound(context: Context, item: MinutesItem) -> tuple[int, ...]:
    """Ids of the partners of an agreement: those it was read to be of, else those that its words name in full."""
    known = agreement.known(context)
    said = parties.read(item.owner, known).ids if item.owner else ()
    return said if len(said) >= MIN_PARTNERS else parties.mentioned(item.text, known)


def _agree(context: Context, item: MinutesItem, meeting: Meeting) -> Agreement:
    between = bound(context, item)
    if len(between) < MIN_PARTNERS:
        raise Refusal(_("Between which partners? I need two names that I know."))
    text, review_on = reviewed(context, item, meeting)
    agreed = agreements.record(
        context.session,
        text=text,
        agreed_on=records.day_of(context, meeting.starts_at),
        partner_ids=between,
        # Its only day may be that of its review.
        until_on=item.due_on if item.due_on != review_on else None,
        review_on=review_on,
        **_columns(context, meeting),
    )
    settling.enter(context, agreed)
    return agreed


def _decide(context: Context, item: MinutesItem, meeting: Meeting) -> Decision:
    text, review_on = reviewed(context, item, meeting)
    decided = decisions.record(
        context.session,
        text=text,
        decided_on=records.day_of(context, meeting.starts_at),
        review_on=review_on,
        **_columns(context, meeting),
    )
    settling.enter(context, decided)
    return decided


def _columns(context: Context, meeting: Meeting) -> dict[str, object]:
    """What was said in a private channel stays there, wherever it is confirmed."""
    body = context.session.find(Body, meeting.body_id)
    return settling.columns(context, body) | {
        "meeting_id": meeting.id,
        "channel_id": meeting.channel_id,
        "visibility": meeting.visibility,
    }


_MAKE: dict[str, Callable[[Context, MinutesItem, Meeting], Record | Meeting]] = {
    meeting_next.KIND: meeting_next.make,
    "decision": _decide,
    "agreement": _agree,
    "commitment": _commit,
}


def record(context: Context, item: MinutesItem, meeting: Meeting) -> None:
    """Make the record that a proposal stands for; raises a Refusal for an owner nobody knows."""
    context.quote = item.quote
    item.ref = _MAKE[item.kind](context, item, meeting).ref
    item.state = ItemState.KEPT
    telling.hold(context, meeting)
