"""Files as families send them, and as nobody should."""

import io
import random
import zlib

import pikepdf
import pillow_heif
from PIL import Image

HERE = {1: "N", 2: (47.0, 13.0, 6.0), 3: "W", 4: (1.0, 33.0, 13.0)}
GPS, ORIENTATION, MAKE = 0x8825, 0x0112, 0x010F


def picture(width: int = 60, height: int = 40, *, mode: str = "RGB") -> Image.Image:
    image = Image.new(mode, (width, height), "white")
    image.paste("red" if mode != "L" else 40, (0, 0, width // 2, height // 2))
    return image


def photo(kind: str = "JPEG", *, width: int = 60, height: int = 40, orientation: int = 1, mode: str = "RGB") -> bytes:
    """With the position and the make of the camera beside it."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = orientation, "Camera of Camille"
    exif.get_ifd(GPS).update(HERE)
    out = io.BytesIO()
    picture(width, height, mode=mode).save(out, kind, exif=exif.tobytes())
    return out.getvalue()


def heic(*, width: int = 64, height: int = 48) -> bytes:
    pillow_heif.register_heif_opener()
    return photo("HEIF", width=width, height=height)


def pdf(pages: int = 1, **saved: object) -> bytes:
    return written(blank(pages), **saved)


def blank(pages: int = 1) -> pikepdf.Pdf:
    document = pikepdf.new()
    for _number in range(pages):
        document.add_blank_page(page_size=(595, 842))
    return document


def written(document: pikepdf.Pdf, **saved: object) -> bytes:
    out = io.BytesIO()
    document.save(out, **saved)
    return out.getvalue()


def encrypted(*, to_open: str) -> bytes:
    return pdf(encryption=pikepdf.Encryption(owner="propriétaire", user=to_open))


def armed() -> bytes:
    """A PDF with everything that acts."""
    document = blank()
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('zorglub')")
    launch = pikepdf.Dictionary(Type=pikepdf.Name.Action, S=pikepdf.Name.Launch, F="zorglub.exe")
    document.Root.OpenAction = action
    document.Root.AA = pikepdf.Dictionary(WC=action)
    document.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=["a", document.make_indirect(action)]))
    document.attachments["zorglub.txt"] = b"zorglub inside"
    page = document.pages[0].obj
    page.AA = pikepdf.Dictionary(O=action)
    rect = [0, 0, 50, 50]
    link = {"Type": pikepdf.Name.Annot, "Subtype": pikepdf.Name.Link, "Rect": rect}
    submit = pikepdf.Dictionary(S=pikepdf.Name.SubmitForm, F="http://zorglub.example")
    harmless = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://www.caf.fr", Next=launch)
    page.Annots = pikepdf.Array(
        [
            document.make_indirect(pikepdf.Dictionary(**link, A=launch)),
            pikepdf.Dictionary(**link, A=submit),
            pikepdf.Dictionary(**link, A=document.make_indirect(harmless)),
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, Rect=rect),
        ]
    )
    return written(document)


def linked(address: str) -> bytes:
    document = blank()
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=address)
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 50, 50], A=action)
    document.pages[0].obj.Annots = pikepdf.Array([link])
    return written(document)


def huge_png(side: int = 20_000) -> bytes:
    """All white: a few hundred kilobytes that unfold to 400 million pixels."""
    out = io.BytesIO()
    Image.new("1", (side, side), 1).save(out, "PNG", optimize=True)
    return out.getvalue()


def written_large(size: int = 9_000_000) -> bytes:
    document = blank()
    noise = random.Random(1).randbytes(size)
    document.pages[0].obj.Contents = document.make_stream(noise)
    return written(document)


def unfolding(size: int) -> bytes:
    """A good PDF whose catalogue lies in an object stream that unfolds to so many bytes."""
    squeezed, spaces = zlib.compressobj(1), b" " * 1_000_000
    body = squeezed.compress(b"3 0 <</Type/Catalog/Pages 4 0 R>>")
    body += b"".join(squeezed.compress(spaces) for _ in range(size // len(spaces))) + squeezed.flush()
    parts = [
        b"1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n" % len(body) + body
        + b"\nendstream\nendobj\n",
        b"4 0 obj\n<</Type/Pages/Kids[5 0 R]/Count 1>>\nendobj\n",
        b"5 0 obj\n<</Type/Page/Parent 4 0 R/MediaBox[0 0 595 842]>>\nendobj\n",
    ]  # fmt: skip
    content, places = b"%PDF-1.7\n", []
    for part in parts:
        places.append(len(content))
        content += part
    where = len(content)
    rows = [(0, 0, 0), (1, places[0], 0), (1, where, 0), (2, 1, 0), (1, places[1], 0), (1, places[2], 0)]
    entries = b"".join(bytes([kind]) + place.to_bytes(4, "big") + bytes([last]) for kind, place, last in rows)
    table = b"2 0 obj\n<</Type/XRef/Size 6/W[1 4 1]/Root 3 0 R/Length %d>>\nstream\n" % len(entries)
    return content + table + entries + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % where
