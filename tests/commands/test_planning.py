"""Meetings before they take place: series, agenda, invitations, what changes afterwards."""

import base64
import itertools
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event
from sqlalchemy import select

from bot.context import Context
from bot.understanding.deadlines import is_working_day
from commands import meeting_series
from storage import bodies, meetings, members
from storage.chat import Post
from storage.commitments import Commitment
from storage.meetings import Meeting, Presence
from storage.networks import Network
from storage.notices import Notice
from tests.chat import Chat

ZONE = ZoneInfo("Europe/Brussels")


@pytest.fixture
def network(chat: Chat) -> Chat:
    """Bob and Claire read #pilotage; Gisèle sits in the committee without an account; Ana can be written to."""
    with chat.session() as session:
        for name in ("Bob Lejeune", "Claire Marchal"):
            handle = name.split()[0].lower()
            members.record(session, name=name, handle=handle, external_id=handle, introduced_at=chat.now)
    chat.knows("ana")
    chat.says("ana", "/filrouge instance Comité de pilotage", channel="pilotage")
    for who in ("bob", "claire"):
        chat.says(who, "/decision liste", channel="pilotage")
    with chat.session() as session:
        guest = members.record(session, name="Gisèle Vandam", email="gisele@example.org")
        bodies.join(session, 1, guest.id)
        ana = members.by_handle(session, "ana")
        assert ana is not None
        ana.email = "ana@example.org"
    return chat


def meeting(chat: Chat, number: int = 1) -> Meeting:
    with chat.session() as session:
        found = meetings.by_number(session, number)
        assert found is not None
        session.expunge(found)
        return found


def invitations(chat: Chat) -> list[tuple[str, Calendar]]:
    """Every calendar file so far, with where it went."""
    with chat.session() as session:
        posts = session.scalars(select(Post).order_by(Post.id)).all()
        return [
            (post.to, Calendar.from_ical(base64.b64decode(file["content"])))
            for post in posts
            for file in post.content.get("attachments", ())
            if file["name"].endswith(".ics")
        ]


def event(calendar: Calendar) -> Event:
    (found,) = calendar.walk("VEVENT")
    assert isinstance(found, Event)
    return found


@pytest.mark.parametrize(
    ("line", "first", "last"),
    [
        ("mardi de 14h à 16h30", "14:00", "16:30"),
        ("le 1er décembre 9h30-11h", "09:30", "11:00"),
        ("mardi 14h", "14:00", None),
    ],
)
def test_hours_are_read_from_the_line(network: Chat, line: str, first: str, last: str | None) -> None:
    network.says("ana", f"/reunion {line}", channel="pilotage")
    planned = meeting(network)
    assert f"{planned.starts_at.astimezone(ZONE):%H:%M}" == first
    assert (f"{planned.ends_at.astimezone(ZONE):%H:%M}" if planned.ends_at else None) == last
    assert planned.starts_at.astimezone(ZONE).weekday() == 1


@pytest.mark.parametrize(
    ("language", "line", "title", "place"),
    [
        ("fr", "mardi 8 décembre à 14h à Arlon", "Comité de pilotage", "Arlon"),
        ("fr", "Comité de pilotage mardi 8 décembre 14h, à l'hôtel de ville", "Comité de pilotage", "hôtel de ville"),
        ("nl", "dinsdag 8 december om 14u in Aarlen", "Comité de pilotage", "Aarlen"),
        ("de", "Dienstag 8. Dezember um 14 Uhr bei Frau Kremer", "Comité de pilotage", "bei Frau Kremer"),
        ("en", "Tuesday 8 December at 2 pm at the town hall", "Comité de pilotage", "town hall"),
        ("fr", "bureau élargi à Arlon mardi 8 décembre 14h", "bureau élargi à Arlon", ""),
    ],
)
def test_where_it_is_held_is_no_name(network: Chat, language: str, line: str, title: str, place: str) -> None:
    with network.session() as session:
        ana = members.by_handle(session, "ana")
        assert ana is not None
        ana.language = language
    network.says("ana", f"/reunion {line}", channel="pilotage")
    assert (meeting(network).title, meeting(network).place) == (title, place)


def test_it_cannot_end_before_it_begins(network: Chat) -> None:
    network.says("ana", "/reunion", channel="pilotage")
    network.submits("ana", {"on": "2026-12-01", "at": "14h", "until": "13h"})
    assert set(network.form.errors) == {"until"}


