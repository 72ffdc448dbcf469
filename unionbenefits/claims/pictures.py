"""Papers as they are kept: told by content, upright, without place and camera (EXIF), HEIC as JPEG."""

import io
from dataclasses import dataclass

import pillow_heif
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from unionbenefits.core.errors import Refusal

MAX_BYTES = 15 * 1024 * 1024
# The largest phone cameras make 200 megapixels; more is a bomb, not a photo.
MAX_PIXELS = 220_000_000
# Long side of what is kept: print on A4 stays readable at 300 dpi.
LONG_SIDE = 3_600
# Sides of a preview.
PREVIEW = 320
_PDF = b"%PDF-"
_FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")

pillow_heif.register_heif_opener()


@dataclass(frozen=True, slots=True)
class Kept:
    """A paper ready to be sealed; `picture_hash` is None for a PDF."""

    content: bytes
    content_type: str
    picture_hash: int | None


def kept(content: bytes) -> Kept:
    """What is kept of an uploaded file, whatever its name says.

    Raises Refusal `paper_empty`, `paper_too_large`, `paper_type` or `paper_unreadable`.
    """
    if not content:
        raise Refusal("paper_empty", _("The file is empty. Take the photo again or choose another file."))
    if len(content) > MAX_BYTES:
        raise Refusal("paper_too_large", _("The file is larger than 15 MB. Choose a smaller one."))
    # Some programs write a few bytes before the mark; readers accept it within the first kilobyte.
    if _PDF in content[:1024]:
        return _pdf(content)
    return _picture(content)


def preview(content: bytes) -> bytes:
    """A small JPEG of a kept picture, for lists: square, cut from the middle."""
    with Image.open(io.BytesIO(content), formats=("JPEG",)) as opened:
        opened.draft("RGB", (PREVIEW, PREVIEW))
        small = ImageOps.fit(opened.convert("RGB"), (PREVIEW, PREVIEW))
    out = io.BytesIO()
    small.save(out, "JPEG", quality=80)
    return out.getvalue()


def difference_hash(picture: Image.Image) -> int:
    """64 bits that say where a picture gets brighter from left to right: alike for photos of one paper,
    whatever their size and compression. As a signed number, for the database.
    """
    small = picture.convert("L").resize((9, 8), Image.Resampling.LANCZOS)
    grey = small.tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            at = row * 9 + column
            bits = bits << 1 | (grey[at] > grey[at + 1])
    return bits - (1 << 64) if bits >> 63 else bits


def _pdf(content: bytes) -> Kept:
    if b"%%EOF" not in content[-2048:]:
        raise Refusal("paper_unreadable", _("The PDF is not complete. Save or download it again."))
    if b"/Encrypt" in content:
        raise Refusal("paper_unreadable", _("The PDF has a password. Save it without one."))
    return Kept(content, "application/pdf", None)


def _picture(content: bytes) -> Kept:
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise Refusal("paper_too_large", _("The picture has too many pixels. Take a smaller photo."))
            opened.load()
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except UnidentifiedImageError:
        raise Refusal("paper_type", _("Only photos (JPEG, PNG, HEIC) and PDF files can be added."))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Refusal("paper_unreadable", _("The photo is damaged. Take it again."))
    upright.thumbnail((LONG_SIDE, LONG_SIDE))
    out = io.BytesIO()
    # Drawn anew: nothing of the file but its pixels is kept, so no place, camera or time.
    upright.save(out, "JPEG", quality=85, optimize=True, exif=b"")
    return Kept(out.getvalue(), "image/jpeg", difference_hash(upright))
