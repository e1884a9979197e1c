"""What decisions and agreements have in common when they are spoken of: found, seen, named, and who may settle them."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from bot import Button, Context, Phrase, Refusal, _, button, lines, many, may_settle, no_such, verbatim, viewer_of
from bot.messages import Named
from bot.phrases import Blank
from bot.text import LINE_LENGTH, Bold, Link, shortened
from bot.understanding import pleasantries
from storage import agreements, members, settled
from storage.agreements import Agreement
from storage.bodies import Body
from storage.channels import Channel
from storage.commitments import Commitment
from storage.decisions import Decision
from storage.folding import folded
from storage.members import Member
from storage.notices import Notice
from storage.partners import Partner
from storage.settled import Settled, Status
from storage.visibility import Viewer, Visible, can_see

KINDS: dict[str, type[Settled]] = {"D": Decision, "A": Agreement}
MAX_TEXT = 3000
_REFS = re.compile(r"\b([DA])\s?-?\s?(\d{1,7})\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")
# What may stand between references: "et", "la", "décision".
_BETWEEN_REFS = re.compile(
    r"\w{1,3}|d[ée]cisions?|accords?|beslissing(?:en)?|afspra(?:ak|ken)|beschl(?:uss|üsse)|vereinbarung(?:en)?|agreements?"
)
# What is answered to somebody who says hello where a record is asked for.
_ANSWERS: dict[str, Phrase] = {"greeting": _("Hello!"), "thanks": _("With pleasure.")}
_EMOJI_NAMES = re.compile(r":[\w+-]+:")


def find(context: Context, letter: str, number: int) -> Settled:
    """The record of a reference; raises a Refusal when it is not there or the acting member may not know of it."""
    row = settled.by_number(context.session, KINDS[letter], number)
    if row is None or not can_see(context.viewer, row):
        raise no_such(f"{letter}-{number}")
    return row


def refs_in(text: str) -> list[tuple[str, int]]:
    """Every D-12 and A-3 of a text, in order, each once."""
    return list(dict.fromkeys((found[1].upper(), int(found[2])) for found in _REFS.finditer(text)))


def only_refs(text: str) -> bool:
    """Whether a text holds references and the words between them, and nothing else."""
    return all(_BETWEEN_REFS.fullmatch(word) for word in _WORD.findall(_REFS.sub(" ", text.casefold())))


def body_of(context: Context, row: Visible) -> Body | None:
    return context.session.find(Body, row.body_id)


def settles(context: Context, row: Settled) -> bool:
    """Whether the acting member confirms, changes and ends such a record."""
    return may_settle(context.network, body_of(context, row), context.me)


def need_settler(context: Context, row: Settled) -> None:
    """Raise a Refusal unless the acting member may settle it."""
    if not settles(context, row):
        raise Refusal(_("Only {who} can do that for {ref}.", who=who_settles(context, row), ref=row.ref))


def who_settles(context: Context, row: Settled) -> Phrase:
    """The people to turn to, by name."""
    known = settlers(context, row)
    if not known:
        return _("a coordinator of the network")
    return bare([member.name for member in known])


def settlers(context: Context, row: Settled) -> Sequence[Member]:
    """Who is told of a proposal: the officers of its body, or the coordinators; never someone who may not see it."""
    session = context.session
    body = body_of(context, row)
    officers = [member for id_ in sorted(body.officers) if (member := session.get(Member, id_))] if body else []
    seeing = [member for member in officers if member.active and can_see(viewer_of(session, member), row)]
    return seeing or [member for member in members.coordinators(session) if can_see(viewer_of(session, member), row)]


def public(context: Context, *rows: Settled) -> bool:
    """Whether everyone here may read about these."""
    return context.channel is not None and all(can_see(context.audience, row) for row in rows)


def checked(text: str, example: Phrase) -> str:
    """The words of a record, stripped; raises a Refusal for none, for emoji alone and for a whole document."""
    return fitting(
        text,
        none=_("Nothing is recorded yet: tell me in a sentence what to keep. For example: {example}", example=example),
        long=too_long(text),
    )


def too_long(text: str) -> Phrase:
    return _(
        "That is {n} characters, and I keep at most {most}: sum it up in a sentence or two, "
        "and leave the rest in the minutes.",
        n=len(text.strip()),
        most=MAX_TEXT,
    )


def fitting(text: str, *, none: Phrase, long: Phrase) -> str:
    """The text, stripped; raises a Refusal where it is too long, is said to somebody, or has no letter but in emoji."""
    stripped = text.strip()
    if (kind := pleasantries.read(stripped)) is not None:
        raise Refusal(lines(_ANSWERS.get(kind), none, separator=" "))
    if not any(letter.isalpha() for letter in _EMOJI_NAMES.sub("", stripped)):
        raise Refusal(none)
    if len(stripped) > MAX_TEXT:
        raise Refusal(long)
    return stripped


def named(row: Settled | Commitment) -> Link | Bold:
    """Its reference, as a link to the message it comes from where there is one."""
    return Link(row.permalink, row.ref) if row.permalink else Bold(row.ref)


def bare(value: Blank) -> Phrase:
    """A value by itself, in the reader's way of writing it."""
    return Phrase("{value}", {"value": value})


