"""`filrouge coordinator`: the way back in, when whoever coordinated a network has left without naming anybody."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from bot.console.opening import network_named, opened, settings_of
from bot.console.output import Options, emit, progress, refuse
from storage import members
from storage.database import NetworkSession, Origin
from storage.folding import folded
from storage.members import Member, Role

app = typer.Typer()


@app.command()
def coordinator(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="Who coordinates from now on: @handle, name or account.")] = None,
) -> None:
    """Name a coordinator of a network; without a name, say who coordinates it."""
    options: Options = context.obj
    with opened(settings_of(options)) as database:
        network = network_named(database, options.network)
        now = datetime.now(UTC)
        origin = Origin(now, source="console", operation=f"coordinator:{now.isoformat()}")
        with database.session(network, origin) as session:
            if name is not None:
                member = _meant(session, name)
                member.role = Role.COORDINATOR
                progress(f"{member.name} coordinates this network now; /filrouge help shows what they can do.")
            for one in members.coordinators(session):
                emit({"name": one.name, "handle": one.handle, "account": one.external_id})


def _meant(session: NetworkSession, name: str) -> Member:
    """The member with an account who is called so; ends the process with a clear line when it is not one alone."""
    wanted = folded(name.strip().removeprefix("@"))
    if not wanted:
        refuse("Say who: @handle, name or account.")
    known = [one for one in members.active(session) if one.external_id]
    found = [one for one in known if wanted in map(folded, (one.handle or "", one.name, one.external_id or ""))]
    if not found:
        named = ", ".join(sorted(one.name for one in known)) or "nobody yet"
        refuse(f"Nobody with an account here is called “{name}”. There is: {named}.")
    if len(found) > 1:
        accounts = ", ".join(sorted(str(one.external_id) for one in found))
        refuse(f"Several people are called “{name}”: give the account of the one you mean ({accounts}).")
    return found[0]
