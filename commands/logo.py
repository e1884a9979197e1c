"""/filrouge logo: the network's logo, given in the chat, for its documents."""

from bot import Attachment, Context, Phrase, Refusal, Reply, _, lines
from bot.imports import pictures
from bot.imports.pictures import PictureError
from commands.filrouge import filrouge
from storage import logos
from storage.folding import folded

UNUSABLE: dict[pictures.Code, Phrase] = {
    "too_big": _("This picture is too large: 5 MB at most."),
    "unsupported": _("I take a .png, .jpg, .gif or .webp picture."),
    "broken": _("This picture is damaged. Save it again, and resend it, please."),
}
REMOVE = frozenset({"retire", "retirer", "supprime", "verwijder", "weg", "entfernen", "remove"})


@filrouge.verb(
    "logo",
    fr="logo",
    nl="logo",
    de="logo",
    en="logo",
    takes="words",
    help=_("The network’s logo for its documents: attach the picture (coordinators)."),
    coordinators=True,
)
def logo(context: Context, rest: str) -> Reply:
    """The picture attached becomes the logo; `retire` removes it; alone, it is shown."""
    context.need_coordinator()
    if context.files:
        return _put(context)
    if folded(rest) in REMOVE:
        logos.remove(context.session)
        return Reply(_("The logo is removed."), undo=False)
    kept = logos.of_network(context.session)
    return Reply(
        lines(
            _("This is your logo.") if kept else _("There is no logo yet."),
            _("Attach a picture and write `/filrouge logo` to change it; `/filrouge logo remove` removes it."),
        ),
        attachments=(Attachment("logo.png", kept.content, "image/png", title=_("The logo")),) if kept else (),
        undo=False,
    )


def _put(context: Context) -> Reply:
    content = context.files[0].content
    if content is None:
        raise Refusal(UNUSABLE["too_big"])
    try:
        drawn = pictures.small_png(content)
    except PictureError as unusable:
        raise Refusal(UNUSABLE[unusable.code]) from unusable
    logos.put(context.session, content=drawn.content, width=drawn.width, height=drawn.height)
    return Reply(
        _("Your documents carry this logo from now on."),
        attachments=(Attachment("logo.png", drawn.content, "image/png", title=_("The logo")),),
        undo=False,
    )
