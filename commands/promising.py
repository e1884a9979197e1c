"""What becomes of a commitment: recorded, accepted, moved, handed over, kept; and who is told of it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from bot import Context, Phrase, Refusal, _
from commands.people import Answering, Around, coordinators_of, need_act
from storage import commitments
from storage.bodies import Body
from storage.channels import Channel
from storage.commitments import Commitment, Owner, Postponement, Status
from storage.meetings import Meeting
from storage.members import Member
from storage.visibility import Visibility

PROPOSED = "commitment.proposed"
ANSWER = "commitment.answer"
UNREACHED = "commitment.unreached"
# Minutes in which a day that was read in two ways can be chosen before it is proposed.
MOMENT = 10


def record(
    context: Context,
    *,
    text: str,
    owners: Sequence[Answering] = (),
    deputies: Sequence[Answering] = (),
    due_on: date | None = None,
    due_at: time | None = None,
    due_words: str = "",
    body_id: int | None = None,
    meeting: Meeting | None = None,
    muted: bool = False,
    certain: bool = True,
) -> Commitment:
    """A commitment of whoever acts, or of `owners`: theirs once one of them accepts, proposed in private until then.

    It belongs to the place where it is said, or to a `meeting`, wherever that is confirmed.

    While its day is not `certain`, whoever records it has a moment to choose before anybody is asked.
    """
    rows = [_owner(context, one) for one in owners or [context.me]]
    rows += [_owner(context, one, deputy=True) for one in deputies]
    accepted = any(row.accepted_at for row in rows if not row.deputy)
    row = commitments.record(
        context.session,
        text=text,
        owners=rows,
        status=Status.OPEN if accepted else Status.PROPOSED,
        accepted_at=context.now if accepted else None,
        due_on=due_on,
        due_at=due_at,
        due_words=due_words[:200],
        **(_of_meeting(meeting) if meeting is not None else _from_here(context, body_id)),
        author_id=context.me.id,
        permalink=context.permalink,
        quote=context.quote,
        muted=muted,
    )
    propose(context, row, at=None if certain else context.until(minutes=MOMENT))
    return row


def _from_here(context: Context, body_id: int | None) -> dict[str, object]:
    """What is recorded for a body of a private channel stays among its people, wherever it is said."""
    channel, visibility = context.channel, context.visibility
    body = context.session.find(Body, body_id) if body_id is not None else context.body
    home = context.session.find(Channel, body.channel_id) if body is not None else None
    if home is not None and home.private:
        channel, visibility = home, Visibility.BODY
    return {
        "body_id": body.id if body is not None else None,
        "channel_id": channel.id if channel else None,
        "visibility": visibility,
        "meeting_id": context.meeting_id,
    }


def _of_meeting(meeting: Meeting) -> dict[str, object]:
    return {
        "body_id": meeting.body_id,
        "channel_id": meeting.channel_id,
        "visibility": meeting.visibility,
        "meeting_id": meeting.id,
    }


def _owner(context: Context, one: Answering, *, deputy: bool = False) -> Owner:
    me = context.me
    if isinstance(one, Member):
        mine = one.id == me.id
        owner = Owner(partner_id=one.partner_id, member_id=one.id, deputy=deputy)
    else:
        mine = one.id == me.partner_id
        owner = Owner(partner_id=one.id, member_id=me.id if mine else None, deputy=deputy)
    owner.accepted_at = context.now if mine else None
    return owner


def propose(context: Context, row: Commitment, *, at: datetime | None = None) -> None:
    """Ask those who have not answered yet, in private, from `at` on."""
    around = Around.of(context.session, [row])
    for owner in around.owners.get(row.id, ()):
        if owner.accepted_at is None and not owner.deputy:
            behind = around.behind(row, owner)
            for coordinator in coordinators_of(context.session, row) if not behind else ():
                context.owe(coordinator, UNREACHED, row.id, step=f"{owner.id}", version=row.version, at=at)
            for member in behind:
                # Handed over after a first proposal, it is another question.
                step = f"over:{owner.id}" if owner.replaces_id else ""
                context.owe(member, PROPOSED, row.id, step=step, version=row.version, at=at)


def reach(context: Context) -> None:
    """Ask those who joined an organisation of which nobody was here when something was proposed to it."""
    rows = commitments.unanswered_by_organisations(context.session)
    around = Around.of(context.session, rows)
    for row in rows:
        for owner in around.owners.get(row.id, ()):
            behind = around.behind(row, owner) if owner.member_id is None and owner.accepted_at is None else []
            if len(behind) == 1 and not owner.deputy:
                context.owe(behind[0], PROPOSED, row.id, version=row.version)


def need_alive(row: Commitment) -> None:
    """Raise a Refusal that says what became of it."""
    if not row.alive:
        raise Refusal(closed(row))


def closed(row: Commitment) -> Phrase:
    match row.status:
        case Status.DONE:
            return _("{ref} is already done, since {day}.", ref=row.ref, day=row.closed_on or row.created_at.date())
        case Status.REFUSED:
            return _("{ref} was declined, so there is nothing left to do about it.", ref=row.ref)
        case _:
            return _("{ref} was withdrawn, so there is nothing left to do about it.", ref=row.ref)


def accept(context: Context, row: Commitment) -> None:
    """The acting member takes it on: for themselves, for their organisation, or in place of who hands it over."""
    need_alive(row)
    around = Around.of(context.session, [row])
    owner = around.owner_row(row, context.me)
    if owner is None:
        raise Refusal(
            _("{ref} is proposed to {who}: only they can accept it.", ref=row.ref, who=around.who(row)))  # fmt: skip
    replaced = context.session.find(Owner, owner.replaces_id)
    owner.replaces_id, owner.accepted_at = None, context.now
    owner.member_id = owner.member_id or context.me.id
    context.session.flush()
    if replaced is not None:
        context.session.delete(replaced)
    if row.status is Status.PROPOSED:
        row.status, row.accepted_at = Status.OPEN, context.now
    context.session.flush()
    author = context.session.find(Member, row.author_id)
    before = around.behind(row, replaced) if replaced is not None else []
    _tell(context, row, f"accepted:{context.me.id}", [*([author] if author else []), *before])


def refuse(context: Context, row: Commitment, reason: str) -> None:
    """The acting member does not take it on, or no longer; it ends when nobody is left who does."""
    need_alive(row)
    around = Around.of(context.session, [row])
    owner = around.owner_row(row, context.me)
    if owner is None:
        raise Refusal(
            _("{ref} is {who}'s. To end it, write `{ref} withdraw`.", ref=row.ref, who=around.who(row)))  # fmt: skip
    others = [other for other in around.principals(row) if other.id != owner.id]
    concerned = _author_and_coordinators(context, row)
    if owner.replaces_id is not None:
        concerned += _accepted(around, row)
    row.note = reason
    if owner.replaces_id is not None or owner.deputy or others:
        context.session.delete(owner)
    else:
        row.status = Status.REFUSED
        row.closed_at, row.closed_on = context.now, context.today
    context.session.flush()
    _tell(context, row, f"refused:{context.me.id}", concerned)


def done(context: Context, row: Commitment, note: str = "") -> None:
    need_act(context, row)
    need_alive(row)
    row.status, row.note = Status.DONE, note
    row.closed_at, row.closed_on = context.now, context.today
    row.accepted_at = row.accepted_at or context.now
    context.session.flush()


def withdraw(context: Context, row: Commitment, reason: str) -> None:
    around = need_act(context, row)
    need_alive(row)
    row.status, row.note = Status.WITHDRAWN, reason
    row.closed_at, row.closed_on = context.now, context.today
    context.session.flush()
    _tell(context, row, "withdrawn", _accepted(around, row))


def reopen(context: Context, row: Commitment) -> None:
    need_act(context, row)
    if row.alive:
        raise Refusal(_("{ref} is open already.", ref=row.ref))
    row.status = Status.OPEN
    row.closed_at = row.closed_on = None
    row.version += 1
    context.session.flush()


def move(
    context: Context, row: Commitment, day: date, *, at: time | None = None, words: str = "", reason: str = ""
) -> None:
    """Another day, with the history kept; who was only asked accepts it with that day."""
    around = need_act(context, row)
    need_alive(row)
    owner = around.owner_row(row, context.me)
    _set_day(context, row, day, at=at, words=words, reason=reason)
    if owner is not None and (owner.accepted_at is None or owner.replaces_id is not None):
        accept(context, row)
    elif owner is None:
        _tell(context, row, "moved", _accepted(around, row))
        propose(context, row)


def correct(context: Context, row: Commitment, day: date) -> None:
    """The day was misread: this is what was meant, so it is no postponement."""
    need_act_or_author(context, row)
    need_alive(row)
    row.due_on, row.version = day, row.version + 1
    context.session.flush()
    propose(context, row)


def need_act_or_author(context: Context, row: Commitment) -> None:
    if row.author_id != context.me.id:
        need_act(context, row)


def _set_day(context: Context, row: Commitment, day: date, *, at: time | None, words: str, reason: str) -> None:
    context.session.add(
        Postponement(
            commitment_id=row.id,
            member_id=context.me.id,
            from_on=row.due_on,
            to_on=day,
            reason=reason,
            at=context.now,
        )
    )
    row.due_on, row.due_at, row.due_words, row.version = day, at, words[:200], row.version + 1
    row.muted = False
    context.session.flush()


def hand_over(context: Context, row: Commitment, to: Answering) -> bool:
    """Propose it to somebody else, who answers; until then it stays where it is. True when it is settled at once."""
    around = need_act(context, row)
    need_alive(row)
    principals = around.principals(row)
    mine = around.owner_row(row, context.me)
    old = mine if mine in principals else principals[0]
    new = _owner(context, to)
    if (old.member_id, old.partner_id) == (new.member_id, new.partner_id):
        raise Refusal(_("{ref} is already {who}'s.", ref=row.ref, who=around.name(old)))
    for other in around.owners.get(row.id, ()):
        # Asked again with somebody else, or a deputy who becomes the owner: one row each.
        if other.replaces_id == old.id or (other.deputy and other.member_id == new.member_id):
            context.session.delete(other)
    new.commitment_id = row.id
    at_once = new.accepted_at is not None
    if not at_once and row.status is Status.OPEN:
        new.replaces_id = old.id
    else:
        context.session.delete(old)
    context.session.add(new)
    if at_once and row.status is Status.PROPOSED:
        row.status, row.accepted_at = Status.OPEN, context.now
    context.session.flush()
    propose(context, row)
    return at_once


def want_help(context: Context, row: Commitment, note: str) -> None:
    need_act(context, row)
    need_alive(row)
    row.help_wanted, row.help_note = True, note
    context.session.flush()
    _tell(context, row, "help", _author_and_coordinators(context, row))


def add_deputy(context: Context, row: Commitment, member: Member) -> None:
    around = need_act(context, row)
    need_alive(row)
    if any(owner.member_id == member.id for owner in around.owners.get(row.id, ())):
        raise Refusal(_("{who} already answers for {ref}.", who=member.name, ref=row.ref))
    context.session.add(
        Owner(
            commitment_id=row.id,
            partner_id=member.partner_id,
            member_id=member.id,
            deputy=True,
            accepted_at=context.now,
        )
    )
    context.session.flush()
    _tell(context, row, "deputy", [member])


def _accepted(around: Around, row: Commitment) -> list[Member]:
    """Those who hold it, or were asked to."""
    return [member for owner in around.principals(row) for member in around.behind(row, owner)]


def _author_and_coordinators(context: Context, row: Commitment) -> list[Member]:
    author = context.session.find(Member, row.author_id)
    return [*([author] if author else []), *coordinators_of(context.session, row)]


def _tell(context: Context, row: Commitment, step: str, whom: Iterable[Member]) -> None:
    """Everyone but who acts, each once."""
    for member in {one.id: one for one in whom if one.active and one.id != context.me.id}.values():
        context.owe(member, ANSWER, row.id, step=step, version=row.version)