def test_a_series_says_when_it_comes_back(network: Chat) -> None:
    answer = network.says("ana", "/reunion chaque premier mardi de 14h à 16h", channel="pilotage")
    assert "R-1 : Comité de pilotage, mardi 1er décembre, de 14h à 16h." in answer
    assert "Elle revient : ensuite mardi 5 janvier, mardi 2 février et mardi 2 mars, et ainsi de suite." in answer


def test_a_first_day_off_is_moved_and_a_single_one_is_warned_of(network: Chat) -> None:
    network.says("ana", "/reunion", channel="pilotage")
    network.submits("ana", {"on": "2026-12-25", "at": "14h", "recurrence": "tous les mois le 25"})
    assert "Déplacée : vendredi 25 décembre n’est pas un jour ouvrable." in network.seen[-1].text.replace("\u00a0", " ")
    assert meeting(network).starts_at.astimezone(ZONE).date() == date(2026, 12, 28)
    network.says("ana", "/reunion le 25 décembre 14h", channel="pilotage")
    assert "Attention : vendredi 25 décembre tombe un jour férié" in network.seen[-1].text.replace("\u00a0", " ")
    assert meeting(network, 2).starts_at.astimezone(ZONE).date() == date(2026, 12, 25)


@pytest.mark.parametrize(
    ("words", "day", "gaps"),
    [
        ("chaque premier mardi du mois", "2026-12-01", {28, 35}),
        ("tous les 15 jours", "2026-12-04", {14}),
        ("un mardi sur deux", "2026-12-01", {14}),
        ("tous les mois le 1er", "2026-12-01", {28, 29, 30, 31}),
        ("tous les vendredis", "2026-11-27", {7}),
    ],
)
def test_a_series_holds_for_years(network: Chat, words: str, day: str, gaps: set[int]) -> None:
    network.says("ana", "/reunion", channel="pilotage")
    network.submits("ana", {"on": day, "at": "14h", "recurrence": words})
    found: list[Meeting] = [meeting(network)]
    until = datetime(2031, 12, 1, tzinfo=UTC)
    with network.session() as session:
        context = Context(session, session.get_one(Network, network.network_id), network.now)
        while found[-1].starts_at < until:
            context.now = found[-1].starts_at + timedelta(hours=21)
            meeting_series.come_back.function(context)
            session.flush()
            found.append(session.scalars(select(Meeting).order_by(Meeting.id.desc())).first() or found[-1])
        rule = [row.series_on for row in found]
        assert {(b - a).days for a, b in itertools.pairwise(rule) if a and b} <= gaps
        for row in found:
            local = row.starts_at.astimezone(ZONE)
            assert local.hour == 14
            assert is_working_day(local.date(), "BE")
            assert row.series_on is not None
            assert timedelta(0) <= local.date() - row.series_on <= timedelta(days=6)


def test_a_long_silence_plans_no_meeting_of_the_past(network: Chat) -> None:
    network.says("ana", "/reunion chaque premier mardi à 14h", channel="pilotage")
    network.tick(datetime(2027, 6, 15, 8, tzinfo=UTC))
    network.tick(datetime(2027, 6, 15, 9, tzinfo=UTC))
    with network.session() as session:
        days = [row.starts_at.astimezone(ZONE).date() for row in session.scalars(select(Meeting).order_by(Meeting.id))]
    assert days == [date(2026, 12, 1), date(2027, 7, 6)]


def test_a_change_of_one_leaves_the_series_as_it_was(network: Chat) -> None:
    network.says("ana", "/reunion chaque premier mardi de 14h à 16h", channel="pilotage")
    answer = network.says("ana", "/reunion R-1 reporte au 3 décembre de 9h à 10h", channel="pilotage")
    assert "La série garde son jour, ses heures et son lieu habituels." in answer
    network.tick(datetime(2026, 12, 4, 10, tzinfo=UTC))
    following = meeting(network, 2)
    assert following.starts_at.astimezone(ZONE).isoformat() == "2027-01-05T14:00:00+01:00"
    assert following.ends_at is not None
    assert following.ends_at - following.starts_at == timedelta(hours=2)


def test_a_series_is_ended(network: Chat) -> None:
    network.says("ana", "/reunion chaque premier mardi à 14h", channel="pilotage")
    assert network.says("bob", "/reunion R-1 dernière", channel="pilotage").startswith("Seuls la présidence")
    assert "dernière de sa série" in network.says("ana", "/reunion R-1 dernière", channel="pilotage")
    network.tick(datetime(2026, 12, 4, 10, tzinfo=UTC))
    with network.session() as session:
        assert meetings.by_number(session, 2) is None


