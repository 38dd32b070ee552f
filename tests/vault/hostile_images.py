"""Pictures made to harm or to break: see `hostile`."""

import io
import random
import struct
import zlib
from collections.abc import Iterator

from PIL import Image

from tests.vault import samples
from tests.vault.fates import EITHER, REFUSED, TAKEN, WORD, Case


def pngs() -> Iterator[Case]:
    pixels = zlib.compress(b"\0\xff" * 8)
    for name, width, height in (
        ("wide", 2**31 - 1, 1),
        ("tall", 1, 2**31 - 1),
        ("huge", 65_535, 65_535),
        ("empty", 0, 0),
    ):
        yield f"{name} by its header", _png(width, height, pixels), REFUSED
    yield "fewer pixels than said", _png(4000, 4000, pixels), REFUSED
    yield "compressed noise", _png(100, 100, random.Random(5).randbytes(500)), REFUSED
    yield "wrong depth", _png(10, 10, pixels, depth=3), REFUSED
    yield "no header", b"\x89PNG\r\n\x1a\n" + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b""), REFUSED
    yield "text that unfolds", png_with(b"zTXt", b"a\0\0" + zlib.compress(b" " * 100_000_000)), EITHER
    yield "profile that unfolds", png_with(b"iCCP", b"a\0\0" + zlib.compress(b" " * 50_000_000)), EITHER
    yield (
        "a chunk longer than the file",
        b"\x89PNG\r\n\x1a\n" + struct.pack("!I", 2**31 - 1) + b"IHDR" + b"\0" * 50,
        REFUSED,
    )
    yield "ten thousand empty chunks", png_with(b"tEXt", b"a\0b", times=10_000), EITHER
    yield "animated", _animated(), EITHER
    yield "wrong checksum", samples.photo("PNG")[:-20] + b"\0" * 20, EITHER


def jpegs() -> Iterator[Case]:
    good = samples.photo(width=200, height=150)
    start = good.index(b"\xff\xc0")
    for name, height, width in (("huge", 65_535, 65_535), ("wide", 1, 65_535), ("flat", 0, 200)):
        yield f"{name} by its header", good[: start + 5] + struct.pack("!HH", height, width) + good[start + 9 :], EITHER
    yield "no end", good[:-2], EITHER
    yield "only markers", b"\xff\xd8\xff" + b"\xff\xd9" * 500, REFUSED
    yield "segments of length nought", b"\xff\xd8" + b"\xff\xe1\0\0" * 500, REFUSED
    yield "markers for ever", b"\xff\xd8" + b"\xff" * 100_000, REFUSED
    yield "no tables", good.replace(b"\xff\xdb", b"\xff\xfe"), EITHER
    yield "no codes", good.replace(b"\xff\xc4", b"\xff\xfe"), EITHER
    yield "position that points outside", jpeg_with(b"\xff\xe1", b"Exif\0\0II*\0" + b"\xff" * 200), EITHER
    yield "exif that turns in a circle", jpeg_with(b"\xff\xe1", b"Exif\0\0II*\0\x08\0\0\0\0\0\x08\0\0\0"), EITHER
    yield "a thumbnail that is a script", jpeg_with(b"\xff\xe0", b"JFXX\0\x10<script>zorglub"), EITHER
    yield "profile in pieces that lie", jpeg_with(b"\xff\xe2", b"ICC_PROFILE\0\xff\x01" + WORD), EITHER
    yield "many scans", _many_scans(), EITHER


def heics() -> Iterator[Case]:
    good = samples.heic()
    yield "head alone", good[:40], REFUSED
    yield "boxes of length nought", good[:24] + b"\0" * 400, REFUSED
    yield "box longer than the file", good[:24] + b"\x7f\xff\xff\xffmeta" + good[32:], REFUSED
    yield (
        "box within itself",
        good[:24] + struct.pack("!I", 16) + b"meta" + struct.pack("!I", 16) + b"meta" + good[40:],
        REFUSED,
    )
    yield "no picture", good.replace(b"hvcC", b"zzzz"), REFUSED
    yield "huge by its property", _resized(good, 60_000, 60_000), REFUSED
    yield "brand alone", b"\0\0\0\x18ftypheic\0\0\0\0heicmif1", REFUSED
    yield "noise after the head", good[:24] + random.Random(8).randbytes(3000), REFUSED


def images_to_unfold() -> Iterator[Case]:
    """Little that becomes much: 60 million pixels are the most."""
    yield "400 million white pixels", samples.huge_png(), REFUSED
    yield "64 million grey pixels", _white("L", 8_000, 8_000), REFUSED
    yield "59 million pixels in colour", _white("RGB", 7_700, 7_700), TAKEN
    yield "59 million see-through pixels", _white("RGBA", 7_700, 7_700), EITHER
    yield "59 million pixels, one high", _white("L", 59_000_000 // 30_000, 30_000), EITHER
    yield "palette", _white("P", 7_000, 7_000), EITHER
    yield "sixteen bits", _white("I;16", 5_000, 5_000), EITHER


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))


def _png(width: int, height: int, pixels: bytes, *, depth: int = 8) -> bytes:
    header = struct.pack("!IIBBBBB", width, height, depth, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def png_with(kind: bytes, data: bytes, *, times: int = 1) -> bytes:
    good = samples.photo("PNG")
    return good[:33] + _chunk(kind, data) * times + good[33:]


def _animated() -> bytes:
    out, frames = io.BytesIO(), [samples.picture() for _n in range(30)]
    for number, frame in enumerate(frames):
        frame.putpixel((number, 0), (0, number, 0))
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    return out.getvalue()


def jpeg_with(marker: bytes, data: bytes) -> bytes:
    good = samples.photo()
    return good[:2] + marker + struct.pack("!H", len(data) + 2) + data + good[2:]


def _many_scans() -> bytes:
    """Progressive, its last scan said a thousand times: each costs a whole picture."""
    out = io.BytesIO()
    samples.picture(2000, 2000).save(out, "JPEG", progressive=True)
    content = out.getvalue()
    last = content[content.rindex(b"\xff\xda") : -2]
    return content[:-2] + last * 1000 + content[-2:]


def _white(mode: str, width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (width, height), 0).save(out, "PNG", compress_level=1)
    return out.getvalue()


def _resized(heic: bytes, width: int, height: int) -> bytes:
    where = heic.index(b"ispe") + 8
    return heic[:where] + struct.pack("!II", width, height) + heic[where + 8 :]


FAMILIES = (pngs, jpegs, heics, images_to_unfold)
