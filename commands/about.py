"""What one can say of decisions and agreements alike: lists and searches, and the verbs after `D-12` or `A-3`."""

from bot import Command, Context, Phrase, Reply, _
from commands import recall, reviewing, settling, which_body
from storage.folding import folded
from storage.settled import Settled

# After "liste", these name no body.
EVERY = {
    *("les decisions", "des decisions", "decisions", "les accords", "des accords", "accords", "tout", "toutes", "tous"),
    *("la liste", "beslissingen", "afspraken", "alles", "beschlusse", "vereinbarungen", "alle", "all"),
    *("decisions", "agreements", "the list", "en vigueur", "van kracht", "in kraft", "in force"),
}
WAITING = {
    *(
        "les propositions",
        "des propositions",
        "propositions",
        "proposees",
        "proposes",
        "a confirmer",
        "voorstellen",
        "voorgesteld",
    ),
    *("te bevestigen", "vorschlage", "vorgeschlagen", "zu bestatigen", "proposals", "proposed", "to confirm"),
}


def lists(command: Command, model: type[Settled], example: Phrase) -> None:
    """The verbs of the command that speak of several records; `example` confirms two."""

    @command.verb(
        "list",
        help=_("what is in force here or in a body, and what waits"),
        fr=("liste", "lister", "listes", "en vigueur", "liste en vigueur", "montre", "montrer", "voir", "affiche"),
        nl=("lijst", "van kracht", "toon", "tonen"),
        de=("liste", "in kraft", "zeige", "zeigen"),
        en=("list", "in force", "show"),
        takes="words",
    )
    def listed(context: Context, rest: str) -> Reply | None:
        if not rest or folded(rest) in EVERY:
            return recall.listing(context, model, context.body)
        if folded(rest) in WAITING:
            return recall.proposed(context, model)
        body = which_body.called(context, rest)
        return recall.listing(context, model, body) if body is not None else None

    @command.verb(
        "proposed",
        help=_("what waits to be confirmed"),
        fr=("propositions", "proposées", "proposés", "à confirmer"),
        nl=("voorstellen", "voorgesteld", "te bevestigen"),
        de=("vorschläge", "vorgeschlagen", "zu bestätigen"),
        en=("proposals", "proposed", "to confirm"),
    )
    def proposed(context: Context) -> Reply:
        return recall.proposed(context, model)

    @command.verb(
        "search",
        help=_("find by words"),
        fr=("cherche", "chercher", "cherchez", "recherche", "rechercher", "trouve", "trouver"),
        nl=("zoek", "zoeken", "vind"),
        de=("suche", "suchen", "finde", "finden"),
        en=("search", "find"),
        takes="words",
    )
    def search(context: Context, rest: str) -> Reply:
        return recall.found(context, model, rest)

    @command.verb(
        "confirm",
        help=_("put one or several proposals in force"),
        fr=("confirme", "confirmer", "confirmez"),
        nl=("bevestig", "bevestigen"),
        de=("bestätige", "bestätigen"),
        en="confirm",
        takes="words",
        example=example,
    )
    def confirm(context: Context, rest: str) -> Reply | None:
        return settling.confirm_refs(context, rest) if rest else recall.proposed(context, model)


def succession(command: Command) -> None:
    """The verbs that put one record in the place of another; said of the later one, or of the earlier."""
    command.about(
        "replaced",
        help=_("a later one takes its place"),
        fr=("remplacer par", "remplacé par", "remplacée par"),
        nl=("vervangen door", "vervang door"),
        de=("ersetzt durch", "ersetzen durch", "ersetze durch"),
        en=("replaced by", "superseded by", "replace by", "replace with"),
        takes="words",
    )(settling.replaced)
    command.about(
        "replace",
        help=_("it takes the place of an earlier one"),
        fr=("remplace", "remplacer", "annule et remplace"),
        nl=("vervangt", "vervang", "vervangen"),
        de=("ersetzt", "ersetze", "ersetzen"),
        en=("replaces", "replace", "supersedes"),
        takes="words",
        example=_("{letter}-12 replaces {letter}-4", letter=command.letter),
    )(settling.replace)


