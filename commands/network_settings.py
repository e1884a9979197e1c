"""What a network chooses: the five questions of the first day, and every setting after."""

import re
from datetime import date, time
from typing import Any

from sqlalchemy.exc import IntegrityError

from bot import Context, FieldErrors, Form, Phrase, Reply, _, action, number, one_of, words, yes
from bot.settings import ZONES
from storage import channels
from storage.channels import Channel

MAX_DAYS_BEFORE = 90
# A day in digits, as people here write it.
_DAY = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
BOTH_ENDS = 2
LANGUAGES = (("fr", _("French")), ("nl", _("Dutch")), ("de", _("German")), ("en", _("English")))
COUNTRIES = (
    ("BE", _("Belgium")),
    ("FR", _("France")),
    ("LU", _("Luxembourg")),
    ("NL", _("the Netherlands")),
    ("DE", _("Germany")),
)
WEEKDAYS = (
    ("0", _("Monday")),
    ("1", _("Tuesday")),
    ("2", _("Wednesday")),
    ("3", _("Thursday")),
    ("4", _("Friday")),
)
CONFIRMERS = (
    ("officers", _("the chair, the secretary or a coordinator")),
    ("anyone", _("anyone in the body")),
)
SCHOOLS = (
    ("fwb", _("Wallonia-Brussels Federation")),
    ("vl", _("Flanders")),
    ("dg", _("German-speaking Community")),
    ("fr-a", _("France, zone A")),
    ("fr-b", _("France, zone B")),
    ("fr-c", _("France, zone C")),
)
VISIBILITIES = (("network", _("the whole network")), ("body", _("the body alone")))


class FiveQuestions(Form):
    title = _("Five questions")
    name: str = words(_("What is your network called?"), max_length=200)
    country: str = one_of(_("In which country?"), lambda _context: COUNTRIES)
    language: str = one_of(_("In which language do I speak in the channels?"), lambda _context: LANGUAGES)
    digest_weekday: str = one_of(_("On which day do I post the week’s summary?"), lambda _context: WEEKDAYS)
    confirmers: str = one_of(_("Who confirms what is decided?"), lambda _context: CONFIRMERS)

    @classmethod
    def initial(cls, context: Context, **args: int | str) -> dict[str, Any]:
        del args
        rules = context.network.rules
        return {
            "name": context.network.name,
            "country": context.network.country,
            "language": context.network.language,
            "digest_weekday": str(rules.digest_weekday),
            "confirmers": rules.confirmers,
        }


@action
def settle_in(context: Context, form: FiveQuestions) -> Reply:
    """The answers to the five questions."""
    context.need_coordinator()
    network = context.network
    try:
        with context.session.begin_nested():
            network.name, network.language = form.name, form.language
    except IntegrityError:
        # Names tell networks apart on the command line.
        raise FieldErrors(name=_("Another network here is called that already: choose another name.")) from None
    _move(context, form.country)
    network.choose(digest_weekday=int(form.digest_weekday), confirmers=form.confirmers)
    return Reply(_("Thank you. All of it can be changed later with `/filrouge settings`."))


def _move(context: Context, country: str) -> None:
    """A new country brings its time with it."""
    if country != context.network.country:
        context.network.country, context.network.timezone = country, ZONES[country]


class Settings(Form):
    title = _("Settings of the network")
    digest_weekday: str = one_of(_("Day of the week’s summary"), lambda _context: WEEKDAYS)
    digest_at: str = words(_("Its hour"), hint=_("For example 9:00"), max_length=5)
    digest_channel: str = words(_("Its channel"), optional=True, hint=_("For example #general"), max_length=100)
    digest_preview: bool = yes(_("Show it to me the working day before"))
    quiet_from: str = words(_("No message from"), max_length=5)
    quiet_until: str = words(_("until"), max_length=5)
    closed: str = words(
        _("Closing periods"), lines=3, optional=True, hint=_("One a line: 24/12/2026 – 3/1/2027"), max_length=1000
    )
    days_before: str = words(_("Reminders: days before"), hint=_("For example 7, or 14, 3"), max_length=40)
    last_working_day_before: bool = yes(_("And on the last working day before"))
    days_after: int | None = number(_("Asking where it stands: working days after"), optional=True)
    confirmers: str = one_of(_("Who confirms decisions"), lambda _context: CONFIRMERS)
    consent_by_silence: bool = yes(_("Proposals can be put to consent with a date"))
    minutes_days: int | None = number(_("Minutes approved without objection: after how many days"), optional=True)
    second_reader: bool = yes(_("Notes may be read by a model outside, asking each time"))
    keep_notes: bool = yes(_("Keep the files that notes come in"))
    visibility: str = one_of(_("Who sees what is recorded in an open channel"), lambda _context: VISIBILITIES)
    language: str = one_of(_("Language of the channels"), lambda _context: LANGUAGES)
    country: str = one_of(_("Country"), lambda _context: COUNTRIES)
    school: str = one_of(_("School calendar"), lambda _context: SCHOOLS, optional=True)
    prefix: str = words(_("Prefix of the commands"), optional=True, max_length=20)

    @classmethod
    def initial(cls, context: Context, **args: int | str) -> dict[str, Any]:
        del args
        rules = context.network.rules
        return {
            "digest_channel": _name_of(context, rules.digest_channel_id),
            **{name: getattr(rules, name) for name in ("digest_preview", "last_working_day_before")},
            "second_reader": rules.second_reader,
            "keep_notes": rules.keep_notes,
            **{
                name: getattr(rules, name)
                for name in ("confirmers", "consent_by_silence", "visibility", "prefix", "school")
            },
            **{name: f"{getattr(rules, name):%H:%M}" for name in ("digest_at", "quiet_from", "quiet_until")},
            "digest_weekday": str(rules.digest_weekday),
            "closed": "\n".join(f"{a:%d/%m/%Y} – {b:%d/%m/%Y}" for a, b in rules.closed),
            "days_before": ", ".join(map(str, rules.days_before)),
            "days_after": "" if rules.days_after is None else str(rules.days_after),
            "minutes_days": "" if rules.minutes_days is None else str(rules.minutes_days),
            "language": context.network.language,
            "country": context.network.country,
        }


