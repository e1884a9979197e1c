"""What was decided, when, why, and whether it still holds: lists, searches and one record with its history."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement

from bot import Context, Phrase, Refusal, Reply, Section, _, action, button, lines, many, verbatim
from bot.messages import Named
from commands import minutes_finding
from commands.proposals import proposals
from commands.records import (
    KINDS,
    STATES,
    as_list,
    bare,
    body_of,
    day_of,
    name_of,
    named,
    settles,
    state,
    successor,
    wording,
)
from commands.searching import closeness, meaningful, stem, words_in
from commands.settling import confirm_buttons
from storage import agreements, journal, partners, settled
from storage.agreements import Agreement
from storage.bodies import Body
from storage.decisions import Decision
from storage.folding import folded
from storage.journal import JournalLine
from storage.settled import Settled, Status

SCREEN = 10
MOST = 200


def search(context: Context, model: type[Settled], question: str) -> list[Settled]:
    """The best first: the words found and how rare they are, then what is in force, then the newest."""
    words = meaningful(question)
    if not words:
        return []
    stems = [stem(word) for word in words]
    found: Sequence[Settled]
    names: dict[int, str] = {}
    if model is Agreement:
        names = {partner.id: folded(partner.name) for partner in partners.active(context.session)}
        meant = [id_ for id_, name in names.items() if any(part in name for part in stems)]
        found = agreements.containing(context.session, context.viewer, stems, partners=meant)
    else:
        found = settled.containing(context.session, model, context.viewer, stems)
    texts = {row.id: words_in(_searched(context, row, names)) for row in found}
    close = {row.id: [closeness(texts[row.id], word) for word in words] for row in found}
    spread = [sum(1 for row in found if close[row.id][n] > 0) for n in range(len(words))]

    def score(row: Settled) -> tuple[float, bool, int, int]:
        worth = sum(value / (1 + spread[n] / len(found)) for n, value in enumerate(close[row.id]))
        return round(worth, 1), row.status is Status.IN_FORCE, row.made_on.toordinal(), row.number

    kept = [row for row in found if any(close[row.id])]
    return sorted(kept, key=score, reverse=True)


def _searched(context: Context, row: Settled, names: dict[int, str]) -> str:
    if not isinstance(row, Agreement):
        return row.searched
    ids = agreements.partner_ids(context.session, row.id)
    return " ".join([row.searched, *(names.get(id_, "") for id_ in ids)])


def found(context: Context, model: type[Settled], question: str) -> Reply:
    """The answer to a search or to "what did we decide about…?"; a single one is shown in full."""
    if not meaningful(question):
        raise Refusal(_("Which words shall I look for? For example: {example}", example=_("`search reception`")))
    rows = search(context, model, question)
    in_minutes = minutes_finding.section(context, question)
    if not rows and in_minutes is not None:
        return Reply(_("No record says it by itself."), (in_minutes,), undo=False)
    if not rows:
        return Reply(_("I find nothing about “{words}” among what you can see.", words=question[:80]), undo=False)
    if len(rows) == 1:
        return show(context, rows[0])
    head = many("One answer:", "{n} answers, the closest first:", n=len(rows))
    reply = _screen(context, head, rows, search_more, letter=model.letter, words=question[:200])
    return replace(reply, sections=(*reply.sections, in_minutes)) if in_minutes is not None else reply


@action
def search_more(context: Context, letter: str, words: str) -> Reply:
    rows = search(context, KINDS[letter], words)
    return Reply(as_list(context, rows[SCREEN:MOST]), undo=False)


def listing(context: Context, model: type[Settled], body: Body | None) -> Reply:
    """In force, then what waits; of a body, or of the whole network."""
    rows = _of_body(context, model, Status.IN_FORCE, body, SCREEN)
    waiting = _of_body(context, model, Status.PROPOSED, body)
    nothing = _("Nothing is in force for {body} yet.", body=body.name) if body else _("Nothing is in force yet.")
    if not rows and not waiting:
        return Reply(nothing, undo=False)
    n = settled.count(context.session, model, context.viewer, *_criteria(model, Status.IN_FORCE, body))
    where = _("{body}: {n} in force", body=body.name, n=n) if body else _("{n} in force", n=n)
    reply = _screen(context, where, rows, list_more, total=n, letter=model.letter, body=body.id if body else 0)
    mine = [row for row in waiting if settles(context, row)]
    others = [row for row in waiting if row not in mine]
    sections = list(reply.sections)
    if others:
        sections.append(Section(lines(_("Proposed:"), as_list(context, others[:SCREEN]))))
    if mine:
        sections.append(Section(_("Waiting for your word:")))
        sections += proposals(context, mine[:SCREEN])
    return Reply(reply.text if rows else nothing, tuple(sections), reply.buttons, undo=False)


@action
def list_more(context: Context, letter: str, body: int) -> Reply:
    of = context.session.find(Body, body)
    rows = _of_body(context, KINDS[letter], Status.IN_FORCE, of)
    return Reply(as_list(context, rows[SCREEN:MOST]), undo=False)


def proposed(context: Context, model: type[Settled]) -> Reply:
    """What waits, with the buttons for those who may confirm it."""
    waiting = _of_body(context, model, Status.PROPOSED, context.body)
    if not waiting:
        return Reply(_("Nothing is waiting."), undo=False)
    mine = [row for row in waiting if settles(context, row)]
    others = [row for row in waiting if row not in mine]
    sections = (Section(as_list(context, others)),) if others else ()
    head = many("One proposal is waiting:", "{n} proposals are waiting:", n=len(waiting))
    return Reply(head, (*sections, *proposals(context, mine[:SCREEN])), undo=False)


def _criteria(model: type[Settled], status: Status, body: Body | None) -> list[ColumnElement[bool]]:
    mine = [model.body_id == body.id] if body is not None else []
    return [model.status == status, *mine]


def _of_body(
    context: Context, model: type[Settled], status: Status, body: Body | None, most: int = MOST
) -> Sequence[Settled]:
    query = settled.seen(model, context.viewer, *_criteria(model, status, body))
    return context.session.scalars(query.limit(most)).all()


def _screen(
    context: Context, head: Phrase, rows: Sequence[Settled], more: Named, *, total: int = 0, **args: str | int
) -> Reply:
    """As many as one screen holds, the rest behind a button."""
    left = (total or len(rows)) - SCREEN
    buttons = (button(many("One more", "{n} more", n=left), more, style="", **args),) if left > 0 else ()
    return Reply(lines(head, as_list(context, rows[:SCREEN])), buttons=buttons, undo=False)


def show(context: Context, row: Settled) -> Reply:
    """All that is known of one record: what, since when, by whom, why, and does it still hold."""
    sections = [Section(part) for part in (_facts(context, row), _source(row), _history(context, row)) if part]
    buttons = confirm_buttons(row) if row.status is Status.PROPOSED and settles(context, row) else ()
    head = _("{ref} – {state}", ref=named(row), state=state(context, row))
    return Reply(lines(head, wording(context, row, length=3000)), tuple(sections), buttons, undo=False)


def _facts(context: Context, row: Settled) -> Phrase:
    body = body_of(context, row)
    replaced = settled.predecessors(context.session, row)
    confirmed = row.settled_at is not None
    by, author = name_of(context, row.settled_by_id), name_of(context, row.author_id)
    return lines(
        _("{day}, {body}", day=row.made_on, body=body.name) if body else bare(row.made_on),
        _("Confirmed by {name} on {day}", name=by, day=day_of(context, row.settled_at))
        if row.settled_at is not None and by
        else None,
        _("In force without objection since {day}", day=day_of(context, row.settled_at))
        if confirmed and row.settled_at is not None and not by
        else None,
        _("Proposed by {name}", name=author) if author and row.author_id != row.settled_by_id else None,
        vote_words(row) if isinstance(row, Decision) and row.vote else None,
        _("From {day}", day=row.from_on) if isinstance(row, Agreement) and row.from_on else None,
        _("Until {day}", day=row.until_on) if isinstance(row, Agreement) and row.until_on else None,
        _("To look at again on {day}", day=row.review_on)
        if row.review_on and row.status in {Status.IN_FORCE, Status.PROPOSED}
        else None,
        _("Replaces {others}", others=[other.ref for other in replaced]) if replaced else None,
        _("Replaced by {other}", other=successor(context, row)) if row.status is Status.SUPERSEDED else None,
        _("Until {day}", day=row.ended_on)
        if row.status is Status.ENDED and row.ended_on and row.ended_on != getattr(row, "until_on", None)
        else None,
        _("Reason: {reason}", reason=row.note) if row.note else None,
    )


def _source(row: Settled) -> Phrase | None:
    if not row.quote or folded(row.quote).strip() == folded(row.text).strip():
        return None
    return _("Source: “{quote}”", quote=row.quote[:1000])


ADVICE: dict[str, Phrase] = {
    "favourable": _("favourable advice"),
    "unfavourable": _("unfavourable advice"),
    "reserved": _("advice with reservations"),
}


def vote_words(row: Decision) -> Phrase:
    vote = row.vote or {}
    counted: list[Phrase] = []
    if "for" in vote or "against" in vote or "abstention" in vote:
        counted = [
            _("{n} for", n=int(vote.get("for", 0))),
            _("{n} against", n=int(vote.get("against", 0))),
            many("{n} abstention", "{n} abstentions", n=int(vote.get("abstention", 0))),
        ]
    if "proxies" in vote:
        counted.append(many("{n} proxy", "{n} proxies", n=int(vote["proxies"])))
    if "quorum" in vote:
        counted.append(_("quorum {n}", n=int(vote["quorum"])))
    if vote.get("unanimous"):
        counted.append(_("unanimous"))
    if "advice" in vote:
        counted.append(ADVICE[str(vote["advice"])])
    said = lines(*counted, separator=", ")
    return _("Vote: {counted}", counted=said) if vote.keys() - {"advice"} else said


def _history(context: Context, row: Settled) -> Phrase | None:
    """What changed since it was recorded, from the journal."""
    told = [
        _("{day} – {name}: {what}", day=day_of(context, change.at), name=_who(context, change), what=what)
        for change in journal.history(context.session, row)
        if change.kind == "update"
        for what in _what(change)
    ]
    return lines(_("History"), *told) if told else None


def _who(context: Context, change: JournalLine) -> Phrase:
    name = name_of(context, change.member_id)
    return verbatim(name) if name else _("by itself")


def _what(change: JournalLine) -> Iterable[Phrase]:
    after, before = change.after, change.before
    if "text" in after:
        yield _("the words changed; before: “{text}”", text=str(before.get("text", ""))[:300])
    if "status" in after:
        yield STATES[Status(after["status"])]
    for name, told in _DAYS.items():
        if name in after and (after[name] or name != "consent_until"):
            yield told(after[name])
    if after.get("vote"):
        yield _("vote recorded")


def _day(value: str | None) -> Phrase:
    return bare(date.fromisoformat(value)) if value else _("no day")


_DAYS: dict[str, Callable[[str | None], Phrase]] = {
    "review_on": lambda value: _("to look at again: {day}", day=_day(value)),
    "until_on": lambda value: _("last day: {day}", day=_day(value)),
    "consent_until": lambda value: _("put to the body until: {day}", day=_day(value)),
}
