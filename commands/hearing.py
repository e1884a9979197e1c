"""What is written in the channel of an open meeting and asks to be kept: recorded at once, like the commands."""

import dataclasses
import re
from collections.abc import Callable

from bot import (
    Button,
    Context,
    FieldErrors,
    Outcome,
    Phrase,
    Refusal,
    Reply,
    Section,
    _,
    hearing,
    lines,
    marking,
)
from bot.dispatch import OPEN, POINTED_LENGTH
from bot.understanding import live, promises
from bot.understanding.live import Live
from commands import agreement, attending, commitment, commitment_recording, decision, meeting_closing, telling
from commands.people import names_of, typed
from storage import meetings
from storage.agreements import Agreement
from storage.commitments import Commitment
from storage.decisions import Decision
from storage.meetings import ItemState, Meeting, MinutesItem, Presence
from storage.visibility import can_see

_COMMANDS = {"decision": "decide", "agreement": "agree", "commitment": "commit"}
_KINDS = {command: kind for kind, command in _COMMANDS.items()}
_TABLES = {"decide": Decision, "agree": Agreement, "commit": Commitment}
_MYSELF = re.compile(r"(?:je|j['’]|moi|ik|ich|i|i['’]ll|me)(?:\b|(?<=['’]))", re.IGNORECASE)
# "réserver la salle (Claire)", "réserver la salle → Claire".
_AT_THE_END = re.compile(
    r"^(?P<what>.{3,}?)\s*(?:\((?P<a>[^()]{2,80})\)|(?:→|->|=>)\s*(?P<b>[^()→]{2,80}))(?P<more>[^()]*)$"
)


@hearing(wants=lambda text: bool(live.read(text)))
def heard(context: Context, text: str) -> Outcome | None:
    """All that a message asks to keep, in one transaction; None when the meeting was closed meanwhile."""
    meeting = context.meeting
    if meeting is None:
        return None
    said = [(one, _kept(context, meeting, one)) for one in live.read(text)]
    telling.hold(context, meeting)
    there = [reply for one, reply in said if one.kind in live.PRESENCES]
    # Who is there is said once, however many lines it took.
    return _together([reply for _one, reply in said if reply not in there[:-1]])


@marking
def marked(context: Context, command: str, text: str) -> Outcome | None:
    """A message that somebody marks with an emoji; None outside meetings, unless it is kept already."""
    meeting, kind = context.meeting, _KINDS.get(command)
    if kind is None:
        raise Refusal(_("I cannot keep a message as that."))
    known = meetings.made_of(context.session, _TABLES[command], context.permalink)
    if known:
        refs = [row.ref for row in known if can_see(context.audience, row) and row.status != "proposed"]
        raise Refusal(
            _("This message is kept already: {refs}.", refs=refs) if refs else _("This message is kept already.")
        )
    if meeting is None:
        return None
    asked = meetings.made_of(context.session, MinutesItem, context.permalink) if kind == "commitment" else []
    if waiting := [item for item in asked if item.state is ItemState.WAITING]:
        return dataclasses.replace(_who(context, meeting, waiting[0]), undo=False, replace=False)
    spoken = [one for one in live.read(text) if one.kind == kind]
    meant = spoken or [Live(kind, " ".join(text.split()))]  # type: ignore[arg-type]  # a kind of the table above
    replies = [_kept(context, meeting, one) for one in meant]
    telling.hold(context, meeting)
    return _together(replies)


def _kept(context: Context, meeting: Meeting, one: Live) -> Reply:
    """One record; what cannot be kept is said, and keeps nothing of the others back."""
    context.quote = one.text
    try:
        with context.session.begin_nested():
            reply = _KEEP[one.kind](context, meeting, one.text)
            context.session.flush()
            return reply
    except Refusal as refusal:
        return Reply(refusal.phrase, buttons=refusal.buttons, undo=False)
    except FieldErrors as lacking:
        return _to_complete(context, one, next(iter(lacking.errors.values())))