def partner_names(context: Context, row: Settled) -> list[str]:
    if not isinstance(row, Agreement):
        return []
    ids = agreements.partner_ids(context.session, row.id)
    return [partner.name for id_ in ids if (partner := context.session.get(Partner, id_))]


def wording(context: Context, row: Settled, *, length: int = LINE_LENGTH) -> Phrase:
    """What it says, with its partners."""
    text = shortened(row.text, length)
    partners = partner_names(context, row)
    if any(folded(name) not in row.searched for name in partners):
        return _("{partners}: {text}", partners=partners, text=text)
    return verbatim(text)


def counted(decisions: int, agreements: int, commitments: int) -> Phrase:
    """How many there are of each, without those of which there is none."""
    return lines(
        many("{n} decision", "{n} decisions", decisions) if decisions else None,
        many("{n} agreement", "{n} agreements", agreements) if agreements else None,
        many("{n} commitment", "{n} commitments", commitments) if commitments else None,
        separator=", ",
    )


def line(context: Context, row: Settled) -> Phrase:
    """One line of a list."""
    extras = [
        None if row.status is Status.IN_FORCE else state(context, row),
        bare(row.made_on),
        _("to look at again on {day}", day=row.review_on) if row.review_on and row.status is Status.IN_FORCE else None,
        _("until {day}", day=row.until_on) if isinstance(row, Agreement) and row.until_on else None,
    ]
    return _(
        "{ref} {words} – {extras}",
        ref=named(row),
        words=wording(context, row),
        extras=lines(*extras, separator=", "),
    )


STATES: dict[Status, Phrase] = {
    Status.PROPOSED: _("to be confirmed"),
    Status.IN_FORCE: _("in force"),
    Status.SUPERSEDED: _("gave way to a newer one"),
    Status.ENDED: _("no longer in force"),
    Status.REJECTED: _("not retained"),
    Status.WITHDRAWN: _("proposal withdrawn"),
}


def state(context: Context, row: Settled) -> Phrase:
    """Whether it holds, in a few words."""
    if row.status is Status.SUPERSEDED and (after := successor(context, row)):
        return _("see {other} now", other=after)
    return STATES[row.status]


def successor(context: Context, row: Settled) -> str:
    """The reference of what replaced it."""
    after = context.session.get(type(row), row.superseded_by_id) if row.superseded_by_id else None
    return after.ref if after else ""


def name_of(context: Context, member_id: int | None) -> str:
    member = context.session.find(Member, member_id)
    return member.name if member else ""


def key(
    label: Phrase, action: Named, row: Settled, *, style: Literal["", "primary", "danger"] = "", **args: int | str
) -> Button:
    """A button about this record."""
    return button(label, action, style=style, letter=row.letter, number=row.number, **args)


def day_of(context: Context, instant: datetime) -> date:
    """The day it was in the network's zone."""
    return instant.astimezone(ZoneInfo(context.network.timezone)).date()


def as_list(context: Context, rows: Iterable[Settled]) -> Phrase:
    return lines(*(line(context, row) for row in rows))


def tell(context: Context, row: Settled) -> None:
    """Owe the news to the channel it belongs to, unless it is said there already; else to its author."""
    channel = channel_of(context, row)
    if row.status is Status.IN_FORCE and channel is not None:
        if context.channel is None or context.channel.id != channel.id:
            context.owe(channel, "record.answered", row.number, step=row.letter, version=row.version)
        return
    author = context.session.find(Member, row.author_id)
    if author is not None and (context.member is None or author.id != context.member.id):
        context.owe(author, "record.answered", row.number, step=row.letter, version=row.version)


def channel_of(context: Context, row: Settled) -> Channel | None:
    """Where a record's body reads, the channel it was made in or that of its body; None unless all there may see it."""
    body = body_of(context, row)
    id_ = row.channel_id or (body.channel_id if body else None)
    channel = context.session.find(Channel, id_)
    if channel is None or channel.closed_at is not None:
        return None
    return channel if can_see(Viewer.everyone_in(channel.id, row.body_id), row) else None


def subjects(context: Context, owed: Iterable[Notice]) -> dict[tuple[str, int], Settled]:
    """The records that notices are about, by the notices' step and subject, loaded at once."""
    wanted: dict[str, set[int]] = {}
    for one in owed:
        wanted.setdefault(one.step, set()).add(one.subject_id)
    return {
        (step, row.number): row
        for step, numbers in wanted.items()
        for row in settled.numbered(context.session, KINDS[step.partition(":")[0]], numbers)
    }


def subject(context: Context, owed: Notice) -> Settled | None:
    """The record a notice is about, whose letter begins its step; None when it is no longer there."""
    return settled.by_number(context.session, KINDS[owed.step.partition(":")[0]], owed.subject_id)
