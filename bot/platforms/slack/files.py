"""Files that people attach on Slack, fetched with the bot's token from Slack alone."""

from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from bot.platforms.base import SendFailedError

TIMEOUT = 30
SLACK_FILES = ("slack.com", "slack-files.com", "slack-edge.com")


class _NoRedirects(HTTPRedirectHandler):
    """Slack redirects to its sign-in page who may not read a file; the token follows nowhere else."""

    def redirect_request(self, *_args: object, **_named: object) -> None:
        return None


def download(token: str, base_url: str, locator: str, *, limit: int) -> bytes:
    """The file at an address of Slack; raises SendFailedError where it is refused, elsewhere or over `limit` bytes."""
    if not _ours(locator, base_url):
        raise SendFailedError("the file is not on Slack", gone=True)
    request = Request(locator, headers={"Authorization": f"Bearer {token}"})  # noqa: S310 - its address was looked at
    try:
        with build_opener(_NoRedirects).open(request, timeout=TIMEOUT) as answer:
            content: bytes = answer.read(limit + 1)
    except HTTPError as refused:
        with refused:
            raise SendFailedError(f"Slack refuses the file ({refused.code})", gone=refused.code < 500) from refused  # noqa: PLR2004 - HTTP's own number
    except (OSError, HTTPException) as lost:
        raise SendFailedError("the connection to Slack was lost") from lost
    if len(content) > limit:
        raise SendFailedError("the file is too large", gone=True)
    return content


def _ours(locator: str, base_url: str) -> bool:
    """On Slack over TLS, or on the server that stands in for it."""
    there, api = urlsplit(locator), urlsplit(base_url)
    host = there.hostname or ""
    if there.scheme == "https" and any(host == known or host.endswith(f".{known}") for known in SLACK_FILES):
        return True
    return there.scheme in {"http", "https"} and there.netloc == api.netloc and api.hostname != "slack.com"
