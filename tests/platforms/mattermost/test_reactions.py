"""An emoji under a message keeps it, with the product's own commands: heard at once, or read after a loss."""

from typing import Any

from tests.platforms.mattermost.bot import RunningBot
from tests.platforms.mattermost.world import World


def proposed(world: World) -> dict[str, Any]:
    """What the bot wrote to ana in private, once it has."""
    ana = world.person("ana")
    channel = ana.direct(world.bot)
    post: dict[str, Any]
    [post] = world.server.state.wait(lambda: ana.sees(channel))
    return post


def pin(world: World, bot: RunningBot) -> None:
    ana, bea = world.person("ana"), world.person("bea")
    ana.reacts(bea.says(world.channel, "On retient Vivalia pour l'accueil"), "heart")
    ana.reacts(ana.sees(world.channel)[0], "pushpin")
    assert bot.platform.connections


def test_a_pinned_message_is_proposed_in_private_and_its_form_holds_the_words(world: World, bot: RunningBot) -> None:
    pin(world, bot)
    post = proposed(world)
    assert "On retient Vivalia" in post["message"]
    [action] = [one for attachment in post["props"]["attachments"] for one in attachment["actions"]]
    world.person("ana").presses(post, action["name"])
    [opened] = world.person("ana").dialogs()
    assert "On retient Vivalia pour l'accueil" in [element.get("default") for element in opened["dialog"]["elements"]]
    assert world.person("bea").sees(world.person("bea").direct(world.bot)) == []


def test_one_that_was_pinned_while_nobody_listened_is_proposed_once(world: World, bot: RunningBot) -> None:
    bot.stop()
    world.clock.advance(5)
    since = world.clock.millis()
    world.clock.advance(120)
    pin(world, bot)
    bot.read_until = since
    bot.start()
    assert "On retient Vivalia" in proposed(world)["message"]
