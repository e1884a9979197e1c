"""What goes wrong between a bot and its server: nothing is missed, nothing is said twice."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.messages import Attachment, Message, Part
from bot.platforms.base import Recipient, SendFailedError
from bot.platforms.mattermost.render import DELIVERY_PROP
from bot.text import Bold, Plain
from storage import servers
from storage.database import Database
from tests.platforms.contract_commands import keep
from tests.platforms.mattermost.bot import RunningBot
from tests.platforms.mattermost.server import MattermostServer
from tests.platforms.mattermost.world import World


class Pauses:
    """The pauses of the websocket last until the test says that time has passed."""

    def __init__(self) -> None:
        self._paused = threading.Semaphore(0)
        self._over = threading.Event()

    def __call__(self, seconds: float) -> None:
        assert seconds
        self._paused.release()
        self._over.wait(10)
        self._over.clear()

    def wait(self) -> None:
        assert self._paused.acquire(timeout=10)

    def over(self) -> None:
        self._over.set()


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture
def bot(world: World, sqlite_url: str, pauses: Pauses) -> Iterator[RunningBot]:
    keep.GATE.set()
    database = Database(sqlite_url)
    bot = RunningBot(database, world)
    bot.pause = pauses
    bot.start()
    yield bot
    pauses.over()
    bot.stop()
    database.dispose()


def answers(world: World) -> list[str]:
    """Every direct message that the bot has written, sorted."""
    posts = [*world.server.state.posts.values()]
    return sorted(post["message"] for post in posts if post["user_id"] == world.bot.id)


def lose(world: World, bot: RunningBot, pauses: Pauses) -> None:
    """The network goes, and the bot has noticed."""
    for hearing in bot.platform.hearings:
        hearing.caught_up.clear()
    world.server.set_down(True)
    pauses.wait()


def regain(world: World, bot: RunningBot, pauses: Pauses) -> None:
    world.server.set_down(False)
    pauses.over()
    bot.wait_until_caught_up()


def mention(world: World, number: int) -> None:
    """A mention that is written while the bot cannot be reached."""
    ana = world.person("ana")
    given = {"channel_id": world.channel.id, "message": f"@filrouge garde mot{number}"}
    world.server.on_loop(lambda: world.server.posts.create(ana.user, given))


# Floors ------------------------------------------------------------------------------------------------------------


def test_ten_minutes_without_websocket_and_fifty_mentions_are_all_answered_once(
    world: World, bot: RunningBot, pauses: Pauses
) -> None:
    mention(world, 0)
    world.server.state.wait(lambda: len(answers(world)) == 1)
    lose(world, bot, pauses)
    for number in range(1, 51):
        mention(world, number)
        world.clock.advance(12)
    regain(world, bot, pauses)
    world.server.state.wait(lambda: len(answers(world)) >= 51)
    mention(world, 51)
    world.server.state.wait(lambda: len(answers(world)) >= 52)
    assert answers(world) == sorted(f"Kept **mot{number}**." for number in range(52))


def test_a_burst_of_two_hundred_reminders_keeps_to_the_servers_rate(world: World, bot: RunningBot) -> None:
    state = world.server.state
    people = [state.add_user(f"user{number}") for number in range(200)]
    for user in people:
        state.join_team(world.team, user)
    network = next(iter(bot.platform.connections)) + f"/{world.team.id}"
    world.server.config.rate_per_second, world.server.config.rate_burst = 10, 40
    world.server.limiter.refused = 0
    before, asked = world.clock.seconds(), len(state.requests)
    for number, user in enumerate(people):
        message = Message((Part((Plain(f"Rappel {number}"),)),), token=f"d{number}")
        bot.platform.send(network, Recipient(user.id, user.username), message, now=world.clock.now())
    requests, taken = len(state.requests) - asked, world.clock.seconds() - before
    assert answers(world) == sorted(f"Rappel {number}" for number in range(200))
    assert world.server.limiter.refused == 0
    assert (requests - 41) / 10 - 1 <= taken <= (requests - 41) / 10 * 1.15


# Losses ------------------------------------------------------------------------------------------------------------


def test_a_restarted_server_is_heard_again(world: World, bot: RunningBot, pauses: Pauses) -> None:
    mention(world, 1)
    world.server.state.wait(lambda: len(answers(world)) == 1)
    for hearing in bot.platform.hearings:
        hearing.caught_up.clear()
    world.server.cut_sockets(forget=True)
    pauses.wait()
    mention(world, 2)
    pauses.over()
    bot.wait_until_caught_up()
    world.server.state.wait(lambda: len(answers(world)) == 2)
    mention(world, 3)
    world.server.state.wait(lambda: len(answers(world)) == 3)


def test_a_message_that_could_not_be_looked_at_when_it_came_is_read_again(
    world: World, bot: RunningBot, pauses: Pauses
) -> None:
    """The websocket told of it, then the server failed: what follows must not hide it."""
    connection = next(iter(bot.platform.connections.values()))
    connection.people.forget(channel_id=world.channel.id)
    world.server.fail_on, world.server.failures = ("GET", f"/channels/{world.channel.id}"), [500] * 8
    bot.platform.hearings[0].caught_up.clear()
    mention(world, 1)
    pauses.wait()
    pauses.over()
    bot.wait_until_caught_up()
    world.server.state.wait(lambda: answers(world))
    assert answers(world) == ["Kept **mot1**."]


def test_what_was_said_while_the_bot_was_stopped_is_answered_at_its_start(
    world: World, bot: RunningBot, pauses: Pauses
) -> None:
    mention(world, 1)
    world.server.state.wait(lambda: len(answers(world)) == 1)
    pauses.over()
    bot.stop()
    world.clock.advance(3600)
    mention(world, 2)
    bot.read_until = world.server.state.clock.millis() - 3700 * 1000
    bot.start()
    world.server.state.wait(lambda: len(answers(world)) == 2)
    assert answers(world) == ["Kept **mot1**.", "Kept **mot2**."]


def test_how_far_was_read_is_kept(world: World, bot: RunningBot) -> None:
    with bot.database.system_session() as session:
        row = servers.remember(session, world.server.url, "sealed", at=world.clock.now())
        servers.read_until(session, row.id, 5)
        servers.read_until(session, row.id, 3)
        session.refresh(row)
        assert row.read_until == 5


def test_a_first_start_answers_nothing_old(world: World, sqlite_url: str) -> None:
    world.person("ana").says(world.channel, "@filrouge garde vieux")
    database = Database(sqlite_url)
    bot = RunningBot(database, world)
    bot.start()
    mention(world, 1)
    world.server.state.wait(lambda: answers(world))
    assert answers(world) == ["Kept **mot1**."]
    bot.stop()
    database.dispose()


def test_two_servers_live_in_one_process(world: World, sqlite_url: str) -> None:
    with MattermostServer(world.clock, subpath="/chat") as second:
        other = World(second, "bruxelles")
        database = Database(sqlite_url)
        bot = RunningBot(database, world, other)
        bot.start()
        ana, bea = world.person("ana"), other.person("bea")
        assert ana.commands(world.channel, "/garde beurre") == "Kept **beurre**."
        assert bea.commands(other.channel, "/garde pain") == "Kept **pain**."
        bea.says(other.channel, "@filrouge garde sel")
        second.state.wait(lambda: answers(other))
        assert (answers(world), answers(other)) == ([], ["Kept **sel**."])
        # One of them goes away: the other does not notice.
        second.set_down(True)
        assert ana.commands(world.channel, "/garde poivre") == "Kept **poivre**."
        second.set_down(False)
        bot.stop()
        database.dispose()
        other.close()


# Deliveries --------------------------------------------------------------------------------------------------------


def sending(world: World, bot: RunningBot) -> str:
    return f"{next(iter(bot.platform.connections))}/{world.team.id}"


def reminder(*attachments: Attachment) -> Message:
    return Message((Part((Bold("E-7"), Plain(" est pour vendredi"))),), attachments, token="d1")


def test_a_delivery_is_posted_once_with_its_token(world: World, bot: RunningBot) -> None:
    ana, network = world.person("ana"), sending(world, bot)
    to = Recipient(ana.user.id, "ana")
    since = world.clock.now()
    assert bot.platform.find(network, to, "d1", since=since) is None
    post_id = bot.platform.send(network, to, reminder(), now=since)
    assert bot.platform.find(network, to, "d1", since=since) == post_id
    [post] = ana.sees(ana.direct(world.bot))
    assert (post["message"], post["props"][DELIVERY_PROP]) == ("**E-7** est pour vendredi", "d1")


def test_an_answer_that_is_lost_for_good_is_ambiguous_and_found_afterwards(world: World, bot: RunningBot) -> None:
    ana, network = world.person("ana"), sending(world, bot)
    to = Recipient(ana.user.id, "ana")
    since = world.clock.now()
    world.server.failures = ["drop after"] * 9
    with pytest.raises(SendFailedError) as failed:
        bot.platform.send(network, to, reminder(), now=since)
    assert failed.value.ambiguous
    world.server.failures = []
    world.clock.advance(3600)
    assert bot.platform.find(network, to, "d1", since=since) is not None
    assert len(ana.sees(ana.direct(world.bot))) == 1


def test_a_channel_that_was_closed_is_gone(world: World, bot: RunningBot) -> None:
    world.channel.delete_at = world.clock.millis()
    with pytest.raises(SendFailedError) as failed:
        bot.platform.send(
            sending(world, bot), Recipient(world.channel.id, "comite", channel=True), reminder(), now=world.clock.now()
        )
    assert failed.value.gone


def test_somebody_who_left_is_gone(world: World, bot: RunningBot) -> None:
    ana = world.person("ana")
    ana.user.delete_at = world.clock.millis()
    with pytest.raises(SendFailedError, match="deactivated") as failed:
        bot.platform.send(sending(world, bot), Recipient(ana.user.id, "ana"), reminder(), now=world.clock.now())
    assert failed.value.gone


def test_a_revoked_token_waits_to_be_mended(world: World, bot: RunningBot) -> None:
    ana = world.person("ana")
    del world.server.state.tokens[world.token]
    with pytest.raises(SendFailedError) as failed:
        bot.platform.send(sending(world, bot), Recipient(ana.user.id, "ana"), reminder(), now=world.clock.now())
    assert not failed.value.gone
    assert not failed.value.ambiguous


def test_a_server_that_is_away_is_tried_again_later(world: World, bot: RunningBot) -> None:
    ana, network = world.person("ana"), sending(world, bot)
    bot.platform.connections[network.rpartition("/")[0]].client.url = "http://127.0.0.1:1"
    with pytest.raises(SendFailedError) as failed:
        bot.platform.send(network, Recipient(ana.user.id, "ana"), reminder(), now=world.clock.now())
    assert (failed.value.gone, failed.value.ambiguous) == (False, False)


def test_a_network_of_an_unknown_server_is_gone(bot: RunningBot, world: World) -> None:
    with pytest.raises(SendFailedError) as failed:
        bot.platform.send("nowhere.example/x", Recipient("u", "u"), reminder(), now=world.clock.now())
    assert failed.value.gone


def test_a_delivery_can_carry_files(world: World, bot: RunningBot) -> None:
    ana = world.person("ana")
    message = reminder(Attachment("semaine.png", b"png", "image/png"))
    bot.platform.send(sending(world, bot), Recipient(ana.user.id, "ana"), message, now=world.clock.now())
    [post] = ana.sees(ana.direct(world.bot))
    assert [file["name"] for file in post["metadata"]["files"]] == ["semaine.png"]
    assert ana.downloads(post["file_ids"][0]) == b"png"


def test_a_crash_before_the_answer_is_made_good_at_the_start(world: World, bot: RunningBot, pauses: Pauses) -> None:
    """The message was recorded, then the process died."""
    from bot.messages import Person, Place, Said

    ana, network = world.person("ana"), sending(world, bot)
    place = Place(world.channel.id, private=True)
    said = Said(event_id="x", person=Person(ana.user.id), place=place, command="garde", text="tombé")
    assert bot.platform.app.receive(bot.platform.network_id(network), said, world.clock.now()) is not None
    pauses.over()
    bot.stop()
    world.clock.advance(timedelta(minutes=1).total_seconds())
    bot.start()
    world.server.state.wait(lambda: answers(world))
    assert answers(world) == ["Kept **tombé**."]
