"""What a table or pasted lines say of last year's decisions, agreements and commitments; nothing is looked up here."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from bot.imports import rows
from bot.imports.columns import Headings, plain_words
from bot.imports.rows import Losses, Sheet
from bot.imports.tables import Row
from bot.phrases import Phrase, _
from bot.understanding import deadlines

Kind = Literal["D", "A", "E"]
State = Literal["in_force", "proposed", "superseded", "ended", "rejected", "open", "done", "withdrawn"]

COLUMNS: Headings = {
    "kind": "nature|genre|type|categorie|kind|soort|art",
    "text": "texte|objet|intitule|libelle|description|contenu|decision|decisions|accord|accords|convention|conventions"
    "|engagement|engagements|action|actions|tache|taches|quoi|beslissing|beslissingen|afspraak|afspraken|toezegging"
    "|toezeggingen|actie|acties|actiepunt|taak|tekst|omschrijving|wat|beschluss|beschlusse|vereinbarung|vereinbarungen"
    "|zusage|zusagen|aufgabe|massnahme|beschreibung|was|agreement|agreements|commitment|commitments|task|tasks|text|what",
    "day": "date|date de decision|date de la decision|decide le|decidee le|date de la reunion|reunion du|reunion"
    "|convenu le|date de l accord|datum|beslist op|datum vergadering|beschlossen am|sitzung|decided on|date decided"
    "|meeting",
    "owner": "responsable|responsables|qui|porteur|porteurs|pilote|par qui|attribue a|partenaire|partenaires|parties"
    "|signataires|wie|verantwoordelijke|trekker|partners|partijen|wer|verantwortlich|zustandig|parteien|who|owner"
    "|owners|responsible|partner|parties",
    "due": "echeance|pour le|pour quand|delai|date limite|date d echeance|a faire pour|quand|deadline|tegen"
    "|tegen wanneer|termijn|frist|fallig|fallig am|bis wann|due|due date|by when|when",
    "until": "jusqu au|valable jusqu au|fin|date de fin|tot|geldig tot|einddatum|bis|gultig bis|until|valid until",
    "review": "a revoir|a revoir le|revision|reevaluation|date de revision|te herzien|herziening|zu uberprufen"
    "|uberprufung|review|review on",
    "body": "instance|organe|groupe|groupe de travail|comite|orgaan|werkgroep|gremium|arbeitsgruppe|body|group",
    "state": "etat|statut|suivi|avancement|status|stand|stand van zaken|toestand|state|progress",
    "closed": "fait le|termine le|realise le|date de realisation|gedaan op|afgerond op|erledigt am|done on",
}

_KINDS: dict[Kind, str] = {
    "D": "decision|decisions|beslissing|beslissingen|besluit|besluiten|beschluss|beschlusse",
    "A": "accord|accords|convention|conventions|afspraak|afspraken|akkoord|akkoorden|vereinbarung|vereinbarungen"
    "|agreement|agreements",
    "E": "engagement|engagements|action|actions|tache|taches|a faire|toezegging|toezeggingen|actie|acties|actiepunt"
    "|actiepunten|taak|taken|zusage|zusagen|aufgabe|aufgaben|massnahme|massnahmen|commitment|commitments|task|tasks"
    "|to do|todo|te doen",
}
KIND_OF: dict[str, Kind] = {word: kind for kind, listed in _KINDS.items() for word in listed.split("|")}

_STATES: dict[State, str] = {
    "proposed": "propose|proposee|proposition|a confirmer|a valider|voorgesteld|vorgeschlagen|proposed",
    "in_force": "en vigueur|valide|validee|approuve|approuvee|adopte|adoptee|actif|active|prise|signe|signee|van kracht"
    "|goedgekeurd|actief|in kraft|genehmigt|aktiv|in force|adopted|approved",
    "superseded": "remplace|remplacee|vervangen|ersetzt|superseded|replaced",
    "ended": "abroge|abrogee|echu|echue|caduc|caduque|expire|expiree|beeindigd|verlopen|aufgehoben|abgelaufen|ended"
    "|expired",
    "rejected": "rejete|rejetee|refuse|refusee|non retenue|verworpen|afgewezen|abgelehnt|rejected",
    "open": "en cours|a faire|ouvert|ouverte|pas encore|non|pas commence|commence|en attente|en retard|lopend|bezig"
    "|te doen|open|nog niet|offen|in arbeit|laufend|noch nicht|in progress|ongoing|not yet|no|late",
    "done": "fait|faite|ok|oui|realise|realisee|cloture|cloturee|acheve|achevee|gedaan|klaar|afgerond|ja|erledigt"
    "|abgeschlossen|done|yes|completed|closed",
    "withdrawn": "abandonne|abandonnee|annule|annulee|retire|retiree|sans suite|geannuleerd|vervallen|zuruckgezogen"
    "|abgebrochen|withdrawn|cancelled|dropped",
}
STATE_OF: dict[str, State] = {word: state for state, listed in _STATES.items() for word in listed.split("|")}
# "terminé" is done for a commitment and over for what was settled.
_FINISHED = frozenset("termine terminee fini finie beendet finished".split())  # noqa: SIM905 - a list of words reads best as words
# What the word of one kind means said of the other.
_AS_COMMITMENT: dict[State, State] = {
    "in_force": "open",
    "ended": "done",
    "superseded": "withdrawn",
    "rejected": "withdrawn",
}
_AS_SETTLED: dict[State, State] = {"open": "in_force", "done": "in_force", "withdrawn": "ended"}

_NUMERIC = re.compile(r"(?P<day>\d{1,2})\s?[/.\-]\s?(?P<month>\d{1,2})\s?[/.\-]\s?(?P<year>\d{4}|\d{2})\.?")
_BULLET = re.compile(r"^(?:[-–—•*·◦▪]|\d{1,3}[.)])\s+")
_PREFIX = re.compile(
    r"^(?P<kind>[àa] faire|te doen|to do|[^\W\d_]+)\s*"
    r"(?:\((?P<in>[^()]{4,40})\)|(?:du|van|vom|of|–|-|,)?\s*(?P<on>\d[^:]{3,30}?))?\s*:\s*"
)
_HEADING = re.compile(r"^#{0,4}\s*\**(?P<words>[^:*]{3,80}?)\**\s*:?\s*$")
LONGEST_TEXT = 3000


@dataclass(frozen=True, slots=True)
class Clock:
    """What words of days are read with: the moment, in the zone of who imports, their language and country."""

    now: datetime
    lang: str
    country: str

    def at(self, day: date | None) -> datetime:
        return self.now if day is None else datetime.combine(day, time(9), self.now.tzinfo or ZoneInfo("UTC"))


@dataclass(slots=True)
class Entry:
    """One decision, agreement or commitment as told; `due_words` are the words its day was read from."""

    kind: Kind
    text: str
    day: date | None
    owner: str
    due: date | None
    due_words: str
    until: date | None
    review: date | None
    body: str
    state: State
    closed: date | None
    at: tuple[Sheet, Row]


class UnsureError(Exception):
    """A row that cannot be taken, and why."""

    def __init__(self, reason: Phrase) -> None:
        super().__init__(reason.english)
        self.reason = reason


def entries(sheet: Sheet, clock: Clock, losses: Losses) -> Iterator[Entry]:
    """The rows of a table; those that cannot be read are added to the losses."""
    for row in sheet.rows:
        try:
            if (reason := rows.unfit(" ".join(row.cells))) is not None:
                raise UnsureError(reason)  # noqa: TRY301 - one way for a row to be lost
            yield _entry(sheet, row, clock)
        except UnsureError as unsure:
            losses.add(sheet, row, unsure.reason)


def _entry(sheet: Sheet, row: Row, clock: Clock) -> Entry:
    said = {name: sheet.cell(row, name) for name in COLUMNS}
    text = " ".join(said["text"].split())
    if not text:
        raise UnsureError(_("The text is missing."))
    if len(text) > LONGEST_TEXT:
        raise UnsureError(_("“{words}” is too long.", words=f"{text[:60]}…"))
    kind = _kind(sheet, said)
    day = past_day(said["day"], clock)
    state = state_of(said["state"], kind)
    due, words = due_day(said["due"], clock, day)
    closed = past_day(said["closed"], clock)
    return Entry(
        kind=kind,
        text=text,
        day=day,
        owner=said["owner"],
        due=due,
        due_words=words,
        until=due_day(said["until"], clock, day)[0],
        review=due_day(said["review"], clock, day)[0],
        body=" ".join(said["body"].split()),
        state="done" if closed and kind == "E" and state == "open" else state,
        closed=closed,
        at=(sheet, row),
    )


def _kind(sheet: Sheet, said: Mapping[str, str]) -> Kind:
    """By the row's own word, else the heading of the text, else the sheet's name, else what only commitments have."""
    if said["kind"]:
        own = KIND_OF.get(plain_words(said["kind"]))
        if own is None:
            raise UnsureError(_("“{kind}” is no decision, agreement or commitment.", kind=said["kind"][:60]))
        return own
    headed = plain_words(sheet.headings[sheet.columns["text"]])
    found = next((KIND_OF[word] for word in (headed, *headed.split()) if word in KIND_OF), None)
    named = next((KIND_OF[word] for word in plain_words(sheet.name).split() if word in KIND_OF), None)
    return found or named or ("E" if sheet.columns.keys() & {"due", "owner"} else "D")


def state_of(words: str, kind: Kind) -> State:
    """The state in words; open or in force when nothing is said. Raises UnsureError for other words."""
    said = plain_words(words)
    found: State | None = "done" if said in _FINISHED and kind == "E" else "ended" if said in _FINISHED else None
    found = found or (STATE_OF.get(said) if said else "open")
    if found is None:
        raise UnsureError(_("I do not know the state “{words}”.", words=words[:60]))
    return (_AS_COMMITMENT if kind == "E" else _AS_SETTLED).get(found, found)


def past_day(words: str, clock: Clock) -> date | None:
    """A day that has been, never one to come; None for no words. Raises UnsureError."""
    if not words.strip():
        return None
    found = _written(words)
    if found is None:
        read = deadlines.read(words, now=clock.now, lang=clock.lang, country=clock.country, any_tense=True)
        found = read.due if read is not None and read.certain else None
        if found is not None and found > clock.now.date() and str(found.year) not in words:
            found = found.replace(year=found.year - 1, day=min(found.day, 28) if found.month == 2 else found.day)  # noqa: PLR2004 - February
    if found is None:
        raise UnsureError(_("I am not sure which day “{words}” is.", words=words[:60]))
    if found > clock.now.date():
        raise UnsureError(_("“{words}” is still to come.", words=words[:60]))
    return found


def due_day(words: str, clock: Clock, day: date | None) -> tuple[date | None, str]:
    """A day owed, as it was understood on the day it was promised, with its words. Raises UnsureError."""
    if not words.strip():
        return None, ""
    found = _written(words)
    if found is None:
        read = deadlines.read(words, now=clock.at(day), lang=clock.lang, country=clock.country, any_tense=day is None)
        found = read.due if read is not None and read.certain else None
    if found is None:
        raise UnsureError(_("I am not sure which day “{words}” is.", words=words[:60]))
    return found, words[:200]


def _written(words: str) -> date | None:
    """A day in figures, the day before the month, or as a spreadsheet gives it."""
    try:
        return date.fromisoformat(words.strip()[:10])
    except ValueError:
        pass
    if (found := _NUMERIC.fullmatch(words.strip())) is None:
        return None
    year = int(found["year"])
    try:
        return date(year if year > 99 else 2000 + year, int(found["month"]), int(found["day"]))  # noqa: PLR2004 - two figures
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Line:
    """One pasted line that says something, and what the lines above it say of its kind and day."""

    number: int
    text: str
    kind: Kind | None
    day: date | None


def pasted(text: str, clock: Clock, sheet: Sheet, losses: Losses) -> Iterator[Line]:
    """The lines of a pasted list; a title ("Décisions", "Réunion du 12/03/2026 :") speaks for the lines below it."""
    kind: Kind | None = None
    day: date | None = None
    for number, raw in enumerate(text.splitlines(), 1):
        line = _BULLET.sub("", raw.strip())
        if not line:
            continue
        if line == raw.strip() and (title := _HEADING.match(line)):
            said = KIND_OF.get(plain_words(title["words"]))
            found = _day_in(title["words"])
            if said or (found and ":" in line):
                kind, day = said or kind, found or day
                continue
        own_kind, own_day = kind, day
        row = Row(number, (line,))
        if (prefix := _PREFIX.match(line)) and (said := KIND_OF.get(plain_words(prefix["kind"]))):
            own_kind, line = said, line[prefix.end() :]
            try:
                own_day = past_day(prefix["in"] or prefix["on"] or "", clock) or day
            except UnsureError as unsure:
                losses.add(sheet, row, unsure.reason)
                continue
        if (reason := rows.unfit(line)) is not None:
            losses.add(sheet, row, reason)
        elif line:
            yield Line(number, line, own_kind, own_day)


def _day_in(words: str) -> date | None:
    found = _NUMERIC.search(words)
    return _written(found[0]) if found else None
