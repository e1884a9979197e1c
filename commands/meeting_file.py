"""/reunion R-3 fichier: the file that its notes came in, where the network keeps it; given back, forgotten."""

import mimetypes

from bot import Attachment, Context, Refusal, Reply, _, action, button, changed_since
from commands.meeting import meet
from storage import notes
from storage.meetings import Meeting

UNKNOWN_TYPE = "application/octet-stream"


@meet.about(
    "file",
    fr=("fichier", "notes"),
    nl=("bestand",),
    de=("datei",),
    en=("file", "notes"),
    help=_("The file its notes came in, where the network keeps it."),
)
def file(context: Context, meeting: Meeting) -> Reply:
    kept = notes.of_meeting(context.session, meeting.id)
    if not kept:
        raise Refusal(_("No file of {ref} is kept.", ref=meeting.ref))
    return Reply(
        _("What the notes of {ref} came in:", ref=meeting.ref),
        buttons=(button(_("Erase this file"), forget, meeting=meeting.id),) if _may_forget(context, meeting) else (),
        attachments=tuple(
            Attachment(one.name, one.content, mimetypes.guess_type(one.name)[0] or UNKNOWN_TYPE) for one in kept
        ),
        undo=False,
    )


def _may_forget(context: Context, meeting: Meeting) -> bool:
    return context.me.coordinator or meeting.author_id == context.me.id


@action
def forget(context: Context, meeting: int) -> Reply:
    """For good."""
    row = context.seen(Meeting, meeting)
    if not _may_forget(context, row):
        raise changed_since()
    notes.forget(context.session, row.id)
    return Reply(_("Forgotten: the file of {ref} is no longer here.", ref=row.ref), undo=False, replace=True)
