"""From proposed to in force, replaced or ended: what a body's officers do with decisions and agreements."""

import re
from collections.abc import Sequence

from bot import (
    Button,
    Context,
    Phrase,
    Refusal,
    Reply,
    _,
    action,
    lines,
    may_settle,
)
from commands.records import (
    day_of,
    find,
    fitting,
    key,
    name_of,
    named,
    need_settler,
    only_refs,
    public,
    refs_in,
    settlers,
    settles,
    state,
    successor,
    tell,
    too_long,
    who_settles,
    wording,
)
from storage import consents, settled
from storage.bodies import Body
from storage.channels import Channel
from storage.settled import Settled, Status
from storage.visibility import Visibility

MOST_AT_ONCE = 50


def columns(context: Context, body: Body | None) -> dict[str, object]:
    """What every new record takes from its body, the place and the message it is made from.

    It is in force at once when its author may settle it.
    """
    channel, visibility = context.channel, context.visibility
    if body is not None and body.channel_id and (channel is None or body != context.body):
        channel = context.session.get(Channel, body.channel_id)
        visibility = Visibility.BODY if channel is not None and channel.private else visibility
    if visibility is Visibility.BODY and channel is None and body is None:
        visibility = Visibility.COORDINATOR
    return {
        "author_id": context.me.id,
        "body_id": body.id if body else None,
        "channel_id": channel.id if channel else None,
        "visibility": visibility,
        "meeting_id": context.meeting_id,
        "permalink": context.permalink[:500],
        "quote": context.quote,
        **(_settled(context) if may_settle(context.network, body, context.me) else {}),
    }


def _settled(context: Context) -> dict[str, object]:
    settler = context.member.id if context.member else None
    return {"status": Status.IN_FORCE, "settled_by_id": settler, "settled_at": context.now}


def enter(context: Context, row: Settled) -> Phrase | None:
    """Ask for a new record that is only proposed to be confirmed, and say who is asked."""
    if row.status is Status.IN_FORCE:
        return None
    asked = settlers(context, row)
    for member in asked:
        context.owe(member, "record.proposed", row.number, step=row.letter, version=row.version)
    return _("To be confirmed by {who}.", who=who_settles(context, row))


def into_force(context: Context, row: Settled) -> None:
    for column, value in _settled(context).items():
        setattr(row, column, value)
    for earlier in settled.predecessors(context.session, row):
        if earlier.status is Status.IN_FORCE:
            earlier.status, earlier.ended_on = Status.SUPERSEDED, context.today


def confirm_buttons(row: Settled) -> tuple[Button, Button]:
    return (
        key(_("Confirm"), confirm, row, style="primary", version=row.version),
        key(_("Do not retain"), reject, row, version=row.version),
    )


@action
def confirm(context: Context, letter: str, number: int, version: int) -> Reply:
    return confirmed(context, [as_shown(context, letter, number, version)])


@action
def reject(context: Context, letter: str, number: int, version: int) -> Reply:
    return rejected(context, as_shown(context, letter, number, version), "")


@action
def confirm_several(context: Context, refs: str) -> Reply:
    """`refs` is "D-3.1 A-2.1": each reference with the version that was shown."""
    rows = []
    for part in refs.split():
        ref, _dot, version = part.partition(".")
        letter, _dash, number = ref.partition("-")
        rows.append(as_shown(context, letter, int(number), int(version)))
    return confirmed(context, rows)


def as_shown(context: Context, letter: str, number: int, version: int) -> Settled:
    """The record of a button, as long as it says what it said when the button was shown."""
    row = find(context, letter, number)
    need_settler(context, row)
    if row.version != version and row.status is Status.PROPOSED:
        raise Refusal(
            lines(_("{ref} has changed since. It now says:", ref=row.ref), wording(context, row, length=1000)),
            *confirm_buttons(row),
        )
    return row


def confirm_refs(context: Context, rest: str) -> Reply | None:
    """For `confirme D-3 et D-4`; None where there is more after the verb than references."""
    refs = refs_in(rest)
    if not refs or not only_refs(rest):
        return None
    return confirmed(context, [find(context, letter, number) for letter, number in refs[:MOST_AT_ONCE]])


