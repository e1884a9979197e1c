"""E-mail to people without an account, through a mail server that says what a test wants."""

import socketserver
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from threading import Thread

import pytest

from bot.messages import Attachment, Message, Part
from bot.platforms.base import Recipient, SendFailedError
from bot.platforms.mail import MailPlatform, Server, subject
from bot.text import Bold, Link, Plain

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ROSA = Recipient("rosa@example.org", "Rosa")
BODY = "Bonjour Rosa, où en est-on ?\nE-1 envoyer la note"


class Office(socketserver.ThreadingTCPServer):
    """A mail server; `answers` overrides what it says to a command, "" hangs up."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Counter)
        self.answers: dict[str, str] = {}
        self.mails: list[bytes] = []


class Counter(socketserver.StreamRequestHandler):
    server: Office

    def handle(self) -> None:
        self.say("220 ready")
        while line := self.rfile.readline().decode().strip():
            verb = line.split()[0].upper()
            answer = self.server.answers.get(verb, {"DATA": "354 go on", "QUIT": "221 bye"}.get(verb, "250 ok"))
            if not answer:
                return
            self.say(answer)
            if verb == "QUIT":
                return
            if verb == "DATA" and answer.startswith("354"):
                lines = []
                while (text := self.rfile.readline()) != b".\r\n":
                    lines.append(text.removeprefix(b".") if text.startswith(b"..") else text)
                self.server.mails.append(b"".join(lines))
                after = self.server.answers.get("END", "250 taken")
                if not after:
                    return
                self.say(after)

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@pytest.fixture
def office() -> Iterator[Office]:
    with Office() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def send(office: Office) -> str:
    host, port = office.server_address[:2]
    server = Server.parse(f"smtp://{host!s}:{port}?from=filrouge@example.org")
    message = Message(
        (Part((Plain(BODY),)), Part((Bold("E-1"), Link("https://example.org/1", " lien")))), token="t0k3n"
    )
    return MailPlatform(server).send("", ROSA, message, now=NOW)


def test_a_letter_in_plain_words(office: Office) -> None:
    assert send(office) == "<t0k3n@example.org>"
    mail = message_from_bytes(office.mails[0], policy=policy.default)
    assert (mail["To"], mail["From"]) == ("rosa@example.org", "filrouge@example.org")
    assert mail["Subject"] == "Bonjour Rosa, où en est-on ?"
    assert mail["Auto-Submitted"] == "auto-generated"
    text = mail.get_content()
    assert text.split() == f"{BODY} E-1 lien (https://example.org/1)".split()


@pytest.mark.parametrize(
    ("answers", "gone", "ambiguous"),
    [
        ({"RCPT": "550 no such person"}, True, False),
        ({"RCPT": "450 busy"}, False, False),
        ({"MAIL": "552 too much"}, False, False),
        ({"END": ""}, False, True),
    ],
    ids=["nobody there", "later", "refused", "lost after the letter"],
)
def test_what_a_failure_means(office: Office, answers: dict[str, str], gone: bool, ambiguous: bool) -> None:
    office.answers = answers
    with pytest.raises(SendFailedError) as failure:
        send(office)
    assert (failure.value.gone, failure.value.ambiguous) == (gone, ambiguous)


def test_a_server_that_is_not_there() -> None:
    server = Server.parse("smtp://127.0.0.1:9?from=filrouge@example.org")
    with pytest.raises(SendFailedError) as failure:
        MailPlatform(server).send("", ROSA, Message((Part((Plain(BODY),)),), token="t"), now=NOW)
    assert not failure.value.ambiguous
    assert MailPlatform(server).find("", ROSA, "t0k3n", since=NOW) is None


@pytest.mark.parametrize(
    "url", ["mail.example.org", "smtp://mail.example.org", "http://x?from=a@b", "smtp://?from=a@b"]
)
def test_a_url_that_names_no_server_or_no_sender_says_so(url: str) -> None:
    with pytest.raises(ValueError, match=r"from=|smtp://"):
        Server.parse(url)


def test_the_user_is_the_sender_unless_said_otherwise() -> None:
    server = Server.parse("smtps://bot%40example.org:s%3Acret@mail.example.org")
    assert (server.sender, server.password, server.port, server.tls) == ("bot@example.org", "s:cret", 465, True)


def test_a_subject_is_one_short_line() -> None:
    assert subject("\n  Bonjour\tRosa  \nE-1") == "Bonjour Rosa"
    assert subject("mot " * 40).endswith("mot…")
    assert len(subject("mot " * 40)) <= 70


def test_a_calendar_file_says_how_it_is_meant(office: Office) -> None:
    kind = "text/calendar; method=REQUEST; charset=utf-8"
    invitation = Attachment("R-1.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", kind)
    message = Message((Part((Plain("Invitation"),)),), (invitation,), token="t-1")
    host, port = office.server_address[:2]
    server = Server.parse(f"smtp://{host!s}:{port}?from=filrouge@example.org")
    MailPlatform(server).send("", ROSA, message, now=NOW)
    (sent,) = [message_from_bytes(mail, policy=policy.default) for mail in office.mails]
    (attached,) = sent.iter_attachments()
    assert attached.get_content_type() == "text/calendar"
    assert attached["Content-Type"].params["method"] == "REQUEST"
    assert attached.get_filename() == "R-1.ics"
