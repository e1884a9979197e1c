"""Whose bot: of the one workspace of the environment, of those that installed it, or of both."""

from bot.platforms.slack.api import Bot, client
from bot.platforms.slack.install import Installations


class OneWorkspace:
    """The bot of one token, whatever workspace a payload names; Slack is asked once who it is."""

    def __init__(self, token: str, base_url: str) -> None:
        self._token = token
        self._client = client(token, base_url, patient=False)
        self._bot: Bot | None = None

    def bot(self, team_id: str, enterprise_id: str = "") -> Bot | None:
        """Raises SlackApiError where the token is refused, OSError where Slack cannot be reached."""
        del team_id, enterprise_id
        if self._bot is None:
            found = self._client.auth_test()
            self._bot = Bot(
                team_id=found["team_id"],
                token=self._token,
                user_id=found["user_id"],
                bot_id=found.get("bot_id") or "",
                team_name=found.get("team") or "",
            )
        return self._bot

    def every(self) -> list[Bot]:
        bot = self.bot("")
        return [bot] if bot else []


class Several:
    """The workspaces that were set up or installed, and that of the environment for any other."""

    def __init__(self, stored: Installations, own: OneWorkspace | None) -> None:
        self._stored = stored
        self._own = own

    def bot(self, team_id: str, enterprise_id: str = "") -> Bot | None:
        return self._stored.bot(team_id, enterprise_id) or (
            self._own.bot(team_id, enterprise_id) if self._own else None
        )

    def every(self) -> list[Bot]:
        return [*self._stored.every(), *(self._own.every() if self._own else ())]
