"""Socket Mode with a watchdog: a connection that is silently dead is replaced, whatever the library believes."""

import threading
import time
from collections.abc import Callable

import structlog
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

log = structlog.get_logger()

PING_SECONDS = 10
# Without a pong for this long the connection is dead.
SILENT_SECONDS = 35
LOOK_SECONDS = 5


class Socket:
    """One connection for a Bolt app; `clock` gives seconds as `time.time` does."""

    def __init__(
        self,
        app: App,
        app_token: str,
        client: WebClient,
        *,
        clock: Callable[[], float] = time.time,
        ping_seconds: float = PING_SECONDS,
    ) -> None:
        self._handler = SocketModeHandler(app, app_token, web_client=client, ping_interval=ping_seconds)
        self._clock = clock
        self._connected_at = 0.0
        self._stop = threading.Event()
        self._watch = threading.Thread(target=self._watching, name="slack-watchdog", daemon=True)

    def start(self) -> None:
        """Connect, now or as soon as Slack can be reached."""
        self._connect()
        self._watch.start()

    def alive(self) -> bool:
        """Whether Slack was heard lately."""
        session = self._handler.client.current_session
        if session is None or not session.is_active():
            return False
        heard = max(session.last_ping_pong_time or 0.0, self._connected_at)
        return self._clock() - heard < SILENT_SECONDS

    def look(self) -> None:
        """Replace the connection if it is dead."""
        if not self.alive():
            log.warning("slack socket silent, connecting anew")
            self._connect()

    def close(self) -> None:
        self._stop.set()
        if self._watch.is_alive():
            self._watch.join()
        close: Callable[[], None] = self._handler.close
        close()

    def _connect(self) -> None:
        client = self._handler.client
        try:
            client.connect_to_new_endpoint(force=True)
            self._connected_at = self._clock()
        except (SlackApiError, OSError) as failure:
            log.warning("slack socket not connected", failure=type(failure).__name__)

    def _watching(self) -> None:
        while not self._stop.wait(LOOK_SECONDS):
            try:
                self.look()
            except Exception:
                # It looks again: without it a dead socket would stay dead.
                log.exception("slack watchdog failed")
