"""What was received is forgotten once nothing can ask for it again, and not a day earlier."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot import tidying
from bot.messages import Person, Place, Said
from bot.platforms.mattermost.callbacks import BUTTON_LIFE
from storage import inbox
from storage.database import Database
from storage.inbox import Received
from tests.chat import Chat
from tests.conftest import NOW


def _kept(database: Database) -> int:
    with database.system_session(reading=True) as session:
        return session.scalar(select(func.count()).select_from(Received)) or 0


def test_what_was_handled_is_forgotten_when_it_can_no_longer_come_again(chat: Chat) -> None:
    chat.says("ana", "bonjour")
    assert _kept(chat.database) == 1
    assert tidying.forget(chat.database, NOW + timedelta(days=29)) == 0
    assert tidying.forget(chat.database, NOW + timedelta(days=31)) == 1
    assert _kept(chat.database) == 0


def test_what_waits_to_be_handled_is_never_forgotten(chat: Chat) -> None:
    said = Said(event_id="x", person=Person("ana"), place=Place(direct=True), text="bonjour")
    chat.app.receive(chat.network_id, said, NOW)
    assert tidying.forget(chat.database, NOW + timedelta(days=900)) == 0
    assert len(chat.app.left_behind(NOW + timedelta(days=900))) == 1


def test_the_mark_of_a_button_outlives_the_button(chat: Chat) -> None:
    with chat.session(NOW) as session:
        inbox.receive(session, "gone:1", None, at=NOW)
    assert tidying.forget(chat.database, NOW + BUTTON_LIFE + timedelta(days=1)) == 0
    assert tidying.forget(chat.database, NOW + BUTTON_LIFE + timedelta(days=11)) == 1


def test_a_batch_is_small(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tidying, "BATCH", 2)
    for _time in range(3):
        chat.says("ana", "bonjour")
    later = NOW + timedelta(days=31)
    assert [tidying.forget(chat.database, later) for _wake_up in range(3)] == [2, 1, 0]