def test_a_point_goes_to_the_next_meeting_of_the_channel(network: Chat) -> None:
    assert network.says("bob", "/reunion ajoute le budget", channel="pilotage").startswith("Aucune réunion")
    network.says("ana", "/reunion mardi 14h", channel="pilotage")
    assert network.says("bob", "/reunion ajoute le budget", channel="pilotage").startswith("À l’ordre du jour de R-1")
    answer = network.says("ana", "/reunion R-1 ordre du jour", channel="pilotage")
    assert "1. le budget" in answer
    with network.session() as session:
        last = session.scalars(select(Post).order_by(Post.id.desc())).first()
        assert last is not None
        kinds = [file["name"].rpartition(".")[2] for file in last.content["attachments"]]
    assert kinds == ["docx", "odt", "pdf", "md"]


def test_the_agenda_shows_nothing_of_a_private_channel(network: Chat) -> None:
    network.says("ana", "/reunion mardi 14h", channel="pilotage")
    network.says("ana", "/engagement je prépare la fusion pour le 10 décembre", channel="bureau", private=True)
    with network.session() as session:
        session.scalars(select(Commitment)).one().body_id = 1
    network.later(days=1, hours=4)
    assert "fusion" not in network.says("ana", "/reunion ouvre", channel="pilotage")


def test_the_agenda_names_nobody_as_late(network: Chat) -> None:
    network.says("claire", "/engagement je réserve la salle pour le 24 novembre", channel="pilotage")
    network.says("claire", "/engagement j'envoie la carte pour le 10 décembre", channel="pilotage")
    network.says("ana", "/reunion mercredi 2 décembre 14h", channel="pilotage")
    network.later(days=3)
    answer = network.says("bob", "/reunion R-1", channel="pilotage")
    assert "– E-1 : Claire Marchal – réserver la salle\n" in answer
    assert "– E-2 : Claire Marchal – envoyer la carte (jeudi 10 décembre)" in answer


def test_the_invitation_goes_to_the_channel_and_to_who_does_not_read_it(network: Chat) -> None:
    network.says("ana", "/reunion mardi de 14h à 16h", channel="pilotage")
    assert network.presses("ana", "Envoyer l’invitation").startswith("L’invitation part vers 2 destinataires")
    posted = network.tick()
    assert posted[0].startswith("#pilotage: Invitation : Comité de pilotage, mardi 24 novembre, de 14h à 16h.")
    assert posted[1].startswith("@ana: Gisèle Vandam (gisele@example.org) n’a pas de compte ici.")
    (channel, kept), (_ana, answered) = invitations(network)
    assert channel == "#pilotage"
    assert (kept["METHOD"], answered["METHOD"]) == ("PUBLISH", "REQUEST")
    assert event(kept)["UID"] == event(answered)["UID"]
    assert "ATTENDEE" not in event(kept)
    assert str(event(answered)["ATTENDEE"]) == "mailto:gisele@example.org"
    assert str(event(answered)["ORGANIZER"]) == "mailto:ana@example.org"
    assert event(kept).decoded("DTSTART") == datetime(2026, 11, 24, 14, tzinfo=ZONE)
    assert event(kept).decoded("DTEND") == datetime(2026, 11, 24, 16, tzinfo=ZONE)
    assert network.tick() == []


def test_each_change_is_a_new_version_of_the_same_event(network: Chat) -> None:
    network.says("ana", "/reunion mercredi 2 décembre 14h", channel="pilotage")
    network.says("ana", "/reunion R-1 invite", channel="pilotage")
    network.tick()
    network.later(hours=1)
    network.says("ana", "/reunion R-1 reporte au 3 décembre 15h", channel="pilotage")
    assert network.tick()[0] == "#pilotage: Comité de pilotage change de date : jeudi 3 décembre à 15h."
    network.later(minutes=5)
    network.says("ana", "/reunion R-1 annule", channel="pilotage")
    assert network.tick()[0] == "#pilotage: Comité de pilotage, jeudi 3 décembre à 15h : la réunion n’a pas lieu."
    network.later(minutes=5)
    network.presses("ana", "Annuler")
    assert network.tick()[0] == "#pilotage: Comité de pilotage a lieu jeudi 3 décembre à 15h."
    mine = [calendar for to, calendar in invitations(network) if to == "#pilotage"]
    assert len({event(one)["UID"] for one in mine}) == 1
    assert [event(one)["SEQUENCE"] for one in mine] == [0, 1, 2, 3]
    assert [one["METHOD"] for one in mine] == ["PUBLISH", "PUBLISH", "CANCEL", "PUBLISH"]
    assert [event(one)["STATUS"] for one in mine] == ["CONFIRMED", "CONFIRMED", "CANCELLED", "CONFIRMED"]
    assert network.tick() == []


