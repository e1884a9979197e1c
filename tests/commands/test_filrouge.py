"""/filrouge: the first steps, the settings, oneself, the bodies, and the start."""

from datetime import date, time

import pytest

from storage import bodies, journal, members, networks
from storage.journal import JournalLine
from storage.networks import Network
from tests.chat import Chat


def network(chat: Chat) -> Network:
    with chat.session() as session:
        return session.get_one(Network, chat.network_id)


@pytest.fixture
def fresh(chat: Chat) -> Chat:
    """A network nobody has started yet; ana coordinates it."""
    chat.says("ana", "/filrouge pause")
    return chat


def test_the_coordinator_of_a_new_network_is_shown_the_way(fresh: Chat) -> None:
    answer = fresh.says("ana", "/filrouge")
    assert answer.startswith("Bienvenue ! Tant que vous n’avez pas pressé « Démarrer », je n’écris qu’à vous.")
    assert fresh.buttons == ["Répondre", "Aperçu", "Démarrer"]


def test_five_questions_settle_the_network(fresh: Chat) -> None:
    fresh.says("ana", "/filrouge")
    fresh.presses("ana", "Répondre")
    assert len(fresh.form.fields) == 5
    fresh.submits("ana", {"name": "Réseau de la Semois", "country": "FR", "digest_weekday": "4"})
    settled = network(fresh)
    assert (settled.name, settled.country, settled.timezone) == ("Réseau de la Semois", "FR", "Europe/Paris")
    assert settled.rules.digest_weekday == 4


def changes(chat: Chat) -> list[JournalLine]:
    with chat.session() as session:
        return list(journal.history(session, session.get_one(Network, chat.network_id)))


def test_a_change_of_the_settings_is_written_down_and_can_be_undone(chat: Chat) -> None:
    chat.knows("ana")
    for hour in ("8:45", "10:15"):
        chat.says("ana", "/filrouge réglages")
        chat.submits("ana", {"digest_at": hour, "language": "nl"})
    line = changes(chat)[-1]
    assert (line.at, line.source, line.kind) == (chat.now, "local", "update")
    assert line.before == {"settings": {"digest_at": "08:45:00"}}
    assert line.after == {"settings": {"digest_at": "10:15:00"}}
    with chat.session() as session:
        ana = members.by_handle(session, "ana")
    assert ana is not None
    assert line.member_id == ana.id
    chat.presses("ana", "Ongedaan maken")
    assert network(chat).rules.digest_at == time(8, 45)
    assert network(chat).language == "nl"
    assert changes(chat)[-1].after == line.before


def test_another_setting_changed_since_keeps_nobody_from_undoing(chat: Chat) -> None:
    chat.says("ana", "/filrouge réglages")
    chat.submits("ana", {"digest_at": "8:45"})
    answered = list(chat.seen)
    chat.says("ana", "/filrouge réglages")
    chat.submits("ana", {"confirmers": "anyone"})
    chat.seen = answered
    chat.presses("ana", "Annuler")
    assert (network(chat).rules.digest_at, network(chat).rules.confirmers) == (time(9, 0), "anyone")


def test_settings_sent_in_as_they_were_leave_no_line(chat: Chat) -> None:
    chat.says("ana", "/filrouge réglages")
    chat.submits("ana", {})
    before = len(changes(chat))
    chat.says("ana", "/filrouge réglages")
    chat.submits("ana", {})
    assert len(changes(chat)) == before
    assert not [line for line in changes(chat) if "settings" in line.after and not line.after["settings"]]


def test_the_start_is_written_down_too(fresh: Chat) -> None:
    fresh.says("ana", "/filrouge démarrer")
    assert [line.after["started_at"] is None for line in changes(fresh)] == [True, False]


def test_start_and_pause(fresh: Chat) -> None:
    assert fresh.says("ana", "/filrouge démarrer").startswith("C’est parti")
    assert network(fresh).started_at == fresh.now
    assert fresh.says("ana", "/filrouge DEMARRER").startswith("Le réseau tourne depuis le lundi 23 novembre à 10h")
    fresh.says("ana", "/filrouge arrêter")
    assert network(fresh).started_at is None