def one(command: Command) -> None:
    """The verbs that speak of one record; showing it is what a reference alone does."""
    command.about(
        "",
        help=_("what it says, since when, by whom, and whether it still holds"),
        fr=("", "historique", "histoire", "source", "détail", "montrer", "voir", "affiche", "tient-elle toujours ?"),
        nl=("", "geschiedenis", "historiek", "bron", "toon"),
        de=("", "verlauf", "geschichte", "quelle", "zeige", "zeigen"),
        en=("", "history", "source", "show"),
    )(recall.show)
    command.about(
        "confirm",
        help=_("put it in force"),
        fr=("confirmer", "valider", "adopter", "approuver", "accepter", "ok", "d'accord"),
        nl=("bevestig", "bevestigen", "bevestigd", "goedgekeurd", "keur goed", "goedkeuren", "akkoord"),
        de=("bestätigen", "angenommen", "annehmen", "einverstanden"),
        en=("confirm", "confirmed", "approve", "approved"),
    )(settling.confirm_one)
    command.about(
        "reject",
        help=_("do not retain it, perhaps with the reason"),
        fr=(
            *("rejeter", "rejette", "rejettent", "refuser", "écarter", "non retenue", "non retenu"),
            *("ne pas retenir", "pas retenue", "pas retenu", "pas d'accord"),
        ),
        nl=("verwerp", "verwerpen", "weiger", "weigeren", "afgewezen"),
        de=("lehne ab", "ablehnen", "verwerfe", "verwerfen", "abgelehnt"),
        en=("reject", "rejected", "refuse", "refused"),
        takes="words",
    )(settling.rejected)
    command.about(
        "end",
        help=_("it no longer holds, perhaps with the reason"),
        fr=(
            *("met fin", "mettre fin", "mettez fin", "prend fin", "fin", "finie", "fini", "terminer", "abroger"),
            *("retirer", "annuler", "supprimer", "arrêter", "clore", "clôturer"),
        ),
        nl=("stopt", "stop", "beëindig", "beëindigen", "beëindigd", "einde", "eindigt", "intrekken", "ingetrokken"),
        de=("beenden", "beendet", "endet", "ende", "aufheben", "aufgehoben", "zurückziehen", "zurückgezogen"),
        en=("end", "ends", "withdraw", "withdrawn", "repeal"),
        takes="words",
    )(settling.end)
    command.about(
        "amend",
        help=_("say it otherwise"),
        fr=("modifier", "devient", "corriger", "amender", "changer", "changer en"),
        nl=("wijzig", "wijzigen", "gewijzigd", "wordt", "verbeter", "verbeteren"),
        de=("ändere", "ändern", "geändert", "lautet", "wird"),
        en=("amend", "change", "becomes"),
        takes="words",
    )(settling.amend)
    command.about(
        "review",
        help=_("the day to look at it again"),
        fr=("à revoir", "revoir", "revue", "à réévaluer", "réévaluer", "à rediscuter", "rediscuter", "révision"),
        nl=("te herzien", "herzien", "te herbekijken", "herbekijken", "opnieuw bekijken"),
        de=("überprüfen", "zu überprüfen", "wiedervorlage"),
        en=("review", "to be reviewed", "to review"),
        takes="words",
    )(reviewing.review)
    command.about(
        "hold",
        help=_("it still holds"),
        fr=("tient", "tient toujours", "tient encore", "maintient", "maintenir", "maintenue", "maintenu"),
        nl=("geldt nog", "blijft gelden", "behouden"),
        de=("gilt weiter", "gilt noch", "beibehalten"),
        en=("still holds", "holds", "keep"),
    )(reviewing.held)
    command.about(
        "visible",
        help=_("who may see it: the network, its body or the coordinators"),
        fr=("visible", "visible pour", "visible par"),
        nl=("zichtbaar", "zichtbaar voor"),
        de=("sichtbar", "sichtbar für"),
        en=("visible", "visible to"),
        takes="words",
    )(settling.show_to)
