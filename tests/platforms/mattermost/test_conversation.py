"""The bot on Mattermost: what people do, and what they see."""

from collections.abc import Iterator
from typing import Any

import pytest

from storage import members, networks
from storage.database import Database, Origin
from tests.chat import spaced
from tests.platforms.contract_commands import keep
from tests.platforms.mattermost.bot import RunningBot
from tests.platforms.mattermost.person import Person
from tests.platforms.mattermost.world import World


@pytest.fixture
def bot(world: World, sqlite_url: str) -> Iterator[RunningBot]:
    keep.GATE.clear()
    database = Database(sqlite_url)
    bot = RunningBot(database, world)
    bot.start()
    yield bot
    keep.GATE.set()
    bot.stop()
    database.dispose()


def direct(world: World, person: Person) -> list[dict[str, Any]]:
    return person.sees(person.direct(world.bot))


def waited(world: World, person: Person, count: int, channel: Any = None) -> list[dict[str, Any]]:
    """The messages of a channel (the direct one with the bot, by default) once there are so many."""
    channel = channel or person.direct(world.bot)
    posts = world.server.state.posts
    world.server.state.wait(lambda: sum(post["channel_id"] == channel.id for post in [*posts.values()]) >= count)
    return person.sees(channel)


def said(post: dict[str, Any]) -> str:
    """Its words, with ordinary spaces."""
    return spaced(post["message"]).strip()


def labels(post: dict[str, Any]) -> list[str]:
    return [
        action["name"]
        for attachment in post["props"].get("attachments", [])
        for action in attachment.get("actions", [])
    ]


# Commands ----------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("bot")
def test_a_command_is_answered_to_the_person_alone(world: World) -> None:
    ana = world.person("ana")
    assert ana.commands(world.channel, "/garde beurre") == "Kept **beurre**."
    assert world.person("bob").sees(world.channel) == []
    assert labels(ana.ephemerals()[0]) == ["Tell me more", "It is done now", "Tell why", "Annuler"]


@pytest.mark.usefixtures("bot")
def test_a_public_answer_is_the_bots_own_post(world: World) -> None:
    ana = world.person("ana")
    assert ana.commands(world.channel, "/garde tous") == ""
    [post] = world.person("bob").sees(world.channel)
    assert (post["user_id"], said(post)) == (world.bot.id, "Words:")


@pytest.mark.usefixtures("bot")
def test_a_command_in_a_thread_is_answered_in_the_thread(world: World) -> None:
    ana = world.person("ana")
    root = ana.says(world.channel, "On en parle ?")
    ana.commands(world.channel, "/garde tous", thread=root)
    assert [post["root_id"] for post in ana.sees(world.channel)] == ["", root["id"]]


@pytest.mark.usefixtures("bot")
def test_the_person_is_known_by_name_language_zone_and_place(world: World) -> None:
    ana = world.person("ana", first_name="Ana", last_name="Claes")
    assert spaced(ana.commands(world.channel, "/garde qui")) == "Ana Claes Europe/Brussels Comité de pilotage"
    assert ana.commands(ana.direct(world.bot), "/garde qui") == ""
    assert said(direct(world, ana)[-1]) == "Ana Claes Europe/Brussels direct"


@pytest.mark.usefixtures("bot")
def test_a_command_between_two_others_stays_with_who_gave_it(world: World) -> None:
    ana, bob = world.person("ana"), world.person("bob")
    assert ana.commands(ana.direct(bob.user), "/garde qui") == ""
    assert "direct" in said(direct(world, ana)[-1])
    assert bob.sees(bob.direct(ana.user)) == []


@pytest.mark.usefixtures("bot")
def test_in_an_open_channel_the_bot_enters_to_answer_all(world: World) -> None:
    ana = world.person("ana")
    other = world.server.state.add_channel(world.team, "autre")
    other.members.add(ana.user.id)
    ana.commands(other, "/garde tous")
    assert [said(post) for post in ana.sees(other)] == ["Words:"]


@pytest.mark.usefixtures("bot")
def test_in_a_closed_channel_it_says_how_to_invite_it(world: World) -> None:
    ana = world.person("ana")
    closed = world.server.state.add_channel(world.team, "bureau", private=True)
    closed.members.add(ana.user.id)
    assert ana.commands(closed, "/garde tous").startswith("Words:")
    assert "`/invite @filrouge`" in str(ana.ephemerals()[-1])


