"""Record, acknowledge, handle: what a listener heard is recorded at once and worked on in a pool."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooSlowError
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError

from bot import preparing
from bot.app import App, network_for
from bot.messages import Answer, Incoming, Message, Opened, Overheard, Part, Place, Pointed
from bot.phrases import Reader, _
from bot.platforms.slack import forms, markup
from bot.platforms.slack.answers import Answers
from bot.platforms.slack.api import Bot, Clients
from bot.platforms.slack.events import Heard, Way
from bot.platforms.slack.people import Directory
from bot.platforms.workers import Workers
from bot.presence import Presence
from bot.text import Plain
from bot.tickets import Ticket

log = structlog.get_logger()

NAME = "slack"
# Slack waits three seconds for a submitted form; longer work goes on without its modal.
FORM_SECONDS = 2.3
WORKERS = 8
FORM_WORKERS = 4
SLOW_WORKERS = 2
# What is younger may still be in another process's hands.
LEFT_AFTER = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a new network begins with."""

    language: str = "fr"
    country: str = "BE"
    timezone: str = "Europe/Brussels"


class Desk:
    """Takes what listeners hear, and answers it; knows the networks of workspaces."""

    def __init__(
        self, app: App, clients: Clients, *, clock: Callable[[], datetime], defaults: Defaults, workers: int = WORKERS
    ) -> None:
        self.app = app
        self.clients = clients
        self.clock = clock
        self.directory = Directory(clients, clock)
        self.answers = Answers(clients)
        self.presence = Presence(app.database, NAME, clock)
        self.defaults = defaults
        # A form's acknowledgement waits for its outcome: it never queues behind calls to Slack. Reading documents takes
        # its time, and looking up who is where waits for Slack: neither keeps an answer waiting.
        self.workers = Workers(NAME, forms=FORM_WORKERS, answers=workers, reading=SLOW_WORKERS, presence=1)
        self._networks: dict[str, int] = {}
        self._sighted: set[tuple[int, str]] = set()

    def network(self, bot: Bot) -> int:
        """The network of a workspace, made at its first message."""
        if bot.team_id not in self._networks:
            self._networks[bot.team_id] = network_for(
                self.app.database,
                NAME,
                bot.team_id,
                now=self.clock(),
                name=bot.team_name or bot.team_id,
                defaults={
                    "language": self.defaults.language,
                    "country": self.defaults.country,
                    "timezone": self.defaults.timezone,
                },
            )
        return self._networks[bot.team_id]

    def record(self, bot: Bot, heard: Heard) -> Ticket | None:
        """Keep it, in a short transaction; None when it came before. Raises what the database raises."""
        return self.app.receive(self.network(bot), heard.incoming, self.clock())

    def overhears(self, bot: Bot, incoming: Incoming) -> bool:
        """Whether words in a channel are kept; of others nothing is, and no row is even looked up."""
        if not isinstance(incoming, Overheard):
            return False
        text = markup.words(incoming.text, lambda user_id: user_id)
        return self.app.wants(text) and self.app.overhears(self.network(bot), incoming.place, text, self.clock())

    def hand_over(self, bot: Bot, heard: Heard, ticket: Ticket | None) -> None:
        """Handle it in the pool and return at once; None is passed over."""
        if ticket is not None:
            long = preparing.slow(heard.incoming, self.app.reading)
            self.workers.submit("reading" if long else "answers", self._work, bot, heard, ticket)

    def submit(self, bot: Bot, heard: Heard, view: Mapping[str, Any]) -> dict[str, Any] | None:
        """Check and commit a form within its acknowledgement; what Slack is to do with the modal, None to close it."""
        ticket = self.record(bot, heard)
        if ticket is None:
            return None
        work = self.workers.submit("forms", self._handle, bot, heard, ticket)
        try:
            incoming, answer = work.result(FORM_SECONDS)
        except TooSlowError:
            self.workers.submit("answers", self._late, bot, heard, work)
            return None
        if answer.form is None:
            self.workers.submit("answers", self.answers.give, bot, incoming, heard.way, answer)
            return None
        if answer.form.errors:
            return {"response_action": "errors", "errors": forms.errors(answer.form, view)}
        origin = forms.Origin(incoming.place, heard.way.response_url)
        return {"response_action": "update", "view": forms.view(answer.form, origin)}

    def resume(self) -> int:
        """Take up what a crash left behind; how many."""
        tickets = self.app.left_behind(self.clock() - LEFT_AFTER)
        for ticket in tickets:
            bot = self._bot_of(ticket.network_id)
            if bot is not None:
                # Neither its trigger nor its response_url still works.
                incoming = replace(ticket.incoming, trigger="")
                pointed_at = incoming.permalink if isinstance(incoming, Pointed) and not incoming.text else ""
                self.hand_over(bot, Heard(incoming, Way(), pointed_at), ticket)
        return len(tickets)

    def in_background(self, task: Callable[[], None]) -> None:
        self.workers.submit("presence", self._quietly, task)

    def resync(self, bot: Bot) -> None:
        """Ask Slack who is in each private channel that the network knows."""
        network_id = self.network(bot)
        for place in self.presence.private_channels(network_id):
            self.in_background(partial(self.people_of, bot, network_id, place))

    def people_of(self, bot: Bot, network_id: int, place: Place) -> None:
        """Bring the people of one channel up to date."""
        people = self.directory.people_of(bot.team_id, place.external_id) if place.private else []
        self.presence.seen(network_id, place, people)

    def close(self) -> None:
        """Finish what was begun."""
        self.workers.close(dropping="presence")

    def _work(self, bot: Bot, heard: Heard, ticket: Ticket) -> None:
        incoming, answer = self._handle(bot, heard, ticket)
        if isinstance(incoming, Opened):
            self.answers.publish(bot, incoming.person.external_id, answer)
            return
        self.answers.give(bot, incoming, heard.way, answer)
        if heard.way.home:
            self._show_home(bot, ticket.network_id, incoming)

    def _handle(self, bot: Bot, heard: Heard, ticket: Ticket) -> tuple[Incoming, Answer]:
        incoming = self.directory.completed(bot.team_id, heard.incoming, pointed_at=heard.pointed_at)
        ticket = self.app.completed(ticket, incoming)
        answer = self.app.handle(ticket, self.clock())
        self._sight(bot, ticket.network_id, incoming)
        return incoming, answer

    def _late(self, bot: Bot, heard: Heard, work: Future[tuple[Incoming, Answer]]) -> None:
        """A form that took too long: its modal is gone, so its errors are told as a message."""
        incoming, answer = work.result()
        if answer.form is not None and answer.form.errors:
            reader = Reader(answer.form.language)
            first = _("Nothing was recorded of “{title}”:", title=answer.form.title).text(reader)
            errors = tuple(Part((Plain(words),)) for words in answer.form.errors.values())
            answer = Answer(messages=(Message((Part(first), *errors)),))
        self.answers.give(bot, incoming, heard.way, answer)

    def _show_home(self, bot: Bot, network_id: int, after: Incoming) -> None:
        opened = Opened(event_id=f"{after.event_id}:home", person=after.person, place=Place(direct=True))
        answer = self.app.answer(network_id, opened, self.clock())
        self.answers.publish(bot, after.person.external_id, answer)

    def _sight(self, bot: Bot, network_id: int, incoming: Incoming) -> None:
        """The first time this process sees a person or a private channel, it learns who is where."""
        person, place = incoming.person.external_id, incoming.place
        if (network_id, person) not in self._sighted:
            self._sighted.add((network_id, person))
            self.in_background(lambda: self._channels_of(bot, network_id, person))
        if place.private and (network_id, place.external_id) not in self._sighted:
            self._sighted.add((network_id, place.external_id))
            self.in_background(lambda: self.people_of(bot, network_id, place))

    def _channels_of(self, bot: Bot, network_id: int, person: str) -> None:
        if self.presence.private_channels(network_id):
            self.presence.is_in(network_id, person, self.directory.private_channels_of(bot.team_id, person))

    def _bot_of(self, network_id: int) -> Bot | None:
        external_id = self.app.external_id(network_id)
        return self.clients.tokens.bot(external_id)

    @staticmethod
    def _quietly(task: Callable[[], None]) -> None:
        """Slack may not tell: the bot is not in that channel, or lacks a right; what is known stays."""
        try:
            task()
        except (SlackApiError, OSError) as refused:
            log.info("slack presence unknown", failure=type(refused).__name__)
