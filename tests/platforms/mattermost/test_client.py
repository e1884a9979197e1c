"""The client against the stand-in: what it asks, what it does when the answer is lost, and how it keeps the pace."""

import pytest

from bot.platforms.mattermost.client import MESSAGE_LENGTH
from bot.platforms.mattermost.http import Refused, Retry, Unreachable, Unsure
from tests.platforms.mattermost.server import MattermostServer
from tests.platforms.mattermost.state import Clock
from tests.platforms.mattermost.world import World


def test_a_person_has_a_language_and_a_zone(world: World) -> None:
    ana = world.person("ana", locale="nl", first_name="Ana", last_name="Claes")
    user = world.client().user(ana.user.id)
    assert (user.username, user.name, user.locale, user.timezone) == ("ana", "Ana Claes", "nl", "Europe/Brussels")


def test_a_zone_set_by_hand_counts_when_the_automatic_one_is_off(world: World) -> None:
    zone = {"useAutomaticTimezone": "false", "automaticTimezone": "Europe/Brussels", "manualTimezone": "Europe/Paris"}
    ana = world.person("ana", timezone=zone)
    assert world.client().user_named("@ana").timezone == "Europe/Paris"
    assert world.client().users([ana.user.id])[0].timezone == "Europe/Paris"


def test_the_bot_posts_in_a_channel_and_in_private(world: World) -> None:
    client, ana = world.client(), world.person("ana")
    post = client.create_post(world.channel.id, "Bonjour", pending_id="d1")
    assert client.create_post(world.channel.id, "suite", root_id=post.id).root_id == post.id
    direct = client.direct_channel(world.bot.id, ana.user.id)
    client.create_post(direct.id, "Un mot")
    assert [seen["message"] for seen in ana.sees(world.channel)] == ["Bonjour", "suite"]
    assert [seen["message"] for seen in ana.sees(ana.direct(world.bot))] == ["Un mot"]
    assert [one.message for one in client.thread(post.id)] == ["Bonjour", "suite"]


def test_the_bot_changes_its_own_posts_only(world: World) -> None:
    client, ana = world.client(), world.person("ana")
    mine = client.create_post(world.channel.id, "Brouillon")
    assert client.patch_post(mine.id, message="Au net", props={}).message == "Au net"
    theirs = ana.says(world.channel, "À moi")
    with pytest.raises(Refused) as refused:
        client.patch_post(theirs["id"], message="À toi", props={})
    assert refused.value.status == 403
    assert [seen["message"] for seen in ana.sees(world.channel)] == ["Au net", "À moi"]


def test_files_go_up_and_come_down(world: World) -> None:
    client, ana = world.client(), world.person("ana")
    file = client.upload(world.channel.id, "PV.docx", b"contenu")
    client.create_post(world.channel.id, "Le PV", file_ids=[file.id])
    assert ana.downloads(file.id) == b"contenu"
    theirs = client.read_post(ana.says(world.channel, "Le nôtre", files={"a.txt": b"abc"})["id"])
    assert [(one.name, one.size, client.content(one.id)) for one in theirs.files] == [("a.txt", 3, b"abc")]
    assert client.file(theirs.file_ids[0]).name == "a.txt"


def test_channels_teams_and_members_are_found(world: World) -> None:
    client, ana = world.client(), world.person("ana")
    assert [team.name for team in client.teams()] == ["luxembourg"]
    assert client.channel_named(client.team_named("luxembourg").id, "~comite") == client.channel(world.channel.id)
    assert {channel.name for channel in client.channels()} == {"town-square", "comite"}
    assert sorted(client.members(world.channel.id)) == sorted([ana.user.id, world.bot.id])


def test_a_long_list_is_read_to_its_end(world: World) -> None:
    for number in range(205):
        world.channel.members.add(f"user{number}")
    assert len(world.client().members(world.channel.id)) == 206


def test_what_a_person_alone_should_see_is_refused_to_a_bot(world: World) -> None:
    with pytest.raises(Refused) as refused:
        world.client().post("/posts/ephemeral", {"user_id": "x", "post": {"channel_id": "y", "message": "z"}})
    assert refused.value.status == 403


def test_too_long_a_message_is_refused_by_name(world: World) -> None:
    client = world.client()
    client.create_post(world.channel.id, "é" * MESSAGE_LENGTH)
    with pytest.raises(Refused) as refused:
        client.create_post(world.channel.id, "é" * (MESSAGE_LENGTH + 1))
    assert refused.value.error_id == "model.post.is_valid.message_length.app_error"


def test_a_foreign_channel_is_refused(world: World) -> None:
    private = world.server.state.add_channel(world.team, "bureau", private=True)
    with pytest.raises(Refused):
        world.client().create_post(private.id, "Coucou")
    with pytest.raises(Refused):
        world.client().posts_since(private.id, 1)


def test_a_server_in_a_sub_path_is_used_there(clock: Clock) -> None:
    with MattermostServer(clock, subpath="/chat") as server:
        world = World(server)
        assert world.client().create_post(world.channel.id, "Bonjour").message == "Bonjour"
        assert world.client().settings()["Version"] == "11.7.0"
        world.close()


def test_the_token_never_shows(world: World) -> None:
    assert world.token not in repr(world.client())


# Lost answers ------------------------------------------------------------------------------------------------------


