"""Which body is meant by a few words."""

from bot import Context
from bot.understanding import names
from storage import bodies
from storage.bodies import Body
from storage.channels import Channel


def body_called(context: Context, text: str, *, surely: bool = True) -> Body | None:
    """The body of this name, of a part of it or of this channel, as "le comité"; misspelt too unless `surely`."""
    known = {body.id: body for body in bodies.active(context.session)}
    candidates = tuple(names.Candidate(id_, body.name, _aliases(context, body)) for id_, body in known.items())
    said = text.strip().removeprefix("#")
    found = names.named(said, candidates) if surely else names.nearest(said, candidates)
    return known[found.candidate.id] if isinstance(found, names.Match) else None


def _aliases(context: Context, body: Body) -> tuple[str, ...]:
    channel = context.session.get(Channel, body.channel_id) if body.channel_id else None
    return (channel.name.replace("-", " "), channel.name) if channel is not None else ()
