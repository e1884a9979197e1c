"""Pictures that people give: read, made small, and written anew, so that nothing of the file itself is kept."""

import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from PIL import Image

Code = Literal["too_big", "unsupported", "broken"]

LARGEST: Final = 5 * 1024 * 1024
MOST_PIXELS: Final = 40_000_000
# A logo is printed at 16 mm: three hundred dots an inch are two hundred high.
WIDEST, HIGHEST = 900, 300
_KINDS: Final = ("PNG", "JPEG", "GIF", "WEBP")


class PictureError(ValueError):
    """The picture cannot be used; `code` says why."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code: Code = code


@dataclass(frozen=True, slots=True)
class Png:
    content: bytes
    width: int
    height: int


def small_png(data: bytes) -> Png:
    """The picture as a PNG of at most 900 × 300 pixels, without what its file said besides; raises PictureError."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - heavy, and of no use before a picture comes

    if len(data) > LARGEST:
        raise PictureError("too_big")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(data), formats=_KINDS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise PictureError("too_big")
                return _written(opened)
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning) as unknown:
        raise PictureError("unsupported" if isinstance(unknown, UnidentifiedImageError) else "too_big") from unknown
    except (OSError, ValueError, SyntaxError, Warning) as broken:
        if isinstance(broken, PictureError):
            raise
        raise PictureError("broken") from broken


def _written(opened: "Image.Image") -> Png:
    from PIL import Image, ImageOps  # noqa: PLC0415 - the same

    turned = ImageOps.exif_transpose(opened)
    drawn = turned.convert("RGBA" if "A" in turned.getbands() or "transparency" in turned.info else "RGB")
    drawn.thumbnail((WIDEST, HIGHEST))
    out = io.BytesIO()
    # Only the pixels are copied.
    clean = Image.new(drawn.mode, drawn.size)
    clean.paste(drawn)
    clean.save(out, "PNG", optimize=True)
    return Png(out.getvalue(), clean.width, clean.height)