def messages(world: World) -> list[str]:
    return [post["message"] for post in world.person("ana").sees(world.channel)]


@pytest.mark.parametrize("fate", ["drop after", "drop", 500, 503])
def test_a_lost_answer_is_asked_for_again_and_posts_once(world: World, fate: int | str) -> None:
    world.server.failures = [fate, fate]
    world.client().create_post(world.channel.id, "Une fois", pending_id="d1")
    assert messages(world) == ["Une fois"]


def test_a_post_that_another_node_is_still_writing_is_waited_for(world: World) -> None:
    world.server.posts.start_pending("d1")
    with pytest.raises(Unsure, match="pending"):
        world.client(retry=Retry(attempts=2)).create_post(world.channel.id, "Une fois", pending_id="d1")
    assert messages(world) == []


def test_without_a_pending_id_a_lost_answer_is_not_asked_for_again(world: World) -> None:
    world.server.failures = ["drop after"]
    with pytest.raises(Unsure):
        world.client().create_post(world.channel.id, "Une fois")
    assert messages(world) == ["Une fois"]


def test_after_half_a_minute_of_doubt_the_server_has_forgotten_and_nothing_is_repeated(world: World) -> None:
    world.server.failures = ["drop after"] * 9
    with pytest.raises(Unsure):
        world.client(retry=Retry(attempts=9, first=20, longest=20)).create_post(
            world.channel.id, "Une fois", pending_id="d1"
        )
    assert messages(world) == ["Une fois"]


def test_what_became_of_a_doubtful_post_is_found_by_its_mark(world: World) -> None:
    client = world.client(retry=Retry(attempts=1))
    since = world.clock.millis()
    world.server.failures = ["drop after"]
    with pytest.raises(Unsure):
        client.create_post(world.channel.id, "Rappel", props={"filrouge_delivery": "42"})
    found = client.find_post(world.channel.id, prop="filrouge_delivery", value="42", since=since - 1)
    assert found is not None
    assert found.message == "Rappel"
    assert client.find_post(world.channel.id, prop="filrouge_delivery", value="43", since=since - 1) is None


def test_a_refusal_is_not_repeated(world: World) -> None:
    world.server.failures = [403, 403]
    with pytest.raises(Refused):
        world.client().create_post(world.channel.id, "Non", pending_id="d1")
    assert world.server.failures == [403]


def test_a_server_that_is_not_there_is_told_apart_from_one_that_fails(world: World) -> None:
    client = world.client(retry=Retry(attempts=3))
    client.url = "http://127.0.0.1:1"
    before = world.clock.seconds()
    with pytest.raises(Unreachable):
        client.create_post(world.channel.id, "Personne", pending_id="d1")
    assert world.clock.seconds() - before == pytest.approx(0.5 + 1)


# The pace ----------------------------------------------------------------------------------------------------------


def test_a_burst_keeps_to_the_rate_and_finishes_at_it(world: World) -> None:
    world.server.config.rate_per_second, world.server.config.rate_burst = 10, 20
    client, before = world.client(), world.clock.seconds()
    for number in range(70):
        client.create_post(world.channel.id, f"Rappel {number}", pending_id=f"d{number}")
    taken = world.clock.seconds() - before
    assert len(world.server.state.posts) == 70
    assert world.server.limiter.refused == 0
    # A burst of 21 at once, then ten a second: 4.9 s at the very best.
    assert 4.8 <= taken <= 5.7


def test_a_refusal_as_plain_text_is_waited_out(world: World) -> None:
    world.server.config.rate_per_second, world.server.config.rate_burst = 1, 0
    other, client = world.client(), world.client()
    other.me()
    assert client.create_post(world.channel.id, "Enfin").message == "Enfin"
    assert world.server.limiter.refused == 1


def test_patience_with_a_rate_limit_ends(world: World) -> None:
    world.server.config.rate_per_second, world.server.config.rate_burst = 1, 0
    greedy, client = world.client(), world.client(retry=Retry(patience=3))

    def wait_and_be_overtaken(seconds: float) -> None:
        world.clock.advance(seconds)
        greedy.me()

    client._pace._sleep = wait_and_be_overtaken
    greedy.me()
    with pytest.raises(Unreachable, match="limits the rate"):
        client.me()


# Catching up -------------------------------------------------------------------------------------------------------


def test_what_was_posted_and_changed_since_is_read(world: World) -> None:
    client, ana = world.client(), world.person("ana")
    old = ana.says(world.channel, "Avant")
    world.clock.advance(60)
    since = world.clock.millis()
    world.clock.advance(1)
    ana.says(world.channel, "Après")
    ana.edits(old, "Avant, corrigé")
    assert [post.message for post in client.posts_since(world.channel.id, since)] == ["Avant, corrigé", "Après"]


def test_more_than_a_thousand_posts_are_read_page_by_page(world: World) -> None:
    client, state = world.client(), world.server.state
    since = world.clock.millis()

    def flood() -> None:
        for number in range(1205):
            world.server.posts.create(world.bot, {"channel_id": world.channel.id, "message": str(number)})

    world.server.on_loop(flood)
    assert len(state.posts) == 1205
    found = client.posts_since(world.channel.id, since - 1)
    assert [post.message for post in found] == [str(number) for number in range(1205)]