def test_an_answer_that_takes_long_comes_by_its_response_url(world: World, sqlite_url: str) -> None:
    keep.GATE.clear()
    database = Database(sqlite_url)
    bot = RunningBot(database, world, patience=0.01)
    bot.start()
    try:
        ana = world.person("ana")
        assert ana.commands(world.channel, "/garde lent") == ""
        keep.GATE.set()
        world.server.state.wait(ana.ephemerals)
        assert said(ana.ephemerals()[0]) == "At last."
    finally:
        bot.stop()
        database.dispose()


@pytest.mark.usefixtures("bot")
def test_a_file_goes_to_the_direct_channel_with_a_link_to_it(world: World) -> None:
    ana = world.person("ana")
    assert "Je vous ai écrit en message direct" in ana.commands(world.channel, "/garde fichier")
    [post] = direct(world, ana)
    assert ana.downloads(post["file_ids"][0]) == b"contenu"
    assert f"/luxembourg/pl/{post['id']}" in said(ana.ephemerals()[0])


@pytest.mark.usefixtures("bot")
def test_two_commands_at_once_are_two_answers(world: World) -> None:
    ana, bob = world.person("ana"), world.person("bob")
    assert ana.commands(world.channel, "/garde un") == "Kept **un**."
    assert bob.commands(world.channel, "/garde deux") == "Kept **deux**."


# Buttons -----------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("bot")
def test_a_button_under_an_answer_seen_by_one(world: World) -> None:
    ana = world.person("ana")
    ana.commands(world.channel, "/garde beurre")
    ana.presses(ana.ephemerals()[0], "Tell me more")
    assert said(ana.ephemerals()[-1]) == "More of 1."


@pytest.mark.usefixtures("bot")
def test_a_public_button_answers_in_the_thread(world: World) -> None:
    ana, bob = world.person("ana"), world.person("bob")
    ana.commands(world.channel, "/garde tous")
    [post] = bob.sees(world.channel)
    bob.presses(post, "I take part")
    assert [(said(one), one["root_id"]) for one in ana.sees(world.channel)] == [
        ("Words:", ""),
        ("bob takes part.", post["id"]),
    ]


@pytest.mark.usefixtures("bot")
def test_an_answer_can_take_the_place_of_its_message(world: World) -> None:
    ana = world.person("ana")
    ana.says(ana.direct(world.bot), "garde beurre")
    post = waited(world, ana, 2)[-1]
    ana.presses(post, "It is done now")
    seen = direct(world, ana)[-1]
    assert (seen["id"], said(seen), labels(seen)) == (post["id"], "Word 1 is done.", [])


@pytest.mark.usefixtures("bot")
def test_undo_works_here_too(world: World) -> None:
    ana = world.person("ana")
    ana.commands(world.channel, "/garde beurre")
    ana.presses(ana.ephemerals()[0], "Annuler")
    ana.commands(world.channel, "/garde tous")
    assert said(ana.sees(world.channel)[-1]) == "Words:"


# Forms -------------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("bot")
def test_without_words_the_form_opens_and_is_sent_in(world: World) -> None:
    ana = world.person("ana")
    assert ana.commands(world.channel, "/garde") == ""
    [opened] = ana.dialogs()
    assert [(one["name"], one["type"]) for one in opened["dialog"]["elements"]] == [
        *(("text", "textarea"), ("on", "date"), ("size", "select"), ("tags", "select"), ("count", "text")),
        ("loud", "bool"),
    ]
    values = {"text": "pain", "on": "2026-04-01", "size": "l", "tags": ["a", "b"], "count": "3", "loud": True}
    assert ana.submits(opened, world.channel, **values) == {}
    world.server.state.wait(ana.ephemerals)
    assert said(ana.ephemerals()[0]) == "Kept **pain**.\nl, a, b, 3 et fort"


@pytest.mark.usefixtures("bot")
def test_what_is_wrong_is_said_beside_the_field_and_the_form_can_be_mended(world: World) -> None:
    ana = world.person("ana")
    ana.commands(world.channel, "/garde")
    [opened] = ana.dialogs()
    assert ana.submits(opened, world.channel, text="vide") == {"errors": {"text": "Please find a better word."}}
    assert ana.submits(opened, world.channel, text="vide") == {"errors": {"text": "Please find a better word."}}
    assert ana.submits(opened, world.channel, text="pain") == {}
    world.server.state.wait(ana.ephemerals)


@pytest.mark.usefixtures("bot")
def test_a_button_opens_its_form(world: World) -> None:
    ana = world.person("ana")
    ana.commands(world.channel, "/garde beurre")
    ana.presses(ana.ephemerals()[0], "Tell why")
    [opened] = ana.dialogs()
    assert ana.submits(opened, world.channel, reason="il en faut") == {}
    world.server.state.wait(lambda: len(ana.ephemerals()) > 1)
    assert said(ana.ephemerals()[-1]) == "Because of il en faut (1)."


