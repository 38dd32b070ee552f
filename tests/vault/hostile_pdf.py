"""PDF files made to harm or to break: see `hostile`."""

# ruff: noqa: E501 - a table: one file a line
import base64
import random
import zlib
from collections.abc import Callable, Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from tests.vault import samples
from tests.vault.fates import EITHER, REFUSED, TAKEN, WORD, Case


def pdf_actions() -> Iterator[Case]:
    kinds = {
        "JavaScript": {"JS": "zorglub()"}, "Launch": {"F": "zorglub.exe"}, "SubmitForm": {"F": "http://zorglub.example"},
        "ImportData": {"F": "zorglub.fdf"}, "GoToR": {"F": "zorglub.pdf"}, "GoToE": {"F": "zorglub.pdf"}, "URI": {"URI": "javascript:zorglub"},
        "Rendition": {"JS": "zorglub()"}, "Movie": {"T": "zorglub"}, "Sound": {"Sound": "zorglub"}, "RichMediaExecute": {"TA": "zorglub"},
        "ResetForm": {"Fields": ["zorglub"]}, "Hide": {"T": "zorglub"}, "Thread": {"F": "zorglub.pdf"},
    }  # fmt: skip
    for kind, facts in kinds.items():
        action = {"S": Name("/" + kind), **facts}
        yield (
            f"{kind} when opened",
            _pdf(lambda pdf, a=action: pdf.Root.__setattr__("OpenAction", Dictionary(Type=Name.Action, **a))),
            TAKEN,
        )
        yield (
            f"{kind} on a link",
            _pdf(lambda pdf, a=action: _note(pdf, "Link", A=Dictionary(Type=Name.Action, **a))),
            TAKEN,
        )
    script = Dictionary(S=Name.JavaScript, JS="zorglub()")
    yield "script of a page", _pdf(lambda pdf: pdf.pages[0].obj.__setattr__("AA", Dictionary(O=script))), TAKEN
    yield (
        "script by name",
        _pdf(lambda pdf: pdf.Root.__setattr__("Names", Dictionary(JavaScript=Dictionary(Names=["a", script])))),
        TAKEN,
    )
    yield (
        "script after a harmless link",
        _pdf(lambda pdf: _note(pdf, "Link", A=Dictionary(S=Name.URI, URI="https://a.example", Next=script))),
        TAKEN,
    )
    yield "script of an outline", _pdf(lambda pdf: _outline(pdf, script)), TAKEN
    yield "script of a field", _pdf(lambda pdf: _field(pdf, AA=Dictionary(K=script))), TAKEN
    yield (
        "script in a stream",
        _pdf(
            lambda pdf: pdf.Root.__setattr__("OpenAction", Dictionary(S=Name.JavaScript, JS=Stream(pdf, b"zorglub()")))
        ),
        TAKEN,
    )
    yield "script spelt in hexadecimal", samples.armed().replace(b"/JavaScript", b"/J#61vaScript"), EITHER
    yield "file address", samples.linked("file:///zorglub"), TAKEN
    yield "everything at once", samples.armed(), TAKEN


