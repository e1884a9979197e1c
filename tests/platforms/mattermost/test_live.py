"""A meeting in a channel of Mattermost, with the product's own commands: what is said to be kept, is; nothing else."""

from typing import Any

from sqlalchemy import select

from storage.database import Origin
from storage.decisions import Decision
from storage.inbox import Received
from tests.platforms.mattermost.bot import RunningBot
from tests.platforms.mattermost.world import World


def opened(world: World) -> None:
    """Ana, the first one to come, coordinates; she opens a meeting in the channel."""
    ana = world.person("ana")
    world.person("bea")
    ana.commands(world.channel, "/reunion ouvre")
    world.clock.advance(5)
    assert said(world, "est ouverte")


def said(world: World, text: str) -> dict[str, Any]:
    """The bot's message in the channel that holds these words, once it is there."""
    ana = world.person("ana")

    def found() -> list[dict[str, Any]]:
        return [post for post in ana.sees(world.channel) if post["user_id"] == world.bot.id and text in post["message"]]

    post: dict[str, Any] = world.server.state.wait(found)[0]
    return post


def texts(bot: RunningBot, world: World) -> list[str]:
    network = bot.platform.network_id(f"{next(iter(bot.platform.connections))}/{world.team.id}")
    with bot.database.session(network, Origin(world.clock.now())) as session:
        return [row.text for row in session.scalars(select(Decision).order_by(Decision.id))]


def received(bot: RunningBot) -> int:
    with bot.database.system_session(reading=True) as session:
        return len(session.scalars(select(Received.id)).all())


def test_a_decision_is_answered_in_the_thread_under_it(world: World, bot: RunningBot) -> None:
    opened(world)
    meant = world.person("ana").says(world.channel, "**Décision :** on publie en deux langues")
    answer = said(world, "D-1")
    assert answer["root_id"] == meant["id"]
    assert texts(bot, world) == ["on publie en deux langues"]
    [action] = [one for drawn in answer["props"]["attachments"] for one in drawn["actions"]]
    world.person("ana").presses(answer, action["name"])
    assert texts(bot, world) == []


def test_mere_talk_bots_and_edited_messages_leave_no_trace(world: World, bot: RunningBot) -> None:
    opened(world)
    before = received(bot)
    bea = world.person("bea")
    post = bea.says(world.channel, "La décision est difficile")
    bea.edits(post, "Décision : on change d'avis")
    other = world.person("robot", is_bot=True)
    other.says(world.channel, "Décision : ce qu'une machine raconte")
    world.person("ana").says(world.channel, "Décision : on paie")
    said(world, "D-1")
    assert texts(bot, world) == ["on paie"]
    assert received(bot) == before + 1


def test_nothing_is_heard_without_a_meeting(world: World, bot: RunningBot) -> None:
    ana = world.person("ana")
    ana.commands(world.channel, "/filrouge aide")
    before = received(bot)
    ana.says(world.channel, "Décision : on paie")
    opened(world)
    ana.says(world.channel, "Décision : on achète")
    said(world, "D-1")
    assert texts(bot, world) == ["on achète"]
    assert received(bot) == before + 2


def test_a_meeting_opened_in_a_thread_hears_that_thread_alone(world: World, bot: RunningBot) -> None:
    ana = world.person("ana")
    root = ana.says(world.channel, "@filrouge réunion ouvre")
    said(world, "dans ce fil")
    ana.says(world.channel, "Décision : ailleurs")
    ana.says(world.channel, "Décision : dans le fil", thread=root)
    assert said(world, "D-1")["root_id"] == root["id"]
    assert texts(bot, world) == ["dans le fil"]


def test_what_was_said_while_nobody_listened_is_kept_once(world: World, bot: RunningBot) -> None:
    ana = world.person("ana")
    ana.says(world.channel, "Décision : avant la réunion")
    world.clock.advance(300)
    opened(world)
    world.clock.advance(5)
    ana.says(world.channel, "Décision : entendue")
    said(world, "D-1")
    bot.stop()
    since = world.clock.millis() - 400_000
    ana.says(world.channel, "Décision : lue après")
    world.clock.advance(120)
    bot.read_until = since
    bot.start()
    said(world, "D-2")
    assert texts(bot, world) == ["entendue", "lue après"]


def test_an_emoji_keeps_a_message_at_once_during_a_meeting(world: World, bot: RunningBot) -> None:
    opened(world)
    post = world.person("bea").says(world.channel, "On retient Vivalia pour l'accueil")
    world.person("ana").reacts(post, "pushpin")
    assert said(world, "D-1")["root_id"] == post["id"]
    assert texts(bot, world) == ["On retient Vivalia pour l'accueil"]
