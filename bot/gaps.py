"""What was asked and found nobody, against what is offered: the numbers that may be shown, and their names."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from bot.phrases import Phrase, _, many, verbatim
from bot.understanding.themes import vocabulary
from storage import needs
from storage.database import NetworkSession
from storage.members import Member
from storage.networks import Network


@dataclass(frozen=True, slots=True)
class Gap:
    """`asked` is five at least; `offers` counts those of the kind in the commune; "" stands for what was merged."""

    kind: str
    commune: str
    asked: int
    offers: int


def gaps(session: NetworkSession, *, since: date, until: date) -> list[Gap]:
    """Those of the months from `since` to `until`, the most asked first."""
    asked: Counter[tuple[str, str]] = Counter()
    for cell in needs.published(session, since=since, until=until):
        asked[cell.kind, cell.commune] += cell.count
    offered = needs.offered(session)
    found = [Gap(kind, commune, count, offered[kind, commune]) for (kind, commune), count in asked.items()]
    return sorted(found, key=lambda gap: (-gap.asked, gap.kind, gap.commune))


def last_year(session: NetworkSession, today: date) -> list[Gap]:
    """The twelve months before this one."""
    until = needs.month_before(today.replace(day=1))
    return gaps(session, since=needs.month_after(until.replace(year=until.year - 1)), until=until)


def may_read(network: Network, member: Member) -> bool:
    """The coordinators, and those to whom they opened it."""
    return member.active and (member.coordinator or member.id in network.rules.needs_readers)


def kind_name(kind: str, language: str) -> Phrase:
    known = vocabulary().kinds.get(kind)
    return verbatim(known.names[language]) if known is not None else _("other kinds of help")


def commune_name(commune: str, language: str) -> Phrase:
    from bot.understanding.places import gazetteer  # noqa: PLC0415 - heavy, and of no use before it is asked for

    place = gazetteer().places.get(commune)
    return verbatim(place.label(language)) if place is not None else _("other places")


def line(gap: Gap, language: str) -> Phrase:
    """One line of the table, in words."""
    return _(
        "{kind}, {commune}: {asked}, {offers}",
        kind=kind_name(gap.kind, language),
        commune=commune_name(gap.commune, language),
        asked=many("{n} question without an answer", "{n} questions without an answer", gap.asked),
        offers=many("{n} service", "{n} services", gap.offers),
    )
