"""The websocket: every event once and in order, or the word that some are missing."""

import socket
from collections.abc import Iterator

import pytest

from bot.platforms.mattermost.stream import Event, Gap, Stream
from tests.platforms.mattermost.listener import Listener
from tests.platforms.mattermost.server import MattermostServer
from tests.platforms.mattermost.state import Clock
from tests.platforms.mattermost.world import World


@pytest.fixture
def listener(world: World) -> Iterator[Listener]:
    with Listener(world) as listener:
        yield listener


def test_it_begins_with_a_gap_and_then_hears_all(world: World, listener: Listener) -> None:
    assert listener.next() == Gap(first=True)
    ana = world.person("ana")
    ana.says(world.channel, "Bonjour @filrouge")
    event = listener.next()
    assert isinstance(event, Event)
    assert (event.name, event.data["channel_type"]) == ("posted", "O")
    assert world.bot.id in event.data["mentions"]
    assert listener.stream.connected


def test_it_does_not_hear_channels_it_is_not_in(world: World, listener: Listener) -> None:
    listener.next()
    ana = world.person("ana")
    private = world.server.state.add_channel(world.team, "bureau", private=True)
    private.members.add(ana.user.id)
    ana.says(private, "Entre nous")
    ana.says(world.channel, "Pour tous")
    assert listener.messages(1) == ["Pour tous"]


def test_reactions_and_changes_are_heard(world: World, listener: Listener) -> None:
    listener.next()
    ana = world.person("ana")
    post = ana.says(world.channel, "On décide ?")
    ana.reacts(post, "pushpin")
    ana.edits(post, "On décide !")
    ana.deletes(post)
    assert [listener.next().name for _ in range(4)] == [  # type: ignore[union-attr]
        "posted",
        "reaction_added",
        "post_edited",
        "post_deleted",
    ]


def test_a_short_loss_is_resumed_without_missing_or_repeating(world: World, listener: Listener) -> None:
    assert listener.next() == Gap(first=True)
    ana = world.person("ana")
    ana.says(world.channel, "un")
    assert listener.messages(1) == ["un"]
    world.server.cut_sockets()
    listener.wait_for_pause()
    for text in ("deux", "trois"):
        ana.says(world.channel, text)
    listener.go_on()
    assert listener.messages(2) == ["deux", "trois"]
    assert world.server.hub.connects[1]["sequence_number"] == "2"
    assert listener.nothing_more()


def test_events_written_to_a_dying_socket_are_said_again(world: World, listener: Listener) -> None:
    """The server believed that it had sent them: they are in its dead queue only."""
    assert listener.next() == Gap(first=True)
    ana = world.person("ana")
    for number in range(5):
        ana.says(world.channel, str(number))
    assert listener.messages(5) == ["0", "1", "2", "3", "4"]
    listener.stream._next = 3  # as if the last three had been lost in the cable: hello is 0, these are 1 to 5
    world.server.cut_sockets()
    listener.wait_for_pause()
    listener.go_on()
    assert listener.messages(3) == ["2", "3", "4"]


def test_after_more_than_five_minutes_the_gap_is_said(world: World, listener: Listener) -> None:
    listener.next()
    world.server.set_down(True)
    listener.wait_for_pause()
    world.clock.advance(600)
    world.person("ana")
    world.server.set_down(False)
    listener.go_on()
    assert listener.next() == Gap(first=False)


def test_a_restarted_server_knows_nothing_and_the_gap_is_said(world: World, listener: Listener) -> None:
    listener.next()
    world.server.cut_sockets(forget=True)
    listener.wait_for_pause()
    listener.go_on()
    assert listener.next() == Gap(first=False)


def test_a_flood_while_away_is_a_gap_too(world: World, listener: Listener) -> None:
    """The server keeps 256 events for whoever is away, then forgets the connection."""
    listener.next()
    world.server.cut_sockets()
    listener.wait_for_pause()
    ana = world.person("ana")

    def flood() -> None:
        for number in range(300):
            world.server.posts.create(ana.user, {"channel_id": world.channel.id, "message": str(number)})

    world.server.on_loop(flood)
    listener.go_on()
    assert listener.next() == Gap(first=False)


def test_a_number_that_was_skipped_is_a_gap(world: World, listener: Listener) -> None:
    listener.next()

    def skip() -> None:
        world.server.hub.connections[0].sequence += 3

    world.server.on_loop(skip)
    world.person("ana").says(world.channel, "Plus tard")
    assert listener.next() == Gap(first=False)
    assert listener.messages(1) == ["Plus tard"]


def test_the_pauses_grow_while_the_server_is_away(world: World, listener: Listener) -> None:
    listener.next()
    world.server.set_down(True)
    for _ in range(9):
        listener.wait_for_pause()
        listener.go_on()
    listener.wait_for_pause()
    assert listener.pauses[:8] == [1, 2, 4, 8, 16, 32, 60, 60]
    assert listener.stream.failure
    assert not listener.stream.connected


def test_a_revoked_token_is_not_let_in(world: World) -> None:
    with Listener(world, token="x" * 26) as listener:
        listener.wait_for_pause()
        assert not listener.stream.connected
        assert listener.nothing_more()


def test_a_proxy_that_drops_the_header_is_no_obstacle(world: World) -> None:
    world.server.hub.headers_pass = False
    with Listener(world) as listener:
        assert listener.next() == Gap(first=True)
        world.server.cut_sockets()
        listener.wait_for_pause()
        listener.go_on()
        # Without a session at the upgrade nothing is resumed, and that is said.
        assert listener.next() == Gap(first=False)


def test_a_sub_path_and_encryption_are_kept(clock: Clock) -> None:
    assert Stream("https://chat.example.org/mm/", "t")._url == "wss://chat.example.org/mm/api/v4/websocket"
    with MattermostServer(clock, subpath="/chat") as server:
        world = World(server)
        with Listener(world) as listener:
            assert listener.next() == Gap(first=True)
        world.close()


def test_a_server_that_is_away_for_two_days_is_still_called() -> None:
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3000:
            stream.stop()

    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        stream = Stream(f"http://127.0.0.1:{closed.getsockname()[1]}", "token", pause=pause)
        assert list(stream) == []
    assert pauses[:7] == [1, 2, 4, 8, 16, 32, 60]
    assert set(pauses[7:]) == {60}
