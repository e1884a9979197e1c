"""E-mail, for people without an account in the chat: the only importer of smtplib."""

import smtplib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from ssl import create_default_context
from urllib.parse import parse_qs, unquote, urlsplit

from bot.messages import Message
from bot.platforms.base import Recipient, SendFailedError
from bot.text import Link, Text, plain

NAME = "mail"
TIMEOUT_SECONDS = 20
SUBJECT_LENGTH = 70
PERMANENT = 500


@dataclass(frozen=True, slots=True)
class Server:
    """An outgoing mail server, as `smtp://user:password@host:port?from=address` (`smtps` for TLS from the start)."""

    host: str
    port: int
    sender: str
    tls: bool
    user: str = ""
    password: str = ""

    @classmethod
    def parse(cls, url: str) -> "Server":
        """Raises ValueError, with what is wrong, for a URL that names no server or no sender."""
        parts = urlsplit(url)
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
            raise ValueError("write it as smtp://user:password@host:587?from=bot@example.org")
        user = unquote(parts.username or "")
        sender = next(iter(parse_qs(parts.query).get("from", [])), user)
        if "@" not in sender:
            raise ValueError("add the sender's address: ?from=bot@example.org")
        tls = parts.scheme == "smtps"
        return cls(
            parts.hostname, parts.port or (465 if tls else 587), sender, tls, user, unquote(parts.password or "")
        )

    def connect(self) -> smtplib.SMTP:
        """A logged-in connection; encrypted wherever the server can, always when there is a password to protect."""
        if self.tls:
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=TIMEOUT_SECONDS, context=create_default_context()
            )
        else:
            connection = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_SECONDS)
            connection.ehlo()
            if connection.has_extn("starttls") or self.user:
                connection.starttls(context=create_default_context())
        if self.user:
            connection.login(self.user, self.password)
        return connection


class MailPlatform:
    """Sends messages as plain text; `connect` opens the connection."""

    name = NAME

    def __init__(self, server: Server, connect: Callable[[Server], smtplib.SMTP] = Server.connect) -> None:
        self._server = server
        self._connect = connect

    def send(self, network_external_id: str, recipient: Recipient, message: Message, *, now: datetime) -> str:
        """The Message-ID; raises SendFailedError."""
        del network_external_id
        mail = self._mail(recipient, message, now)
        try:
            connection = self._connect(self._server)
        except (OSError, smtplib.SMTPException) as failure:
            raise SendFailedError(f"mail server: {type(failure).__name__}") from failure
        try:
            connection.send_message(mail)
        except smtplib.SMTPRecipientsRefused as refused:
            code = next(iter(refused.recipients.values()))[0]
            raise SendFailedError(f"mail refused: {code}", gone=code >= PERMANENT) from refused
        except smtplib.SMTPResponseException as refused:
            raise SendFailedError(f"mail refused: {refused.smtp_code}") from refused
        except (OSError, smtplib.SMTPException) as lost:
            raise SendFailedError(f"mail server: {type(lost).__name__}", ambiguous=True) from lost
        finally:
            with suppress(OSError, smtplib.SMTPException):
                connection.quit()
        return str(mail["Message-ID"])

    def find(self, network_external_id: str, recipient: Recipient, token: str, *, since: datetime) -> str | None:
        """A mail server cannot be asked; the same Message-ID lets the reader's program drop a second copy."""
        del network_external_id, recipient, token, since
        return None

    def _mail(self, recipient: Recipient, message: Message, now: datetime) -> EmailMessage:
        mail = EmailMessage()
        body = "\n\n".join(_words(part.text) for part in message.parts)
        mail["From"] = self._server.sender
        mail["To"] = recipient.external_id
        mail["Subject"] = subject(body)
        mail["Date"] = format_datetime(now)
        mail["Message-ID"] = f"<{message.token}@{self._server.sender.rpartition('@')[2]}>"
        # No answering machine answers this.
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(body)
        for attached in message.attachments:
            kind, *parameters = attached.media_type.split(";")
            maintype, _slash, subtype = kind.partition("/")
            named = dict(parameter.strip().split("=", 1) for parameter in parameters)
            mail.add_attachment(
                attached.content, maintype=maintype, subtype=subtype, filename=attached.name, params=named
            )
        return mail


def subject(body: str) -> str:
    """The beginning of the text, on one line."""
    line = " ".join(next((line for line in body.splitlines() if line.strip()), "").split())
    return line if len(line) <= SUBJECT_LENGTH else line[: SUBJECT_LENGTH - 1].rsplit(" ", 1)[0] + "…"


def _words(text: Text) -> str:
    return "".join(f"{span.text} ({span.url})" if isinstance(span, Link) else plain((span,)) for span in text)