@pytest.mark.usefixtures("bot")
def test_a_form_that_comes_too_late_for_its_trigger_is_offered_by_a_button(world: World, bot: RunningBot) -> None:
    ana = world.person("ana")
    world.server.fail_on, world.server.failures = ("POST", "/actions/dialogs/open"), [400]
    ana.commands(world.channel, "/garde")
    assert ana.dialogs() == []
    ana.presses(ana.ephemerals()[0], "Ouvrir le formulaire")
    assert ana.dialogs()[0]["dialog"]["elements"][0]["name"] == "text"
    assert bot.url in ana.dialogs()[0]["url"]


@pytest.mark.usefixtures("bot")
def test_a_form_after_a_restart_of_the_bot_is_still_taken(world: World, bot: RunningBot) -> None:
    ana = world.person("ana")
    ana.commands(world.channel, "/garde")
    [opened] = ana.dialogs()
    bot.stop()
    bot.start()
    opened["url"] = f"{bot.url}/mattermost/dialog"
    assert ana.submits(opened, world.channel, text="pain") == {}
    # The response_url was known to the process that is gone.
    assert said(waited(world, ana, 1)[0]) == "Kept **pain**."


# Mentions, direct messages, reactions ------------------------------------------------------------------------------


@pytest.mark.usefixtures("bot")
def test_a_mention_is_answered_in_private_or_in_the_thread(world: World) -> None:
    ana = world.person("ana")
    ana.says(world.channel, "@filrouge : garde beurre")
    assert said(waited(world, ana, 1)[0]) == "Kept **beurre**."
    asked = ana.says(world.channel, "@Filrouge garde tous")
    answer = waited(world, ana, 3, world.channel)[-1]
    assert (said(answer), answer["root_id"]) == ("Words: beurre", asked["id"])


@pytest.mark.usefixtures("bot")
def test_mere_words_in_a_channel_are_not_for_the_bot(world: World) -> None:
    ana = world.person("ana")
    ana.says(world.channel, "garde ton beurre, @filrouge2 et a@filrouge.be")
    ana.says(world.channel, "@filrouge garde pain")
    assert [said(post) for post in waited(world, ana, 1)] == ["Kept **pain**."]


@pytest.mark.usefixtures("bot")
def test_in_private_no_command_is_needed(world: World) -> None:
    ana = world.person("ana")
    ana.says(ana.direct(world.bot), "du beurre")
    assert said(waited(world, ana, 2)[-1]) == "Kept **du beurre**."


@pytest.mark.usefixtures("bot")
def test_a_file_that_somebody_sends_reaches_the_command(world: World) -> None:
    ana = world.person("ana")
    ana.says(ana.direct(world.bot), "garde fichier", files={"PV.docx": b"abc"})
    assert said(waited(world, ana, 2)[-1]) == "You sent PV.docx."


@pytest.mark.usefixtures("bot")
def test_a_form_in_private_is_offered_by_a_button(world: World) -> None:
    ana = world.person("ana")
    ana.says(ana.direct(world.bot), "garde")
    post = waited(world, ana, 2)[-1]
    ana.presses(post, "Ouvrir le formulaire")
    assert ana.submits(ana.dialogs()[0], ana.direct(world.bot), text="pain") == {}
    assert said(waited(world, ana, 3)[-1]) == "Kept **pain**."


@pytest.mark.usefixtures("bot")
def test_whom_a_message_names_is_known_from_then_on(world: World, bot: RunningBot) -> None:
    ana, bob = world.person("ana"), world.person("bob", first_name="Bob", last_name="Janssens")
    ana.commands(world.channel, "/garde le beurre de @bob.")
    with bot.database.system_session() as session:
        [network] = session.query(networks.Network).all()
    with bot.database.session(network.id, Origin(bot.clock.now())) as session:
        assert {member.name for member in members.active(session)} == {"ana", "Bob Janssens"}
        found = members.by_account(session, bob.user.id)
        assert found is not None
        assert found.language == "fr"


@pytest.mark.usefixtures("bot")
def test_what_a_person_writes_mentions_and_links_nothing(world: World) -> None:
    ana = world.person("ana")
    text = "@all [ici](https://mal.example) # titre **gras** ~town-square :smile: 1. un"
    ana.commands(world.channel, f"/garde {text}")
    message = said(ana.ephemerals()[0])
    assert "@all" not in message
    assert "\\[ici\\]" in message
    assert ":smile:" not in message
