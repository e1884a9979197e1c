"""Answers on their way back: to the person alone, into the channel, as a modal, or on their App Home."""

from collections.abc import Callable
from functools import partial
from typing import Any

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler, ServerErrorRetryHandler
from slack_sdk.webhook import WebhookClient

from bot.messages import Answer, Attachment, FormView, Incoming, Key, Message, Part, Pressed, Said
from bot.phrases import Reader, _
from bot.platforms.slack import forms, render
from bot.platforms.slack.api import REFUSED_BLOCKS, RETRIES, TIMEOUT, Bot, Clients, certificates, error_code, failure
from bot.platforms.slack.events import AGAIN, Way
from bot.platforms.slack.render import Posting

log = structlog.get_logger()

# The bot is not where it was spoken to: its answer goes another way.
ELSEWHERE = frozenset(
    {"channel_not_found", "not_in_channel", "user_not_in_channel", "is_archived", "restricted_action"}
)
# Nobody's line is this long; it has to fit a button.
SAID_LENGTH = 1500
QUIET: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False}

Send = Callable[[Posting], None]


class Answers:
    """Gives direct answers; they are not deliveries: one that fails is logged, without its words, and not kept."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients

    def give(self, bot: Bot, incoming: Incoming, way: Way, answer: Answer) -> None:
        """Never raises for what Slack refuses."""
        steps: list[Callable[[], None]] = [
            partial(self._say, bot, incoming, way, message) for message in answer.messages
        ]
        if answer.form is not None:
            form = answer.form
            steps.append(lambda: self._open(bot, incoming, way, form))
        for step in steps:
            try:
                step()
            except (SlackApiError, OSError) as refused:
                log.warning("slack answer lost", team=bot.team_id, reason=failure(refused).reason)

    def publish(self, bot: Bot, user_id: str, answer: Answer) -> None:
        """Show a person their App Home."""
        client = self._clients.patient(bot.team_id)
        try:
            client.views_publish(user_id=user_id, view=render.home(answer.messages))
        except (SlackApiError, OSError) as refused:
            log.warning("slack home lost", team=bot.team_id, reason=failure(refused).reason)

    def _open(self, bot: Bot, incoming: Incoming, way: Way, form: FormView) -> None:
        origin = forms.Origin(incoming.place, way.response_url)
        if incoming.trigger:
            try:
                self._clients.patient(bot.team_id).views_open(
                    trigger_id=incoming.trigger, view=forms.view(form, origin)
                )
            except SlackApiError as refused:
                if error_code(refused) not in {"expired_trigger_id", "trigger_expired", "exchanged_trigger_id"}:
                    raise
                log.warning("slack trigger expired")
            else:
                return
        self._say(bot, incoming, way, form_button(incoming, form))

    def _say(self, bot: Bot, incoming: Incoming, way: Way, message: Message) -> None:
        replaces = isinstance(incoming, Pressed) and message.replace and not way.home
        for posting in render.postings(message):
            send = self._way(bot, incoming, way, message, replaces=replaces)
            try:
                send(posting)
            except SlackApiError as refused:
                if error_code(refused) not in REFUSED_BLOCKS:
                    raise
                for spoken in render.spoken_postings(message):
                    send(spoken)
                break
            replaces = False
        for attached in message.attachments:
            upload(self._clients.patient(bot.team_id), self._destination(bot, incoming, message), attached)

    def _way(self, bot: Bot, incoming: Incoming, way: Way, message: Message, *, replaces: bool) -> Send:
        place, client, url = incoming.place, self._clients.patient(bot.team_id), way.response_url
        if replaces and url:
            return lambda posting: respond(url, posting, replace_original=True)

        def in_person(posting: Posting) -> None:
            post(client, self._clients.direct_channel(bot.team_id, incoming.person.external_id), posting)

        if place.direct or not place.external_id:
            own = way.direct_channel
            if not own:
                return in_person
            otherwise = (lambda posting: respond(url, posting)) if url else in_person
            return _either(lambda posting: post(client, own, posting, thread=place.thread), otherwise)
        if message.private:
            if url:
                return lambda posting: respond(url, posting)
            user = incoming.person.external_id
            return _either(
                lambda posting: _ephemeral(client, place.external_id, user, posting, place.thread), in_person
            )
        return _either(
            lambda posting: post(client, place.external_id, posting, thread=place.thread or incoming.root),
            (lambda posting: respond(url, posting, everyone=True)) if url else in_person,
        )

    def _destination(self, bot: Bot, incoming: Incoming, message: Message) -> str:
        """Where a file goes: what is for one person goes to their direct conversation with the bot."""
        place = incoming.place
        if place.external_id and not place.direct and not message.private:
            return place.external_id
        return self._clients.direct_channel(bot.team_id, incoming.person.external_id)


def _either(first: Send, second: Send) -> Send:
    def send(posting: Posting) -> None:
        try:
            first(posting)
        except SlackApiError as refused:
            if error_code(refused) not in ELSEWHERE:
                raise
            second(posting)

    return send


def form_button(incoming: Incoming, form: FormView) -> Message:
    """What stands for a form that cannot open by itself: a button that says the same again, with a trigger."""
    reader = Reader(form.language)
    words = (_("**{title}**: a form has to be filled in.", title=form.title)).text(reader)
    if not isinstance(incoming, Said):
        return Message((Part(_("I was too slow to open the form. Please try again.").text(reader)),))
    args = {"command": incoming.command, "text": incoming.text[:SAID_LENGTH]}
    key = Key("again", _("Open the form").say(reader), AGAIN, args, "primary")
    return Message((Part(words, (key,)),))


def post(client: WebClient, channel: str, posting: Posting, *, thread: str = "") -> None:
    """Post as the bot."""
    posted(client, channel, posting, thread=thread)


def posted(
    client: WebClient, channel: str, posting: Posting, *, thread: str = "", metadata: dict[str, Any] | None = None
) -> tuple[str, str]:
    """Post as the bot; the channel's id and the message's time stamp, which names it there."""
    more: dict[str, Any] = dict(QUIET)
    if thread:
        more["thread_ts"] = thread
    if metadata:
        more["metadata"] = metadata
    if posting.blocks:
        more["blocks"] = posting.blocks
    answer = client.chat_postMessage(channel=channel, text=posting.text, **more)
    return str(answer["channel"]), str(answer["ts"])


def respond(url: str, posting: Posting, *, everyone: bool = False, replace_original: bool = False) -> None:
    """Answer at the address that came with what the person did; raises SlackApiError."""
    webhook = WebhookClient(
        url,
        timeout=TIMEOUT,
        ssl=certificates(),
        retry_handlers=[
            RateLimitErrorRetryHandler(max_retry_count=RETRIES),
            ServerErrorRetryHandler(max_retry_count=RETRIES),
        ],
    )
    answer = webhook.send(
        text=posting.text,
        blocks=posting.blocks or None,
        response_type="in_channel" if everyone else "ephemeral",
        replace_original=replace_original,
        unfurl_links=False,
        unfurl_media=False,
    )
    if answer.status_code >= 400:  # noqa: PLR2004 - HTTP's own number
        raise _refusal(answer.body)


def _refusal(body: str) -> SlackApiError:
    """What an address to answer at says is an error of Slack's like any other."""
    make: Callable[[str, dict[str, str]], SlackApiError] = SlackApiError
    return make("response_url refuses", {"error": body[:100]})


def _ephemeral(client: WebClient, channel: str, user: str, posting: Posting, thread: str) -> None:
    more: dict[str, Any] = {"blocks": posting.blocks} if posting.blocks else {}
    if thread:
        more["thread_ts"] = thread
    client.chat_postEphemeral(channel=channel, user=user, text=posting.text, **more)


def upload(client: WebClient, channel: str, attached: Attachment) -> None:
    title = attached.title.english if attached.title else attached.name
    client.files_upload_v2(channel=channel, filename=attached.name, content=attached.content, title=title)


def upload_all(client: WebClient, channel: str, message: Message) -> None:
    """The files of a message, after it."""
    for attached in message.attachments:
        upload(client, channel, attached)
