"""A server to set the bot up on, as its administrator sees it."""

from bot.platforms.mattermost.admin import Admin
from bot.platforms.mattermost.http import Retry
from bot.platforms.mattermost.setup import Outcome, Setup, Wishes
from bot.registry import Registry
from bot.settings import Settings
from storage.database import Database
from tests.platforms.mattermost.server import MattermostServer
from tests.platforms.mattermost.state import Team, User

KEY = "0123456789abcdefghijABCDEFGHIJ!?"
FRENCH = Wishes("fr")


class Site:
    """A server with its administrator, a team, and the bot's address."""

    def __init__(self, server: MattermostServer, database: Database, registry: Registry, url: str) -> None:
        self.server = server
        self.database = database
        self.registry = registry
        self.team: Team = server.state.add_team("luxembourg", "Luxembourg")
        self.boss: User = server.state.add_user("boss", roles="system_user system_admin")
        server.state.join_team(self.team, self.boss, admin=True)
        server.config.enable_user_access_tokens = True
        self.token = server.state.new_token(self.boss, access=True)
        self.admins: list[Admin] = []
        mapping = {"FILROUGE_DATABASE_URL": str(database.engine.url), "FILROUGE_SECRET_KEY": KEY}
        self.settings = Settings.from_mapping({**mapping, "FILROUGE_PUBLIC_URL": url})

    def setup(self, token: str = "") -> Setup:
        clock = self.server.clock
        admin = Admin(
            self.server.url,
            token or self.token,
            retry=Retry(attempts=1),
            sleep=clock.advance,
            monotonic=clock.seconds,
        )
        self.admins.append(admin)
        return Setup(admin, self.database, self.registry, self.settings, now=clock.now)

    def close(self) -> None:
        for admin in self.admins:
            admin.close()
        assert self.server.state.problems == []

    def run(self, wishes: Wishes = FRENCH) -> Outcome:
        return self.setup().run(wishes)

    @property
    def triggers(self) -> list[str]:
        return sorted(command["trigger"] for command in self.server.state.commands.values())

    @property
    def bots(self) -> list[str]:
        return [user.username for user in self.server.state.users.values() if user.is_bot]
