"""/filrouge: help, the first steps, settings, oneself, health, and the start."""

from bot import Ask, Context, Outcome, Refusal, Reply, Section, _, action, button, command, lines, many, verbatim
from bot.delivery.preview import foresee
from bot.helping import command_help, overview, verb_lines
from commands import which_body
from commands.body_setup import run_body
from commands.network_settings import Settings, change_settings, settle_in
from commands.oneself import Away, be_away, oneself, speak
from storage import bodies, channels, members, notices, partners
from storage.bodies import Body

PREVIEW_DAYS = 28
MOST_SHOWN = 20


@command(
    "filrouge",
    fr="filrouge",
    nl="filrouge",
    de="filrouge",
    help=_("Help, settings, your own preferences, and the start."),
    examples=(_("help"), _("me"), _("absent from 20 July to 3 August"), _("settings")),
    asked=(
        (
            (
                r"^(?!.*\b(?:qui|comment|wie|wer|who)\b)"
                r"(?:(?:je (?:suis|serai)|ik ben|ich bin|i(?: am|['’]m| will be|['’]ll be)) )?(?:absente?|en (?:conge|"
                r"vacances)|afwezig|met (?:verlof|vakantie)|abwesend|im urlaub|away|on (?:leave|holiday))\b"
            ),
            "",
        ),
        (
            (
                r"^(?:stop(?: (?:(?:met|avec|aux|mit) )?(?:(?:de|les|den|the) )?(?:rappels?|messages?|herinneringen|"
                r"berichten|erinnerungen|nachrichten|reminders?))?|"
                r"(?:je (?:ne )?(?:veux|souhaite) )?(?:ne )?plus (?:recevoir|de)(?: (?:de|vos|ces|les|aucun))?"
                r"(?: (?:rappels?|messages?|notifications?))?|"
                r"(?:arrete[rz]?|cesse[rz]?) (?:de m['’]ecrire|(?:vos|les|ces|de m['’]envoyer (?:des|vos|ces)) "
                r"(?:rappels|messages))|ne m['’](?:ecri\w+ plus|envoye[rz]? plus (?:de |vos )?(?:rappels|messages))|"
                r"(?:me )?desabonne[rz]?(?:[- ]moi)?|(?:ik wil )?geen (?:herinneringen|berichten|meldingen) meer"
                r"(?: ontvangen)?|uitschrijven|schrijf (?:me|mij) uit|keine (?:erinnerungen|nachrichten)(?: mehr)?|"
                r"abmelden|unsubscribe(?: me)?|no more (?:reminders|messages)|"
                r"stop (?:writing to|reminding|messaging) me)"
                r"(?:,? svp|,? s['’]il vous plait| alstublieft| bitte| please)?$"
            ),
            "plus de rappels",
        ),
        (
            (
                r"^(?:(?:(?:supprime|efface|retire|enleve)[rz]?(?:[- ]moi)? (?:toutes )?)?mes (?:donnees|informations)"
                r"(?: personnelles)?|oublie[rz]?[- ]moi|(?:(?:verwijder|wis) (?:al )?)?mijn (?:persoons)?gegevens"
                r"(?: (?:verwijderen|wissen))?|vergeet (?:me|mij)|(?:losche(?:n sie)? )?meine (?:personlichen )?daten"
                r"(?: loschen)?|vergiss mich|(?:(?:delete|erase|remove) (?:all )?)?my (?:personal )?data|forget me)"
                r"(?: svp| s['’]il vous plait| alstublieft| bitte| please)?$"
            ),
            "mes données",
        ),
        (
            (
                r"^(?:changer? (?:de|la) langue|"
                r"(?:parle[rz]?(?:-moi)? |en )(?:en )?(?:francais|neerlandais|allemand|anglais)|"
                r"(?:spreek|in het) (?:nederlands|frans|duits|engels)|(?:sprich|auf) (?:deutsch|franzosisch)|"
                r"speak (?:english|french|dutch))(?: svp| s['’]il vous plait| alstublieft| bitte| please)?$"
            ),
            "langue",
        ),
    ),
)
def filrouge(context: Context, line: str) -> Outcome:
    """Without words: where one stands."""
    if line:
        raise Refusal(_("I do not understand “{line}”. Try `/filrouge help`.", line=line[:80]))
    return first_steps(context) if context.me.coordinator and context.network.started_at is None else oneself(context)


def first_steps(context: Context) -> Reply:
    """The coordinator's way from an empty network to the start, each step with what is done of it."""
    session = context.session
    tied = [body for body in bodies.active(session) if body.channel_id]
    known = len(partners.active(session))
    people = len(members.active(session)) - 1
    return Reply(
        _("Welcome! Until you press “Start”, I write to nobody but you. Here is the way, in your own time:"),
        sections=(
            Section(_("**1.** Five questions about your network."), (button(_("Answer"), settle_in, style="primary"),)),
            Section(
                lines(
                    _("**2.** Your partners and contacts: attach a spreadsheet and write `/filrouge import`."),
                    _("So far: {partners} organisations, {people} people.", partners=known, people=people),
                )
            ),
            Section(
                lines(
                    _("**3.** Your bodies: in the channel of each, write `/filrouge body` and its name."),
                    many("So far: {n} body with its channel.", "So far: {n} bodies with their channel.", len(tied)),
                )
            ),
            Section(_("**4.** What was decided and promised already: `/filrouge import` takes that spreadsheet too.")),
            Section(_("**5.** See what I would send, to whom and when."), (button(_("Preview"), preview),)),
            Section(_("**6.** All is well?"), (button(_("Start"), start, style="primary"),)),
        ),
        undo=False,
    )


