"""One delivery in words: what still holds, in its reader's language, and for whom it was meant when they cannot get it.

Its text is made when it is claimed, so what was done a minute ago is not in it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby

import structlog

from bot.context import Context
from bot.delivery.addressing import MAIL, Post
from bot.delivery.undelivered import GIVEN_UP, given_up
from bot.manners import Manners
from bot.messages import Message, Part, Section
from bot.phrases import Phrase, Reader, _
from bot.registry import Registry, Wording
from bot.wording import files_of, part_of
from storage import bodies, members, notices
from storage.channels import Channel
from storage.database import NetworkSession
from storage.members import Member
from storage.networks import Network
from storage.notices import Delivery, Notice

log = structlog.get_logger()


class Envelopes:
    """Puts deliveries in words with the wordings of a registry."""

    def __init__(self, registry: Registry) -> None:
        self._wordings = registry.wordings

    def preload(self, session: NetworkSession, carried: Sequence[Notice]) -> None:
        """Load at once what several deliveries speak of."""
        by_kind: dict[str, list[Notice]] = {}
        for notice in carried:
            by_kind.setdefault(notice.kind, []).append(notice)
        for kind, same in by_kind.items():
            wording = self._wordings.get(kind)
            if wording is not None and wording.preload is not None:
                wording.preload(session, same)

    def seal(
        self,
        session: NetworkSession,
        network: Network,
        row: Delivery,
        carried: Sequence[Notice],
        post: Post,
        now: datetime,
    ) -> Message | None:
        """The message, or None when nothing of it holds any more."""
        own = f"channel:{row.channel_id}" if row.channel_id is not None else f"member:{row.member_id}"
        mine = self._context(session, network, post.member, post.channel, now)
        parts: list[Part] = []
        # What is for the reader comes first, then what they are to pass on, by recipient.
        for recipient, owed in groupby(sorted(carried, key=lambda notice: (notice.recipient != own, notice.recipient)),
                                       key=lambda notice: notice.recipient):  # fmt: skip
            if recipient == own:
                parts += self._parts(mine, list(owed), reader_of(mine), len(parts))
            else:
                parts += self._passed_on(mine, list(owed), len(parts))
        if not parts:
            return None
        reader = reader_of(mine)
        if (why := self._why_late(row, carried, post.manners, now)) is not None:
            parts.insert(0, Part(why.text(reader)))
        if post.platform == MAIL and (whom := self._answer_to(session)) is not None:
            parts.append(Part(whom.text(reader)))
        return Message(tuple(parts), files_of(parts), private=False, token=row.token)

    def _parts(self, context: Context, owed: Sequence[Notice], reader: Reader, position: int) -> list[Part]:
        sections = self._sections(context, owed)
        return [part_of(section, reader, n) for n, section in enumerate(sections, start=position + 1)]

    def _sections(self, context: Context, owed: Sequence[Notice]) -> Iterator[Section]:
        """Those of each kind together, the kinds in the order in which they became due."""
        for kind in dict.fromkeys(notice.kind for notice in owed):
            same = [notice for notice in owed if notice.kind == kind]
            sections = list(self._worded(context, kind, same))
            if not sections:
                for notice in same:
                    notice.void_at = context.now
            yield from sections

    def _worded(self, context: Context, kind: str, same: Sequence[Notice]) -> Iterator[Section]:
        if kind == GIVEN_UP:
            for notice in same:
                yield from given_up(context, notice, self._lost)
            return
        wording: Wording | None = self._wordings.get(kind)
        if wording is None:
            log.warning("no wording", kind=kind)
            return
        yield from wording.function(context, same)

    def _passed_on(self, mine: Context, owed: Sequence[Notice], position: int) -> list[Part]:
        """For the coordinator: whom it is meant for, then the text in their language."""
        theirs = self._holder_context(mine, owed[0])
        parts = self._parts(theirs, owed, replace(reader_of(theirs), today=reader_of(mine).today), position + 1)
        if not parts:
            return []
        dry = mine.network.started_at is None
        if dry:
            # A rehearsal must not act: its buttons are only named.
            parts = [_rehearsed(part) for part in parts]
        head = _for_whom(theirs, dry=dry)
        return [Part(head.text(reader_of(mine))), *parts]

    def _lost(self, mine: Context, row: Delivery) -> list[Section]:
        """What a delivery that was given up would have said, as far as it still holds; without buttons."""
        carried = [notice for notice in notices.carried_by(mine.session, row.id) if notice.kind != GIVEN_UP]
        try:
            return [
                Section(section.text)
                for _recipient, owed in groupby(carried, key=lambda notice: notice.recipient)
                for group in [list(owed)]
                for section in self._sections(self._holder_context(mine, group[0]), group)
            ]
        except Exception:
            # It may have been given up because it cannot be worded.
            log.exception("not worded", delivery=row.id)
            return [Section(_("(I cannot put its text together: please tell your administrator.)"))]

    def _holder_context(self, mine: Context, notice: Notice) -> Context:
        """As if whoever it is owed to read it."""
        member = mine.session.find(Member, notice.member_id)
        channel = mine.session.find(Channel, notice.channel_id)
        return self._context(mine.session, mine.network, member, channel, mine.now)

    @staticmethod
    def _context(
        session: NetworkSession, network: Network, member: Member | None, channel: Channel | None, now: datetime
    ) -> Context:
        body = bodies.of_channel(session, channel.id) if channel else None
        return Context(session=session, network=network, now=now, member=member, channel=channel, body=body)

    @staticmethod
    def _why_late(row: Delivery, carried: Sequence[Notice], manners: Manners, now: datetime) -> Phrase | None:
        """Said when it comes a day or more after it should have."""
        expected = manners.next_allowed(min(notice.due_at for notice in carried))
        if manners.today(expected) >= manners.today(now):
            return None
        if row.attempts > 1:
            return _("This was meant for {day}, but the chat could not be reached. My apologies.", day=expected)
        return _("This was meant for {day}, but I was not running. My apologies.", day=expected)

    @staticmethod
    def _answer_to(session: NetworkSession) -> Phrase | None:
        """An e-mail has no buttons."""
        coordinator = next(iter(members.coordinators(session)), None)
        if coordinator is None:
            return None
        whom = f"{coordinator.name} ({coordinator.email})" if coordinator.email else coordinator.name
        return _("To answer, please write to {whom}.", whom=whom)


def reader_of(context: Context) -> Reader:
    """A member reads in their language, a channel in its own."""
    return context.reader if context.member is not None else context.channel_reader


def _for_whom(theirs: Context, *, dry: bool) -> Phrase:
    if theirs.member is None:
        name = f"#{theirs.channel.name}" if theirs.channel else ""
        return (
            _("**Rehearsal.** Once the network has started, this goes to {name}:", name=name)
            if dry
            else _("I can no longer write in {name}. Here is what was meant for it:", name=name)
        )
    member = theirs.member
    if dry:
        return _("**Rehearsal.** Once the network has started, this goes to {name}, in private:", name=member.name)
    name = f"{member.name} ({member.email})" if member.email else member.name
    return _("{name} has no account here. This text is ready to be sent to them:", name=name)


def _rehearsed(part: Part) -> Part:
    if not part.keys:
        return part
    shown = "  ".join(f"[{key.label}]" for key in part.keys)
    return Part((*part.text, *Phrase("\n{shown}", {"shown": shown}).text(Reader())), (), part.attachments)
