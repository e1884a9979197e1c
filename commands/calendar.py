"""/filrouge mon agenda: one's meetings and deadlines in one's own calendar, at an address that can be renewed."""

from bot import Attachment, Context, Refusal, Reply, _, action, button, calendars, lines
from bot.exports import ics
from bot.text import Link
from commands.filrouge import filrouge
from storage import feeds, pages
from storage.feeds import Feed


@filrouge.verb(
    "calendar",
    fr=("mon agenda", "agenda", "calendrier", "mon calendrier"),
    nl=("mijn agenda", "agenda", "kalender"),
    de=("mein kalender", "kalender"),
    en=("my calendar", "calendar"),
    help=_("The address of your own calendar: your meetings and deadlines."),
)
def calendar(context: Context) -> Reply:
    if not _site(context):
        return _as_file(context)
    return _told(context, feeds.open_for(context.session, context.me.id))


def _site(context: Context) -> str:
    return pages.address(context.session)


def _told(context: Context, feed: Feed) -> Reply:
    address = calendars.address(_site(context), feed.token)
    return Reply(
        lines(
            _("Your calendar: {address}", address=Link(address, address)),
            _(
                "Add it by its address in Outlook, Google Calendar or your telephone: it holds the meetings you may "
                "see and your deadlines, and follows what changes."
            ),
            _("Whoever has this address reads it: keep it to yourself. A new one closes the old one."),
        ),
        buttons=(button(_("New address"), renew), button(_("Close it"), close, style="danger")),
        undo=False,
    )


def _as_file(context: Context) -> Reply:
    """Where the bot has no address of its own."""
    own = calendars.feed(context.session, context.network, context.me, context.now)
    return Reply(
        _(
            "This is your calendar as it is today. It cannot follow what changes: the bot has no address of its own "
            "yet (your administrator sets FILROUGE_PUBLIC_URL)."
        ),
        attachments=(Attachment("filrouge.ics", own.content, f"{ics.MEDIA_TYPE}; method=PUBLISH; charset=utf-8"),),
        undo=False,
    )


@action
def renew(context: Context) -> Reply:
    """Another address; the old one leads nowhere."""
    if not _site(context):
        raise Refusal(_("The bot has no address of its own yet."))
    return _told(context, feeds.renew(context.session, context.me.id))


@action
def close(context: Context) -> Reply:
    feeds.close(context.session, context.me.id)
    return Reply(_("Closed: this address leads nowhere from now on."), undo=False)
