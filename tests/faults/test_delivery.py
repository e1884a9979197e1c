"""Recorded exactly once, delivered at least once, in practice once; one failure never stops the others."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.delivery import Report
from storage import members
from storage.database import Origin
from storage.networks import Network
from tests.conftest import NOW
from tests.faults.conftest import BROKEN, World, delivery_of
from tests.faults.postman import Crash, Postman, gone, refused, timed_out

LATE = """\
Ce message était prévu pour le lundi 23 novembre à 11h, mais j’étais à l’arrêt. Toutes mes excuses.
About 1.
About 2.
About 3."""
LOST = """\
Je n’ai pas pu remettre un message à #pilotage (is_archived). En voici le texte, si vous souhaitez le transmettre :
About 1."""
PASSED_ON = """\
About 2.
Rosa (rosa@example.org) n’a pas de compte ici. Voici un texte prêt à lui envoyer :
About 1."""
REHEARSAL = """\
About 3.
Essai à blanc. Une fois le réseau démarré, ceci ira à #pilotage :
About 2.
Essai à blanc. Une fois le réseau démarré, ceci ira à Marie, en privé :
About 1.
Essai à blanc. Une fois le réseau démarré, ceci ira à Paul, en privé :
About 4."""


def test_what_is_due_to_one_person_is_one_message(world: World) -> None:
    world.owe("marie", 1)
    world.owe("marie", 2)
    world.owe("paul", 3)
    assert world.run() == Report(sent=2)
    assert world.postman.texts("marie") == ["About 1.\nAbout 2."]
    assert world.postman.texts("paul") == ["About 3."]


def test_the_same_notice_is_owed_once(world: World) -> None:
    for _again in range(3):
        world.owe("marie", 1)
        world.run(minutes=1)
    assert world.postman.texts() == ["About 1."]


def test_what_was_settled_meanwhile_is_not_said(world: World) -> None:
    world.owe("marie", 1)
    world.owe("marie", 2)
    world.owe("paul", 1)
    world.settle(1)
    assert world.run() == Report(sent=1, void=1)
    assert world.postman.texts() == ["About 2."]


def test_one_failure_stops_nobody_else(world: World) -> None:
    world.postman.lose("marie", refused())
    for name in ("marie", "paul", "luc"):
        world.owe(name, 1)
    assert world.run() == Report(sent=2, failed=1)
    assert world.run(seconds=30) == Report()
    assert world.run(minutes=1) == Report(sent=1)
    assert len(world.postman.texts("marie")) == 1


def test_what_becomes_due_while_a_message_fails_goes_with_it(world: World) -> None:
    world.postman.lose("marie", refused())
    world.owe("marie", 1)
    world.run()
    world.owe("marie", 2)
    world.run(minutes=2)
    assert world.postman.texts("marie") == ["About 1.\nAbout 2."]


def test_a_crash_between_the_post_and_its_record_does_not_double_it(world: World) -> None:
    world.postman.swallow("marie", Crash())
    world.owe("marie", 1)
    with pytest.raises(Crash):
        world.run()
    assert world.run(minutes=1) == Report()
    assert world.run(minutes=5) == Report(sent=1)
    assert len(world.postman.texts("marie")) == 1


def test_a_crash_before_the_post_loses_nothing(world: World) -> None:
    world.postman.lose("marie", Crash())
    world.owe("marie", 1)
    with pytest.raises(Crash):
        world.run()
    world.run(minutes=6)
    assert len(world.postman.texts("marie")) == 1


def test_after_a_time_out_the_platform_is_asked_first(world: World) -> None:
    world.postman.swallow("marie", timed_out())
    world.owe("marie", 1)
    assert world.run() == Report(failed=1)
    assert world.run(minutes=2) == Report(sent=1)
    assert world.postman.asked == 1
    assert len(world.postman.texts("marie")) == 1


def test_where_nobody_can_say_it_is_sent_again_and_counted(world: World) -> None:
    world.postman.readable = False
    world.postman.lose("marie", timed_out())
    world.owe("marie", 1)
    world.run()
    assert world.run(minutes=2) == Report(sent=1, again=1)


def test_a_busy_platform_is_obeyed_and_costs_no_attempt(world: World) -> None:
    world.postman.lose("marie", *(busy_platform() for _n in range(12)))
    world.owe("marie", 1)
    for _n in range(12):
        assert world.run() == Report(failed=1)
        assert world.run(seconds=29) == Report()
        world.now += timedelta(seconds=1)
    assert world.run() == Report(sent=1)


def busy_platform() -> Exception:
    failure = refused("ratelimited")
    failure.retry_after = 30
    return failure


def test_a_closed_channel_is_given_up_at_once_and_shown_to_the_coordinator(world: World) -> None:
    world.postman.lose("pilotage", gone())
    world.owe("#pilotage", 1)
    world.owe("marie", 2)
    assert world.run() == Report(sent=2, given_up=1)
    assert world.postman.texts("ana") == [LOST]
    world.run(minutes=1)
    assert len(world.postman.texts("ana")) == 1
    world.owe("#pilotage", 3)
    world.run(minutes=1)
    assert world.postman.texts("ana")[-1] == (
        "Je ne peux plus écrire dans #pilotage. Voici ce qui lui était destiné :\nAbout 3."
    )


def test_a_message_that_keeps_failing_ends_with_the_coordinator(world: World) -> None:
    world.postman.lose("marie", *(refused("invalid_blocks") for _n in range(8)))
    world.owe("marie", 1)
    for _day in range(6):
        world.run()
        for _hour in range(24):
            world.run(hours=1)
    assert world.postman.texts("marie") == []
    assert len(world.postman.texts("ana")) == 1
    assert "invalid_blocks" in world.postman.texts("ana")[0]


def test_a_coordinator_out_of_reach_is_no_endless_loop(world: World) -> None:
    world.postman.lose("ana", gone("account_inactive"))
    world.owe("ana", 1)
    assert world.run() == Report(given_up=1)
    assert world.run(minutes=1) == Report()


def test_at_night_it_waits_for_the_morning(world: World) -> None:
    world.now = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)
    world.owe("marie", 1)
    assert world.run() == Report()
    world.owe("marie", 2)
    assert world.run(hours=10, minutes=29) == Report()
    assert world.run(minutes=1) == Report(sent=1)
    assert world.postman.texts("marie") == ["About 1.\nAbout 2."]


def test_an_absence_taken_meanwhile_is_respected_at_the_last_moment(world: World) -> None:
    world.postman.lose("marie", refused())
    world.owe("marie", 1)
    world.run()
    with world.database.session(world.network_id, Origin(world.now)) as session:
        marie = members.by_handle(session, "marie")
        assert marie is not None
        today = world.now.date()
        session.add(members.Absence(member_id=marie.id, from_on=today, to_on=today))
    assert world.run(minutes=5) == Report(postponed=1)
    assert world.run(days=1) == Report(sent=1)


def test_twenty_five_hours_down_loses_nothing_and_says_why(world: World) -> None:
    for subject, hours in enumerate((1, 5, 20), 1):
        world.owe("marie", subject, at=NOW + timedelta(hours=hours))
    assert world.run() == Report()
    assert world.run(hours=25) == Report(sent=1)
    assert world.postman.texts("marie") == [LATE]
    assert world.run(minutes=1) == Report()


def test_someone_without_an_account_gets_a_mail_where_mail_is_configured(world: World) -> None:
    mail = Postman(name="mail")
    world.delivery = delivery_of(world.database, world.postman, mail=mail)
    world.owe("Rosa", 1)
    assert world.run() == Report(sent=1)
    assert mail.texts("Rosa") == ["About 1.\nPour répondre, écrivez à Ana."]


def test_elsewhere_the_coordinator_gets_a_text_ready_to_send(world: World) -> None:
    world.owe("Rosa", 1)
    world.owe("ana", 2)
    assert world.run() == Report(sent=1)
    assert world.postman.texts("ana") == [PASSED_ON]


def test_before_the_start_everything_goes_to_the_coordinator_alone(world: World) -> None:
    start(world, None)
    world.owe("marie", 1)
    world.owe("#pilotage", 2)
    world.owe("ana", 3)
    world.owe("paul", 4, kind="test.proposal")
    world.run()
    assert {to for to, _message, _at in world.postman.arrived} == {"ana"}
    assert world.postman.texts("ana") == [REHEARSAL]
    start(world, world.now)
    world.run(minutes=1)
    # What lasts goes out for real; a reminder that was only rehearsed is over.
    assert world.postman.texts("paul") == ["About 4."]
    assert world.postman.texts("marie") == []
    assert world.run(minutes=1) == Report()


def start(world: World, at: datetime | None) -> None:
    with world.database.system_session() as session:
        session.get_one(Network, world.network_id).started_at = at


def test_a_network_of_another_platform_is_left_alone(world: World) -> None:
    with world.database.system_session() as session:
        session.get_one(Network, world.network_id).platform = "slack"
    world.owe("marie", 1)
    assert world.run() == Report()
    assert world.delivery.run_network(world.network_id, world.now) == Report()


def test_a_wording_that_fails_is_retried_and_stops_nobody(world: World) -> None:
    world.owe("marie", BROKEN)
    world.owe("paul", 1)
    assert world.run() == Report(sent=1, failed=1)
    for _hour in range(100):
        world.run(hours=1)
    assert len(world.postman.texts("ana")) == 1


def test_a_kind_nobody_words_any_more_is_void(world: World) -> None:
    world.owe("marie", 1, kind="test.forgotten")
    assert world.run() == Report(void=1)


def test_both_clock_changes_keep_the_hour_of_the_wall(world: World) -> None:
    for before in (datetime(2027, 3, 27, 20, 0, tzinfo=UTC), datetime(2027, 10, 30, 20, 0, tzinfo=UTC)):
        world.now = before
        world.owe("marie", before.month)
        while not world.run(minutes=30).sent:
            pass
        local = world.postman.arrived[-1][2].astimezone(ZoneInfo("Europe/Brussels"))
        assert (local.hour, local.minute) == (8, 30)


def test_a_year_of_absence_or_of_closing_stops_nobody_else(world: World) -> None:
    world.away("marie", NOW.date() - timedelta(days=20), NOW.date() + timedelta(days=400))
    world.owe("marie", 1)
    world.owe("paul", 2)
    world.run()
    assert world.postman.texts() == ["About 2."]
    with world.database.session(world.network_id, Origin(NOW)) as session:
        closed = ((NOW.date() - timedelta(days=1), NOW.date() + timedelta(days=900)),)
        session.get_one(Network, world.network_id).choose(closed=closed)
    world.owe("paul", 3)
    # Better to write than never to.
    world.run()
    assert world.postman.texts("paul") == ["About 2.", "About 3."]


def test_what_waited_for_the_end_of_an_absence_is_not_late(world: World) -> None:
    world.away("marie", NOW.date(), NOW.date() + timedelta(days=4))
    world.owe("marie", 1)
    world.run()
    world.run(days=7)
    assert world.postman.texts("marie") == ["About 1."]
