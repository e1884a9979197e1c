"""Networks: one Slack workspace or one Mattermost team each, with its settings."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime, time
from typing import Any, ClassVar, Self

from sqlalchemy import String, UniqueConstraint, bindparam, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Owned, Tenant, owned
from storage.scope import prepared


@dataclass(frozen=True, slots=True)
class Rules:
    """What a network chose; `storage.networks.Network.rules` reads and writes it.

    Hours are wall-clock times in the network's zone; weekdays count from Monday = 0; steps are working days
    except `days_before`, which counts calendar days.
    """

    digest_weekday: int = 0
    digest_at: time = time(9, 0)
    digest_preview: bool = True
    # Kept by its row, so that a channel that is renamed keeps its digest.
    digest_channel_id: int | None = None
    quiet_from: time = time(18, 0)
    quiet_until: time = time(8, 30)
    closed: tuple[tuple[date, date], ...] = ()
    bridge_days: bool = True
    mild_summer: bool = True
    days_before: tuple[int, ...] = (7,)
    last_working_day_before: bool = True
    days_after: int | None = 3
    confirmers: str = "officers"
    consent_by_silence: bool = False
    visibility: str = "network"
    # Notes may be read by the outside model that the environment names, once somebody says yes each time.
    second_reader: bool = False
    # The files that notes come in are kept.
    keep_notes: bool = False
    prefix: str = ""
    # The school calendar that "before the autumn holidays" means; "" where it has to be asked.
    school: str = ""
    # How many days an offer stays true without being looked at, and how many pass between two questions to one person.
    verify_every: int = 180
    verify_pause: int = 30
    # Members, besides the coordinators, to whom the page of needs is open.
    needs_readers: tuple[int, ...] = ()
    # After how many days without objection minutes are approved; None: by the body's meeting alone.
    minutes_days: int | None = None

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """Unknown keys, of a later version, are passed over."""
        known = {f.name for f in fields(cls)}
        values = {name: value for name, value in stored.items() if name in known}
        for name in {"digest_at", "quiet_from", "quiet_until"} & values.keys():
            values[name] = time.fromisoformat(values[name])
        if "closed" in values:
            values["closed"] = tuple((date.fromisoformat(a), date.fromisoformat(b)) for a, b in values["closed"])
        for name in {"days_before", "needs_readers"} & values.keys():
            values[name] = tuple(values[name])
        return cls(**values)

    def to_json(self) -> dict[str, Any]:
        stored = asdict(self)
        for name in ("digest_at", "quiet_from", "quiet_until"):
            stored[name] = stored[name].isoformat()
        stored["closed"] = [[a.isoformat(), b.isoformat()] for a, b in self.closed]
        stored["days_before"] = list(self.days_before)
        return stored


class Network(Tenant, Base):
    """Its every change is written in the journal too, the settings one by one."""

    unjournaled: ClassVar[frozenset[str]] = frozenset({"platform", "external_id", "created_at"})
    by_key: ClassVar[frozenset[str]] = frozenset({"settings"})

    __tablename__ = "networks"
    __table_args__ = (UniqueConstraint("platform", "external_id"),)

    name: Mapped[str] = mapped_column(String(200), unique=True)
    platform: Mapped[str] = mapped_column(String(20))
    # The Slack team or enterprise id, or "server/team" on Mattermost.
    external_id: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(5), default="fr")
    country: Mapped[str] = mapped_column(String(2), default="BE")
    timezone: Mapped[str] = mapped_column(String(60), default="Europe/Brussels")
    started_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)

    @property
    def rules(self) -> Rules:
        return Rules.from_json(self.settings)

    def choose(self, **changes: Any) -> None:
        """Change some rules; what stays as it was is not written down as chosen."""
        before, after = self.rules.to_json(), replace(self.rules, **changes).to_json()
        self.settings = {**self.settings, **{name: each for name, each in after.items() if each != before[name]}}


class Counter(Owned, Base):
    """The last number given to a kind of record: D-12, A-3, E-7, O-41."""

    __tablename__ = "counters"
    __table_args__ = owned(UniqueConstraint("network_id", "letter"))

    letter: Mapped[str] = mapped_column(String(2))
    last: Mapped[int] = mapped_column(default=0)


LETTERS = ("D", "A", "E", "O", "R", "B", "P")
_ADVANCE = prepared(
    update(Counter)
    .where(Counter.letter == bindparam("of_letter"))
    .values(last=Counter.last + bindparam("by"))
    .returning(Counter.last)
)


def create(session: Session, *, name: str, platform: str, external_id: str, at: datetime, **columns: Any) -> Network:
    """A new network with its counters; `session` is a system session."""
    network = Network(name=name, platform=platform, external_id=external_id, created_at=at, **columns)
    session.add(network)
    session.flush()
    session.add_all(Counter(network_id=network.id, letter=letter) for letter in LETTERS)
    session.flush()
    return network


def by_external_id(session: Session, platform: str, external_id: str) -> Network | None:
    return session.scalar(select(Network).where(Network.platform == platform, Network.external_id == external_id))


def count(session: Session) -> int:
    """How many there are; `session` is a system session."""
    return session.scalar(select(func.count()).select_from(Network)) or 0


def by_name(session: Session, name: str) -> Network | None:
    return session.scalar(select(Network).where(Network.name == name))


def of_platforms(session: Session, platforms: Iterable[str]) -> Sequence[int]:
    """Ids of the networks on these platforms; `session` is a system session."""
    return session.scalars(select(Network.id).where(Network.platform.in_(list(platforms))).order_by(Network.id)).all()


def locked(session: Session, network_id: int, *, wait: bool) -> Network | None:
    """The network, for one process at a time until the transaction ends; None when another has it and we do not wait.

    Rows that refer to the network can still be written meanwhile.
    """
    return session.scalar(
        select(Network)
        .where(Network.id == network_id)
        .with_for_update(key_share=True, skip_locked=not wait)
        .execution_options(populate_existing=True)
    )


def next_number(session: Session, letter: str) -> int:
    """The next number of a kind; the counter's row is locked until the transaction ends, so none is given twice."""
    return next_numbers(session, letter, 1)[0]


def next_numbers(session: Session, letter: str, count: int) -> range:
    """As many numbers of a kind, one after the other."""
    last = session.scalar(_ADVANCE, {"of_letter": letter, "by": count})
    if last is None:
        raise LookupError(f"no counter for {letter}")
    return range(int(last) - count + 1, int(last) + 1)
