"""What a person asks for themselves: no reminders, what is kept about them, and to be forgotten."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from storage import meetings, members
from storage.journal import JournalLine
from storage.members import Absence, Member
from tests.chat import Chat

QUIET = "C’est noté : je ne vous envoie plus de rappels."


@pytest.fixture
def net(chat: Chat) -> Chat:
    """ana coordinates; Claire Dupont promised the poster for Friday 11 December."""
    chat.knows("ana")
    chat.says("ana", "/filrouge démarrer")
    chat.joined_by("Claire Dupont", of="Matilda")
    chat.knows("claire")
    chat.says("claire", "/engagement j'envoie l'affiche pour le 11 décembre")
    return chat


def told(net: Chat, days: int = 30) -> list[str]:
    """What appears while days go by."""
    return [message for _day in range(days) for message in net.tick(net.now + timedelta(days=1))]


@pytest.mark.parametrize(
    "said",
    [
        "stop",
        "Stop !",
        "arrêtez de m'écrire",
        "ne plus recevoir",
        "plus de rappels",
        "Je ne veux plus recevoir vos messages",
        "je ne veux plus de rappels, s'il vous plaît",
        "stop met herinneringen",
        "ik wil geen herinneringen meer",
        "keine Erinnerungen mehr",
        "Keine Erinnerungen mehr bitte",
        "unsubscribe",
        "no more reminders please",
        "/filrouge plus de rappels",
    ],
)
def test_each_may_stop_their_reminders(net: Chat, said: str) -> None:
    assert net.says("claire", said).startswith(QUIET)
    assert net.buttons == ["Me rappeler à nouveau"]


@pytest.mark.parametrize(
    "said", ["je ne veux plus de cette salle", "Les communes ne veulent plus recevoir l'affiche", "stop ou encore ?"]
)
def test_what_says_something_else_stops_nothing(net: Chat, said: str) -> None:
    assert not net.says("claire", said).startswith(QUIET)


def test_who_wishes_no_reminders_gets_none_and_the_coordinator_sees_why(net: Chat) -> None:
    net.says("claire", "stop")
    messages = told(net)
    assert [message for message in messages if message.startswith("@claire")] == []
    [late] = [message for message in messages if "sans nouvelles" in message]
    assert late.startswith("@ana")
    assert "Par choix, sans rappels : Claire Dupont." in late


def test_whoever_is_reminded_again_is(net: Chat) -> None:
    net.says("claire", "stop")
    assert "comme vous l’avez demandé" in net.says("claire", "/filrouge rappels")
    assert net.presses("claire", "Me rappeler à nouveau").startswith("C’est noté : je vous rappelle à nouveau")
    assert any(message.startswith("@claire: Bonjour Claire") for message in told(net))


def test_nobody_is_told_and_questions_still_come(net: Chat) -> None:
    net.says("claire", "stop")
    assert net.tick() == []
    net.says("ana", "/engagement @claire imprime le programme d'ici fin mai")
    assert [message.partition("\n")[0] for message in net.tick()] == ["@claire: ana vous propose un engagement"]


@pytest.mark.parametrize(
    "said",
    ["supprime mes données", "Effacez mes données", "verwijder mijn gegevens", "meine Daten löschen", "delete my data",
     "oublie-moi", "mes données", "/filrouge mes données"],
)  # fmt: skip
def test_what_is_kept_is_said_and_who_removes_it(net: Chat, said: str) -> None:
    answer = net.says("claire", said)
    assert answer.startswith("Ce que je garde sur vous : Claire Dupont et @claire.\nVotre organisation : Matilda.")
    assert "demandez à ana : /filrouge oublier et votre nom" in answer


def test_the_only_coordinator_names_another_one_first(net: Chat) -> None:
    assert "désignez d’abord une autre personne" in net.says("ana", "mes données")


def test_who_left_is_no_longer_named_anywhere(net: Chat) -> None:
    with net.session() as session:
        claire = members.by_handle(session, "claire")
        assert claire is not None
        session.add(Absence(member_id=claire.id, from_on=net.now.date(), to_on=net.now.date()))
    asked = net.says("ana", "/filrouge oublier Claire Dupont")
    assert asked.startswith("Retirer Claire Dupont du registre, définitivement ?")
    assert "à confier à quelqu’un d’autre : E-1." in asked
    net.presses("ana", "Effacer définitivement")
    assert net.to("@ana")[-1] == "C’est fait : le registre ne nomme plus cette personne."
    assert net.says("ana", "E-1").startswith("E-1 une personne partie : envoyer l'affiche")
    with net.session() as session:
        left = session.scalars(select(Member).where(Member.name == "une personne partie")).one()
        assert (left.active, left.external_id, left.handle, left.partner_id) == (False, None, None, None)
        assert session.scalars(select(Absence)).all() == []
        lines = session.scalars(select(JournalLine)).all()
        assert not any("laire" in str((line.before, line.after)) for line in lines)
    assert "Annuler" not in net.buttons


def test_forgetting_is_the_coordinator_s_and_never_of_a_coordinator(net: Chat) -> None:
    assert net.says("claire", "/filrouge oublier ana") == "Seule la coordination du réseau peut faire cela."
    assert "coordonne ce réseau" in net.says("ana", "/filrouge oublier ana")
    assert "organisation reste" in net.says("ana", "/filrouge oublier Matilda")
    net.says("ana", "/filrouge oublier @claire")
    net.presses("ana", "Effacer définitivement")
    assert net.says("ana", "/filrouge oublier Claire Dupont").startswith("Je ne connais pas « Claire Dupont »")


def test_two_who_left_may_have_been_at_one_meeting(net: Chat) -> None:
    with net.session() as session:
        held = meetings.record(session, title="Comité", starts_at=net.now)
        present = meetings.Presence.PRESENT
        for handle in ("claire", "denis"):
            one = members.by_handle(session, handle) or members.record(
                session, name="Denis Petit", handle=handle, external_id=handle
            )
            meetings.attend(session, held.id, name=one.name, presence=present, member_id=one.id)
    for who in ("@claire", "@denis"):
        net.says("ana", f"/filrouge oublier {who}")
        net.presses("ana", "Effacer définitivement")
        assert net.to("@ana")[-1] == "C’est fait : le registre ne nomme plus cette personne."
    with net.session() as session:
        seats = meetings.attendance(session, held.id)
        assert [seat.name for seat in seats] == ["une personne partie", "une personne partie (2)"]