@filrouge.verb(
    "help",
    fr=("aide", "aide sur", "aide pour"),
    nl=("hulp", "hulp bij"),
    de=("hilfe", "hilfe zu"),
    en=("help", "help with"),
    takes="words",
    help=_("What I can do, or what one command does."),
    example=_("help commit"),
)
def told(context: Context, rest: str) -> Reply | None:
    """Of all commands, then of this one."""
    if context.registry is None:
        return None
    meant = context.registry.by_name(rest, context.network.rules.prefix) if rest else None
    if meant is not None and meant.key != filrouge.key:
        return command_help(context, meant)
    if rest and meant is None:
        return None
    everything = overview(context, context.registry)
    own = verb_lines(context, filrouge.verbs, f"/{filrouge.names[context.language]}")
    return Reply(everything.text, (*everything.sections, Section(lines(*own))), undo=False)


@filrouge.verb(
    "settings",
    fr=(
        "réglages",
        "réglage",
        "paramètres",
        "paramètre",
        "configuration",
        "configurer",
        "régler",
        "préférences du réseau",
    ),
    nl=("instellingen", "instelling", "configuratie"),
    de=("einstellungen", "einstellung", "konfiguration"),
    en=("settings", "configuration"),
    help=_("The settings of the network (coordinators)."),
    coordinators=True,
)
def settings(context: Context) -> Ask:
    context.need_coordinator()
    return Ask(Settings, Settings.initial(context), to=change_settings.action_name)


@filrouge.verb(
    "steps",
    fr=("premiers pas", "étapes", "étape", "installation", "bienvenue"),
    nl="eerste stappen",
    de="erste schritte",
    en="first steps",
    help=_("The way from an empty network to the start (coordinators)."),
    coordinators=True,
)
def steps(context: Context) -> Reply:
    context.need_coordinator()
    return first_steps(context)


@action
@filrouge.verb(
    "start",
    fr=("démarrer", "commencer", "reprendre", "relancer", "redémarrer", "démarrage"),
    nl=("starten", "start", "beginnen", "begin", "hervatten"),
    de=("starten", "start", "beginnen", "fortsetzen"),
    en=("start", "begin", "resume"),
    help=_("From now on I write to everyone (coordinators)."),
    coordinators=True,
)
def start(context: Context) -> Reply:
    """The button *Démarrer*, in words too."""
    context.need_coordinator()
    if context.network.started_at is not None:
        raise Refusal(_("The network has been running since {at}.", at=context.network.started_at))
    context.network.started_at = context.now
    return Reply(
        lines(
            _("Off we go: from now on, reminders and summaries go to everyone they are for."),
            _("`/filrouge pause` stops them again at any time."),
        ),
        undo=False,
    )


@filrouge.verb(
    "pause",
    fr=("pause", "arrêter", "suspendre", "stop", "stopper"),
    nl=("pauze", "pauzeren", "stoppen", "stop"),
    de=("pause", "pausieren", "anhalten", "stopp"),
    en=("pause", "stop"),
    help=_("I write to nobody but you again (coordinators)."),
    coordinators=True,
)
def pause(context: Context) -> Reply:
    context.need_coordinator()
    context.network.started_at = None
    return Reply(
        _("Paused: I write to nobody but you until you press “Start”."),
        buttons=(button(_("Start"), start),),
        undo=False,
    )


@action
@filrouge.verb(
    "preview",
    fr=("aperçu", "répétition", "prévisualiser", "simulation", "essai"),
    nl=("voorbeeld", "repetitie"),
    de=("vorschau", "probe"),
    en=("preview", "dry run"),
    help=_("What I would send in the coming weeks (coordinators)."),
    coordinators=True,
)
def preview(context: Context) -> Reply:
    """What would go out, asked for in words or from the first steps."""
    context.need_coordinator()
    coming = foresee(context, days=PREVIEW_DAYS)
    if not coming:
        return Reply(_("Nothing would go out in the next four weeks."), undo=False)
    shown = tuple(
        Section(
            lines(
                _("**{at}**, to {recipient}:", at=message.at, recipient=message.recipient),
                verbatim(message.text),
            )
        )
        for message in coming[:MOST_SHOWN]
    )
    more = len(coming) - len(shown)
    return Reply(
        many("In the next four weeks I would send {n} message:", "In the next four weeks I would send {n} messages:",
             len(coming)),
        sections=(*shown, Section(many("… and {n} more.", "… and {n} more.", more))) if more else shown,
        undo=False,
    )  # fmt: skip


