"""Which body is meant: chosen in a form, named in words, or that of the channel."""

from collections.abc import Iterable, Sequence

from bot import Context, Phrase, verbatim
from bot.understanding import names
from storage import bodies, channels
from storage.bodies import Body
from storage.channels import Channel
from storage.folding import after, folded


def known(context: Context) -> list[Body]:
    """Those whose name the acting member may know: one of a private channel is its people's and the coordinators'."""
    mine = context.viewer
    hidden = {channel.id for channel in channels.private(context.session)} - mine.channel_ids
    return [
        body
        for body in bodies.active(context.session)
        if mine.coordinator
        or body.channel_id not in hidden
        or body.id in mine.body_ids
        or context.me.id in body.officers
    ]


def choices(context: Context) -> Sequence[tuple[str, Phrase]]:
    """The bodies one may record for: this channel's, one's own; a coordinator, all of them."""
    mine = context.viewer
    return [
        (str(body.id), verbatim(body.name))
        for body in known(context)
        if mine.coordinator
        or body.id in mine.body_ids
        or body.channel_id in mine.channel_ids
        or context.me.id in body.officers
    ]


def every(context: Context) -> Sequence[tuple[str, Phrase]]:
    """All that they may know of: anyone may plan a meeting of these."""
    return [(str(body.id), verbatim(body.name)) for body in known(context)]


def here(context: Context) -> str:
    """What such a form opens with: the id of the channel's body, if it has one."""
    return str(context.body.id) if context.body else ""


def chosen(context: Context, id_: str) -> Body | None:
    """The body of a form that was filled in; left empty, it is the channel's."""
    return context.session.find(Body, int(id_)) if id_ else context.body


def named(context: Context, words: str) -> Body | None:
    """The body of this name, whatever its case and accents."""
    wanted = folded(words.strip())
    return next((body for body in known(context) if folded(body.name) == wanted), None)


def called(context: Context, words: str, *, surely: bool = True) -> Body | None:
    """The body of this name, of a part of it or of this channel, as "le comité"; misspelt too unless `surely`."""
    by_id = {body.id: body for body in known(context)}
    candidates = tuple(names.Candidate(id_, body.name, _aliases(context, body)) for id_, body in by_id.items())
    said = words.strip().removeprefix("#")
    found = names.named(said, candidates) if surely else names.nearest(said, candidates)
    return by_id[found.candidate.id] if isinstance(found, names.Match) else None


def _aliases(context: Context, body: Body) -> tuple[str, ...]:
    channel = context.session.find(Channel, body.channel_id)
    return (channel.name.replace("-", " "), channel.name) if channel is not None else ()


def beginning(context: Context, line: str) -> tuple[Body | None, str]:
    """The body with whose name a line begins, the longest name first, and the rest of the line."""
    text = folded(line)
    found = _longest(body for body in known(context) if text.startswith(folded(body.name)))
    return found, after(line, folded(found.name)) if found is not None else line


def within(context: Context, text: str) -> Body | None:
    """The body whose name a text holds; the longest name wins."""
    return _longest(body for body in known(context) if folded(body.name) in folded(text))


def _longest(found: Iterable[Body]) -> Body | None:
    return max(found, key=lambda body: len(body.name), default=None)