def test_a_change_undone_before_it_left_is_not_announced(network: Chat) -> None:
    network.says("ana", "/reunion mercredi 2 décembre 14h", channel="pilotage")
    network.says("ana", "/reunion R-1 invite", channel="pilotage")
    network.tick()
    network.now = datetime(2026, 11, 23, 21, tzinfo=UTC)
    network.says("ana", "/reunion R-1 annule", channel="pilotage")
    network.tick()
    network.presses("ana", "Annuler")
    told = network.tick(datetime(2026, 11, 24, 9, tzinfo=UTC))
    assert [line for line in told if "n’a pas lieu" in line] == []


def test_the_next_of_an_invited_series_is_announced(network: Chat) -> None:
    network.says("ana", "/reunion chaque premier mardi à 14h", channel="pilotage")
    network.says("ana", "/reunion R-1 invite", channel="pilotage")
    network.tick()
    network.tick(datetime(2026, 12, 3, 9, tzinfo=UTC))
    told = network.tick(datetime(2026, 12, 3, 9, 1, tzinfo=UTC))
    every = [*network.to("#pilotage"), *told]
    assert any(line.startswith("Invitation : Comité de pilotage, mardi 5 janvier à 14h.") for line in every)


def test_someone_excuses_themselves_beforehand(network: Chat) -> None:
    network.says("ana", "/reunion mardi 14h", channel="pilotage")
    network.says("ana", "/reunion R-1 invite", channel="pilotage")
    network.tick()
    network.presses("bob", "Je ne pourrai pas venir")
    network.submits("bob", {"proxy": "Claire Marchal"})
    with network.session() as session:
        (row,) = meetings.attendance(session, 1)
        assert (row.name, row.presence, row.proxy) == ("Bob Lejeune", Presence.REPRESENTED, "Claire Marchal")


def test_the_past_and_the_unknown_cannot_be_planned_or_moved(network: Chat) -> None:
    network.says("ana", "/reunion mardi 14h", channel="pilotage")
    assert network.says("bob", "/reunion R-1 reporte au 3 décembre 14h", channel="pilotage").startswith("Seuls")
    network.says("ana", "/reunion R-1 reporte un de ces jours", channel="pilotage")
    assert network.form.title == "Modifier la réunion"
    network.submits("ana", {"on": "2026-11-02"})
    assert set(network.form.errors) == {"on"}
    network.submits("ana", {"on": "2026-12-02", "at": "quinze heures"})
    assert set(network.form.errors) == {"at"}


def test_nobody_is_invited_twice_however_often_the_bot_wakes_up(network: Chat) -> None:
    network.says("ana", "/reunion mardi 14h", channel="pilotage")
    network.says("ana", "/reunion R-1 invite", channel="pilotage")
    for _turn in range(3):
        network.tick()
    with network.session() as session:
        assert len(session.scalars(select(Notice)).all()) == 2


def test_what_has_taken_place_is_not_cancelled(chat: Chat) -> None:
    chat.says("ana", "/reunion Comité de pilotage demain 14h")
    chat.later(days=2)
    assert chat.says("ana", "/reunion annuler R-1").startswith("R-1 a déjà eu lieu")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("le comité de pilotage se réunit mardi à 14 heures à Libramont", "R-1 : Comité de pilotage, mardi"),
        ("pilotage mardi 14h", "R-1 : Comité de pilotage, mardi"),
        ("prévoir une réunion du comité mardi 14h", "R-1 : Comité de pilotage, mardi"),
        ("Vergadering over de begroting dinsdag 14u", "R-1 : Vergadering over de begroting, mardi"),
    ],
)
def test_the_body_is_found_in_the_sentence(chat: Chat, line: str, told: str) -> None:
    chat.says("ana", "/filrouge instance Comité de pilotage", "pilotage")
    assert chat.says("ana", f"/reunion {line}", "pilotage").startswith(told)


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("Bureau le 30 février 14h", "le dimanche 28 février ou le lundi 1er mars"),
        ("Bureau dimanche 3 décembre 14h", "le jeudi 3 décembre ou le dimanche 6 décembre"),
        ("Bureau le 3 mars 2020 14h", "Le mardi 3 mars 2020 est déjà passé."),
    ],
)
def test_no_meeting_is_planned_on_a_day_nobody_can_be_sure_of(chat: Chat, said: str, answered: str) -> None:
    assert answered in chat.says("ana", f"/reunion {said}", channel="bureau")
    assert chat.rows(Meeting) == []
