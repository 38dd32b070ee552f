"""One page as a picture."""

from typing import BinaryIO

import pypdfium2
from PIL import Image

from xpassfam.vault.child import images
from xpassfam.vault.child.refusing import Unfit

# A page twenty times as high as wide is no page.
TALLEST = 4


def draw(source: BinaryIO, result: BinaryIO, media_type: str, number: int, width: int) -> dict[str, object]:
    """Write page `number` (from 1), at most `width` wide, as WebP."""
    picture = _page(source, number, width) if media_type == "application/pdf" else _photo(source, media_type, width)
    picture.save(result, "WEBP", quality=80, method=2)
    return {"width": picture.width, "height": picture.height}


def _page(source: BinaryIO, number: int, width: int) -> Image.Image:
    try:
        document = pypdfium2.PdfDocument(source.read())
        document.init_forms()
        page = document[number - 1]
        across, down = page.get_size()
        scale = min(width / across, TALLEST * width / down)
        return page.render(scale=scale, draw_annots=True, may_draw_forms=True).to_pil().convert("RGB")
    except (pypdfium2.PdfiumError, IndexError, ZeroDivisionError, ValueError) as error:
        raise Unfit("unreadable") from error


def _photo(source: BinaryIO, media_type: str, width: int) -> Image.Image:
    return images.flat(images.upright(source, media_type, within=(width, TALLEST * width)))
