"""What the columns of a directory are called, and why a file cannot be read, in words."""

from collections.abc import Mapping

from bot import Phrase, _

UNREADABLE: Mapping[str, Phrase] = {
    "size": _(
        "This file is too large. Cut it in two, or have it imported on the server with `filrouge offers import`."
    ),
    "kind": _("I cannot read this file as a directory. CSV, XLSX, ODS, JSON and JSON lines do."),
    "broken": _("This file is damaged: it will not open. Please save it again."),
    "bomb": _("This file would grow out of all proportion when opened, so I leave it closed."),
    "empty": _("This file is empty."),
}
LABELS: Mapping[str, Phrase] = {
    "external_id": _("its own number"),
    "name": _("name"),
    "partner": _("organisation"),
    "description": _("description"),
    "kind": _("kind of service"),
    "thematiques": _("themes"),
    "formats": _("form of help"),
    "modes_accueil": _("on site or at a distance"),
    "audience": _("audience"),
    "audience_note": _("conditions"),
    "age": _("ages"),
    "age_min": _("from which age"),
    "age_max": _("to which age"),
    "languages": _("languages"),
    "fee": _("price"),
    "free": _("free or not"),
    "access": _("access"),
    "how": _("how to reach it"),
    "phone": _("telephone"),
    "email": _("e-mail"),
    "website": _("website"),
    "hours": _("opening hours"),
    "address": _("address"),
    "postal": _("postal code"),
    "commune_name": _("municipality"),
    "commune_code": _("code of the municipality"),
    "latitude": _("latitude"),
    "longitude": _("longitude"),
    "geo": _("coordinates"),
    "zone": _("communes covered"),
    "capacity": _("places left"),
    "waiting_weeks": _("waiting time in weeks"),
    "alert": _("remark"),
    "verified_on": _("verified on"),
    "verified_by": _("verified by"),
    "source": _("source"),
    "country": _("country"),
    "language_note": _("note on the languages"),
    "hours_text": _("opening hours"),
    "places": _("free places"),
    "closed_from": _("closed from"),
    "closed_until": _("closed until"),
    **dict.fromkeys(("name_fr", "name_nl", "name_de", "name_en", "names"), _("name")),
    **dict.fromkeys(
        ("description_fr", "description_nl", "description_de", "description_en", "descriptions"), _("description")
    ),
    "Mo": _("Monday"),
    "Tu": _("Tuesday"),
    "We": _("Wednesday"),
    "Th": _("Thursday"),
    "Fr": _("Friday"),
    "Sa": _("Saturday"),
    "Su": _("Sunday"),
}
