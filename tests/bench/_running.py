"""What the benchmarks of the platforms share: the filled database, the bot in a process of its own, what is told."""

import asyncio
import contextlib
import os
import pathlib
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from storage import migrate, networks, settled
from storage.commitments import Commitment, Status
from storage.database import Database
from storage.decisions import Decision
from storage.members import Member, Role
from storage.networks import Counter

NETWORKS = 100
EACH = 200
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
AT_ONCE = 20
RECORDED = "On retient la mesure {token} pour l'accueil"


def fill(url: str, platform: str, first: str, person: str) -> None:
    """100 networks with 200 decisions and 200 commitments each; `first` and `person` are the platform's own names."""
    database = Database(url)
    migrate.upgrade(database)
    with database.system_session() as session:
        for n in range(NETWORKS):
            network = networks.create(
                session,
                name=f"Réseau {n}",
                platform=platform,
                external_id=f"other{n:03}" if n else first,
                at=NOW,
                started_at=NOW,
            )
            ana = Member(name="Ana", external_id=person, role=Role.COORDINATOR, network_id=network.id, created_at=NOW,
                         introduced_at=NOW)  # fmt: skip
            session.add(ana)
            session.flush()
            shared = {"network_id": network.id, "created_at": NOW}
            session.execute(
                insert(Decision),
                [shared | _decision(i, ana.id) for i in _numbers()],
            )
            session.execute(
                insert(Commitment),
                [shared | _commitment(i, ana.id) for i in _numbers()],
            )
            for letter in ("D", "E"):
                session.query(Counter).filter_by(network_id=network.id, letter=letter).update({"last": EACH})
    database.dispose()


def _numbers() -> range:
    return range(1, EACH + 1)


def _decision(number: int, author_id: int) -> dict[str, Any]:
    text = f"On retient la proposition {number} du groupe {number % 7} pour l'accueil."
    day = date(2026, 1, 5) + timedelta(days=number)
    return {
        "number": number, "text": text, "searched": text.casefold(), "status": settled.Status.IN_FORCE,
        "decided_on": day, "settled_at": NOW, "author_id": author_id,
    }  # fmt: skip


def _commitment(number: int, author_id: int) -> dict[str, Any]:
    due = date(2027, 1, 4) + timedelta(days=number)
    return {
        "number": number,
        "text": f"Envoyer le document {number}.",
        "due_on": due,
        "author_id": author_id,
        "status": Status.OPEN,
    }


@contextlib.contextmanager
def bot(url: str, port: int, environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """`filrouge run` on this database and port, with what connects it."""
    told = os.environ | {"FILROUGE_DATABASE_URL": url, "FILROUGE_PORT": str(port), **environment}
    process = subprocess.Popen([sys.executable, "-m", "bot", "run"], env=told)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


@dataclass
class Measured:
    """Seconds from the request to its acknowledgement, and to its answer."""

    acknowledged: list[float] = field(default_factory=list)
    effect: list[float] = field(default_factory=list)


def quantile(values: Sequence[float], share: float) -> float:
    """In milliseconds."""
    return 1000 * sorted(values)[min(len(values) - 1, int(share * len(values)))]


def resident(pid: int) -> float:
    """Megabytes of memory in use."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def told(what: str, measured: Measured) -> None:
    for name, values in (("acknowledged", measured.acknowledged), ("answered", measured.effect)):
        print(
            f"{what:22} {name:13} p50 {quantile(values, 0.5):7.1f} ms   p99 {quantile(values, 0.99):7.1f} ms"
            f"   (n = {len(values)})"
        )


async def pressed(
    command: Callable[[str, str, Measured], Awaitable[None]], pid: int, began: float, requests: int
) -> None:
    """What a bot that was started at `began` does with commands: the first, one at a time, many at once, a list."""
    first = Measured()
    while not first.effect:
        try:
            await command("decision", "aide", first)
        except ConnectionError:
            await asyncio.sleep(0.02)
    print(f"start to first answer   {time.perf_counter() - began:8.2f} s    (≤ 2 s)")
    print(f"resident after start    {resident(pid):8.0f} MB   (≤ 120 MB)")
    alone, crowd, reading = Measured(), Measured(), Measured()
    for _n in range(requests // 4):
        await command("decision", RECORDED, alone)
    told("one at a time", alone)

    async def person() -> None:
        for _n in range(requests // AT_ONCE):
            await command("decision", RECORDED, crowd)

    await asyncio.gather(*(person() for _of in range(AT_ONCE)))
    told(f"{AT_ONCE} at once", crowd)
    for _n in range(requests // 8):
        await command("decision", "liste", reading)
    told("a list, one at a time", reading)
    print(f"resident at the end     {resident(pid):8.0f} MB")
