"""`/offre besoins`: what was asked and found nobody, against what is offered; for those the coordinators choose."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from bot import Button, Context, Phrase, Refusal, Reply, Section, _, action, button, hourly, lines, many, notice
from bot.gaps import commune_name, gaps, kind_name, last_year, line, may_read
from commands.offer import offer
from commands.people import found
from storage import members, needs, pages
from storage.members import Member
from storage.notices import Notice

PAGE = "needs"
MONTH = "needs.month"
MOST_SHOWN = 12
MOST_WORDS = 30


@offer.verb(
    "needs",
    fr=("besoins", "manques"),
    nl=("noden", "behoeften"),
    de=("bedarf", "bedarfe"),
    en=("needs", "gaps"),
    help=_("What was asked and found nobody, by theme and commune, against what is offered."),
)
def shown(context: Context) -> Reply:
    """A year of it; the questions’ own words are behind a button, for the coordinator."""
    _need_reader(context)
    everything = last_year(context.session, context.today)
    readers = context.network.rules.needs_readers
    names = [one.name for one in members.by_ids(context.session, readers).values()]
    if not everything:
        text: Phrase = _("Nothing to show yet: I publish a number once five questions of its kind were asked.")
    else:
        text = lines(
            _("**Questions without an answer**, in the last twelve months"),
            *(line(gap, context.language) for gap in everything[:MOST_SHOWN]),
            many("and {n} more", "and {n} more", len(everything) - MOST_SHOWN)
            if len(everything) > MOST_SHOWN
            else None,
            _("Numbers below five are put together, so that nobody can be recognised."),
        )
    more = _("Open to {names} besides the coordinators.", names=sorted(names)) if names else None
    buttons = [*_page(context, context.me)]
    if context.me.coordinator:
        buttons.append(button(_("The questions’ words"), words))
    return Reply(lines(text, more), buttons=tuple(buttons), undo=False)


def _need_reader(context: Context) -> None:
    if not may_read(context.network, context.me):
        raise Refusal(_("The coordinators choose who reads the needs: ask them to open it to you."))


def _page(context: Context, member: Member) -> Iterable[Button]:
    """A link of their own to the page, where the bot has an address."""
    link = pages.link(context.session, PAGE, member.id)
    if link is not None:
        yield Button(_("Table and pictures"), url=link)


@action
def words(context: Context) -> Reply:
    """What people asked in their own words, without what would tell who; for the coordinator alone, for ninety days."""
    context.need_coordinator()
    rows = needs.since(context.session, context.today - timedelta(days=needs.WORDS_DAYS), limit=MOST_WORDS)
    told = [row for row in rows if row.words]
    if not told:
        return Reply(_("No question without an answer in the last ninety days."), undo=False)
    return Reply(
        _("Questions without an answer, for you alone; their words are erased after ninety days."),
        sections=(
            Section(
                lines(
                    *(
                        _("{day} – {kind}, {commune}: “{words}”", day=row.asked_on, words=row.words,
                          kind=kind_name(row.kind, context.language),
                          commune=commune_name(row.commune, context.language) if row.commune else _("no place"))
                        for row in told
                    )
                )
            ),
        ),
        undo=False,
    )  # fmt: skip


@offer.verb(
    "open-needs",
    fr=("besoins ouvre", "besoins ouverts à", "ouvre les besoins"),
    nl=("noden open", "open de noden"),
    de=("bedarf öffne", "öffne den bedarf"),
    en=("needs open", "open the needs"),
    takes="words",
    help=_("Lets somebody read them too."),
    example=_("needs open @marie"),
)
def open_to(context: Context, rest: str) -> Reply:
    context.need_coordinator()
    people = _people(context, rest)
    readers = context.network.rules.needs_readers
    context.network.choose(needs_readers=tuple(dict.fromkeys((*readers, *(one.id for one in people)))))
    return Reply(_("The needs are open to {names} too, without the questions’ words.", names=[p.name for p in people]))


@offer.verb(
    "close-needs",
    fr=("besoins ferme", "ferme les besoins"),
    nl=("noden sluit", "sluit de noden"),
    de=("bedarf schließe", "schließe den bedarf"),
    en=("needs close", "close the needs"),
    takes="words",
    help=_("Somebody reads them no more."),
    example=_("needs close @marie"),
)
def close_to(context: Context, rest: str) -> Reply:
    context.need_coordinator()
    gone = {one.id: one.name for one in _people(context, rest)}
    readers = context.network.rules.needs_readers
    context.network.choose(needs_readers=tuple(reader for reader in readers if reader not in gone))
    return Reply(_("The needs are closed to {names}.", names=list(gone.values())))


def _people(context: Context, text: str) -> list[Member]:
    people = [one for one in found(context, text) if isinstance(one, Member)] if text else []
    if not people:
        raise Refusal(_("To whom? For example: `/offer needs open @marie`."))
    return people


@hourly
def monthly(context: Context) -> None:
    """Once a month, count what was asked before it; tell those who read the needs when there is something new."""
    month = needs.month_before(context.today.replace(day=1))
    last = needs.last_month(context.session)
    if last is not None and last >= month:
        return
    if not needs.publish(context.session, month):
        return
    readers = members.by_ids(context.session, context.network.rules.needs_readers).values()
    for member in {one.id: one for one in (*members.coordinators(context.session), *readers)}.values():
        if may_read(context.network, member):
            context.owe(member, MONTH, month.toordinal())


@notice(MONTH)
def word_month(context: Context, owed: Sequence[Notice]) -> Iterable[Section]:
    for each in owed:
        member = context.member
        month = date.fromordinal(each.subject_id)
        new = gaps(context.session, since=month, until=month)
        if member is None or not may_read(context.network, member) or not new:
            continue
        yield Section(
            lines(
                _("**What was asked and found nobody**, counted at the end of last month:"),
                *(line(gap, context.language) for gap in new[:MOST_SHOWN]),
                many("and {n} more", "and {n} more", len(new) - MOST_SHOWN) if len(new) > MOST_SHOWN else None,
            ),
            tuple(_page(context, member)),
        )


@hourly
def forget(context: Context) -> None:
    """The words of a need are for the coordinator alone, and for ninety days."""
    needs.forget_words(context.session, context.today)
