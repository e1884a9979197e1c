"""A network of a few people in which commitments are made."""

import pytest

from storage import bodies, channels, commitments, members, partners
from storage.commitments import Status
from storage.database import Origin
from tests.chat import Chat
from tests.conftest import NOW


@pytest.fixture
def net(chat: Chat) -> Chat:
    """ana coordinates; marie and luc are of the CPAS; nobody of Vivalia is here; #pilotage has a body."""
    chat.says("ana", "bonjour")
    with chat.session(NOW) as session:
        cpas = partners.record(session, name="CPAS d'Arlon", aliases=["CPAS"])
        partners.record(session, name="Vivalia", email="info@vivalia.example")
        for name, partner in (("Marie Dupont", cpas), ("Luc Petit", cpas), ("Paul Henry", None), ("Anne Grand", None)):
            handle = name.split()[0].casefold()
            members.record(
                session, name=name, handle=handle, external_id=handle, partner_id=partner.id if partner else None
            )
        for member in members.active(session):
            member.introduced_at = NOW
        channel = channels.seen(session, external_id="local:pilotage", name="pilotage", private=False)
        bodies.record(session, name="Comité de pilotage", channel_id=channel.id)
    chat.seen.clear()
    return chat


def status(chat: Chat, number: int) -> Status:
    with chat.database.session(chat.network_id, Origin(NOW), reading=True) as session:
        row = commitments.by_number(session, number)
        assert row is not None
        return row.status
