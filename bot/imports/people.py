"""Partners and contacts as coordinators keep them: what a file would change, and the change.

A person is known again by their e-mail, their account, or their name with their organisation; nothing is ever deleted,
and what the file does not say stays as it is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.imports import rows
from bot.imports.people_rows import COLUMNS, File, Organisation, Person, key, shared
from bot.imports.rows import Losses, Sheet
from bot.imports.tables import Table
from bot.understanding.names.matching import spelt
from bot.understanding.spelling import fold
from storage import members, partners
from storage.database import NetworkSession
from storage.members import Member
from storage.partners import Partner


@dataclass(slots=True)
class Plan:
    """What an import would do; `columns` are those of each sheet, for a person to confirm."""

    sheets: list[Sheet]
    new_partners: list[Organisation] = field(default_factory=list)
    changed_partners: list[tuple[Partner, dict[str, object]]] = field(default_factory=list)
    new_people: list[Person] = field(default_factory=list)
    changed_people: list[tuple[Member, dict[str, object], str]] = field(default_factory=list)
    same: int = 0
    losses: Losses = field(default_factory=Losses)

    @property
    def empty(self) -> bool:
        return not (self.new_partners or self.changed_partners or self.new_people or self.changed_people)


def plan(session: NetworkSession, found: Iterable[Table], chosen: Mapping[str, str]) -> Plan:
    """What the tables would change; raises TableError on the way."""
    made = Plan(rows.sheets(found, COLUMNS, chosen))
    file = File(made.losses)
    for sheet in made.sheets:
        file.read(sheet)
    _compare_partners(session, file.organisations, made)
    _compare_people(session, file.people, made)
    return made


def _compare_partners(session: NetworkSession, organisations: Mapping[str, Organisation], made: Plan) -> None:
    known = {key(name): partner for partner in partners.active(session) for name in (*partner.aliases, partner.name)}
    for name_key, said in organisations.items():
        partner = known.get(name_key)
        if partner is None:
            made.new_partners.append(said)
            continue
        changes: dict[str, object] = {
            name: value for name, value in said.values.items() if getattr(partner, name) != value
        }
        if more := [alias for alias in said.aliases if alias not in partner.aliases]:
            changes["aliases"] = [*partner.aliases, *more]
        if changes:
            made.changed_partners.append((partner, changes))
        else:
            made.same += 1


class _Known:
    """The members there are, by each way to know them again."""

    def __init__(self, session: NetworkSession) -> None:
        self.partners = {partner.id: partner for partner in partners.active(session)}
        self._emails: dict[str, Member] = {}
        self._handles: dict[str, Member] = {}
        self._names: dict[str, list[Member]] = {}
        for one in members.every(session):
            self._names.setdefault(key(one.name), []).append(one)
            if one.email:
                self._emails.setdefault(fold(one.email), one)
            if one.handle:
                self._handles[one.handle] = one

    def holder(self, said: Person) -> Member | None:
        """Who has this account or this address."""
        return self._handles.get(said.handle) or (self._emails.get(fold(said.email)) if said.email else None)

    def named(self, said: Person) -> Member | None:
        """Who has this name in this organisation, or alone has it where one of the two organisations is unknown."""
        named = self._names.get(key(said.name), [])
        for member in named:
            partner = self.partners.get(member.partner_id or 0)
            if self.at(member, said.organisation) or (len(named) == 1 and not (partner and said.organisation)):
                return member
        return None

    def at(self, member: Member, organisation: str) -> bool:
        partner = self.partners.get(member.partner_id or 0)
        names = (partner.name, *partner.aliases) if partner else ("",)
        return key(organisation) in map(key, names)


def _compare_people(session: NetworkSession, people: Iterable[Person], made: Plan) -> None:
    known = _Known(session)
    for said in people:
        holder = known.holder(said)
        if holder is not None and not set(spelt(holder.name)) & set(spelt(said.name)) and holder.handle != said.handle:
            made.losses.add(*said.at, shared(holder.name))
            continue
        member = holder or known.named(said)
        if member is None:
            made.new_people.append(said)
            continue
        changes = _changes(member, said)
        moves = bool(said.organisation) and not known.at(member, said.organisation)
        if changes or moves:
            made.changed_people.append((member, changes, said.organisation if moves else ""))
        else:
            made.same += 1


def _changes(member: Member, said: Person) -> dict[str, object]:
    """What the file says otherwise; the name of somebody who has an account is theirs to change."""
    changes: dict[str, object] = {
        name: value for name, value in said.values.items() if value and getattr(member, name) != value
    }
    if said.email and fold(member.email) != fold(said.email):
        changes["email"] = said.email
    if said.handle and member.handle is None:
        changes["handle"] = said.handle
    if member.external_id is None and key(member.name) != key(said.name):
        changes["name"] = said.name
    if not member.active:
        changes["active"] = True
    return changes


def carry_out(session: NetworkSession, made: Plan) -> None:
    """Do what the plan says, in as few statements as there are kinds of change."""
    new = [Partner(name=said.name, aliases=list(said.aliases), **said.values) for said in made.new_partners]
    session.add_all(new)
    for partner, changes in made.changed_partners:
        for name, value in changes.items():
            setattr(partner, name, value)
    session.flush()
    ids = {key(name): partner.id for partner in partners.active(session) for name in (*partner.aliases, partner.name)}
    session.add_all(
        Member(
            name=said.name,
            email=said.email,
            handle=said.handle or None,
            partner_id=ids.get(key(said.organisation)),
            function=said.values["function"],
            language=said.values["language"] or None,
            introduced_at=session.now if said.organisation else None,
        )
        for said in made.new_people
    )
    for member, changes, organisation in made.changed_people:
        for name, value in changes.items():
            setattr(member, name, value)
        if organisation:
            member.partner_id = ids[key(organisation)]
            member.introduced_at = member.introduced_at or session.now
    session.flush()