@pytest.mark.parametrize(
    "words", ["démarrer", "réglages", "pause", "état", "aperçu", "instance Comité", "premiers pas"]
)
def test_what_is_the_coordinators_is_theirs_alone(chat: Chat, words: str) -> None:
    chat.says("ana", "/filrouge moi")
    assert chat.says("bob", f"/filrouge {words}", channel="pilotage").startswith("Seule la coordination du réseau")


def test_settings_are_read_and_refused_field_by_field(chat: Chat) -> None:
    chat.says("ana", "/filrouge réglages")
    chat.submits("ana", {"digest_at": "25h", "closed": "demain", "days_before": "sept", "digest_channel": "#ailleurs"})
    assert set(chat.form.errors) == {"digest_at", "closed", "days_before", "digest_channel"}
    chat.submits(
        "ana",
        {
            "digest_at": "8h45",
            "closed": "du 24/12/2026 au 3/1/2027",
            "days_before": "14, 3",
            "digest_channel": "",
            "days_after": "5",
            "quiet_from": "17:30",
        },
    )
    rules = network(chat).rules
    assert rules.digest_at == time(8, 45)
    assert rules.closed == ((date(2026, 12, 24), date(2027, 1, 3)),)
    chat.says("ana", "/filrouge réglages")
    assert next(field.value for field in chat.form.fields if field.name == "closed") == "24/12/2026 – 03/01/2027"
    chat.submits("ana", {"closed": "31/4/2027 – 2/5/2027"})
    assert set(chat.form.errors) == {"closed"}
    assert (rules.days_before, rules.days_after, rules.quiet_from) == ((14, 3), 5, time(17, 30))


def test_a_body_lives_in_its_channel(chat: Chat) -> None:
    chat.says("bob", "bonjour", channel="pilotage")
    answer = chat.says("ana", "/filrouge instance Comité de pilotage", channel="pilotage")
    assert answer.startswith("Ce canal (#pilotage) est désormais celui de l’instance « Comité de pilotage »")
    chat.presses("ana", "Présidence, secrétariat, rappels")
    bob = next(value for value, label in chat.form.fields[0].options if label == "bob")
    chat.submits("ana", {"chair": bob, "reminders_in": "channel"})
    with chat.session() as session:
        body = bodies.by_name(session, "Comité de pilotage")
        assert body is not None
        assert body.chair_id == int(bob)
        assert body.reminders_in == "channel"
        assert len(bodies.member_ids(session, body.id)) == 2


def test_a_body_wants_its_channel(chat: Chat) -> None:
    assert chat.says("ana", "/filrouge instance Comité").startswith("Écrivez ceci dans le canal de l’instance")


def test_absent_is_confirmed_then_noted(chat: Chat) -> None:
    chat.says("ana", "/filrouge absent du 20 juillet au 3 août")
    assert [field.value for field in chat.form.fields] == ["2027-07-20", "2027-08-03"]
    assert "C’est noté : je ne vous écris pas du mardi 20 juillet" in chat.submits("ana", {})
    assert "Absence du" in chat.says("ana", "/filrouge moi")


def test_an_absence_that_ends_before_it_begins_is_refused(chat: Chat) -> None:
    chat.says("ana", "/filrouge absent")
    chat.submits("ana", {"first": "2027-08-03", "last": "2027-07-20"})
    assert set(chat.form.errors) == {"last"}
    with chat.session() as session:
        ana = members.by_handle(session, "ana")
        assert ana is not None
        assert members.absences(session, ana.id, since=date(2026, 1, 1)) == []


def test_each_person_reads_their_own_language(chat: Chat) -> None:
    chat.says("ana", "/filrouge moi")
    chat.presses("ana", "Mes préférences")
    chat.submits("ana", {"language": "nl"})
    assert chat.says("ana", "/filrouge ik").startswith("U bent ana")
    assert chat.says("bob", "/filrouge moi").startswith("Vous êtes bob")


def test_health_says_what_is_there(chat: Chat) -> None:
    assert "Organisations : 0 ; personnes : 1 ; instances : 0." in chat.says("ana", "/filrouge état")
    assert "Tous les messages sont partis." in chat.says("ana", "/filrouge santé")


def test_the_preview_of_an_empty_network_is_empty(fresh: Chat) -> None:
    assert "quatre semaines" in fresh.says("ana", "/filrouge aperçu")