def pdf_carriers() -> Iterator[Case]:
    def attached(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["zorglub.exe"] = b"zorglub"

    yield "a file inside", _pdf(attached), TAKEN
    for kind in ("FileAttachment", "RichMedia", "Screen", "Movie", "Sound", "3D"):
        yield f"a {kind}", _pdf(lambda pdf, k=kind: _note(pdf, k, Contents="zorglub")), TAKEN
    yield (
        "forms of another kind",
        _pdf(lambda pdf: pdf.Root.__setattr__("AcroForm", Dictionary(XFA=Stream(pdf, b"<zorglub/>"), Fields=[]))),
        TAKEN,
    )
    yield "metadata", _pdf(lambda pdf: pdf.Root.__setattr__("Metadata", Stream(pdf, b"<zorglub/>"))), TAKEN
    yield (
        "its author",
        _pdf(lambda pdf: pdf.trailer.__setattr__("Info", pdf.make_indirect(Dictionary(Author="zorglub")))),
        TAKEN,
    )
    yield "a folder of files", _pdf(lambda pdf: pdf.Root.__setattr__("Collection", Dictionary(D="zorglub"))), TAKEN
    yield (
        "what a program keeps",
        _pdf(lambda pdf: pdf.pages[0].obj.__setattr__("PieceInfo", Dictionary(A=String("zorglub")))),
        TAKEN,
    )
    yield "what nothing leads to", _pdf(lambda pdf: pdf.make_indirect(Dictionary(JS="zorglub"))), TAKEN


def pdf_loops() -> Iterator[Case]:
    def pages_in_a_circle(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Pages.Kids.append(pdf.Root.Pages)

    def outline_in_a_circle(pdf: pikepdf.Pdf) -> None:
        item = pdf.make_indirect(Dictionary(Title="a"))
        item.Next, item.First, item.Parent = item, item, item
        pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=item, Last=item, Count=1))

    def drawing_in_a_circle(pdf: pikepdf.Pdf) -> None:
        form = pdf.make_stream(b"/F Do", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
        form.Resources = Dictionary(XObject=Dictionary(F=form))
        _draws(pdf, b"/F Do", Resources=Dictionary(XObject=Dictionary(F=form)))

    def actions_in_a_circle(pdf: pikepdf.Pdf) -> None:
        action = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS="zorglub"))
        action.Next = Array([action, action])
        pdf.Root.OpenAction = action

    def a_tree_of_names_in_a_circle(pdf: pikepdf.Pdf) -> None:
        names = pdf.make_indirect(Dictionary())
        names.Kids = Array([names])
        pdf.Root.Names = Dictionary(Dests=names)

    for make in (outline_in_a_circle, drawing_in_a_circle, actions_in_a_circle, a_tree_of_names_in_a_circle):
        yield make.__name__, _pdf(make), EITHER
    yield pages_in_a_circle.__name__, _raw(b"<</Type/Pages/Kids[3 0 R 2 0 R]/Count 2>>"), EITHER
    yield "its own parent", _raw(b"<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>"), EITHER
    yield "arrays in arrays", _raw(extra=b"[" * 20_000 + b"]" * 20_000), EITHER
    yield "dictionaries in dictionaries", _raw(extra=b"<</A" * 20_000 + b">>" * 20_000), EITHER
    yield "a length that is itself", _raw(extra=b"<</Length 4 0 R>>\nstream\nzorglub\nendstream"), EITHER


def pdf_bombs() -> Iterator[Case]:
    yield "objects that unfold", samples.unfolding(1_200_000_000), REFUSED
    squeezed = zlib.compress(zlib.compress(b"\0" * 300_000_000, 9), 9)
    twice = Array([Name.FlateDecode, Name.FlateDecode])
    yield "a drawing that unfolds twice", _pdf(lambda pdf: _draws(pdf, squeezed, Filter=twice)), EITHER
    yield (
        "a drawing of 200 MB",
        _pdf(lambda pdf: _draws(pdf, zlib.compress(b"q Q " * 50_000_000, 9), Filter=Name.FlateDecode)),
        EITHER,
    )
    yield "a picture of 40,000 by 40,000", _pdf(lambda pdf: _pictured(pdf, 40_000)), EITHER
    yield "a thousand pages", samples.pdf(1000), REFUSED
    yield (
        "a page of 10 km",
        _pdf(lambda pdf: pdf.pages[0].obj.__setattr__("MediaBox", Array([0, 0, 30_000_000, 30_000_000]))),
        EITHER,
    )
    yield "a page of nothing", _pdf(lambda pdf: pdf.pages[0].obj.__setattr__("MediaBox", Array([0, 0, 0, 0]))), EITHER
    yield (
        "a page turned inside out",
        _pdf(lambda pdf: pdf.pages[0].obj.__setattr__("MediaBox", Array([500, 500, -500, -500]))),
        EITHER,
    )
    yield "a million objects said", b"%PDF-1.7\nxref\n0 9999999\n" + samples.pdf(), EITHER
    yield "fifty thousand notes", _pdf(lambda pdf: [_note(pdf, "Text") for _n in range(3000)]), EITHER
    yield "a count of pages that lies", _raw(b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>"), EITHER


def pdf_broken() -> Iterator[Case]:
    good = samples.pdf()
    yield "head alone", b"%PDF-1.7\n", REFUSED
    yield "head and end", b"%PDF-1.7\n%%EOF", REFUSED
    yield "head and zeros", b"%PDF-1.7\n" + b"\0" * 3000, REFUSED
    yield "head and noise", b"%PDF-1.7\n" + random.Random(4).randbytes(5000), REFUSED
    yield "no pages", _raw(b"<</Type/Pages/Kids[]/Count 0>>"), REFUSED
    yield "no catalogue", good.replace(b"/Root", b"/Toor"), EITHER
    yield "no table", good.replace(b"startxref", b"startzref"), EITHER
    yield "version 9", good.replace(b"%PDF-1.", b"%PDF-9."), EITHER
    yield "a null page", _raw(b"<</Type/Pages/Kids[null]/Count 1>>"), EITHER
    yield "a page that is a number", _raw(b"<</Type/Pages/Kids[12]/Count 1>>"), EITHER
    yield "notes that are no list", _pdf(lambda pdf: pdf.pages[0].obj.__setattr__("Annots", String("zorglub"))), EITHER
    yield (
        "notes of nulls",
        _raw(page=b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Annots[null 1 (a) 99 0 R]>>"),
        EITHER,
    )
    yield "too large", b"%PDF-1.7" + b" " * 11_000_000, REFUSED


def pdf_locked() -> Iterator[Case]:
    yield "a password to open", samples.encrypted(to_open="secret"), REFUSED
    yield "a password to print", samples.encrypted(to_open=""), TAKEN
    yield "a lock of no kind", samples.pdf().replace(b"/Root", b"/Encrypt<</Filter/Zorglub/V 99>>/Root"), EITHER


def pdf_drawings() -> Iterator[Case]:
    """Harmless to keep, and hard to draw."""
    yield (
        "a picture that is broken",
        _pdf(lambda pdf: _pictured(pdf, 100, data=b"\xff\xd8\xff\xe0 broken", filter=Name.DCTDecode)),
        EITHER,
    )
    yield (
        "jpeg 2000 that is broken",
        _pdf(lambda pdf: _pictured(pdf, 100, data=b"\0\0\0\x0cjP  broken", filter=Name.JPXDecode)),
        EITHER,
    )
    yield (
        "jbig2 that is broken",
        _pdf(lambda pdf: _pictured(pdf, 100, data=b"\x97JB2 broken", filter=Name.JBIG2Decode)),
        EITHER,
    )
    yield (
        "a font that is a script",
        _pdf(lambda pdf: _draws(pdf, b"BT /F 9 Tf (a) Tj ET", Resources=_font(pdf))),
        EITHER,
    )
    yield "saved a million times", _pdf(lambda pdf: _draws(pdf, b"q " * 1_000_000)), EITHER
    yield "a scale of 1e38", _pdf(lambda pdf: _draws(pdf, b"1e38 0 0 1e38 0 0 cm 0 0 1 1 re f")), EITHER
    yield "a pattern of points", _pdf(lambda pdf: _draws(pdf, b"[0.0001] 0 d 0 0 m 100000 100000 l S")), EITHER


def _pdf(change: Callable[[pikepdf.Pdf], object]) -> bytes:
    document = samples.blank()
    change(document)
    return samples.written(document)


def _note(pdf: pikepdf.Pdf, kind: str, **facts: object) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name("/" + kind), Rect=[0, 0, 9, 9], **facts)
    page = pdf.pages[0].obj
    page.Annots = Array([*page.get("/Annots", []), pdf.make_indirect(note)])


def _outline(pdf: pikepdf.Pdf, action: Dictionary) -> None:
    item = pdf.make_indirect(Dictionary(Title="a", A=action))
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=item, Last=item, Count=1))


