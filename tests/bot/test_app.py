"""A message is answered once, in one transaction, in the reader's language; a newcomer adds a command in one file."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import App, network_for
from bot.messages import Answer, File, Opened, Person, Place, Pointed, Pressed, Said, Submitted, from_json, to_json
from bot.preparing import Outside
from bot.registry import discover
from bot.text import plain
from bot.tickets import MAX_ATTEMPTS
from storage import inbox, members
from storage.database import Database, Origin
from storage.inbox import Received
from storage.networks import Network
from tests.chat import Chat
from tests.conftest import NOW

NOTES = '''
"""/note: keep a word."""

from datetime import date

from bot import Context, Form, Refusal, Reply, Section, _, action, button, command, day, home, verbatim, words
from storage import partners


class Keep(Form):
    title = _("Keep a word")
    text: str = words(_("Which word?"))
    on: date | None = day(_("Until"), optional=True)


@command("note", fr="mot", nl="woord", de="wort", help=_("Keeps a word."), examples=(_("butter"),))
def note(context: Context, form: Keep) -> Reply:
    if form.text == "boom":
        partners.record(context.session, name="half-done")
        raise Refusal(_("Not that one."))
    if form.text == "bug":
        raise RuntimeError("a mistake of ours")
    kept = partners.record(context.session, name=form.text)
    return Reply(_("Kept **{name}**.", name=kept.name), buttons=(button(_("Again"), again, partner=kept.id),))


@note.verb("list", fr="liste", nl="lijst", de="liste", en="list", help=_("Lists the words."))
def listing(context: Context) -> Reply:
    return Reply(_("Words: {names}", names=[p.name for p in partners.active(context.session)]), public=True)


@home(order=1)
def mine(context: Context) -> list[Section]:
    return [Section(_("{n} of yours", n=context.me.id * 0 + 1))]


@action
def again(context: Context, partner: int) -> Reply:
    partners.record(context.session, name=f"again {partner}")
    return Reply(_("Twice."), sections=(Section(verbatim("<b>&*_`@all")),))
'''


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database: Database, chat: Chat) -> Chat:
    package = tmp_path / "newcomer_commands"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "note.py").write_text(NOTES)
    monkeypatch.syspath_prepend(tmp_path)
    for name in [name for name in sys.modules if name.startswith("newcomer_commands")]:
        del sys.modules[name]
    chat.app = App(database, discover("newcomer_commands"), source="local")
    return chat


def test_a_command_is_one_file(notes: Chat) -> None:
    assert notes.says("ana", "/note butter") == "Kept butter."
    assert notes.says("ana", "/mot liste") == "Words: butter"
    assert notes.says("ana", "/mot LISTE", channel="pilotage") == "Words: butter"
    assert "Keeps a word." in notes.says("ana", "/woord aide")


def test_without_words_the_form_opens_and_is_sent_in(notes: Chat) -> None:
    assert notes.says("ana", "/note").startswith("Keep a word")
    assert [field.name for field in notes.form.fields] == ["text", "on"]
    assert notes.submits("ana", {"text": ""}).startswith("Keep a word")
    assert notes.form.errors.keys() == {"text"}
    assert notes.submits("ana", {"text": "bread", "on": "2026-12-24"}) == "Kept bread."


def test_undo_takes_back_what_an_answer_changed_and_no_more(notes: Chat) -> None:
    notes.says("ana", "/note butter")
    notes.says("ana", "/note bread")
    assert notes.buttons == ["Again", "Annuler"]
    notes.presses("ana", "Annuler")
    assert notes.says("ana", "/note list") == "Words: butter"


def test_somebody_else_undoes_nothing(notes: Chat) -> None:
    notes.says("ana", "/note butter", channel="pilotage")
    notes.says("bob", "/note bread", channel="pilotage")
    notes.seen[-1:] = []
    with pytest.raises(LookupError):
        notes.presses("bob", "Annuler")
    assert notes.says("ana", "/note list") in {"Words: bread and butter", "Words: bread et butter"}


def test_a_refusal_keeps_nothing(notes: Chat) -> None:
    assert notes.says("ana", "/note boom") == "Not that one."
    assert "half-done" not in notes.says("ana", "/note list")


def test_a_mistake_of_ours_is_said_and_keeps_nothing(notes: Chat) -> None:
    assert "bug" not in notes.says("ana", "/note bug")
    assert notes.says("ana", "/note butter") == "Kept butter."


def test_the_same_event_counts_once(notes: Chat) -> None:
    said = Said(
        event_id="x", person=Person("ana", handle="ana"), place=Place(direct=True), text="butter", command="note"
    )
    assert notes.app.answer(notes.network_id, said, NOW).messages
    assert not notes.app.answer(notes.network_id, said, NOW).messages
    assert notes.says("ana", "/note list") == "Words: butter"


def test_what_a_crash_left_is_resumed_once(notes: Chat) -> None:
    said = Said(
        event_id="x", person=Person("ana", handle="ana"), place=Place(direct=True), text="butter", command="note"
    )
    assert notes.app.receive(notes.network_id, said, NOW) is not None
    notes.later(minutes=5)
    [ticket] = notes.app.left_behind(before=notes.now)
    assert notes.app.handle(ticket, notes.now).messages
    assert notes.app.left_behind(before=notes.now) == []
    assert notes.says("ana", "/note list") == "Words: butter"


def test_who_fails_at_what_another_process_has_done_says_nothing(notes: Chat) -> None:
    def breaks(_network_id: int, _file: File) -> bytes:
        raise RuntimeError("a mistake of ours")

    said = Said(
        event_id="x",
        person=Person("ana", handle="ana"),
        place=Place(direct=True),
        text="butter",
        command="note",
        files=(File("a.txt", 1, "1"),),
    )
    ticket = notes.app.receive(notes.network_id, said, NOW)
    assert ticket is not None
    assert notes.app.handle(ticket, NOW).messages
    notes.app.outside = Outside(fetch=breaks)
    assert not notes.app.handle(ticket, NOW).messages
    assert [row.failure for row in notes.rows(Received)] == [""]


def test_what_takes_the_process_down_each_time_is_set_aside_and_its_author_told(notes: Chat) -> None:
    said = Said(event_id="x", person=Person("ana"), place=Place(direct=True), text="butter", command="note")
    notes.app.receive(notes.network_id, said, NOW)
    for _start in range(MAX_ATTEMPTS - 1):
        notes.later(minutes=5)
        [ticket] = notes.app.left_behind(before=notes.now)
        assert ticket.incoming == said
        # It is counted before anything of it is looked at; then the process dies.
        notes.app.completed(ticket, ticket.incoming)
    notes.later(minutes=5)
    [ticket] = notes.app.left_behind(before=notes.now)
    assert "butter" not in str(ticket.incoming)
    [message] = notes.app.handle(notes.app.completed(ticket, ticket.incoming), notes.now).messages
    assert "à 10h" in plain(message.parts[0].text)
    assert "3 fois" in plain(message.parts[0].text)
    assert notes.app.left_behind(before=notes.now) == []
    assert "butter" not in notes.says("ana", "/note list")


def test_those_that_wait_beside_a_deadly_one_are_not_counted(notes: Chat) -> None:
    for number in range(2):
        place = Place(direct=True)
        said = Said(event_id=f"{number}", person=Person("ana"), place=place, text=f"word {number}", command="note")
        notes.app.receive(notes.network_id, said, NOW)
    notes.later(minutes=5)
    for _start in range(5):
        deadly, other = notes.app.left_behind(before=notes.now)
        notes.app.completed(deadly, deadly.incoming)
        assert other.incoming.event_id == "1"
        assert not other.spent
    deadly, other = notes.app.left_behind(before=notes.now)
    assert deadly.spent
    notes.app.handle(deadly, notes.now)
    assert notes.app.handle(other, notes.now).messages
    assert notes.says("ana", "/note list") == "Words: word 1"


def test_a_message_that_nobody_can_read_is_not_looked_at_for_ever(database: Database, network_id: int) -> None:
    app = App(database, discover("commands"), source="local")
    with database.session(network_id, Origin(NOW)) as session:
        inbox.receive(session, "strange", {"kind": "Whispered"}, at=NOW)
    for _start in range(MAX_ATTEMPTS):
        assert app.left_behind(NOW + timedelta(minutes=1)) == []
    with database.system_session() as system:
        assert inbox.waiting(system) == 0


def test_what_a_crash_left_on_another_platform_is_not_ours(notes: Chat) -> None:
    said = Said(event_id="x", person=Person("ana"), place=Place(direct=True), text="butter", command="note")
    notes.app.receive(notes.network_id, said, NOW)
    elsewhere = App(notes.database, notes.app.registry, source="slack")
    assert elsewhere.left_behind(before=notes.now + timedelta(minutes=5)) == []


def test_what_a_platform_finds_out_later_is_read_by_the_guard_too(notes: Chat) -> None:
    pointed = Pointed(event_id="x", person=Person("ana"), place=Place(direct=True), command="note", text="")
    ticket = notes.app.receive(notes.network_id, pointed, NOW)
    assert ticket is not None
    completed = notes.app.completed(ticket, replace(pointed, text="NISS 85.07.30-033.28 à garder"))
    answer = notes.app.handle(completed, NOW)
    assert answer.form is None
    assert "033.28" not in str(answer)


def test_a_form_that_came_back_may_be_sent_in_again_and_counts_once(notes: Chat) -> None:
    def sent(text: str) -> Answer:
        form = Submitted(
            event_id="view:1", person=Person("ana"), place=Place(direct=True), form="note", values={"text": text}
        )
        return notes.app.answer(notes.network_id, form, NOW)

    assert sent("").form is not None
    assert sent("").form is not None
    assert sent("butter").messages
    assert not sent("butter").messages
    assert notes.says("ana", "/note list") == "Words: butter"


def test_whom_a_text_mentions_is_known_to_the_network(notes: Chat, database: Database) -> None:
    bob = Person("U2", name="Bob", handle="bob")
    said = Said(
        event_id="x", person=Person("ana"), place=Place(direct=True), text="@bob", command="note", mentioned=(bob,)
    )
    notes.app.answer(notes.network_id, said, NOW)
    with database.session(notes.network_id, Origin(NOW)) as session:
        found = members.by_account(session, "U2")
        assert found is not None
        assert not found.coordinator
        assert from_json(json.loads(json.dumps(to_json(said)))) == said


def test_each_sees_their_own_page(notes: Chat) -> None:
    opened = Opened(event_id="x", person=Person("bea", name="Béa"), place=Place(direct=True))
    [message] = notes.app.answer(notes.network_id, opened, NOW).messages
    assert [plain(part.text) for part in message.parts] == ["Bonjour Béa.", "1 of yours"]


def test_the_first_person_coordinates_and_the_next_does_not(notes: Chat, database: Database) -> None:
    notes.says("ana", "/note list")
    notes.says("bob", "/note list")
    with database.session(notes.network_id, Origin(NOW)) as session:
        assert [member.name for member in members.coordinators(session)] == ["ana"]
        assert [member.name for member in members.active(session)] == ["ana", "bob"]


def test_an_unknown_command_says_so(notes: Chat) -> None:
    assert "/nonsense" in notes.says("ana", "/nonsense hello")


def test_two_first_messages_at_once_make_one_network(database: Database) -> None:
    def first_message(_number: int) -> int:
        return network_for(database, "slack", "T1", now=NOW, name="Réseau", defaults={})

    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(first_message, range(8)))) == 1


def test_a_guest_does_not_become_the_coordinator(database: Database) -> None:
    app = App(database, discover("commands"), source="local")
    network_id = network_for(database, "local", "new", now=NOW, name="New", defaults={})
    for name in ("guest", "ana", "paul"):
        person = Person(name, guest=name == "guest")
        app.answer(network_id, Said(event_id=name, person=person, place=Place(direct=True), text="bonjour"), NOW)
    with database.session(network_id, Origin(NOW)) as session:
        assert [member.name for member in members.coordinators(session)] == ["ana"]


def test_a_message_of_another_version_stops_no_resumption(database: Database, network_id: int) -> None:
    app = App(database, discover("commands"), source="local")
    with database.session(network_id, Origin(NOW)) as session:
        inbox.receive(session, "strange", {"kind": "Whispered", "volume": 1}, at=NOW)
    said = Said(event_id="known", person=Person("ana"), place=Place(direct=True), text="bonjour")
    app.receive(network_id, said, NOW)
    assert [ticket.incoming for ticket in app.left_behind(NOW + timedelta(minutes=1))] == [said]


def test_what_holds_no_message_does_not_wait(database: Database, network_id: int) -> None:
    with database.session(network_id, Origin(NOW)) as session:
        inbox.receive(session, "gone:1", None, at=NOW)
        inbox.receive(session, "said:1", {"kind": "Said"}, at=NOW)
    with database.system_session() as system:
        assert inbox.waiting(system) == 1


def test_a_form_opened_with_the_networks_prefix_can_be_sent_in(chat: Chat) -> None:
    with chat.session() as session:
        session.get_one(Network, chat.network_id).choose(prefix="fr-")
    chat.says("ana", "/fr-decision", "pilotage")
    assert chat.submits("ana", {"text": "On achète local"}) == "D-1 enregistrée : On achète local"


def test_a_button_of_an_older_version_is_said_to_be_one(chat: Chat) -> None:
    pressed = Pressed(
        event_id="old", person=Person("ana"), place=Place(direct=True), action="recall.list_more", args={"letter": "D"}
    )
    [message] = chat.app.answer(chat.network_id, pressed, NOW).messages
    assert plain(message.parts[0].text).startswith("Ce bouton date d’une version plus ancienne.")