def _to_complete(context: Context, one: Live, why: Phrase) -> Reply:
    command = _COMMANDS[one.kind]
    args = {"command": command, "text": one.text[:POINTED_LENGTH], "permalink": context.permalink}
    return Reply(
        lines(_("Not kept yet: “{text}”", text=one.text[:300]), why),
        buttons=(Button(_("Complete it"), OPEN, args, "primary"),),
        undo=False,
    )


def _together(replies: list[Reply]) -> Reply:
    """What everyone may read in one message, what the author alone may in another; each question by itself."""
    questions = [one for one in replies if one.replace]
    shared = [one for one in replies if one.public and not one.replace]
    own = [one for one in replies if not one.public and not one.replace]
    first, *more = [*([_one(shared)] if shared else []), *questions, *([_one(own)] if own else [])]
    later = tuple(dataclasses.replace(one, replace=False) for one in more)
    return dataclasses.replace(first, undo=any(one.undo for one in replies), replace=False, also=later)


def _one(replies: list[Reply]) -> Reply:
    if len(replies) == 1:
        return replies[0]
    sections: list[Section] = []
    for one in replies:
        sections += [Section(one.text, one.buttons), *one.sections]
    return Reply(Phrase(""), tuple(sections), public=replies[0].public)


def _decided(context: Context, _meeting: Meeting, text: str) -> Reply:
    return decision.decide.function(context, decision.Decide(**decision.Decide.read(context, text)))  # type: ignore[return-value]  # a statement, not a question


def _agreed(context: Context, _meeting: Meeting, text: str) -> Reply:
    return agreement.record(context, agreement.Agree(**agreement.Agree.read(context, text)))


def _promised(context: Context, meeting: Meeting, text: str) -> Reply:
    """By whom it says, by who speaks of themselves, by the author of a marked message; else it waits for somebody."""
    text, owner = _named_last(context, text)
    values = commitment.Commit.read(context, text)
    values["owner"] = values["owner"] or owner
    speaker = context.author or context.me
    if not values["owner"]:
        if not _MYSELF.match(text):
            return _unowned(context, meeting, values)
        if speaker.id != context.me.id:
            values["owner"] = typed(speaker)
    return commitment_recording.record(context, **values)


def _named_last(context: Context, text: str) -> tuple[str, str]:
    """The sentence without the names at its end, and these; as it was where they are nobody's."""
    last = _AT_THE_END.match(text)
    if last is None:
        return text, ""
    said = last["a"] or last["b"]
    keys, unknown = promises.people(said.strip(), names_of(context.session))
    if unknown or not keys:
        return text, ""
    return f"{last['what']} {last['more'].strip()}".strip(), said.strip()


def _unowned(context: Context, meeting: Meeting, values: dict[str, str]) -> Reply:
    """An action that nobody has taken on yet: asked about at once, and again when the meeting closes."""
    due = commitment_recording.day_said(context, values["due"]) if values["due"] else None
    item = MinutesItem(
        meeting_id=meeting.id,
        kind="commitment",
        line=0,
        quote=context.quote,
        text=commitment_recording.checked(values["text"]),
        due_words=due.words[:200] if due else "",
        due_on=due.due if due else None,
        permalink=context.permalink[:500],
    )
    context.session.add(item)
    context.session.flush()
    return _who(context, meeting, item)


def _who(context: Context, meeting: Meeting, item: MinutesItem) -> Reply:
    return Reply(
        lines(_("Who takes this on?"), meeting_closing.told(item)),
        buttons=meeting_closing.who_buttons(item),
        public=can_see(context.audience, meeting),
        # Whoever presses puts the answer in its place.
        replace=True,
    )


def _there(presence: Presence) -> Callable[[Context, Meeting, str], Reply]:
    return lambda context, meeting, text: attending.note(context, meeting, text, presence)


_KEEP: dict[str, Callable[[Context, Meeting, str], Reply]] = {
    "decision": _decided,
    "agreement": _agreed,
    "commitment": _promised,
    "present": _there(Presence.PRESENT),
    "excused": _there(Presence.EXCUSED),
    "absent": _there(Presence.ABSENT),
    "represented": _there(Presence.REPRESENTED),
}