def _field(pdf: pikepdf.Pdf, **facts: object) -> None:
    field = pdf.make_indirect(
        Dictionary(FT=Name.Tx, T="a", Type=Name.Annot, Subtype=Name.Widget, Rect=[0, 0, 9, 9], **facts)
    )
    pdf.Root.AcroForm = Dictionary(Fields=[field])
    pdf.pages[0].obj.Annots = Array([field])


def _draws(pdf: pikepdf.Pdf, content: bytes, *, Resources: Dictionary | None = None, **facts: object) -> None:  # noqa: N803
    page = pdf.pages[0].obj
    page.Contents = Stream(pdf, content, **facts)
    if Resources is not None:
        page.Resources = Resources


def _pictured(pdf: pikepdf.Pdf, side: int, *, data: bytes = b"", filter: Name | None = None) -> None:
    picture = Stream(
        pdf,
        data or zlib.compress(b"\0" * 50_000_000, 9),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=side,
        Height=side,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
        Filter=filter or Name.FlateDecode,
    )
    _draws(pdf, b"100 0 0 100 0 0 cm /I Do", Resources=Dictionary(XObject=Dictionary(I=picture)))


def _font(pdf: pikepdf.Pdf) -> Dictionary:
    described = Dictionary(
        Type=Name.FontDescriptor, FontName=Name.A, FontFile2=Stream(pdf, base64.b64decode("AAEAAAAB") + WORD)
    )
    font = Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name.A, FontDescriptor=described)
    return Dictionary(Font=Dictionary(F=font))


def _raw(
    pages: bytes = b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    page: bytes = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    extra: bytes = b"null",
) -> bytes:
    """Written by hand: what no library would write."""
    content, places = b"%PDF-1.7\n", []
    for number, body in enumerate([b"<</Type/Catalog/Pages 2 0 R/X 4 0 R>>", pages, page, extra], 1):
        places.append(len(content))
        content += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    where = len(content)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 5\n0000000000 65535 f \n" + rows
    return content + table + b"trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % where


FAMILIES = (pdf_actions, pdf_carriers, pdf_loops, pdf_bombs, pdf_broken, pdf_locked, pdf_drawings)
