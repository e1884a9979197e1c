"""What Mattermost calls back with: commands, buttons and dialogs, of which it signs none.

A command carries the token that the server gave it. A button and a dialog carry a token of ours, signed for that use
alone, bound to the network, to what is asked and, where one person alone saw it, to that person.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from bot.messages import FormField, FormView
from bot.platforms.tokens import Claims, TokenError, Tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.messages import Args, Key

BUTTON_LIFE: Final = timedelta(days=180)
FORM_LIFE: Final = timedelta(hours=12)
PROBE: Final = "is-the-bot-there"  # the set-up's question, which nobody types and which is recorded nowhere
PROBE_ANSWER: Final = "The bot is there."
# The server makes a trigger at the moment of the click; its clock may differ from ours by so much.
TRIGGER_LIFE: Final = timedelta(minutes=10)

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Press:
    """A button: the action it calls, or the form it opens by itself. `aside`: one person alone saw its message."""

    network: str
    nonce: str
    action: str = ""
    args: Args = field(default_factory=dict)
    aside: bool = False
    view: FormView | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """A dialog sent in: its form, and the message whose button opened it."""

    network: str
    nonce: str
    form: str
    args: Args
    message: str
    root_id: str


class Callbacks:
    """Makes what goes out with buttons and dialogs, and believes nothing else that comes back."""

    def __init__(self, secret_key: str, public_url: str) -> None:
        self._buttons = Tokens(secret_key, "mattermost button")
        self._forms = Tokens(secret_key, "mattermost dialog")
        base = public_url.rstrip("/")
        self.action_url = f"{base}/mattermost/action"
        self.dialog_url = f"{base}/mattermost/dialog"

    # Buttons -------------------------------------------------------------------------------------------------------

    def button(self, key: Key, *, network: str, person: str, nonce: str, aside: bool, now: datetime) -> Json:
        """The integration of a button; its context never reaches a client."""
        return self._integration({"a": key.action, "g": dict(key.args), "x": int(aside)}, network, person, nonce, now)

    def opener(self, view: FormView, *, network: str, person: str, now: datetime) -> Json:
        """The integration of a button that opens this form."""
        return self._integration({"v": asdict(view)}, network, person, secrets.token_urlsafe(9), now)

    def _integration(self, record: Json, network: str, person: str, nonce: str, now: datetime) -> Json:
        token = self._buttons.make(
            network=network, record=_packed(record), person=person, now=now, lifetime=BUTTON_LIFE, nonce=nonce
        )
        return {"url": self.action_url, "context": {"token": token}}

    def pressed(self, body: Mapping[str, Any], now: datetime) -> Press:
        """The button of a call to `/mattermost/action`; raises TokenError."""
        context = body.get("context")
        token = str(context.get("token", "")) if isinstance(context, dict) else ""
        claims = self._believed(self._buttons, token, body, now)
        check_trigger(body, now)
        record = json.loads(claims.record)
        if "v" in record:
            return Press(claims.network, claims.nonce, view=_view(record["v"]))
        return Press(claims.network, claims.nonce, record["a"], record["g"], bool(record["x"]))

    # Dialogs -------------------------------------------------------------------------------------------------------

    def state(
        self, view: FormView, *, network: str, person: str, now: datetime, message: str = "", root_id: str = ""
    ) -> tuple[str, str]:
        """The state of a dialog, and the nonce in it; a state is good for one form that is taken."""
        record = _packed({"f": view.name, "g": dict(view.args), "m": message, "t": root_id})
        nonce = secrets.token_urlsafe(9)
        token = self._forms.make(
            network=network, record=record, person=person, now=now, lifetime=FORM_LIFE, nonce=nonce
        )
        return token, nonce

    def sent(self, body: Mapping[str, Any], now: datetime) -> Sent:
        """The form of a call to `/mattermost/dialog`; raises TokenError."""
        claims = self._believed(self._forms, str(body.get("state", "")), body, now)
        record = json.loads(claims.record)
        return Sent(claims.network, claims.nonce, record["f"], record["g"], record["m"], record["t"])

    @staticmethod
    def _believed(tokens: Tokens, token: str, body: Mapping[str, Any], now: datetime) -> Claims:
        claims = tokens.read(token, now=now, person=str(body.get("user_id", "")))
        team = str(body.get("team_id") or "")
        if team and claims.network.rpartition("/")[2] != team:
            raise TokenError("network")
        return claims


def check_trigger(body: Mapping[str, Any], now: datetime) -> None:
    """Refuse a call whose trigger is not of this person, or not of now: what is sent again later is a replay.

    The signature in it is the server's own and cannot be checked here (server/public/model/integration_action.go).
    """
    try:
        text = base64.b64decode(str(body.get("trigger_id", "")), validate=True).decode()
        _id, user_id, millis, _signature = text.split(":")
        moment = datetime.fromtimestamp(int(millis) / 1000, UTC)
    except (ValueError, OverflowError) as error:
        raise TokenError("forged") from error
    if user_id != body.get("user_id"):
        raise TokenError("person")
    if abs(now - moment) > TRIGGER_LIFE:
        raise TokenError("expired")


def event_id(kind: str, trigger_id: str) -> str:
    """The name of a click or a command, the same however often it is delivered."""
    return f"{kind}:{hashlib.sha256(trigger_id.encode()).hexdigest()[:40]}"


def _packed(record: Json) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def _view(stored: Json) -> FormView:
    fields = tuple(
        FormField(**{**asked, "options": tuple((value, label) for value, label in asked["options"])})
        for asked in stored["fields"]
    )
    return FormView(**{**stored, "fields": fields})
