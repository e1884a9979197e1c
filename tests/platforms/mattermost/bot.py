"""The bot itself, running against the stand-in: its routes served on loopback, its websocket listening."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette

from bot.app import App
from bot.platforms.mattermost.client import Client
from bot.platforms.mattermost.connection import Account, SlashCommand
from bot.platforms.mattermost.service import Mattermost
from bot.registry import Registry, discover
from tests.serving import Serving

if TYPE_CHECKING:
    from collections.abc import Callable

    from storage.database import Database
    from tests.platforms.mattermost.world import World

TRIGGERS = ("garde", "filrouge", "reunion")


class RunningBot:
    """`with_` several worlds it serves several teams or servers in one process."""

    def __init__(
        self,
        database: Database,
        *worlds: World,
        registry: Registry | None = None,
        patience: float = 5,
        command_patience: float | None = None,
    ) -> None:
        self.worlds = worlds
        self.clock = worlds[0].clock
        self.database = database
        self.registry = registry or discover("tests.platforms.contract_commands")
        self._patience = patience
        self._command_patience = patience if command_patience is None else command_patience
        self.pause: Callable[[float], object] | None = None
        self._serving = Serving(Starlette(routes=[]))
        self.platform: Mattermost
        self.read_until = 0

    def start(self) -> None:
        """Serve, register the commands as an administrator would, and listen."""
        self._app = Starlette()
        self._serving = Serving(self._app)
        self._serving.start()
        accounts = [self._account(world) for world in self.worlds]
        by_url: dict[str, Account] = {}
        for account in accounts:
            known = by_url.get(account.url)
            commands = (known.commands if known else ()) + account.commands
            by_url[account.url] = Account(account.url, account.token, commands, read_until=self.read_until)
        self.platform = Mattermost(
            App(self.database, self.registry, source="mattermost"),
            [*by_url.values()],
            secret_key="k" * 32,
            public_url=self._serving.url,
            now=self.clock.now,
            client=self._client,
            patience=self._patience,
            command_patience=self._command_patience,
            pause=self.pause,
        )
        self._app.router.routes.extend(self.platform.routes())
        self.platform.start()
        self.wait_until_caught_up()

    def wait_until_caught_up(self) -> None:
        for hearing in self.platform.hearings:
            assert hearing.caught_up.wait(10)

    def stop(self) -> None:
        self.platform.stop()
        self._serving.stop()

    @property
    def url(self) -> str:
        return self._serving.url

    def _client(self, account: Account) -> Client:
        return Client(account.url, account.token, sleep=self.clock.advance, monotonic=self.clock.seconds)

    def _account(self, world: World) -> Account:
        admin = world.admin()
        commands = []
        for trigger in TRIGGERS:
            known = [
                one
                for one in world.server.state.commands.values()
                if (one["team_id"], one["trigger"]) == (world.team.id, trigger)
            ]
            command = {"team_id": world.team.id, "trigger": trigger, "method": "P"}
            command["url"] = f"{self._serving.url}/mattermost/command"
            if known:
                known[0]["url"] = command["url"]
            made = known[0] if known else admin._send("POST", "/commands", json=command)
            commands.append(SlashCommand(world.team.id, trigger, made["token"]))
        return Account(world.server.url, world.token, tuple(commands))
