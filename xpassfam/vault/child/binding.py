"""Photos of pages bound into one PDF/A: upright, readable, as light as paper needs.

Typst sets it and refuses what is not PDF/A-2b. Photos are handed over as open files without a name: its other way, by
text, knows no pictures.
"""

import json
import tempfile
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, cast

import typst

from xpassfam.vault.child import images

MODEL = Path(__file__).parent / "bound.typ"
# A4 at 200 dots an inch: small print reads, and a page weighs a few hundred kilobytes.
LONGEST_SIDE = 2340
QUALITY = 78
OPEN_FILES = "/dev/fd"


def bind(source: BinaryIO, result: BinaryIO) -> dict[str, object]:
    """Frames on `source`: what the PDF says of itself (`title`, `language`, `pages`: what each is), then each photo."""
    about: dict[str, Any] = json.loads(frame(source))
    with ExitStack() as held:
        pages = []
        for alt in about["pages"]:
            page = held.enter_context(tempfile.TemporaryFile())
            width, height = _light(frame(source), page)
            pages.append({"file": f"/{page.fileno()}", "alt": alt, "flipped": width > height})
        said = {"data": json.dumps({**about, "pages": pages}, ensure_ascii=False)}
        model: Any = {"main.typ": MODEL.read_bytes()}
        compiler = typst.Compiler(model, root=OPEN_FILES, ignore_system_fonts=True)
        made = compiler.compile(sys_inputs=said, pdf_standards=["a-2b"])
        result.write(cast(bytes, made))
    return {"pages": len(pages)}


def frame(source: BinaryIO) -> bytes:
    """Eight bytes for its length, then itself."""
    return source.read(int.from_bytes(source.read(8), "big"))


def _light(photo: bytes, page: BinaryIO) -> tuple[int, int]:
    media_type = "image/png" if photo.startswith(b"\x89PNG") else "image/jpeg"
    image = images.flat(images.upright(BytesIO(photo), media_type, within=(LONGEST_SIDE, LONGEST_SIDE)))
    image.save(page, "JPEG", quality=QUALITY, optimize=True)
    page.flush()
    return image.size
