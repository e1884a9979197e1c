"""How a body works: who settles for it, and where its reminders go."""

from typing import Any

from bot import Context, Form, Phrase, Reply, _, action, one_of, verbatim
from storage import bodies, members


def _people(context: Context) -> list[tuple[str, Phrase]]:
    return [(str(member.id), verbatim(member.name)) for member in members.active(context.session)]


REMINDERS = (("private", _("in private")), ("channel", _("in the body’s channel")))


class RunBody(Form):
    title = _("How this body works")
    chair: str = one_of(_("Chair"), _people, optional=True)
    secretary: str = one_of(_("Secretary"), _people, optional=True)
    coordinator: str = one_of(_("Its own coordinator"), _people, optional=True)
    reminders_in: str = one_of(_("Reminders go out"), lambda _context: REMINDERS)

    @classmethod
    def initial(cls, context: Context, **args: int | str) -> dict[str, Any]:
        body = context.session.get_one(bodies.Body, int(args["body"]))
        return {
            "chair": str(body.chair_id or ""),
            "secretary": str(body.secretary_id or ""),
            "coordinator": str(body.coordinator_id or ""),
            "reminders_in": body.reminders_in.value,
        }


@action
def run_body(context: Context, form: RunBody, body: int) -> Reply:
    """Who settles for a body, and where its reminders go."""
    context.need_coordinator()
    row = context.session.get_one(bodies.Body, body)
    row.chair_id = int(form.chair) if form.chair else None
    row.secretary_id = int(form.secretary) if form.secretary else None
    row.coordinator_id = int(form.coordinator) if form.coordinator else None
    row.reminders_in = bodies.RemindersIn(form.reminders_in)
    for member_id in row.officers:
        bodies.join(context.session, row.id, member_id)
    return Reply(_("Noted for {body}.", body=row.name))
