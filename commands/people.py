"""People and organisations by the names one types: who answers for a commitment, whom to write to, who may act."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot import Context, Phrase, Refusal, _, lines, viewer_of
from bot.understanding.names import Candidate, Match, nearest
from bot.understanding.names.matching import TITLES_OF_PEOPLE
from bot.understanding.promises import Known, Names, people
from bot.understanding.spelling import fold
from storage import bodies, commitments, members, partners
from storage.commitments import Commitment, Owner, Status
from storage.database import NetworkSession
from storage.members import Member
from storage.partners import Partner
from storage.visibility import can_see

Answering = Member | Partner


def names_of(session: NetworkSession) -> Names:
    """Every member and partner with all they are called."""
    return Names(
        [
            *(Known(f"member:{one.id}", one.name, _also(one)) for one in members.active(session)),
            *(Known(f"partner:{one.id}", one.name, _with_commune(one)) for one in partners.active(session)),
        ]
    )


def _also(member: Member) -> tuple[str, ...]:
    """By handle, without their title ("Dr Henri Masson"), and by first name."""
    own = member.name.split()
    while len(own) > 1 and fold(own[0]).strip(".") in TITLES_OF_PEOPLE:
        own.pop(0)
    plain = " ".join(own)
    return (
        *((f"@{member.handle}",) if member.handle else ()),
        *((plain,) if plain != member.name else ()),
        *((own[0],) if len(own) > 1 else ()),
    )


def _with_commune(partner: Partner) -> tuple[str, ...]:
    """Its other names, and its name with where it is: "CPAS d'Arlon" for the CPAS whose commune is Arlon."""
    links = ("", "de ", "d'", "van ", "von ", "of ") if partner.commune else ()
    return (*partner.aliases, *(f"{partner.name} {link}{partner.commune}" for link in links))


def by_key(session: NetworkSession, key: str) -> Answering:
    """The member or partner behind a key of `names_of`."""
    kind, _colon, number = key.partition(":")
    if kind == "member":
        return session.get_one(Member, int(number))
    return session.get_one(Partner, int(number))


def typed(one: Answering) -> str:
    """How one would type them, so that nobody else is meant."""
    return f"@{one.handle}" if isinstance(one, Member) and one.handle else one.name


def found(context: Context, text: str) -> list[Answering]:
    """Those named in a text; raises a Refusal with the nearest names for one that is not known."""
    alone = members.by_handle(context.session, text.strip()[1:]) if text.strip().startswith("@") else None
    if alone is not None and alone.active:
        # As `typed` says it, and nobody else needs to be looked at.
        return [alone]
    names = names_of(context.session)
    keys, unknown = people(text, names)
    if unknown or not keys:
        raise Refusal(not_known(unknown or text, [known.name for known in names.nearest(unknown or text)]))
    return [by_key(context.session, key) for key in keys]


def candidate(one: Answering) -> Candidate:
    """Somebody as the matching of names knows them."""
    also = ((one.handle,) if one.handle else ()) if isinstance(one, Member) else tuple(one.aliases)
    return Candidate(one.id, one.name, also, place=one.commune if isinstance(one, Partner) else "")


def organisation_named(session: NetworkSession, name: str) -> Partner:
    """The known organisation that a name can only mean, else a new one."""
    found = nearest(name, [candidate(partner) for partner in partners.active(session)])
    if isinstance(found, Match):
        return session.get_one(Partner, found.candidate.id)
    return partners.by_name(session, name) or partners.record(session, name=name)


def not_known(name: str, nearest: Sequence[str]) -> Phrase:
    """With the names that come nearest."""
    return lines(
        _("I do not know “{name}” here.", name=name[:80]),
        _("The nearest names: {names}.", names=list(nearest)) if nearest else None,
    )


@dataclass(slots=True)
class Around:
    """Who answers for some commitments: all that is needed to name and reach them, loaded at once."""

    owners: dict[int, list[Owner]]
    members: dict[int, Member]
    partners: dict[int, Partner]
    of_partner: dict[int, list[Member]] = field(default_factory=dict)
    in_body: dict[int, frozenset[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, session: NetworkSession, rows: Iterable[Commitment]) -> "Around":
        rows = list(rows)
        owners = commitments.owners_of(session, [row.id for row in rows])
        every = [owner for some in owners.values() for owner in some]
        alone = {owner.partner_id for owner in every if owner.member_id is None and owner.partner_id is not None}
        people = members.by_ids(session, (owner.member_id for owner in every if owner.member_id is not None))
        organisations = partners.by_ids(session, (owner.partner_id for owner in every if owner.partner_id is not None))
        around = cls(owners, people, organisations)
        if alone:
            for member in members.of_partners(session, alone):
                around.of_partner.setdefault(member.partner_id or 0, []).append(member)
            for body_id in {row.body_id for row in rows if row.body_id is not None}:
                around.in_body[body_id] = bodies.member_ids(session, body_id)
        return around

    def principals(self, row: Commitment) -> list[Owner]:
        """Those who answer for it: neither deputies nor those to whom it is only being handed over."""
        return [owner for owner in self.owners.get(row.id, ()) if not owner.deputy and owner.replaces_id is None]

    def deputies(self, row: Commitment) -> list[Member]:
        return [
            self.members[owner.member_id]
            for owner in self.owners.get(row.id, ())
            if owner.deputy and owner.member_id in self.members
        ]

    def behind(self, row: Commitment, owner: Owner) -> list[Member]:
        """The persons to write to: the member; for an organisation its people in the body, else all of them."""
        if owner.member_id is not None:
            member = self.members.get(owner.member_id)
            return [member] if member is not None and member.active else []
        known = self.of_partner.get(owner.partner_id or 0, [])
        sitting = [member for member in known if member.id in self.in_body.get(row.body_id or 0, ())]
        return sitting or known

    def unreminded(self, row: Commitment) -> list[str]:
        """Names of those who answer for it and wish no reminders."""
        behind = (member for owner in self.principals(row) for member in self.behind(row, owner))
        return [member.name for member in behind if not member.reminded]

    def name(self, owner: Owner) -> str:
        member = self.members.get(owner.member_id or 0)
        partner = self.partners.get(owner.partner_id or 0)
        return member.name if member else partner.name if partner else "?"

    def who(self, row: Commitment) -> list[str]:
        """Names of those who answer for it, in the order they were named."""
        return [self.name(owner) for owner in self.principals(row)]

    def owner_row(self, row: Commitment, member: Member) -> Owner | None:
        """The row by which a member answers for it: their own, or their organisation's."""
        mine = [owner for owner in self.owners.get(row.id, ()) if owner.member_id == member.id]
        shared = [
            owner
            for owner in self.owners.get(row.id, ())
            if owner.member_id is None and owner.partner_id is not None and owner.partner_id == member.partner_id
        ]
        # Somebody asked to take over answers that first.
        mine.sort(key=lambda owner: (owner.replaces_id is None, owner.deputy))
        return next(iter([*mine, *shared]), None)

    def colleague(self, row: Commitment, member: Member) -> bool:
        """Whether a member is of an organisation that answers for it."""
        return member.partner_id is not None and any(
            owner.partner_id == member.partner_id for owner in self.principals(row)
        )


def coordinators_of(session: NetworkSession, row: Commitment) -> list[Member]:
    """Those who hear of it: what is said in a private channel stays with who is there; its author, where none is."""
    seeing = [one for one in members.coordinators(session) if can_see(viewer_of(session, one), row)]
    author = session.find(Member, row.author_id)
    return seeing or ([author] if author is not None and author.active else [])


def may_act(context: Context, row: Commitment, around: Around) -> bool:
    """Owners, their deputies and colleagues, and the coordinators may say what became of it."""
    me = context.me
    return me.coordinator or around.owner_row(row, me) is not None or around.colleague(row, me)


def need_act(context: Context, row: Commitment) -> Around:
    """Raise a friendly Refusal unless the acting member may say what became of it."""
    around = Around.of(context.session, [row])
    if may_act(context, row, around) or (row.author_id == context.me.id and row.status is Status.PROPOSED):
        return around
    raise Refusal(
        _(
            "{ref} is {who}'s: they, their deputy or the coordinator can change it. I have left it as it is.",
            ref=row.ref,
            who=around.who(row),
        )
    )
