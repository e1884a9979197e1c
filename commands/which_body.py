"""Which body is meant: chosen in a form, named in words, or that of the channel."""

from collections.abc import Iterable, Sequence

from bot import Context, Phrase, verbatim
from bot.understanding import names
from storage import bodies
from storage.bodies import Body
from storage.channels import Channel
from storage.folding import after, folded


def choices(context: Context) -> Sequence[tuple[str, Phrase]]:
    """The bodies one may record for: this channel's, one's own; a coordinator, all of them."""
    mine = context.viewer
    return [
        (str(body.id), verbatim(body.name))
        for body in bodies.active(context.session)
        if mine.coordinator
        or body.id in mine.body_ids
        or body.channel_id in mine.channel_ids
        or context.me.id in body.officers
    ]


def every(context: Context) -> Sequence[tuple[str, Phrase]]:
    """All of them: anyone may plan a meeting of any."""
    return [(str(body.id), verbatim(body.name)) for body in bodies.active(context.session)]


def here(context: Context) -> str:
    """What such a form opens with: the id of the channel's body, if it has one."""
    return str(context.body.id) if context.body else ""


def chosen(context: Context, id_: str) -> Body | None:
    """The body of a form that was filled in; left empty, it is the channel's."""
    return context.session.find(Body, int(id_)) if id_ else context.body


def named(context: Context, words: str) -> Body | None:
    """The body of this name, whatever its case and accents."""
    wanted = folded(words.strip())
    return next((body for body in bodies.active(context.session) if folded(body.name) == wanted), None)


def called(context: Context, words: str, *, surely: bool = True) -> Body | None:
    """The body of this name, of a part of it or of this channel, as "le comité"; misspelt too unless `surely`."""
    known = {body.id: body for body in bodies.active(context.session)}
    candidates = tuple(names.Candidate(id_, body.name, _aliases(context, body)) for id_, body in known.items())
    said = words.strip().removeprefix("#")
    found = names.named(said, candidates) if surely else names.nearest(said, candidates)
    return known[found.candidate.id] if isinstance(found, names.Match) else None


def _aliases(context: Context, body: Body) -> tuple[str, ...]:
    channel = context.session.find(Channel, body.channel_id)
    return (channel.name.replace("-", " "), channel.name) if channel is not None else ()


def beginning(context: Context, line: str) -> tuple[Body | None, str]:
    """The body with whose name a line begins, the longest name first, and the rest of the line."""
    text = folded(line)
    found = _longest(body for body in bodies.active(context.session) if text.startswith(folded(body.name)))
    return found, after(line, folded(found.name)) if found is not None else line


def within(context: Context, text: str) -> Body | None:
    """The body whose name a text holds; the longest name wins."""
    return _longest(body for body in bodies.active(context.session) if folded(body.name) in folded(text))


def _longest(found: Iterable[Body]) -> Body | None:
    return max(found, key=lambda body: len(body.name), default=None)
