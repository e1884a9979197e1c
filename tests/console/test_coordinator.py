"""A network whose coordinator left is not locked: whoever runs the bot names another."""

import json
import pathlib

import pytest
from sqlalchemy import select
from typer.testing import CliRunner, Result

from bot.__main__ import app
from storage import journal, members, migrate, networks
from storage.database import Database, Origin
from storage.members import Member, Role
from tests.conftest import NOW


@pytest.fixture
def url(tmp_path: pathlib.Path) -> str:
    """Two networks on Slack; in the first, two people of one name and somebody without an account."""
    url = f"sqlite:///{tmp_path}/filrouge.db"
    database = Database(url)
    migrate.upgrade(database)
    with database.system_session() as session:
        first = networks.create(session, name="Réseau Sud", platform="slack", external_id="T1", at=NOW).id
        networks.create(session, name="Réseau Nord", platform="slack", external_id="T2", at=NOW)
    with database.session(first, Origin(NOW)) as session:
        for name, account in (("Ana Petit", "U1"), ("Zoé Noir", "U2"), ("Luc Noël", "U3"), ("Luc Noël", "U4")):
            members.record(session, name=name, handle=account.lower(), external_id=account)
        members.record(session, name="Rosa Blanc")
        members.record(session, name="Eva Vert", external_id="U5")
    database.dispose()
    return url


def run(url: str, *words: str) -> Result:
    return CliRunner().invoke(app, ["--database", url, "--network", "Réseau Sud", "coordinator", *words])


@pytest.mark.parametrize("name", ["zoe noir", "Zoé Noir", "@u2", "U2"])
def test_whoever_is_named_coordinates_and_the_journal_says_from_where(url: str, name: str) -> None:
    assert run(url).stdout == ""
    named = run(url, name)
    assert named.exit_code == 0
    assert json.loads(named.stdout) == {"name": "Zoé Noir", "handle": "u2", "account": "U2"}
    database = Database(url)
    with database.session(1, Origin(NOW)) as session:
        zoe = session.scalars(select(Member).where(Member.external_id == "U2")).one()
        assert zoe.role is Role.COORDINATOR
        last = journal.history(session, zoe)[-1]
        assert (last.source, last.after) == ("console", {"role": "coordinator"})
    database.dispose()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("@", "Say who"),
        ("Rosa Blanc", "Nobody with an account here is called “Rosa Blanc”"),
        ("Luc Noël", "give the account of the one you mean (U3, U4)"),
    ],
)
def test_nobody_is_guessed(url: str, name: str, said: str) -> None:
    refused = run(url, name)
    assert refused.exit_code == 2
    assert said in refused.stderr
    assert run(url).stdout == ""


def test_which_network_is_said_where_there_are_several(url: str) -> None:
    result = CliRunner().invoke(app, ["--database", url, "coordinator"])
    assert (result.exit_code, result.stderr) == (2, "There are 2 networks: say which one with --network.\n")
