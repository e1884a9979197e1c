"""/filrouge coordination: who coordinates the network, one more of them, or one less."""

from collections.abc import Iterable, Sequence

from bot import Context, Refusal, Reply, Section, _, action, button, lines, many, notice, verbatim
from commands.filrouge import filrouge
from commands.people import found
from storage import members
from storage.members import Member, Role
from storage.notices import Notice

GIVEN = "coordination.given"
TAKEN = "coordination.taken"


@filrouge.verb(
    "coordination",
    fr=("coordination", "coordinateur", "coordinatrice", "coordinateurs", "coordinatrices"),
    nl=("coördinatie", "coördinator", "coördinatoren"),
    de=("koordination", "koordinator", "koordinatorin"),
    en=("coordination", "coordinator", "coordinators"),
    takes="words",
    help=_("Who coordinates the network; with a name, one more does (coordinators)."),
    coordinators=True,
    example=_("coordination @marie"),
)
def coordination(context: Context, rest: str) -> Reply:
    """Those who coordinate; whoever is named does from now on."""
    context.need_coordinator()
    if not rest:
        return _all(context)
    given = found(context, rest)
    for one in given:
        if not isinstance(one, Member) or one.external_id is None:
            raise Refusal(_("{name} has no account here: only a person who has one can coordinate.", name=one.name))
    new = [one for one in given if isinstance(one, Member) and not one.coordinator]
    if not new:
        raise Refusal(
            many(
                "{names} coordinates this network already.",
                "{names} coordinate this network already.",
                len(given),
                names=[one.name for one in given],
            )
        )
    for one in new:
        one.role = Role.COORDINATOR
        context.owe(one, GIVEN, one.id, step=context.now.isoformat())
    return Reply(
        many(
            "From now on {names} coordinates this network too.",
            "From now on {names} coordinate this network too.",
            len(new),
            names=[one.name for one in new],
        )
    )


def _all(context: Context) -> Reply:
    """Each with a button to leave, as long as somebody else stays."""
    known = members.coordinators(context.session)
    return Reply(
        _("Who coordinates this network:"),
        sections=(
            *(
                Section(
                    verbatim(one.name),
                    (button(_("No longer coordinates"), stand_down, member=one.id),) if len(known) > 1 else (),
                )
                for one in known
            ),
            Section(_("`/filrouge coordination @name` adds somebody.")),
        ),
        undo=False,
    )


@action
def stand_down(context: Context, member: int) -> Reply:
    """A coordinator leaves, or is replaced; the last one never."""
    context.need_coordinator()
    row = context.session.get_one(Member, member)
    if not row.coordinator:
        raise Refusal(_("{name} does not coordinate this network any more.", name=row.name))
    if len(members.coordinators(context.session)) == 1:
        raise Refusal(_("{name} is the only one who coordinates: name somebody else first.", name=row.name))
    row.role = Role.MEMBER
    if row.id != context.me.id:
        context.owe(row, TAKEN, row.id, step=context.now.isoformat())
    return Reply(_("{name} does not coordinate this network any more.", name=row.name), replace=True)


@notice(GIVEN)
def word_given(context: Context, owed: Sequence[Notice]) -> Iterable[Section]:
    if owed and context.member is not None and context.member.coordinator:
        yield Section(
            lines(
                _("You coordinate this network from now on: you confirm, and you see what is late."),
                _("`/filrouge help` shows what you can do."),
            )
        )


@notice(TAKEN)
def word_taken(context: Context, owed: Sequence[Notice]) -> Iterable[Section]:
    if owed and context.member is not None and not context.member.coordinator:
        yield Section(_("You no longer coordinate this network. What you recorded stays yours."))
