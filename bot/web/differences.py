"""Where Slack and Mattermost do not show the same thing: one table of the guide. Whatever is not here is alike."""

from bot.phrases import Phrase, _

TITLE = _("Slack and Mattermost: what differs")
HEADINGS: tuple[Phrase, ...] = (_("What"), _("On Slack"), _("On Mattermost"))
ROWS: tuple[tuple[Phrase, Phrase, Phrase], ...] = (
    (
        _("Keeping a message as a decision or a commitment"),
        _("“More actions” under the message, or the emoji 📌 or 🤝."),
        _("The emoji 📌 (`:pushpin:`) or 🤝 (`:handshake:`); I then write to you in private."),
    ),
    (
        _("Having a conversation read as notes of a meeting"),
        _(
            "“Read this thread” under the message, its address after `/meeting`, or mention me in the thread; a canvas "
            "too."
        ),
        _("The address of the message after `/meeting`, or mention me in the thread: `meeting read this thread`."),
    ),
    (
        _("An answer for you alone, to a mention in a channel"),
        _("In the channel, seen by you alone."),
        _("In our direct messages."),
    ),
    (
        _("A file that I make for you"),
        _("In our direct messages."),
        _("In our direct messages; a line in the channel links to it."),
    ),
    (
        _("A form, when you mention me or write to me in private"),
        _("A button opens it."),
        _("A button opens it; it has twelve hours to be sent in."),
    ),
    (
        _("Long names of fields in a form"),
        _("Shown in full."),
        _("Shortened to 24 characters; the whole is under the field."),
    ),
    (
        _("A day in a form"),
        _("Picked in a calendar."),
        _("Picked in a calendar from Mattermost 11.1 on, written in words before."),
    ),
    (
        _("A button that opens a page"),
        _("A button."),
        _("A link."),
    ),
    (
        _("Commands in a thread"),
        _("Mention me instead: Slack takes no commands there."),
        _("They work, and I answer in the thread."),
    ),
    (
        _("Your own page"),
        _("The “Home” tab of the app."),
        _("Write `accueil` to me in private."),
    ),
    (
        _("Several networks on one server"),
        _("One network for each workspace."),
        _("One network for each team; in private I speak for the team where you last wrote to me."),
    ),
)
