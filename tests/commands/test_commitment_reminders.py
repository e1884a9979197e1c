"""What is said about a commitment while time passes, and to whom; nothing more than that."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from storage import bodies, channels, commitments, members, partners
from storage.bodies import RemindersIn
from storage.members import Absence
from storage.networks import Network
from tests.chat import Chat
from tests.conftest import NOW, on_sqlite


@pytest.fixture
def net(chat: Chat) -> Chat:
    """ana coordinates; marie promised the map of services for 15 January in #pilotage, paul is there too."""
    with chat.session(NOW) as session:
        cpas = partners.record(session, name="CPAS d'Arlon")
        for name in ("Marie Dupont", "Paul Henry"):
            handle = name.split()[0].casefold()
            members.record(session, name=name, handle=handle, external_id=handle, partner_id=cpas.id)
        for member in members.active(session):
            member.introduced_at = NOW
        channel = channels.seen(session, external_id="local:pilotage", name="pilotage", private=False)
        bodies.record(session, name="Comité de pilotage", channel_id=channel.id)
    chat.says("marie", "/engagement j'envoie la cartographie pour le 15 janvier", "pilotage")
    chat.tick()
    return chat


def every_morning(chat: Chat, until: date, *, since: date = date(2027, 1, 2)) -> list[str]:
    """What appears, waking up at every half past eight, with its day; before `since` all is far away."""
    appeared = []
    chat.now = max(chat.now, datetime.combine(since, time(8), UTC))
    while chat.now.date() < until:
        chat.now = (chat.now + timedelta(days=1)).replace(hour=7, minute=30)
        appeared += [f"{chat.now:%d/%m} {message}" for message in chat.tick()]
    return [message for message in appeared if HELLO in message or "Bonjour Paul" in message or ALONE in message]


HELLO = "Bonjour Marie"
ALONE = "Pour vous uniquement : l’échéance est passée, sans nouvelles. Je ne relance personne sans votre accord."
WHAT = "E-1 envoyer la cartographie – pour le vendredi 15 janvier"


def test_three_messages_then_silence_then_the_coordinator(net: Chat) -> None:
    said = every_morning(net, date(2027, 2, 8))
    assert said[:3] == [
        f"08/01 @marie: Bonjour Marie, un rappel de ce qui approche :\n{WHAT}",
        f"14/01 @marie: Bonjour Marie, un rappel de ce qui approche :\n{WHAT}",
        (
            f"20/01 @marie: Bonjour Marie, où en est-on ?\n{WHAT}\n"
            "Je ne reposerai pas la question de moi-même. Un mot suffit, quelle que soit la réponse."
        ),
    ]
    # With the preview of the week, in one message.
    assert len(said) == 4
    assert said[3].startswith("25/01 @ana:")
    late = "E-1 Marie Dupont : envoyer la cartographie – pour le vendredi 15 janvier"
    assert f"{ALONE}\n{late}" in said[3]


@on_sqlite
@pytest.mark.parametrize("line", ["E-1 fait", "E-1 retire", "E-1 muet"])
def test_done_withdrawn_or_muted_stops_at_once(net: Chat, line: str) -> None:
    net.says("ana", line)
    assert every_morning(net, date(2027, 2, 1)) == []


@on_sqlite
def test_postponed_reminds_of_the_new_day_alone(net: Chat) -> None:
    every_morning(net, date(2027, 1, 8))
    net.says("marie", "E-1 reporte au 26 février")
    said = [message[:13] for message in every_morning(net, date(2027, 2, 27), since=date(2027, 2, 10))]
    assert said == ["19/02 @marie:", "25/02 @marie:"]


def test_a_reminder_is_answered_where_it_is_read(net: Chat) -> None:
    every_morning(net, date(2027, 1, 8))
    assert net.buttons == ["Fait", "Un autre jour", "Besoin d’aide", "Pas pour moi"]
    net.presses("marie", "Besoin d’aide")
    net.submits("marie", {"note": "les adresses"})
    assert "@ana: Marie Dupont souhaite un coup de main" in net.tick()[0]
    net.presses("marie", "Un autre jour")
    net.submits("marie", {"day": "vendredi 22 janvier", "reason": "la commune répond lundi"})
    assert "du vendredi 15 janvier au vendredi 22 janvier – la commune répond lundi" in net.says("marie", "E-1")


def test_in_the_channel_when_its_body_wants_it_there_but_never_what_is_late(net: Chat) -> None:
    with net.session(NOW) as session:
        body = bodies.by_name(session, "Comité de pilotage")
        assert body is not None
        body.reminders_in = RemindersIn.CHANNEL
    said = []
    net.now = datetime(2027, 1, 4, 8, 0, tzinfo=UTC)
    while net.now.date() < date(2027, 1, 25):
        net.now = (net.now + timedelta(days=1)).replace(hour=7, minute=30)
        told = [message for message in net.tick() if not message.startswith("@ana") and "La semaine" not in message]
        said += [message.split("\n")[0] for message in told]
    assert said == ["#pilotage: À venir :", "#pilotage: À venir :", "@marie: Bonjour Marie, où en est-on ?"]


def test_somebody_else_cannot_answer_it_in_the_channel(net: Chat) -> None:
    with net.session(NOW) as session:
        body = bodies.by_name(session, "Comité de pilotage")
        assert body is not None
        body.reminders_in = RemindersIn.CHANNEL
        members.record(session, name="Zoé", handle="zoe", external_id="zoe", introduced_at=NOW)
    net.now = datetime(2027, 1, 8, 7, 30, tzinfo=UTC)
    net.tick()
    assert net.presses("zoe", "Fait").startswith("E-1 revient à Marie Dupont")