def confirmed(context: Context, rows: Sequence[Settled]) -> Reply:
    """Put proposals in force; those that no longer wait are said, and refuse the whole where nothing is left."""
    for row in rows:
        need_settler(context, row)
    waiting = [row for row in rows if row.status is Status.PROPOSED]
    over = [standing(context, row) for row in rows if row.status is not Status.PROPOSED]
    if not waiting:
        raise Refusal(lines(*over))
    for row in waiting:
        into_force(context, row)
        row.consent_until = None
        tell(context, row)
    said = [_("{ref} is in force: {words}", ref=named(row), words=wording(context, row)) for row in waiting]
    return Reply(lines(*said, *over), public=public(context, *rows))


def confirm_one(context: Context, row: Settled) -> Reply:
    return confirmed(context, [row])


def rejected(context: Context, row: Settled, reason: str) -> Reply:
    need_settler(context, row)
    if row.status is not Status.PROPOSED:
        raise Refusal(standing(context, row))
    _drop(context, row, Status.REJECTED, reason)
    tell(context, row)
    return Reply(
        lines(
            _("{ref} is not retained: {words}", ref=named(row), words=wording(context, row)),
            _("Reason: {reason}", reason=reason) if reason else None,
        )
    )


def _withdrawn(context: Context, row: Settled, reason: str) -> Reply:
    """A proposal that its author takes back was never in force."""
    _drop(context, row, Status.WITHDRAWN, reason)
    return Reply(
        lines(
            _("The proposal {ref} is withdrawn: {words}", ref=named(row), words=wording(context, row)),
            _("Reason: {reason}", reason=reason) if reason else None,
        ),
        public=public(context, row),
    )


def _drop(context: Context, row: Settled, status: Status, reason: str) -> None:
    """A proposal that comes to nothing leaves what it was to replace as it is."""
    row.status, row.note, row.ended_on = status, reason, context.today
    for earlier in settled.predecessors(context.session, row):
        earlier.superseded_by_id = None


def standing(context: Context, row: Settled) -> Phrase:
    """Why a record no longer waits for anyone: its state, since when and by whom."""
    by = name_of(context, row.settled_by_id)
    if row.status is Status.IN_FORCE and row.settled_at is not None and by:
        return _(
            "{ref} is in force already: {name} confirmed it on {day}.",
            ref=row.ref,
            name=by,
            day=day_of(context, row.settled_at),
        )
    if row.status is Status.SUPERSEDED:
        return _("{ref} has been replaced by {other}.", ref=row.ref, other=successor(context, row))
    return _("{ref} – {state}.", ref=row.ref, state=state(context, row))


def need_author_or_settler(context: Context, row: Settled) -> None:
    """Raise a Refusal unless the acting member may settle it or is the author of what is still proposed."""
    if not (row.status is Status.PROPOSED and row.author_id == context.me.id):
        need_settler(context, row)


def need_hand(context: Context, row: Settled) -> None:
    """The same; and a Refusal for what is over."""
    need_author_or_settler(context, row)
    if row.status not in {Status.PROPOSED, Status.IN_FORCE}:
        raise Refusal(standing(context, row))


def replace(context: Context, row: Settled, rest: str) -> Reply:
    """`D-12 remplace D-4`."""
    refs = refs_in(rest)
    if not refs:
        raise Refusal(
            _("Which one does {ref} replace? For example: `{ref} replaces {letter}-4`", ref=row.ref, letter=row.letter)
        )
    others = [earlier(context, row, letter, number) for letter, number in refs]
    for other in others:
        other.superseded_by_id = row.id
        if row.status is Status.IN_FORCE:
            other.status, other.ended_on = Status.SUPERSEDED, context.today
    names = [other.ref for other in others]
    if row.status is Status.PROPOSED:
        return Reply(
            _("{ref} will replace {others} once it is confirmed.", ref=row.ref, others=names),
            buttons=confirm_buttons(row) if settles(context, row) else (),
        )
    return Reply(
        _("{ref} replaces {others}: {words}", ref=named(row), others=names, words=wording(context, row)),
        public=public(context, row, *others),
    )


def replaced(context: Context, row: Settled, rest: str) -> Reply:
    """`D-4 remplacée par D-12`: the same, said of the earlier one."""
    refs = refs_in(rest)
    if len(refs) != 1:
        raise Refusal(
            _("Which one replaces {ref}? For example: `{letter}-12 replaces {ref}`", ref=row.ref, letter=row.letter)
        )
    return replace(context, find(context, *refs[0]), row.ref)


