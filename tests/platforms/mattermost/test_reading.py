"""Minutes that are on Mattermost itself: a thread, a post, read by their address for those who may see them."""

from typing import Any

from sqlalchemy import select

from storage.meetings import MinutesItem
from tests.platforms.mattermost.bot import RunningBot
from tests.platforms.mattermost.state import Channel
from tests.platforms.mattermost.world import World


def talk(world: World, channel: Channel) -> dict[str, Any]:
    """A thread; its first post."""
    ana = world.person("ana")
    bea = world.person("bea", first_name="Béatrice", last_name="Noël")
    root = ana.says(channel, "La plénière approche")
    bea.says(channel, "je réserve la salle pour vendredi", thread=root)
    bea.says(channel, "Il est décidé de reporter la plénière au 12 janvier", thread=root)
    ana.says(channel, "Mme D., 34 ans, dépressive, a décidé de changer de service", thread=root)
    return root


def items(bot: RunningBot) -> list[tuple[str, str]]:
    with bot.database.system_session(reading=True) as session:
        rows = session.execute(select(MinutesItem.kind, MinutesItem.owner).order_by(MinutesItem.id))
        return [(kind, owner) for kind, owner in rows]


def link(world: World, post: dict[str, Any]) -> str:
    return f"{world.server.url}/{world.team.name}/pl/{post['id']}"


def read(world: World, bot: RunningBot) -> list[tuple[str, str]]:
    return list(world.server.state.wait(lambda: items(bot)))


def told(world: World, who: str, text: str) -> str:
    """What somebody alone was told that holds these words."""
    person = world.person(who)

    def found() -> list[str]:
        direct = [post["message"] for post in person.sees(person.direct(world.bot))]
        return [said for said in [*direct, *(post["message"] for post in person.ephemerals())] if text in said]

    return str(world.server.state.wait(found)[0])


def test_a_thread_is_read_by_its_address(world: World, bot: RunningBot) -> None:
    root = talk(world, world.channel)
    world.person("ana").commands(world.channel, f"/reunion {link(world, root)}")
    assert read(world, bot) == [("commitment", "Béatrice Noël"), ("decision", "Béatrice Noël")]


def test_a_thread_is_read_where_one_asks_for_it(world: World, bot: RunningBot) -> None:
    root = talk(world, world.channel)
    world.person("ana").says(world.channel, "@filrouge réunion lis ce fil", thread=root)
    assert len(read(world, bot)) == 2


def test_a_post_with_a_file_is_read(world: World, bot: RunningBot) -> None:
    files = {"pv.md": "Réunion\n\nIl est décidé de publier le dépliant.\n".encode()}
    post = world.person("bea").says(world.channel, "voici le PV", files=files)
    world.person("ana").commands(world.channel, f"/reunion {link(world, post)}")
    assert [kind for kind, _owner in read(world, bot)] == ["decision"]


def test_a_private_channel_is_read_only_there_and_for_its_people(world: World, bot: RunningBot) -> None:
    state = world.server.state
    hidden = state.add_channel(world.team, "direction", "Direction", private=True)
    ana, carl = world.person("ana"), world.person("carl")
    hidden.members |= {world.bot.id, ana.user.id, world.person("bea", first_name="Béatrice", last_name="Noël").user.id}
    root = talk(world, hidden)
    ana.commands(world.channel, f"/reunion {link(world, root)}")
    assert told(world, "ana", "dans un canal privé")
    carl.commands(world.channel, f"/reunion {link(world, root)}")
    assert told(world, "carl", "que pour les personnes qui y sont")
    assert items(bot) == []
    ana.commands(hidden, f"/reunion {link(world, root)}")
    assert len(read(world, bot)) == 2


def test_a_post_that_is_gone_is_said(world: World, bot: RunningBot) -> None:
    world.person("ana").commands(world.channel, f"/reunion {world.server.url}/{world.team.name}/pl/{'a' * 26}")
    assert told(world, "ana", "Je ne peux pas lire ce message")
    assert items(bot) == []
