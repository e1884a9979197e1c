"""Posts of the local platform: messages and forms as rows, and rows as what the command line and the page show."""

import base64
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from bot.messages import FormField, FormView, Message
from bot.text import joined, plain
from storage.chat import Post
from storage.database import NetworkSession


@dataclass(frozen=True, slots=True)
class Shown:
    """One message as the command line prints it; `post_id` and the buttons' ids are unique in the database."""

    post_id: int
    to: str
    text: str
    ephemeral: bool
    buttons: tuple[tuple[str, str], ...]
    at: datetime
    form: FormView | None = None


def post(session: NetworkSession, to: str, message: Message, *, at: datetime, only_for: str = "") -> Post:
    """Write a message of the bot as a post."""
    row = Post(to=to, only_for=only_for, text="", at=at, token=message.token)
    _write(row, message)
    session.add(row)
    session.flush()
    return row


def shown(row: Post) -> Shown:
    form = row.content.get("form")
    return Shown(
        post_id=row.id,
        to=row.to,
        text=row.text,
        ephemeral=bool(row.only_for),
        buttons=tuple((f"{row.id}-{key['id']}", key["label"]) for key in keys_of(row)),
        at=row.at,
        form=form_view(form) if form else None,
    )


def form_view(stored: Mapping[str, Any]) -> FormView:
    """A form as it was posted."""
    fields = tuple(
        FormField(**{**field, "options": tuple((value, label) for value, label in field["options"])})
        for field in stored["fields"]
    )
    return FormView(**{**stored, "fields": fields})


def keys_of(row: Post) -> list[dict[str, Any]]:
    return [key for part in row.content.get("parts", ()) for key in part["keys"]]


def _write(row: Post, message: Message) -> None:
    row.text = plain(joined((part.text for part in message.parts), "\n")).strip()
    row.content = {
        "parts": [
            {
                "spans": [[type(span).__name__, asdict(span)] for span in part.text],
                "keys": [asdict(key) for key in part.keys],
            }
            for part in message.parts
        ],
        "attachments": [
            {
                "name": attached.name,
                "media_type": attached.media_type,
                "content": base64.b64encode(attached.content).decode(),
            }
            for attached in message.attachments
        ],
    }


def rewrite(row: Post, message: Message, now: datetime) -> None:
    _write(row, message)
    row.edited_at = now


def form_post(form: FormView, to: str, handle: str, now: datetime) -> Post:
    asked = [f"{'○' if field.optional else '●'} {field.label}" for field in form.fields]
    errors = [f"! {error}" for error in form.errors.values()]
    return Post(
        to=to,
        only_for=handle if to.startswith("#") else "",
        text="\n".join([form.title, *asked, *errors]),
        content={"form": asdict(form)},
        at=now,
    )