@on_sqlite
def test_while_the_owner_is_away_the_deputy_is_reminded(net: Chat) -> None:
    net.says("marie", "E-1 suppléant @paul")
    assert net.tick() == [f"@paul: Vous prenez le relais en cas d’absence (Marie Dupont) : {WHAT}"]
    with net.session() as session:
        marie = members.by_handle(session, "marie")
        assert marie is not None
        session.add(Absence(member_id=marie.id, from_on=date(2027, 1, 4), to_on=date(2027, 1, 12)))
    said = [message[:13] for message in every_morning(net, date(2027, 1, 15)) if "Bonjour" in message]
    assert said == ["08/01 @paul: ", "14/01 @marie:"]


@on_sqlite
def test_an_absence_moves_the_reminder_earlier(net: Chat) -> None:
    with net.session() as session:
        marie = members.by_handle(session, "marie")
        assert marie is not None
        session.add(Absence(member_id=marie.id, from_on=date(2027, 1, 6), to_on=date(2027, 1, 20)))
    said = [message[:13] for message in every_morning(net, date(2027, 1, 22)) if "Bonjour" in message]
    # Both reminders fall on the eve of the absence: one is enough; the question waits for the return.
    assert said == ["05/01 @marie:", "21/01 @marie:"]


@on_sqlite
def test_changed_steps_count_from_then_on(net: Chat) -> None:
    with net.session() as session:
        session.get_one(Network, net.network_id).choose(days_before=(30, 2), last_working_day_before=False)
    came = every_morning(net, date(2027, 1, 16), since=date(2026, 12, 14))
    said = [message[:13] for message in came if "Bonjour" in message]
    assert said == ["16/12 @marie:", "13/01 @marie:"]


def test_a_step_is_never_forgotten_after_a_change_during_a_long_silence(net: Chat) -> None:
    """Undone just before the bot stops: what came meanwhile is still said."""
    net.says("marie", "E-1 fait")
    net.presses("marie", "Annuler")
    said = net.tick(datetime(2027, 1, 8, 15, 0, tzinfo=UTC))
    assert [message for message in said if "cartographie" in message]


@on_sqlite
def test_what_was_imported_late_is_muted_until_its_day_moves(net: Chat) -> None:
    with net.session() as session:
        marie = members.by_handle(session, "marie")
        assert marie is not None
        commitments.record(
            session,
            text="rendre le rapport",
            owners=[commitments.Owner(member_id=marie.id, accepted_at=NOW)],
            status=commitments.Status.OPEN,
            due_on=date(2026, 9, 1),
            muted=True,
        )
    came = every_morning(net, date(2026, 12, 20), since=date(2026, 12, 13))
    assert not [message for message in came if "E-2" in message]
    net.says("marie", "E-2 reporte au 11 janvier")
    assert [message for message in every_morning(net, date(2027, 1, 5)) if "E-2" in message]


def test_before_the_start_she_alone_sees_what_would_go_out(net: Chat) -> None:
    with net.session() as session:
        session.get_one(Network, net.network_id).started_at = None
    net.says("ana", "/engagement @marie réserve la salle pour le 5 février")
    assert net.tick() == [
        (
            "@ana: Essai à blanc. Une fois le réseau démarré, ceci ira à Marie Dupont, en privé :\n"
            "ana vous propose un engagement\n"
            "E-2 réserve la salle – pour le vendredi 5 février\nCela vous convient-il ?\n"
            "[Accepter]  [Un autre jour]  [Pas pour moi]"
        )
    ]
    assert net.buttons == []
    with net.session() as session:
        session.get_one(Network, net.network_id).started_at = net.now
    assert [message.partition(":")[0] for message in net.tick()] == ["@marie"]


@on_sqlite
def test_several_for_one_person_are_one_message_by_day(net: Chat) -> None:
    net.says("marie", "/engagement je réserve la salle pour le 15 janvier")
    said = [message for message in every_morning(net, date(2027, 1, 9)) if "Bonjour" in message]
    assert len(said) == 1
    assert said[0].count("\n") == 2


def test_a_coordinator_hears_nothing_of_a_private_channel_she_is_not_in(chat: Chat) -> None:
    chat.knows("paul", "luc")
    chat.says("paul", "/engagement @luc prépare l'audit d'ici demain", "direction", private=True)
    chat.says("paul", "/engagement je relis l'audit d'ici demain", "direction", private=True)
    for day in range(20):
        chat.tick(chat.now + timedelta(days=1) if day else None)
    chat.says("luc", "E-1 refuse")
    chat.tick()
    assert any("relire l'audit" in text for text in chat.to("@paul"))
    assert any("prépare l'audit" in text for text in chat.to("@luc"))
    assert not [text for text in chat.to("@ana") if "audit" in text]


def test_a_deputy_is_told_that_they_stand_in(net: Chat) -> None:
    net.says("marie", "E-1 suppléant @paul")
    net.says("marie", "/filrouge absent du 4 janvier au 16 janvier")
    net.submits("marie", {})
    said = next(message for message in every_morning(net, date(2027, 1, 16)) if "@paul" in message)
    assert "Absence : Marie Dupont. Vous prenez le relais." in said
    assert "Vous n’avez pas encore répondu" not in said


def test_one_message_says_hello_once(net: Chat) -> None:
    # Asked after on the day on which the other one is recalled: three working days after, seven days before.
    net.says("marie", "/engagement relire la charte pour le 27 janvier")
    said = next(message for message in every_morning(net, date(2027, 1, 21)) if message.startswith("20/01"))
    assert said.count("Bonjour Marie") == 1
    assert "relire la charte" in said
    assert "À venir :" in said or "Où en est-on ?" in said
