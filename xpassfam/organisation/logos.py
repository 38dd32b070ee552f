"""From the file that an administrator chose to a logo that is safe to serve: a PNG that we drew ourselves.

What the file says of itself (name, type) is not believed. It is read by the decoders of three formats, none of
which runs or fetches anything, and written anew: no metadata, no script, no second format behind the first.
"""

import hashlib
import io
from dataclasses import dataclass
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

FORMATS = ("PNG", "JPEG", "WEBP")
LARGEST_FILE = 2 * 1024 * 1024
LONGEST_SIDE, SHORTEST_SIDE = 4000, 32
# Twice the size at which the widest header shows it, for dense screens and for paper.
BOX = (640, 192)
HEAVIEST = 40_000


@dataclass(frozen=True)
class Logo:
    png: bytes
    width: int
    height: int

    @property
    def name(self) -> str:
        """Says what it holds, and how large: pages keep its place before it arrives."""
        return f"{hashlib.sha256(self.png).hexdigest()[:16]}-{self.width}x{self.height}"


def read(file: IO[bytes], *, size: int) -> Logo:
    """Judge a file by its content and draw it anew; raise ValidationError that says what to do."""
    if size > LARGEST_FILE:
        raise ValidationError(
            _("Ce fichier pèse plus de 2 Mo. Enregistrez l’image en plus petit, 640 pixels de large.")
        )
    start = file.read(512).lstrip(b"\xef\xbb\xbf\x00 \t\r\n")
    file.seek(0)
    if start.startswith(b"<"):
        raise ValidationError(_("Ce fichier est un SVG, qui peut contenir un programme. Exportez le logo en PNG."))
    return _drawn(_decoded(file))


def _decoded(file: IO[bytes]) -> Image.Image:
    try:
        image = Image.open(file, formats=FORMATS)
        # Known from the first bytes: nothing of a huge image is unfolded.
        if max(image.size) > LONGEST_SIDE:
            raise ValidationError(_("Cette image a plus de 4 000 pixels de côté. Réduisez-la à 640 pixels de large."))
        if min(image.size) < SHORTEST_SIDE:
            raise ValidationError(_("Cette image a moins de 32 pixels de côté. Prenez-en une plus grande."))
        image.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(
            _("Ce fichier n’est pas une image lisible. Envoyez un PNG, un JPEG ou un WebP.")
        ) from error
    return image


def _drawn(image: Image.Image) -> Logo:
    image = ImageOps.exif_transpose(image).convert("RGBA")
    # Empty margins would make the logo look smaller than its neighbours.
    image = image.crop(image.getchannel("A").getbbox() or (0, 0, *image.size))
    image.thumbnail(BOX, Image.Resampling.LANCZOS)
    png = _encoded(image)
    if len(png) > HEAVIEST:
        png = _encoded(image.quantize(256, method=Image.Quantize.FASTOCTREE))
    return Logo(png, *image.size)


def _encoded(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