@filrouge.verb(
    "me",
    fr=("moi", "mes préférences", "préférences", "profil", "mon profil", "qui suis-je"),
    nl=("ik", "mijn voorkeuren", "voorkeuren", "mijn profiel"),
    de=("ich", "meine einstellungen", "meine angaben", "mein profil"),
    en=("me", "preferences", "my preferences", "profile"),
    help=_("Your preferences and absences."),
)
def me(context: Context) -> Reply:
    return oneself(context)


@filrouge.verb(
    "language",
    fr=("langue", "langues", "parler", "parle-moi", "parlez-moi", "en"),
    nl=("taal", "talen", "spreek", "in het"),
    de=("sprache", "sprachen", "sprich", "sprechen", "auf"),
    en=("language", "languages", "speak", "in"),
    takes="words",
    help=_("The language I speak to you in."),
    example=_("language Dutch"),
)
def language(context: Context, rest: str) -> Outcome | None:
    return speak(context, rest)


@filrouge.verb(
    "away",
    fr=("absent", "absente", "absence", "absences", "en congé", "congé", "congés", "en vacances", "vacances"),
    nl=("afwezig", "afwezigheid", "met verlof", "verlof", "met vakantie", "vakantie"),
    de=("abwesend", "abwesenheit", "im urlaub", "urlaub"),
    en=("away", "absent", "absence", "on leave", "leave", "on holiday", "holiday"),
    takes="words",
    help=_("Notes when you are away."),
    example=_("absent from 20 July to 3 August"),
)
def away(context: Context, rest: str) -> Outcome:
    """Two days in the words, or one alone; the form where they cannot be read."""
    found = context.deadlines(rest)
    if not found:
        return Ask(Away, {}, to=be_away.action_name)
    first, last = found[0].from_, found[-1].to
    return Ask(Away, {"first": first, "last": last}, to=be_away.action_name)


@filrouge.verb(
    "body",
    fr=("instance", "instances", "groupe", "groupes"),
    nl=("orgaan", "organen", "werkgroep", "werkgroepen"),
    de=("gremium", "gremien", "arbeitsgruppe", "arbeitsgruppen"),
    en=("body", "bodies"),
    takes="words",
    help=_("Ties this channel to a body (coordinators)."),
    coordinators=True,
    example=_("body Steering committee"),
)
def tie(context: Context, rest: str) -> Reply:
    context.need_coordinator()
    session = context.session
    if not rest:
        known = bodies.active(session)
        if not known:
            raise Refusal(_("No body yet. In its channel, write `/filrouge body` and its name."))
        return Reply(_("Your bodies: {names}.", names=[body.name for body in known]), undo=False)
    if context.channel is None:
        raise Refusal(_("Please write this in the body’s own channel."))
    body = _meant(context, context.channel.id, rest)
    left = [other for other in bodies.active(session) if other.channel_id == context.channel.id and other != body]
    for other in left:
        other.channel_id = None
    body.channel_id = context.channel.id
    for member_id in channels.member_ids(session, context.channel.id):
        bodies.join(session, body.id, member_id)
    return Reply(
        lines(
            _("**{body}** now lives in #{channel}: what is recorded here is recorded for it.",
              body=body.name, channel=context.channel.name),
            _("{bodies} has no channel any more.", bodies=[other.name for other in left]) if left else None,
        ),
        buttons=(button(_("Chair, secretary, reminders"), run_body, body=body.id),),
    )  # fmt: skip


def _meant(context: Context, channel_id: int, name: str) -> Body:
    """The body so named, this channel's own or one without a channel by a part of its name; else a new one."""
    known = bodies.by_name(context.session, name)
    if known is not None:
        return known
    near = which_body.called(context, name)
    if near is not None and near.channel_id in {None, channel_id}:
        return near
    return bodies.record(context.session, name=name)


@filrouge.verb(
    "health",
    fr=("état", "santé", "diagnostic", "statut", "ça va"),
    nl=("toestand", "gezondheid", "status"),
    de=("zustand", "status"),
    en=("health", "status"),
    help=_("Whether all is well (coordinators)."),
    coordinators=True,
)
def health(context: Context) -> Reply:
    context.need_coordinator()
    session = context.session
    trouble = notices.in_trouble(session)
    counts = _(
        "{partners} organisations, {people} people, {bodies} bodies.",
        partners=len(partners.active(session)),
        people=len(members.active(session)),
        bodies=len(bodies.active(session)),
    )
    started = context.network.started_at
    running = _("Running since {at}.", at=started) if started else _("Not started: I write to coordinators alone.")
    if not trouble:
        return Reply(lines(running, counts, _("Every message went out.")), undo=False)
    return Reply(
        lines(running, counts, many("{n} message did not go out:", "{n} messages did not go out:", len(trouble))),
        sections=(
            Section(
                lines(
                    *(
                        _("{at}: {reason}", at=delivery.due_at, reason=delivery.reason or _("no reason given"))
                        for delivery in trouble[:MOST_SHOWN]
                    )
                )
            ),
        ),
        undo=False,
    )
