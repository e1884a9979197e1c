"""A dialogue on the local platform: what is said, what is answered."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.app import App
from bot.delivery import Delivery
from bot.imports.directory import carry_on
from bot.messages import FormView
from bot.platforms.local import LocalChat, LocalPlatform
from bot.platforms.local.posts import Shown
from storage import members, partners
from storage.base import Row
from storage.database import Database, NetworkSession, Origin


def spaced(text: str) -> str:
    """With ordinary spaces: the catalogues' own test looks after the non-breaking ones."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@dataclass
class Chat:
    """People talk to the bot at `now`; every method returns what came back as text, `seen` keeps the messages."""

    app: App
    network_id: int
    now: datetime
    seen: list[Shown] = field(default_factory=list)

    @property
    def database(self) -> Database:
        return self.app.database

    def session(self, at: datetime | None = None) -> AbstractContextManager[NetworkSession]:
        """A transaction of nobody's on the network, now unless `at` is given: what a test arranges or looks at."""
        return self.database.session(self.network_id, Origin(now=at or self.now))

    def rows(self, model: type[Row]) -> list[Row]:
        """All of a table, in the order in which they came."""
        with self.session() as session:
            return list(session.scalars(select(model).order_by(model.id)))

    @property
    def local(self) -> LocalChat:
        return LocalChat(self.app, self.network_id)

    def says(
        self,
        who: str,
        text: str,
        channel: str = "",
        *,
        private: bool = False,
        files: Sequence[tuple[str, bytes]] = (),
        under: int = 0,
    ) -> str:
        """What comes back to the place where it is said, the messages joined by an empty line."""
        return self._back(
            self.local.says(who, text, self.now, channel=channel, private=private, files=files, under=under)
        )

    def joined_by(self, *names: str, of: str = "") -> None:
        """People with an account, called by their first name in the chat; `of` a new organisation, if it is named."""
        with self.session() as session:
            partner_id = partners.record(session, name=of).id if of else None
            for name in names:
                handle = name.split()[0].casefold()
                members.record(session, name=name, handle=handle, external_id=handle, partner_id=partner_id)

    def knows(self, *people: str) -> None:
        """People who wrote to the bot before, so that it no longer asks them who they are."""
        with self.session() as session:
            for who in people:
                known = members.by_handle(session, who)
                member = known or members.record(session, name=who, handle=who, external_id=who)
                member.introduced_at = self.now

    def presses(self, who: str, label: str) -> str:
        """Press the newest button so labelled."""
        found = next(
            (id_ for message in reversed(self.seen) for id_, said in message.buttons if spaced(said) == label), None
        )
        assert found, f"no button {label!r} among {[spaced(b) for m in self.seen for _, b in m.buttons]}"
        return self._back(self.local.presses(who, found, self.now))

    def submits(self, who: str, values: Mapping[str, str | list[str]], **more: str | list[str]) -> str:
        """Send in the newest form, with what it opened with unless `values` says otherwise."""
        message = next(message for message in reversed(self.seen) if message.form is not None)
        assert message.form is not None
        filled = {asked.name: asked.value for asked in message.form.fields} | dict(values) | more
        return self._back(self.local.submits(who, message.post_id, filled, self.now))

    def points(self, who: str, text: str, command: str, *, emoji: bool = False) -> str:
        """Point at the newest post that holds these words and mean a command, by a shortcut or by an emoji."""
        posts = self.local.since(0, self.now, bot_only=False)
        meant = next(found for found in reversed(posts) if text in found.text)
        return self._back(self.local.points(who, meant.post_id, command, self.now, emoji=emoji))

    @property
    def form(self) -> FormView:
        """The newest form that opened."""
        return next(message.form for message in reversed(self.seen) if message.form is not None)

    @property
    def buttons(self) -> list[str]:
        """The labels under the newest message."""
        return [spaced(label) for _id, label in self.seen[-1].buttons]

    def later(self, **lapse: float) -> None:
        """Let time pass, with nothing happening in it."""
        self.now += timedelta(**lapse)

    def tick(self, until: datetime | None = None) -> list[str]:
        """The bot wakes up, now or at `until`: what appears, as "@ana: …"."""
        self.now = until or self.now
        before = self.local.newest(self.now)
        carry_on(self.database, self.now)
        Delivery(self.database, self.app.registry, {"local": LocalPlatform(self.database)}).run(self.now)
        appeared = self.local.since(before, self.now)
        self.seen += appeared
        return [f"{message.to}: {spaced(message.text)}" for message in appeared]

    def to(self, place: str) -> list[str]:
        """Every message of the bot so far in this place: "@ana" or "#pilotage"."""
        return [spaced(message.text) for message in self.local.since(0, self.now) if message.to == place]

    def _back(self, messages: list[Shown]) -> str:
        self.seen += messages
        return "\n\n".join(spaced(message.text) for message in messages)
