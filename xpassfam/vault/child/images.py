"""A photo or a scan, drawn anew: upright, readable, without what the camera wrote beside it."""

from typing import BinaryIO

import pillow_heif
from PIL import Image, ImageOps

from xpassfam.vault.child.refusing import Unfit
from xpassfam.vault.limits import MOST_PIXELS

# A page of A4 at 300 dots an inch has 3,508.
LONGEST_SIDE = 4000
QUALITY = 88
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/heic": "HEIF"}
BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, Image.DecompressionBombError)


def clean(source: BinaryIO, result: BinaryIO, *, media_type: str) -> dict[str, object]:
    """A PNG stays one; anything else becomes a JPEG."""
    image = upright(source, media_type, within=(LONGEST_SIDE, LONGEST_SIDE))
    # A new image: palettes, profiles, comments and positions stay behind.
    bare = flat(image)
    bare.info = {}
    if media_type == "image/png":
        bare.save(result, "PNG")
        return {"media_type": "image/png", "pages": 1}
    bare.save(result, "JPEG", quality=QUALITY, optimize=False)
    return {"media_type": "image/jpeg", "pages": 1}


def upright(source: BinaryIO, media_type: str, *, within: tuple[int, int]) -> Image.Image:
    """Opened by the one decoder of its type, no larger than `within`, top up.

    In this order: what is large is held once, and of a JPEG never whole.
    """
    if media_type == "image/heic":
        pillow_heif.register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = None  # ours is smaller, and asked first
    try:
        image = Image.open(source, formats=[FORMATS[media_type]])
        if image.width * image.height > MOST_PIXELS:
            raise Unfit("too_many_pixels")
        most = max(within)
        ratio = min(1, most / max(image.size))
        image.draft("RGB", (int(image.width * ratio), int(image.height * ratio)))
        image.load()
        image.thumbnail((most, most), Image.Resampling.LANCZOS)
        ImageOps.exif_transpose(image, in_place=True)
        image.thumbnail(within, Image.Resampling.LANCZOS)
        return image
    except BROKEN as error:
        raise Unfit("unreadable") from error


def flat(image: Image.Image) -> Image.Image:
    """Without transparency, on white paper; grey stays grey."""
    if image.mode in ("1", "L"):
        return image.convert("L")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        whole = image.convert("RGBA")
        paper = Image.new("RGB", whole.size, "white")
        paper.paste(whole, mask=whole.getchannel("A"))
        return paper
    if image.mode.startswith("I"):
        # Sixteen bits of grey: the upper eight are what eyes see.
        return image.convert("I").point(lambda value: value / 256).convert("L")
    return image.convert("RGB")