@pytest.mark.parametrize("words", ["nimporte quoi", "😀", "x" * 40_000, "<!channel> @all"])
def test_nonsense_gets_one_friendly_line(chat: Chat, words: str) -> None:
    answer = chat.says("ana", f"/filrouge {words}")
    assert answer.startswith("Je ne comprends pas «")
    assert len(answer) < 200


def test_two_networks_of_one_name_are_told_apart(fresh: Chat) -> None:
    with fresh.database.system_session() as session:
        networks.create(session, name="Réseau de la Semois", platform="local", external_id="other", at=fresh.now)
    fresh.says("ana", "/filrouge")
    fresh.presses("ana", "Répondre")
    fresh.submits("ana", {"name": "Réseau de la Semois"})
    assert fresh.form.errors["name"].startswith("Un autre réseau porte déjà ce nom")
    fresh.submits("ana", {"name": "Réseau de la Lesse"})
    assert network(fresh).name == "Réseau de la Lesse"


def test_an_absence_can_be_taken_back(chat: Chat) -> None:
    chat.says("ana", "/filrouge absent du 20 au 31 décembre")
    chat.submits("ana", {})
    assert chat.buttons == ["Annuler"]
    chat.says("ana", "/filrouge moi")
    chat.presses("ana", "Je serai là, finalement")
    assert chat.to("@ana")[-1].startswith("C’est noté : vous serez là du dimanche 20")
    assert "Aucune absence" in chat.says("ana", "/filrouge moi")


def test_an_absence_of_many_years_is_a_slip(chat: Chat) -> None:
    chat.says("ana", "/filrouge absent")
    chat.submits("ana", {"first": "2026-12-01", "last": "2206-12-01"})
    assert chat.form.errors["last"].startswith("C’est dans plus de deux ans")


def test_each_may_choose_their_language_in_words(chat: Chat) -> None:
    chat.knows("ana")
    assert chat.says("ana", "/filrouge langue néerlandais") == "Genoteerd: voortaan spreek ik Nederlands met u."
    assert chat.says("ana", "/filrouge sprache deutsch") == "Notiert: Von nun an spreche ich Deutsch mit Ihnen."
    assert chat.says("ana", "/filrouge en français") == "C’est noté : désormais, je vous parle en français."
    assert chat.says("ana", "/filrouge parle-moi en anglais") == "Noted: from now on I speak English to you."
    assert chat.says("ana", "/filrouge sprich Deutsch") == "Notiert: Von nun an spreche ich Deutsch mit Ihnen."
    assert chat.says("ana", "/filrouge parlez français !") == "C’est noté : désormais, je vous parle en français."
    assert chat.says("ana", "/filrouge language").startswith("Mes préférences")


@pytest.mark.parametrize("said", ["je suis absent du 3 au 10 décembre", "en congé du 3 au 10 décembre"])
def test_an_absence_is_said_in_many_ways(chat: Chat, said: str) -> None:
    chat.says("ana", f"/filrouge {said}")
    assert [asked.value for asked in chat.form.fields] == ["2026-12-03", "2026-12-10"]


def test_a_channel_is_tied_to_the_body_that_is_meant(chat: Chat) -> None:
    chat.says("ana", "/filrouge instance Comité de pilotage", "pilotage")
    chat.says("ana", "/filrouge instance le comité", "pilotage")
    assert chat.says("ana", "/filrouge instances") == "Vos instances : Comité de pilotage."


def test_a_channel_is_of_one_body(chat: Chat) -> None:
    chat.says("ana", "/filrouge instance Comité de pilotage", "pilotage")
    answer = chat.says("ana", "/filrouge instance Assemblée plénière", "pilotage")
    assert "Comité de pilotage : plus de canal." in answer
    assert "Assemblée plénière" in chat.says("ana", "/engagement liste", "pilotage")


def test_a_closing_period_is_read_in_words(chat: Chat) -> None:
    chat.says("ana", "/filrouge réglages")
    chat.submits("ana", {"closed": "du 24 décembre au 3 janvier\n1/8/2027 – 15/8/2027"})
    closed = (date(2026, 12, 24), date(2027, 1, 3)), (date(2027, 8, 1), date(2027, 8, 15))
    assert network(chat).rules.closed == closed


def test_a_new_coordinator_who_says_hello_is_told_where_to_begin(fresh: Chat) -> None:
    assert "Votre réseau n’a pas encore démarré : /filrouge montre le chemin." in fresh.says("ana", "bonjour")