@action
def change_settings(context: Context, form: Settings) -> Reply:
    """Everything a network chooses."""
    context.need_coordinator()
    read = _FieldReader()
    chosen = {
        "digest_weekday": int(form.digest_weekday),
        "digest_at": read.hour("digest_at", form.digest_at),
        "digest_channel_id": read.channel("digest_channel", form.digest_channel, context),
        "digest_preview": form.digest_preview,
        "quiet_from": read.hour("quiet_from", form.quiet_from),
        "quiet_until": read.hour("quiet_until", form.quiet_until),
        "closed": read.periods("closed", form.closed, context),
        "days_before": read.numbers("days_before", form.days_before),
        "last_working_day_before": form.last_working_day_before,
        "days_after": form.days_after,
        "confirmers": form.confirmers,
        "consent_by_silence": form.consent_by_silence,
        "second_reader": form.second_reader,
        "keep_notes": form.keep_notes,
        "minutes_days": form.minutes_days or None,
        "visibility": form.visibility,
        "prefix": form.prefix.removeprefix("/"),
        "school": form.school,
    }
    if read.errors:
        raise FieldErrors(**read.errors)
    context.network.choose(**chosen)
    context.network.language = form.language
    _move(context, form.country)
    return Reply(_("The settings are saved."))


def _name_of(context: Context, channel_id: int | None) -> str:
    channel = context.session.find(Channel, channel_id)
    return channel.name if channel is not None else ""


class _FieldReader:
    """Reads what people type for hours, numbers and periods, and collects what is wrong field by field."""

    def __init__(self) -> None:
        self.errors: dict[str, Phrase] = {}

    def hour(self, field: str, text: str) -> time:
        hours, _colon, minutes = text.strip().lower().replace("h", ":").replace("u", ":").partition(":")
        try:
            return time(int(hours), int(minutes or 0))
        except ValueError:
            self.errors[field] = _("Please write an hour such as 9:00.")
            return time()

    def channel(self, field: str, name: str, context: Context) -> int | None:
        """The id of an open channel; one that was chosen before stays so, whatever became of it."""
        chosen = context.network.rules.digest_channel_id
        if not name.strip("# ") or name.strip("# ") == _name_of(context, chosen):
            return chosen if name.strip("# ") else None
        found = channels.open_named(context.session, name.strip())
        if found is None:
            self.errors[field] = _("I do not know this channel yet: invite me there first.")
            return None
        return found.id

    def numbers(self, field: str, text: str) -> tuple[int, ...]:
        try:
            found = tuple(
                sorted({int(part) for part in text.replace(";", ",").split(",") if part.strip()}, reverse=True)
            )
        except ValueError:
            found = (-1,)
        if any(not 0 < n <= MAX_DAYS_BEFORE for n in found):
            self.errors[field] = _("Please write days such as 7, or 14, 3.")
        return found

    def periods(self, field: str, text: str, context: Context) -> tuple[tuple[date, date], ...]:
        found = []
        for line in filter(None, map(str.strip, text.splitlines())):
            try:
                days = [date(int(year), int(month), int(day)) for day, month, year in _DAY.findall(line)]
            except ValueError:  # the 31st of April
                days = []
            said = context.deadlines(line) if not days else []
            if len(said) == BOTH_ENDS or (len(said) == 1 and said[0].from_ < said[0].to):
                # In words: "du 24 décembre au 3 janvier", "la semaine de Noël".
                days = [said[0].from_, said[-1].to]
            if len(days) != BOTH_ENDS:
                self.errors[field] = _("I cannot read “{line}”. One period a line: 24/12/2026 – 3/1/2027.", line=line)
                continue
            first, last = days
            if last < first:
                self.errors[field] = _("“{line}” ends before it begins.", line=line)
            found.append((first, last))
        return tuple(sorted(found))
