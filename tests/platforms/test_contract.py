"""The shared conversations on the local platform and on Mattermost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from markupsafe import escape

from bot.app import App
from bot.phrases import LANGUAGES, Reader
from bot.registry import discover
from bot.web import differences, guide
from tests.chat import Chat
from tests.conftest import NOW
from tests.platforms.contract import CHANNEL, CONVERSATIONS, Seen, words
from tests.platforms.mattermost.bot import RunningBot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from storage.database import Database
    from tests.platforms.contract import Talk
    from tests.platforms.mattermost.state import Channel, Json
    from tests.platforms.mattermost.world import World


class LocalTalk:
    """On the trial page's own chat."""

    def __init__(self, chat: Chat) -> None:
        self._chat = chat

    def commands(self, who: str, line: str, channel: str = "") -> None:
        self._chat.says(who, line, channel=channel)

    def says(self, who: str, text: str, channel: str = "") -> None:
        self._chat.says(who, f"@filrouge {text}" if channel else text, channel=channel)

    def presses(self, who: str, label: str) -> None:
        self._chat.presses(who, label)

    def form(self, who: str) -> list[str]:
        del who
        return [field.name for field in self._chat.form.fields]

    def submits(self, who: str, **values: str) -> dict[str, str]:
        before = len(self._chat.seen)
        self._chat.submits(who, values)
        forms = [shown.form for shown in self._chat.seen[before:] if shown.form is not None]
        return dict(forms[-1].errors) if forms else {}

    def seen(self, who: str) -> list[Seen]:
        """Here each thing a person does tells what it made appear; `seen` keeps all of it."""
        mine = [
            shown
            for shown in self._chat.local.since(0, self._chat.now)
            if shown.form is None and (shown.to == f"@{who}" or (shown.to == f"#{CHANNEL}" and self._for(shown, who)))
        ]
        return [Seen(words(shown.text.partition("\nLigne")[0]), shown.ephemeral) for shown in mine]

    def _for(self, shown: Any, who: str) -> bool:
        from storage.chat import Post
        from storage.database import Origin

        with self._chat.database.session(self._chat.network_id, Origin(self._chat.now)) as session:
            return session.get_one(Post, shown.post_id).only_for in {"", who}


class MattermostTalk:
    """On the stand-in for a Mattermost server."""

    def __init__(self, world: World, bot: RunningBot) -> None:
        self._world = world
        self._bot = bot
        for name in ("ana", "bob"):
            world.person(name)

    def _channel(self, who: str, channel: str) -> Channel:
        return self._world.channel if channel else self._world.person(who).direct(self._world.bot)

    def commands(self, who: str, line: str, channel: str = "") -> None:
        self._world.person(who).commands(self._channel(who, channel), line)
        self._settle()

    def says(self, who: str, text: str, channel: str = "") -> None:
        before = len(self._messages())
        self._world.person(who).says(self._channel(who, channel), f"@filrouge {text}" if channel else text)
        self._world.server.state.wait(lambda: len(self._messages()) > before)
        self._settle()

    def presses(self, who: str, label: str) -> None:
        person = self._world.person(who)
        for post in reversed(self._posts(who)):
            names = [
                action["name"]
                for attachment in post["props"].get("attachments", [])
                for action in attachment.get("actions", [])
            ]
            if label in names:
                person.presses(post, label)
                self._settle()
                return
        raise AssertionError(f"no button {label!r}")

    def form(self, who: str) -> list[str]:
        return [element["name"] for element in self._world.person(who).dialogs()[-1]["dialog"]["elements"]]

    def submits(self, who: str, **values: str) -> dict[str, str]:
        person = self._world.person(who)
        before = len(self._posts(who))
        answer = person.submits(person.dialogs()[-1], self._world.channel, **values)
        if not answer:
            self._world.server.state.wait(lambda: len(self._posts(who)) > before)
        return dict(answer.get("errors", {}))

    def seen(self, who: str) -> list[Seen]:
        return [
            Seen(
                words(post["message"]),
                post["type"] == "system_ephemeral" or post["channel_id"] != self._world.channel.id,
            )
            for post in self._posts(who)
        ]

    def _messages(self) -> list[Json]:
        return [post for post in self._world.server.state.posts.values() if post["user_id"] == self._world.bot.id]

    def _posts(self, who: str) -> list[Json]:
        """What the bot wrote where this person reads, and what this person alone was shown."""
        person = self._world.person(who)
        channels = {self._world.channel.id, person.direct(self._world.bot).id}
        shown = [self._world.server.state.post_json(post) for post in self._messages()]
        mine = [post for post in shown if post["channel_id"] in channels] + person.ephemerals()
        return sorted(mine, key=lambda post: int(post["create_at"]))

    def _settle(self) -> None:
        """Time passes between two things that people do."""
        self._bot.platform.workers.settle()
        self._world.clock.advance(1)


@pytest.fixture
def local_talk(database: Database, chat: Chat) -> Talk:
    app = App(database, discover("tests.platforms.contract_commands"), source="local")
    return LocalTalk(Chat(app, chat.network_id, NOW))


@pytest.fixture(params=[5, 0], ids=["in the call", "by response_url"])
def mattermost_talk(request: pytest.FixtureRequest, database: Database, world: World) -> Iterator[Talk]:
    """The answer to a command comes in its own call where that waits, else by its response_url."""
    bot = RunningBot(database, world, command_patience=request.param)
    bot.start()
    yield MattermostTalk(world, bot)
    bot.stop()


each_conversation = pytest.mark.parametrize("conversation", CONVERSATIONS, ids=lambda one: one.__name__)


@each_conversation
def test_it_goes_so_on_the_local_platform(conversation: Callable[[Talk], None], local_talk: Talk) -> None:
    conversation(local_talk)


@each_conversation
def test_it_goes_so_on_mattermost(conversation: Callable[[Talk], None], mattermost_talk: Talk) -> None:
    conversation(mattermost_talk)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_differs_is_in_the_guide(language: str) -> None:
    page = guide.draw(discover("tests.platforms.contract_commands"), language)
    for row in differences.ROWS:
        assert all(escape(cell.say(Reader(language))) in page or "`" in cell.english for cell in row)
    assert page.count("<tr>") >= len(differences.ROWS)
