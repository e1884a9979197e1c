"""Writes the sample network: its days are counted from the moment of loading, so that it never grows old."""

import json
import pathlib
from datetime import datetime, timedelta
from typing import Any

from bot.sample.register import Register
from bot.sample.world import SINCE, SOURCE, World
from storage import networks
from storage.database import Database, Origin

FOLDER = pathlib.Path(__file__).parent
PLATFORM, EXTERNAL_ID = "local", "sample"
STARTED = timedelta(days=300)


def load(database: Database, now: datetime) -> int:
    """The id of a new network with all of the sample in it, as it would be at `now`; in one transaction."""
    told = _read("network.json")
    with database.system_session() as session:
        network = networks.create(
            session, name=told["name"], platform=PLATFORM, external_id=EXTERNAL_ID, at=now - SINCE
        )
        network.started_at = now - STARTED
        network_id = network.id
    with database.session(network_id, Origin(now=now, source=SOURCE, operation=SOURCE)) as session:
        world = World(session, now)
        world.settle(told)
        session.network.choose(digest_channel_id=world.channels["general"].id, consent_by_silence=True)
        world.offer(_read("offers.json"))
        world.miss(_read("needs.json"))
        register = _read("register.json")
        Register(world).write(register)
        world.talk(register["chat"])
    return network_id


def _read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))
