"""What a table of partners and contacts says, row by row, whatever its columns are called and in which language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.imports import rows
from bot.imports.columns import Headings, plain_words
from bot.imports.rows import Losses, Sheet
from bot.imports.tables import Row
from bot.phrases import LANGUAGES, Phrase, _
from bot.understanding.languages import LANGUAGE_OF
from bot.understanding.names.matching import spelt
from bot.understanding.spelling import fold

COLUMNS: Headings = {
    "partner": "partenaire|partenaires|organisation|organisations|organisme|structure|institution|service|association"
    "|etablissement|employeur|nom du partenaire|nom de l organisation|nom de l institution|nom du service|organisatie"
    "|partner|naam organisatie|naam van de organisatie|instelling|dienst|vereniging|werkgever|trager|einrichtung"
    "|dienststelle|verein|arbeitgeber|organization|employer|company",
    "aliases": "sigle|sigles|acronyme|abreviation|alias|autre nom|autres noms|afkorting|andere namen|kurzel|abkurzung"
    "|andere namen|acronym|abbreviation|other names",
    "kind": "type|categorie|secteur|type de partenaire|type de structure|soort|sector|art|kategorie|sektor|kind"
    "|category",
    "commune": "commune|localite|ville|gemeente|plaats|stad|woonplaats|gemeinde|ort|stadt|town|city|municipality",
    "partner_email": "e mail de l organisation|e mail general|mail general|courriel general|e mail du service"
    "|algemeen e mailadres|allgemeine e mail|general e mail",
    "phone": "telephone|tel|gsm|numero de telephone|telefoon|telefoonnummer|telefon|telefonnummer|handy|phone|mobile",
    "first": "prenom|prenoms|voornaam|vorname|first name|given name",
    "name": "nom et prenom|prenom et nom|nom prenom|prenom nom|nom complet|personne|personne de contact|contact"
    "|personne de reference|membre|participant|nom du contact|naam en voornaam|voornaam en naam|contactpersoon|persoon"
    "|lid|name und vorname|vorname und name|kontaktperson|ansprechpartner|ansprechpartnerin|person|mitglied|full name"
    "|member|contact person|nom de famille|achternaam|familienaam|nachname|familienname|last name|surname|nom|naam"
    "|name",
    "email": "e mail|mail|email|courriel|adresse e mail|adresse mail|adresse email|adresse electronique|mailadres"
    "|e mailadres|emailadres|e mail adresse|mailadresse|email address|e mail address",
    "handle": "compte|pseudo|pseudonyme|identifiant|utilisateur|nom d utilisateur|username|user name|user|handle|slack"
    "|mattermost|compte slack|compte mattermost|account|gebruiker|gebruikersnaam|benutzer|benutzername|konto",
    "function": "fonction|role|poste|titre|profession|metier|functie|rol|beroep|funktion|rolle|beruf|function"
    "|job title|title",
    "language": "langue|taal|sprache|language",
}
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]{2,}")
_HANDLE = re.compile(r"[\w.\-]{1,64}")
_PARTNER_SHEET = re.compile(r"partenair|organi[sz]ati|partner|structure|institution|instelling|einrichtung|trager")
_OF_PARTNERS = frozenset({"kind", "commune", "aliases", "partner_email"})
_OF_PEOPLE = frozenset({"first", "handle", "function", "language"})
LONGEST = {"name": 200, "kind": 60, "commune": 120, "email": 200, "phone": 60, "function": 120}
DEFAULT_LONGEST = 200


@dataclass(slots=True)
class Organisation:
    """What a file says of a partner; "" where it says nothing."""

    name: str
    values: dict[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()


@dataclass(slots=True)
class Person:
    name: str
    organisation: str
    email: str
    handle: str
    values: dict[str, str]
    # Where the file names them first.
    at: tuple[Sheet, Row]


def key(name: str) -> str:
    """A name as it is known again: without capitals, accents, dots, articles, titles and legal form."""
    return "".join(spelt(name))


class File:
    """The organisations and people of all the sheets, each once, and the rows that were not taken."""

    def __init__(self, losses: Losses) -> None:
        self.losses = losses
        self.organisations: dict[str, Organisation] = {}
        self.people: list[Person] = []
        self._by_name: dict[str, list[Person]] = {}
        self._by_email: dict[str, Person] = {}
        self._by_handle: dict[str, Person] = {}

    def read(self, sheet: Sheet) -> None:
        about_partners = _about_partners(sheet)
        for row in sheet.rows:
            said = {name: " ".join(sheet.cell(row, name).split()) for name in COLUMNS}
            said["email"] = re.sub(r"^mailto:", "", said["email"], flags=re.IGNORECASE)
            said["handle"] = said["handle"].removeprefix("@").casefold()
            name = " ".join(filter(None, (said["first"], said["name"])))
            organisation, person = (name, "") if about_partners else (said["partner"], name)
            reason = _wrong(organisation, person, said) or rows.unfit(" ".join(row.cells))
            if reason is None and person:
                values = {
                    "function": said["function"],
                    "language": _language(said["language"]),
                }
                reason = self._person(Person(person, organisation, said["email"], said["handle"], values, (sheet, row)))
            if reason is not None:
                self.losses.add(sheet, row, reason)
            elif organisation:
                self._organisation(organisation, said, alone=not person)

    def _organisation(self, name: str, said: Mapping[str, str], *, alone: bool) -> None:
        """One for all the rows that name it; the first to say something is believed."""
        values = {"kind": said["kind"], "commune": said["commune"], "email": said["partner_email"]}
        if alone:
            values |= {"email": said["partner_email"] or said["email"], "phone": said["phone"]}
        known = self.organisations.setdefault(key(name), Organisation(name))
        known.values = {**{field: value for field, value in values.items() if value}, **known.values}
        others = [alias.strip() for alias in re.split(r"[;,/|\n]", said["aliases"]) if alias.strip()]
        known.aliases = tuple(dict.fromkeys((*known.aliases, *others)))

    def _person(self, new: Person) -> Phrase | None:
        """Add a person, unless the file named them already; why not, when an address is that of two people."""
        holders = (self._by_email.get(fold(new.email)), self._by_handle.get(new.handle))
        if other := next((known for known in holders if known and key(known.name) != key(new.name)), None):
            return shared(other.name)
        known = next(filter(None, holders), None) or next(
            (one for one in self._by_name.get(key(new.name), ()) if key(one.organisation) == key(new.organisation)),
            None,
        )
        if known is None:
            self.people.append(new)
            self._by_name.setdefault(key(new.name), []).append(new)
            known = new
        known.email, known.handle = known.email or new.email, known.handle or new.handle
        known.values = {name: known.values[name] or value for name, value in new.values.items()}
        if known.email:
            self._by_email[fold(known.email)] = known
        if known.handle:
            self._by_handle[known.handle] = known
        return None


def _language(said: str) -> str:
    """One of those that the bot speaks, or ""."""
    code = LANGUAGE_OF.get(plain_words(said), "")
    return code if code in LANGUAGES else ""


def shared(name: str) -> Phrase:
    return _("{name} has this address or account already: each person needs their own, or none.", name=name)


def _about_partners(sheet: Sheet) -> bool:
    """Whether the names in the sheet are those of organisations, when no column says which they are."""
    held = sheet.columns.keys()
    if "partner" in held or held & _OF_PEOPLE:
        return False
    return bool(held & _OF_PARTNERS) or _PARTNER_SHEET.search(fold(sheet.name)) is not None


def _wrong(organisation: str, person: str, said: Mapping[str, str]) -> Phrase | None:
    """What is wrong with a row."""
    if not organisation and not person:
        return _("No name of a person or of an organisation.")
    for email in filter(None, (said["email"], said["partner_email"])):
        if not _EMAIL.fullmatch(email):
            return _("“{email}” is not an e-mail address.", email=email[:80])
    if said["handle"] and not _HANDLE.fullmatch(said["handle"]):
        return _("“{handle}” is not the name of an account.", handle=said["handle"][:80])
    for name, value in (*said.items(), ("name", person)):
        if len(value) > LONGEST.get(name, DEFAULT_LONGEST):
            return _("“{words}” is too long.", words=f"{value[:60]}…")
    return None
