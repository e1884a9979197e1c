"""Bolt's listeners: each reads its payload, records, acknowledges and hands over; none does slow work."""

import logging
import re
import secrets
from collections.abc import Callable, Mapping
from typing import Any, cast

import structlog
from slack_bolt import Ack, App, BoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.authorize import Authorize
from sqlalchemy.exc import SQLAlchemyError

from bot.messages import Place
from bot.phrases import Reader, _
from bot.platforms.slack import events, forms
from bot.platforms.slack.api import Bot, Tokens, client
from bot.platforms.slack.desk import Desk
from bot.platforms.slack.events import Heard
from bot.platforms.slack.install import Installations

log = structlog.get_logger()

ANY = re.compile(".*")
Body = dict[str, Any]


def _quiet() -> logging.Logger:
    """Bolt's warnings may quote what people wrote."""
    logger = logging.getLogger("slack_bolt.filrouge")
    logger.setLevel(logging.ERROR)
    return logger


class _Authorize(Authorize):
    """Whose bot a payload is for; asks nobody but our own store."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens

    def __call__(self, *, enterprise_id: str | None, team_id: str | None, **_others: object) -> AuthorizeResult | None:
        bot = self._tokens.bot(team_id or "", enterprise_id or "")
        if bot is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=bot.team_id,
            bot_user_id=bot.user_id,
            bot_id=bot.bot_id,
            bot_token=bot.token,
        )


class Listeners:
    """The Bolt app of a desk; `events` is what the app's manifest has to subscribe to."""

    def __init__(
        self, desk: Desk, *, signing_secret: str, base_url: str, installations: Installations | None = None
    ) -> None:
        self._desk = desk
        self._installations = installations
        self.events: dict[str, Callable[[Body, Bot], None]] = {
            "app_home_opened": self._opened,
            "app_mention": self._mention,
            "app_uninstalled": self._uninstalled,
            "channel_archive": self._closed,
            "channel_deleted": self._closed,
            "channel_left": self._closed,
            "channel_rename": self._renamed,
            "channel_unarchive": self._unarchived,
            "group_archive": self._closed,
            "group_deleted": self._closed,
            "group_left": self._closed,
            "group_rename": self._renamed,
            "group_unarchive": self._unarchived,
            "member_joined_channel": self._joined,
            "member_left_channel": self._left,
            "message": self._message,
            "reaction_added": self._reaction,
            "tokens_revoked": self._revoked,
            "user_change": self._changed,
        }
        self.bolt = App(
            logger=_quiet(),
            # A listener acknowledges in the thread that called it: no pool of five, no polling for the acknowledgement.
            process_before_response=True,
            # Over a socket nothing is signed; then the HTTP path is closed.
            signing_secret=signing_secret or secrets.token_hex(),
            authorize=cast("Callable[..., AuthorizeResult]", _Authorize(desk.clients.tokens)),
            client=client("", base_url, patient=False),
            ignoring_self_events_enabled=True,
        )
        self.bolt.command(ANY)(self._command)
        self.bolt.action(ANY)(self._press)
        self.bolt.view(forms.CALLBACK)(self._submission)
        self.bolt.shortcut({"type": "message_action", "callback_id": ANY})(self._shortcut)
        for name, listener in self.events.items():
            self.bolt.event(name)(self._listening(listener))

    def _bot(self, context: BoltContext) -> Bot:
        result = context.authorize_result
        return self._desk.clients.bot(str(result.team_id) if result else "")

    def _listening(self, listener: Callable[[Body, Bot], None]) -> Callable[[Body, BoltContext], None]:
        """An event whose recording fails is not acknowledged: Slack sends it again."""

        def listen(body: Body, context: BoltContext) -> None:
            listener(body, self._bot(context))

        return listen

    def _command(self, ack: Ack, body: Body, context: BoltContext) -> None:
        bot = self._bot(context)
        heard = events.command(body)
        try:
            ticket = self._desk.record(bot, heard)
        except SQLAlchemyError:
            log.exception("slack command not recorded", team=bot.team_id)
            ack(self._no_memory())
            return
        ack()
        self._desk.hand_over(bot, heard, ticket)

    def _shortcut(self, ack: Ack, body: Body, context: BoltContext) -> None:
        bot = self._bot(context)
        heard = events.shortcut(body)
        ticket = self._desk.record(bot, heard)
        ack()
        self._desk.hand_over(bot, heard, ticket)

    def _press(self, ack: Ack, body: Body, context: BoltContext) -> None:
        heard = events.press(body)
        if heard is None:
            ack()
            return
        bot = self._bot(context)
        ticket = self._desk.record(bot, heard)
        ack()
        self._desk.hand_over(bot, heard, ticket)

    def _submission(self, ack: Ack, body: Body, context: BoltContext) -> None:
        view = body["view"]
        try:
            outcome = self._desk.submit(self._bot(context), events.submission(body), view)
        except SQLAlchemyError:
            log.exception("slack form not recorded")
            first = next(block["block_id"] for block in view["blocks"] if block["type"] == "input")
            outcome = {"response_action": "errors", "errors": {first: self._no_memory()}}
        if outcome is None:
            ack()
        else:
            ack(**outcome)

    def _no_memory(self) -> str:
        words = _("I cannot reach my memory right now, so nothing was recorded. Please try again in a few minutes.")
        return words.say(Reader(self._desk.defaults.language))

    def _take(self, bot: Bot, heard: Heard | None) -> None:
        if heard is not None:
            self._desk.hand_over(bot, heard, self._desk.record(bot, heard))

    def _mention(self, body: Body, bot: Bot) -> None:
        self._take(bot, events.mention(body, bot.user_id))

    def _message(self, body: Body, bot: Bot) -> None:
        # In a channel a mention comes as its own event too; there, mere talk is none of the bot's business, unless a
        # meeting is open and it asks to be kept.
        if body["event"].get("channel_type") == "im":
            self._take(bot, events.mention(body, bot.user_id))
            return
        heard = events.overheard(body, bot.user_id)
        if heard is not None and self._desk.overhears(bot, heard.incoming):
            self._take(bot, heard)

    def _reaction(self, body: Body, bot: Bot) -> None:
        self._take(bot, events.reaction(body, bot.user_id))

    def _opened(self, body: Body, bot: Bot) -> None:
        self._take(bot, events.opened(body))

    def _joined(self, body: Body, bot: Bot) -> None:
        event = body["event"]
        user, place = event["user"], self._event_place(event)
        desk, network_id = self._desk, self._desk.network(bot)

        def join() -> None:
            desk.directory.forget_place(bot.team_id, place.external_id)
            known = desk.directory.place(bot.team_id, place)
            if user == bot.user_id:
                desk.people_of(bot, network_id, known)
            else:
                desk.presence.joined(network_id, known, user)

        desk.in_background(join)

    def _left(self, body: Body, bot: Bot) -> None:
        event = body["event"]
        network_id = self._desk.network(bot)
        if event["user"] == bot.user_id:
            self._desk.presence.closed(network_id, event["channel"])
        else:
            self._desk.presence.left(network_id, event["channel"], event["user"])

    def _closed(self, body: Body, bot: Bot) -> None:
        channel = body["event"]["channel"]
        self._desk.directory.forget_place(bot.team_id, channel)
        self._desk.presence.closed(self._desk.network(bot), channel)

    def _unarchived(self, body: Body, bot: Bot) -> None:
        self._desk.presence.closed(self._desk.network(bot), body["event"]["channel"], closed=False)

    def _renamed(self, body: Body, bot: Bot) -> None:
        self._desk.directory.forget_place(bot.team_id, body["event"]["channel"]["id"])

    def _changed(self, body: Body, bot: Bot) -> None:
        self._desk.directory.forget_person(bot.team_id, body["event"]["user"]["id"])

    def _uninstalled(self, body: Body, bot: Bot) -> None:
        log.warning("slack app uninstalled", team=bot.team_id)
        if self._installations is not None:
            self._installations.forget(body.get("enterprise_id") or "", body["team_id"])

    def _revoked(self, body: Body, bot: Bot) -> None:
        if bot.user_id in body["event"].get("tokens", {}).get("bot", ()):
            self._uninstalled(body, bot)

    @staticmethod
    def _event_place(event: Mapping[str, Any]) -> Place:
        """Private until Slack says otherwise."""
        return Place(event["channel"], name=event["channel"], private=True)