def earlier(context: Context, row: Settled, letter: str, number: int) -> Settled:
    """The record that this one may replace; raises a Refusal."""
    if letter != row.letter or number == row.number:
        raise Refusal(_("{ref} cannot replace {other}.", ref=row.ref, other=f"{letter}-{number}"))
    other = find(context, letter, number)
    if row.status is not Status.PROPOSED:
        need_settler(context, row)
        need_settler(context, other)
    elif row.author_id != context.me.id:
        need_settler(context, row)
    if row.status not in {Status.PROPOSED, Status.IN_FORCE}:
        raise Refusal(standing(context, row))
    if other.status is Status.PROPOSED:
        raise _only_proposed(context, other)
    if other.status is not Status.IN_FORCE:
        raise Refusal(standing(context, other))
    return other


def _only_proposed(context: Context, row: Settled) -> Refusal:
    """Nothing takes the place of what is not in force yet."""
    if settles(context, row):
        return Refusal(
            _("{ref} is only a proposal so far: confirm it first, or do not retain it.", ref=row.ref),
            *confirm_buttons(row),
        )
    return Refusal(
        lines(
            _("{ref} is only a proposal so far: it can be replaced once it is in force.", ref=row.ref),
            _("To be confirmed by {who}.", who=who_settles(context, row)),
        )
    )


def end(context: Context, row: Settled, rest: str) -> Reply:
    """`D-12 met fin`, perhaps with a reason; its author may withdraw a proposal."""
    need_hand(context, row)
    later = context.deadline(rest)
    if later is not None and later.due > context.today:
        raise Refusal(
            _("I can end {ref} today. For another day, ask me to recall it: `{ref} review on 1 March`", ref=row.ref)
        )
    if row.status is Status.PROPOSED:
        # Whoever else settles it does not retain it, and its author hears of that.
        return (_withdrawn if row.author_id == context.me.id else rejected)(context, row, rest)
    row.status, row.ended_on, row.note = Status.ENDED, context.today, rest
    return Reply(
        lines(
            _("{ref} is no longer in force: {words}", ref=named(row), words=wording(context, row)),
            _("Reason: {reason}", reason=rest) if rest else None,
        ),
        public=public(context, row),
    )


@action
def end_it(context: Context, letter: str, number: int, version: int) -> Reply:
    """From a review reminder."""
    row = find(context, letter, number)
    need_settler(context, row)
    if row.version != version:
        raise Refusal(lines(_("{ref} has changed since. It now says:", ref=row.ref), wording(context, row)))
    return end(context, row, "")


def amend(context: Context, row: Settled, text: str) -> Reply:
    """Say it otherwise: a new version; an answer given to the earlier one no longer counts."""
    need_hand(context, row)
    text = fitting(text, none=_("Please write how it should read."), long=too_long(text))
    if text == row.text:
        raise Refusal(_("{ref} says that already.", ref=row.ref))
    row.text = text
    row.version += 1
    again = row.consent_until is not None
    if again:
        row.consent_until = None
        for answer in consents.answers(context.session, row):
            context.session.delete(answer)
    if row.status is Status.PROPOSED and not settles(context, row):
        enter(context, row)
    return Reply(
        lines(
            _("{ref} now says: {words}", ref=named(row), words=wording(context, row, length=1000)),
            _("The answers given so far were about other words: put it to the body again.") if again else None,
        ),
        public=public(context, row),
        buttons=confirm_buttons(row) if row.status is Status.PROPOSED and settles(context, row) else (),
    )


SEEN_BY: dict[Visibility, Phrase] = {
    Visibility.NETWORK: _("the whole network"),
    Visibility.BODY: _("its body"),
    Visibility.COORDINATOR: _("the coordinators"),
}
_SEEN_BY_WORDS = {
    Visibility.NETWORK: re.compile(r"r[ée]seau|tous|toutes|netwerk|iedereen|netz|alle|network|every", re.IGNORECASE),
    Visibility.BODY: re.compile(r"instance|canal|orgaan|kanaal|gremium|kanal|body|channel", re.IGNORECASE),
    Visibility.COORDINATOR: re.compile(r"coord|koord|co[öo]rd", re.IGNORECASE),
}


def show_to(context: Context, row: Settled, rest: str) -> Reply:
    """Who may see it from now on; its author may, until it is settled."""
    need_author_or_settler(context, row)
    chosen = next((who for who, words in _SEEN_BY_WORDS.items() if words.search(rest)), None)
    if chosen is None:
        raise Refusal(_("Visible to whom: the network, its body or the coordinators?"))
    if chosen is Visibility.BODY and row.body_id is None and row.channel_id is None:
        raise Refusal(_("{ref} belongs to no body.", ref=row.ref))
    row.visibility = chosen
    return Reply(_("{ref} is now visible to {who}.", ref=named(row), who=SEEN_BY[chosen]))
