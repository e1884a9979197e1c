"""/calendar/{token}.ics: what one member may see, and nothing to anyone else."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import httpx
import pytest
from icalendar import Calendar, Event

from bot.web import calendar
from bot.web.server import application
from storage import channels, commitments, feeds, meetings, members
from storage.commitments import Owner, Status
from storage.database import Origin
from storage.members import Member
from storage.visibility import Visibility
from tests.chat import Chat
from tests.serving import served


@pytest.fixture
def site(chat: Chat) -> Iterator[str]:
    with served(application(chat.database, [], routes=calendar.routes(chat.database, lambda: chat.now))) as url:
        yield url


@pytest.fixture
def token(chat: Chat) -> str:
    """Bob's; two meetings, of which one is the business of another channel, and two people's promises."""
    with chat.database.session(chat.network_id, Origin(chat.now, source="test", operation="one")) as session:
        bob = members.record(session, name="Bob", handle="bob", external_id="bob")
        claire = members.record(session, name="Claire", handle="claire", external_id="claire")
        private = channels.seen(session, external_id="local:bureau", name="bureau", private=True).id
        at = datetime(2027, 3, 30, 12, tzinfo=UTC)
        meetings.record(session, title="Plénière", starts_at=at, ends_at=at + timedelta(hours=1), place="Arlon")
        meetings.record(session, title="Bureau secret", starts_at=at, visibility=Visibility.BODY, channel_id=private)
        # Planned with a wider visibility than its channel has: those who are in the channel know of it, nobody else.
        meetings.record(session, title="Bureau large", starts_at=at, channel_id=private)
        for text, owner, status in (
            ("envoyer la carte", bob, Status.OPEN),
            ("chose de Claire", claire, Status.OPEN),
            ("pas encore acceptée", bob, Status.PROPOSED),
        ):
            commitments.record(
                session, text=text, owners=[Owner(member_id=owner.id)], status=status, due_on=date(2026, 12, 10)
            )
        return feeds.open_for(session, bob.id).token


def events(text: str) -> dict[str, Event]:
    return {str(one["SUMMARY"]): one for one in Calendar.from_ical(text).walk("VEVENT") if isinstance(one, Event)}


def test_it_holds_what_its_owner_may_see_and_owes(site: str, token: str) -> None:
    answer = httpx.get(f"{site}/calendar/{token}.ics")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    found = events(answer.text)
    assert set(found) == {"Plénière", "E-1 à faire\u00a0: envoyer la carte"}
    meeting = found["Plénière"]
    assert meeting.decoded("DTSTART") == datetime(2027, 3, 30, 14, tzinfo=ZoneInfo("Europe/Brussels"))
    assert meeting["LOCATION"] == "Arlon"
    owed = found["E-1 à faire\u00a0: envoyer la carte"]
    assert (owed.decoded("DTSTART"), owed.decoded("DTEND")) == (date(2026, 12, 10), date(2026, 12, 11))
    assert owed["TRANSP"] == "TRANSPARENT"
    assert "TZID:Europe/Brussels" in answer.text
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in answer.text
    assert answer.headers["cache-control"].startswith("private")


@pytest.mark.parametrize("name", ["x.ics", "A" * 32 + ".ics", "%2e%2e%2fetc.ics", "A" * 4000 + ".ics", "é.ics"])
def test_an_invented_address_leads_nowhere(site: str, token: str, name: str) -> None:
    assert token
    assert httpx.get(f"{site}/calendar/{name}").status_code == 404


def test_a_renewed_a_closed_and_a_former_member_s_address_lead_nowhere(chat: Chat, site: str, token: str) -> None:
    with chat.session() as session:
        bob = members.by_handle(session, "bob")
        assert bob is not None
        renewed = feeds.renew(session, bob.id).token
    assert httpx.get(f"{site}/calendar/{token}.ics").status_code == 404
    assert httpx.get(f"{site}/calendar/{renewed}.ics").status_code == 200
    with chat.session() as session:
        session.get_one(Member, bob.id).active = False
    gone = httpx.get(f"{site}/calendar/{renewed}.ics")
    assert (gone.status_code, gone.text) == (404, "Not found.")


def test_a_copy_that_is_still_good_is_not_sent_again(chat: Chat, site: str, token: str) -> None:
    url = f"{site}/calendar/{token}.ics"
    first = httpx.get(url)
    same = httpx.get(url, headers={"If-None-Match": first.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")
    weak = httpx.get(url, headers={"If-None-Match": f'W/{first.headers["etag"]}, "other"'})
    assert weak.status_code == 304
    later = "Fri, 01 Jan 2027 00:00:00 GMT"
    assert httpx.get(url, headers={"If-Modified-Since": later}).status_code == 304
    assert httpx.get(url, headers={"If-Modified-Since": first.headers["last-modified"]}).status_code == 200
    assert httpx.get(url, headers={"If-Modified-Since": "yesterday"}).status_code == 200
    assert httpx.head(url).status_code == 200
    chat.later(days=3)
    with chat.database.session(chat.network_id, Origin(chat.now, source="test", operation="two")) as session:
        row = meetings.by_number(session, 1)
        assert row is not None
        row.starts_at += timedelta(days=1)
    changed = httpx.get(url, headers={"If-None-Match": first.headers["etag"]})
    assert changed.status_code == 200
    event = events(changed.text)["Plénière"]
    assert event["UID"] == events(first.text)["Plénière"]["UID"]
    assert (event["SEQUENCE"], events(first.text)["Plénière"]["SEQUENCE"]) == (1, 0)
    assert changed.headers["last-modified"] != first.headers["last-modified"]


def test_a_cancelled_meeting_is_said_to_be(chat: Chat, site: str, token: str) -> None:
    with chat.session() as session:
        row = meetings.by_number(session, 1)
        assert row is not None
        row.cancelled_at = chat.now
    assert events(httpx.get(f"{site}/calendar/{token}.ics").text)["Plénière"]["STATUS"] == "CANCELLED"


def test_nothing_can_be_written_there(site: str, token: str) -> None:
    assert httpx.post(f"{site}/calendar/{token}.ics").status_code == 405
