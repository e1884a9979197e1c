"""Which column of somebody's file holds which field of an offer, guessed from its heading for a person to confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bot.exports.cells import meant
from bot.imports.columns import Headings, guess
from bot.understanding.spelling import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

HEADINGS: Final[Headings] = {
    "external_id": "id|identifiant|external id|id fs|numero|id ref|code|_id|identifier|id service|uid",
    "name": "nom|name|naam|bezeichnung|intitule|service|nom du service|lib fs|nom du lieu ou de la structure|denomination|titre|organisation naam|offre|dienst|titel|nom de l offre|nom du dispositif|nom structure",
    "partner": "partenaire|partner|organisation|organization|organisatie|structure|nom de la structure|nom de l organisme|organisme|operateur|porteur|trager|association|structure porteuse|jt epci",
    "description": "description|presentation|presentation resume|presentation detail|omschrijving|beschreibung|beschrijving|informations diverses|resume|missions|activites|aanbod|angebot|commentaire|details|contenu",
    "kind": "type|categorie|category|kind|soort|art|type de lieu|type de service|typologie|thematique principale",
    "thematiques": "thematiques|thematique|themes",
    "formats": "format|vorm|form|modalites|modalites accompagnement|types d accompagnement proposes|format fs",
    "modes_accueil": "modes accueil|mode accueil|mode d accueil",
    "audience": "public|publics|doelgroep|zielgruppe|audience|publics accueillis|publics vises|beneficiaires|profils",
    "audience_note": "publics precisions|precisions sur le public|eligibility description|conditions acces|conditions d acces",
    "age": "age|ages|leeftijd|alter|tranche d age|age du public",
    "age_min": "age min|age minimum|minimum age|leeftijd vanaf|alter ab|age minimal|a partir de",
    "age_max": "age max|age maximum|maximum age|leeftijd tot|alter bis|age maximal|jusqu a",
    "languages": "languages|langue|langues|taal|talen|sprache|sprachen|language|langues parlees",
    "fee": "fee|tarif|tarifs|prix|prijs|cout|kosten|preis|fees|fees description|frais precisions|frais autres|tarification",
    "free": "gratuit|gratis|free|frais",
    "access": "acces|access|toegang|zugang|mode d acces|modalites d acces|orientation|application process",
    "how": "how|comment|prise de contact|prise rdv|mobilisation precisions|inscription|aanmelding|anmeldung|contact",
    "phone": "telephone|tel|phone|telefoon|telefon|gsm|numero de telephone|telephones",
    "email": "email|mail|courriel|e mail|adresse mail|adresse email",
    "website": "site|site web|site internet|website|url|web|webseite|lien source|lien",
    "hours": "hours|horaires|horaire|openingsuren|uren|offnungszeiten|opening hours|heures d ouverture|horaires accueil|horaires d ouverture|ouverture|jours et heures",
    "address": "adresse|address|adres|anschrift|adresse postale|rue|straat|strasse|address 1|voie",
    "postal": "code postal|cp|postcode|postal code|plz|postleitzahl|codepostal",
    "commune_name": "commune|ville|gemeente|gemeinde|stad|stadt|localite|city|lib com|municipality|plaats|ort",
    "commune_code": "code insee|insee|insee com|nis|code nis|ins|code commune",
    "latitude": "latitude|lat|bf latitude|y|breedtegraad",
    "longitude": "longitude|lon|lng|long|bf longitude|x|lengtegraad",
    "geo": "geo point|geopoint|coordonnees|gps|geolocalisation",
    "zone": "zone|zones|zone d intervention|werkgebied|territoire|zone desservie|zone eligibilite|zone diffusion|communes desservies|regio|einzugsgebiet|couverture",
    "capacity": "capacite|capacity|capaciteit|disponibilite",
    "waiting_weeks": "attente|delai|delai d attente|liste d attente|wachttijd|wartezeit|wait time|waiting|semaines d attente",
    "alert": "alert|alerte|remarque|avertissement|opmerking|hinweis",
    "verified_on": "verifie le|verified|verified at|date maj|date de mise a jour|mise a jour|datetime latest|assured date|last modified|bijgewerkt|aktualisiert|derniere mise a jour|date_maj",
    "verified_by": "verifie par|verified by|assurer email",
    "source": "source|bron|quelle",
    "structure_id": "structure id|organization id|id structure",
    "country": "pays|land|country",
    "language_note": "langues precisions|language note", "hours_text": "horaires texte|hours text",
    "names": "", "descriptions": "", "places": "places|places libres|plaatsen|vrije plaatsen|platze|freie platze",
    "capacity_on": "capacite au|capacity on", "closed_from": "ferme du|ferme depuis|gesloten vanaf|geschlossen ab|closed from",
    "closed_until": "ferme jusqu au|gesloten tot|geschlossen bis|closed until",
    "name_fr": "nom fr|naam fr|name fr|nom francais", "name_nl": "nom nl|naam nl|name nl|nom neerlandais",
    "name_de": "nom de|naam de|name de|nom allemand", "name_en": "nom en|naam en|name en|nom anglais",
    "description_fr": "description fr|omschrijving fr|beschreibung fr", "description_nl": "description nl|omschrijving nl|beschreibung nl",
    "description_de": "description de|omschrijving de|beschreibung de", "description_en": "description en|omschrijving en|beschreibung en",
    "Mo": "lundi|h lundi|maandag|montag|monday|mo", "Tu": "mardi|h mardi|dinsdag|dienstag|tuesday|tu",
    "We": "mercredi|h mercredi|woensdag|mittwoch|wednesday|we", "Th": "jeudi|h jeudi|donderdag|donnerstag|thursday|th",
    "Fr": "vendredi|h vendredi|vrijdag|freitag|friday|fr", "Sa": "samedi|h samedi|zaterdag|samstag|saturday|sa",
    "Su": "dimanche|h dimanche|zondag|sonntag|sunday|su",
}  # fmt: skip
# Columns of other people's bookkeeping that look like ours.
_PASSED_OVER: Final = frozenset(("labels", "datetime create", "etat", "geo shape", "politique", "licence"))
# Headings that mean something else inside a longer one.
_WHOLE_ONLY: Final = frozenset(("source", "free", "name", "external_id", "country"))
# What several columns of a file may say together, joined.
SEVERAL: Final = frozenset(("description", "audience", "audience_note", "zone", "how", "fee"))


def detect(headings: Iterable[str]) -> dict[str, str]:
    """Column -> field; a column that says nothing known is left out; two columns never share a field but the joined ones."""
    columns = list(dict.fromkeys(headings))
    found = guess(columns, HEADINGS, several=SEVERAL, whole_only=_WHOLE_ONLY, passed_over=_PASSED_OVER)
    return {columns[number]: field for number, field in found.items()}


def apply(row: Mapping[str, Any], mapping: Mapping[str, str]) -> dict[str, Any]:
    """The row under the fields' names; columns that share a field are joined, an object is passed as it is."""
    fields: dict[str, Any] = {}
    for column, name in mapping.items():
        value = row.get(column)
        if value in (None, ""):
            continue
        value = meant(value)
        if name in fields and name in SEVERAL and isinstance(value, str):
            fields[name] = f"{fields[name]}\n{value}" if isinstance(fields[name], str) else fields[name]
        elif name not in fields:
            fields[name] = value
    if isinstance(geo := fields.pop("geo", None), str) and "," in geo and "latitude" not in fields:
        fields["latitude"], fields["longitude"] = geo.split(",")[:2]
    told = fields.pop("free", None)
    if told is not None:
        said = " ".join(words(str(told)))
        if said in {"gratuit", "oui", "yes", "true", "ja", "gratis", "1"}:
            fields["free"] = True
        elif said in {"payant", "non", "no", "false", "nee", "nein", "0"}:
            fields["free"] = False
        if "fee" not in fields and said not in {"oui", "non", "true", "false", "1", "0"}:
            fields["fee"] = str(told)
    return fields
