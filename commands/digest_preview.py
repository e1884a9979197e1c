"""The coming summary, shown to the coordinators before it leaves: amended, held, or let go."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from bot import (
    Button,
    Context,
    Form,
    Phrase,
    Refusal,
    Reply,
    Section,
    _,
    action,
    button,
    notice,
    some_of,
    words,
)
from commands.digest import NETWORK, as_posted, as_sections, leaves_at, post, shared_channel, without_channel
from commands.gathering import Block, Scope, gather, unverified, whole, without
from storage import digests
from storage.digests import Digest
from storage.notices import Notice
from storage.visibility import Viewer

MOST_OPTIONS = 100


def _coming_blocks(context: Context, digest: Digest) -> list[Block]:
    shared = shared_channel(context)
    return gather(context, as_posted(context, digest, shared.id if shared else None, None))


@notice("digest.preview")
def word_preview(context: Context, owed: Sequence[Notice]) -> Iterable[Section]:
    for each in owed:
        digest = digests.of_day(context.session, date.fromordinal(each.subject_id))
        if digest is None or digest.posted_at is not None:
            continue
        at = leaves_at(context, digest.day)
        blocks, own = without(_coming_blocks(context, digest), digest.left_out), _private(context, at)
        shared = shared_channel(context) is not None
        if not (blocks or own or shared):
            continue  # nobody would read that there is nothing
        yield Section(
            _("This is the summary that leaves on {at}, by itself unless you hold it.", at=at)
            if shared
            else _(
                "This is the week. On {at} each body reads its part in its channel, unless you hold it; "
                "for a summary of the whole network, choose its channel with `/filrouge settings`.",
                at=at,
            )
        )
        yield from without_channel(context)
        yield from as_sections(digest, _("The week"), blocks, NETWORK, at)
        yield from whole(own)
        yield Section(_("What do you wish?"), _buttons(digest))


def _private(context: Context, until: datetime) -> list[Block]:
    """What is the coordinator's alone, and leaves for nobody."""
    block = unverified(context, Scope(Viewer(coordinator=True), until), context.today)
    return [block] if block.items else []


def _buttons(digest: Digest) -> tuple[Button, ...]:
    number = digest.day.toordinal()
    return (
        button(_("Let it go"), let_go, style="primary", day=number),
        button(_("Add a word"), add_word, day=number),
        button(_("Leave lines out"), leave_out, day=number),
        button(_("Hold it"), hold, day=number),
    )


def _unposted(context: Context, day: int) -> Digest:
    """The digest of a button, for a coordinator, as long as it has not left."""
    context.need_coordinator()
    digest = digests.of_day(context.session, date.fromordinal(day))
    if digest is None or digest.posted_at is not None:
        raise Refusal(_("This summary has left already."))
    return digest


@action
def hold(context: Context, day: int) -> Reply:
    digest = _unposted(context, day)
    digest.held_by_id = context.me.id
    return Reply(
        _("Held: it does not leave until you let it go."),
        buttons=(button(_("Let it go"), let_go, style="primary", day=day),),
    )


@action
def let_go(context: Context, day: int) -> Reply:
    digest = _unposted(context, day)
    digest.held_by_id = None
    at = leaves_at(context, digest.day)
    if context.now >= at:
        post(context, digest, context.now)
        return Reply(_("It leaves now."), undo=False)
    return Reply(_("It leaves on {at}.", at=at))


class AWord(Form):
    title = _("Add a word")
    word: str = words(_("Your word, before the rest"), lines=3, optional=True, max_length=1000)

    @classmethod
    def initial(cls, context: Context, **args: int | str) -> dict[str, Any]:
        digest = digests.of_day(context.session, date.fromordinal(int(args["day"])))
        return {"word": digest.word if digest else ""}


@action
def add_word(context: Context, form: AWord, day: int) -> Reply:
    digest = _unposted(context, day)
    digest.word = form.word
    return _amended(context, digest)


def _lines_of_next(context: Context) -> list[tuple[str, Phrase]]:
    digest = digests.next_one(context.session)
    blocks = _coming_blocks(context, digest) if digest is not None else []
    # A decision of the week may be one to look at again: it is left out once for both.
    return list({item.ref: (item.ref, item.line) for block in blocks for item in block.items}.values())[:MOST_OPTIONS]


class LeaveOut(Form):
    title = _("Leave lines out")
    refs: tuple[str, ...] = some_of(_("Which ones?"), _lines_of_next, optional=True)

    @classmethod
    def initial(cls, context: Context, **args: int | str) -> dict[str, Any]:
        digest = digests.of_day(context.session, date.fromordinal(int(args["day"])))
        return {"refs": tuple(digest.left_out) if digest else ()}


@action
def leave_out(context: Context, form: LeaveOut, day: int) -> Reply:
    digest = _unposted(context, day)
    digest.left_out = list(form.refs)
    return _amended(context, digest)


def _amended(context: Context, digest: Digest) -> Reply:
    """The digest as it will leave now."""
    blocks = without(_coming_blocks(context, digest), digest.left_out)
    at = leaves_at(context, digest.day)
    return Reply(
        _("Noted. This is what leaves on {at}:", at=at),
        tuple(as_sections(digest, _("The week"), blocks, NETWORK, at)),
        _buttons(digest),
    )
