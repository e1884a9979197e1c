"""Somebody new is asked, once and at their first use, for their organisation."""

from bot import Context, Form, Refusal, Reply, Section, _, action, button, verbatim, welcome, words
from bot.understanding import names
from commands import promising
from commands.people import candidate
from storage import members, partners
from storage.partners import Partner


class Introduction(Form):
    title = _("Getting to know you")
    name: str = words(_("Your name"), max_length=200)
    partner: str = words(_("Your organisation"), max_length=200, hint=_("Its usual name, e.g. “CPAS d’Arlon”."))

    @classmethod
    def initial(cls, context: Context, **args: int | str) -> dict[str, str]:
        del args
        return {"name": context.me.name}


@action
def introduce(context: Context, form: Introduction) -> Reply:
    """Say who one is; an organisation that resembles known ones is asked about rather than doubled."""
    found = names.nearest(form.partner, [candidate(partner) for partner in partners.active(context.session)])
    context.me.name = form.name
    if isinstance(found, names.Match):
        return _belongs(context, found.candidate.id)
    choices = found.candidates
    if choices:
        return Reply(
            _("Is it one of these?"),
            buttons=(
                *(button(verbatim(choice.name), belong, partner=choice.id) for choice in choices),
                button(_("No, it is new"), new_partner, name=form.partner),
            ),
        )
    return _belongs(context, _added(context, form.partner).id)


@action
def belong(context: Context, partner: int) -> Reply:
    """Take the place of a member of a known organisation."""
    return _belongs(context, partner)


@action
def new_partner(context: Context, name: str) -> Reply:
    """Add an organisation that the register did not know."""
    return _belongs(context, _added(context, name).id)


def _added(context: Context, name: str) -> Partner:
    return partners.by_name(context.session, name) or partners.record(context.session, name=name)


def _belongs(context: Context, partner: int) -> Reply:
    known = context.session.get(Partner, partner)
    if known is None:
        raise Refusal(_("This organisation is no longer in the register. Please ask again."))
    context.me.partner_id = known.id
    context.me.introduced_at = context.now
    context.session.flush()
    promising.reach(context)
    return Reply(_("Thank you, {name}: noted for {partner}.", name=context.me.name, partner=known.name), replace=True)


@action
def later(context: Context) -> Reply:
    """Not to be asked again."""
    context.me.introduced_at = context.now
    return Reply(_("Fine. `/filrouge me` is there whenever you like."), undo=False, replace=True)


@welcome
def who_are_you(context: Context) -> Section | None:
    """Beside the first answer to somebody without an organisation; asked once, never written to before."""
    me = context.me
    if me.introduced_at is not None or me.partner_id is not None:
        return None
    alone = not [other for other in members.active(context.session) if other.id != me.id]
    if me.coordinator and (alone or context.network.started_at is None):
        return None  # whoever sets the network up has more urgent things to answer
    me.introduced_at = context.now
    return Section(
        _("We have not met yet. Which organisation are you from?"),
        (button(_("Introduce myself"), introduce, style="primary"), button(_("Later"), later)),
    )
