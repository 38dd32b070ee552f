"""A PDF written anew without what acts: scripts, programs to launch, files inside, forms that send."""

from io import BytesIO
from typing import Any, BinaryIO

import pikepdf
import pypdfium2

from xpassfam.vault.child.refusing import Unfit
from xpassfam.vault.limits import MOST_PAGES

# What a catalogue may keep; the rest opens, runs or carries something.
CATALOGUE = {
    *("/Type", "/Version", "/Pages", "/PageLabels", "/Lang", "/MarkInfo", "/StructTreeRoot", "/ViewerPreferences"),
    *("/Dests", "/Outlines", "/OCProperties", "/OutputIntents", "/AcroForm"),
}
FORM = {"/Fields", "/DR", "/DA", "/Q", "/NeedAppearances"}
# Keys that act wherever they stand.
ACTING = {
    *("/AA", "/OpenAction", "/JS", "/JavaScript", "/XFA", "/EF", "/AF", "/EmbeddedFiles", "/RichMediaContent"),
    *("/RichMediaSettings", "/Collection", "/Metadata", "/PieceInfo", "/Launch"),
}
HARMLESS_ACTIONS = {"/GoTo", "/Named"}
# Readers hand other schemes to whatever program takes them.
HARMLESS_ADDRESSES = ("http://", "https://", "mailto:")
ACTING_ANNOTATIONS = {"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"}


def clean(source: BinaryIO, result: BinaryIO) -> dict[str, object]:
    try:
        with pikepdf.open(source, suppress_warnings=True) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                raise Unfit("too_many_pages")
            if len(pdf.pages) == 0:
                raise Unfit("unreadable")
            disarm(pdf)
            whole = _saved(pdf)
    except pikepdf.PasswordError as error:
        raise Unfit("encrypted") from error
    except (pikepdf.PdfError, ValueError, RuntimeError, TypeError, KeyError, AttributeError) as error:
        raise Unfit("unreadable") from error
    pages = _drawable(whole)
    result.write(whole)
    return {"media_type": "application/pdf", "pages": pages}


def disarm(pdf: pikepdf.Pdf) -> None:
    for key in set(pdf.Root.keys()) - CATALOGUE:
        del pdf.Root[key]
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary):
        for key in set(form.keys()) - FORM:
            del form[key]
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    for page in pdf.pages:
        _without_acting_annotations(page.obj)
    for whole in pdf.objects:
        _walk(whole)


def _without_acting_annotations(page: Any) -> None:
    notes = page.get("/Annots")
    if not isinstance(notes, pikepdf.Array):
        return
    kept = [note for note in notes if isinstance(note, pikepdf.Dictionary) and _is_harmless(note)]
    page["/Annots"] = pikepdf.Array(kept)


def _is_harmless(note: Any) -> bool:
    return str(note.get("/Subtype", "")) not in ACTING_ANNOTATIONS


def _walk(top: Any) -> None:
    """Into what an object holds itself; what it refers to is an object that comes by its own."""
    waiting = [top]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            waiting += [each for each in one if not _is_indirect(each)]
        elif isinstance(one, (pikepdf.Dictionary, pikepdf.Stream)):
            _bare(one)
            waiting += [each for _key, each in one.items() if not _is_indirect(each)]


def _bare(one: Any) -> None:
    for key in set(one.keys()) & ACTING:
        del one[key]
    # An action, whatever leads to it: `/A`, `/Next`, a link of the outline.
    kind = one.get("/S")
    if isinstance(kind, pikepdf.Name) and str(one.get("/Type", "/Action")) == "/Action" and _acts(one, str(kind)):
        for key in list(one.keys()):
            del one[key]


def _acts(one: Any, kind: str) -> bool:
    """`/S` names the kind of other things too: only what looks like an action is emptied."""
    if kind in HARMLESS_ACTIONS:
        return False
    if kind == "/URI":
        return not _leads_to_the_web(one.get("/URI"))
    return str(one.get("/Type", "")) == "/Action" or kind in {
        *("/JavaScript", "/Launch", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData", "/ResetForm", "/Hide"),
        *("/Rendition", "/Movie", "/Sound", "/Trans", "/GoTo3DView", "/RichMediaExecute", "/SetOCGState", "/Thread"),
    }


def _leads_to_the_web(address: Any) -> bool:
    if not isinstance(address, pikepdf.String):
        return False
    return bytes(address).lower().startswith(tuple(start.encode() for start in HARMLESS_ADDRESSES))


def _is_indirect(one: Any) -> bool:
    return isinstance(one, pikepdf.Object) and one.is_indirect


def _saved(pdf: pikepdf.Pdf) -> bytes:
    """What was mended as it was read does not always open again: then it is not kept."""
    out = BytesIO()
    pdf.save(out, encryption=False, object_stream_mode=pikepdf.ObjectStreamMode.generate, linearize=False)
    with pikepdf.open(out, suppress_warnings=True) as again:
        if len(again.pages) != len(pdf.pages):
            raise Unfit("unreadable")
    return out.getvalue()


def _drawable(content: bytes) -> int:
    """How many pages the program that will draw them finds."""
    try:
        document = pypdfium2.PdfDocument(content)
        for number in range(len(document)):
            document.get_page_size(number)
        return len(document)
    except pypdfium2.PdfiumError as error:
        raise Unfit("unreadable") from error
