"""/offre guide: the printable guide of a commune, or of the whole directory."""

from bot import Attachment, Context, Refusal, Reply, _, many
from bot.understanding.places import gazetteer
from commands.offer import offer
from storage import offers

# Beyond this many services the guide is made by the command line: it would keep the others waiting here.
MOST = 1500


@offer.verb(
    "guide",
    fr=("guide", "imprime", "brochure"),
    nl=("gids", "brochure"),
    de=("führer", "broschüre"),
    en=("guide", "brochure"),
    takes="words",
    help=_("A guide to print: the services of a commune, or all of them."),
    example=_("guide Arlon"),
)
def guide(context: Context, rest: str) -> Reply:
    from bot.exports import guide as printing  # noqa: PLC0415 - heavy, and of no use before it is asked for

    place = None
    if rest.strip():
        place = gazetteer().commune_named(rest.strip())
        if place is None:
            raise Refusal(_("I know no commune of that name: {words}.", words=rest.strip()[:60]))
    rows = offers.serving(context.session, place.code, place.area) if place else offers.all_standing(context.session)
    if place is None and offers.count(context.session) > MOST:
        raise Refusal(_("There are too many services for one guide here: please name a commune."))
    made = printing.assemble(
        rows,
        context.reader,
        network=context.network.name,
        commune=place.label(context.language) if place else "",
        now=context.now,
    )
    count = sum(len(entries) for _kind, entries in made.chapters)
    if not count:
        raise Refusal(_("No service of the directory is in {commune} or covers it.", commune=rest.strip()[:60]))
    return Reply(
        many("The guide, with {n} service.", "The guide, with {n} services.", count),
        attachments=(Attachment(f"guide-{context.today.isoformat()}.docx", printing.docx(made), printing.DOCX),),
        undo=False,
    )
