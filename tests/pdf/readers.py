"""Readers of PDF that are none of ours: whoever receives a paper has one of them."""

import io
import re
import shutil
import subprocess

import pikepdf
import pytest
from pikepdf import pdfa
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from xpassfam.config.seal import Seal

needs_poppler = pytest.mark.skipif(not shutil.which("pdfsig"), reason="needs Debian’s poppler-utils")
needs_qpdf = pytest.mark.skipif(not shutil.which("qpdf"), reason="needs Debian’s qpdf")
PREFIX = re.compile(r"\b[A-Za-z0-9]+(?=[:=])")  # of names in XMP: any will do
EMBEDDED = ("/FontFile", "/FontFile2", "/FontFile3")
# What pikepdf's checker does not know, of nothing that it says to be wrong. It judges level B alone, and our papers
# are of level A. It reads no extension schema, which must describe each property that PDF/A does not (ISO 19005-2,
# 6.6.2.3.3: here pdfuaid:part), and not all that XMP defines (the number of pages, the history). It refuses any form,
# where a seal needs one, and its permissions (6.1.12 and 6.4.3 allow both).
UNKNOWN = {
    ("ISO_19005_2:6.6.4-3", ":conformance is 'A', expected 'B'"),
    ("ISO_19005_2:6.6.2.3.1-2", "the content of structured XMP property :History is not checked"),
    *(
        ("ISO_19005_2:6.6.2.3.1-1", f"XMP {what} is not permitted")
        for what in (
            "namespace =://ns.adobe.com/xap/1.0/t/pg/",
            "namespace =://www.aiim.org/pdfa/ns/extension/",
            "namespace =://www.aiim.org/pdfa/ns/schema#",
            "namespace =://www.aiim.org/pdfa/ns/property#",
            "property :NPages",
            "property :schemas",
            "property :part",
        )
    ),
    ("pikepdf:schema-Catalog", "interactive forms (/AcroForm) are not supported"),
    ("pikepdf:schema-Catalog", "permissions (/Perms) are not supported"),
}


def verdict(pdf: bytes, own: Seal) -> PdfSignatureStatus:
    _leaf, *above = load_certs_from_pemder_data(own.chain.encode())
    trusted = ValidationContext(trust_roots=above, allow_fetching=False)
    [signature] = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    return validate_pdf_signature(signature, trusted)


def program(tmp_path, pdf: bytes, name: str, *options: str, to=()):
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf)
    return subprocess.run([name, *options, str(path), *to], capture_output=True, text=True, check=False)


def findings(pdf: bytes) -> set[tuple[str, str]]:
    """What a checker of PDF/A that knows level B alone finds, or does not know."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return {(one.rule, PREFIX.sub("", one.message)) for one in pdfa.check(opened, "2b").findings}


def elements(within: pikepdf.Object, *kinds: str) -> list[pikepdf.Dictionary]:
    """Those of a structure tree below `within`, in the order in which they are read aloud."""
    if isinstance(within, pikepdf.Array):
        return [one for child in within for one in elements(child, *kinds)]
    if not isinstance(within, pikepdf.Dictionary):
        return []  # a piece of a page
    own = [within] if within.get("/S") in kinds else []
    return own + (elements(within.K, *kinds) if "/K" in within else [])


def assert_each_column_is_named(table: pikepdf.Dictionary) -> None:
    """Whoever hears a cell hears of what: the first row is of headers, each that of its column."""
    rows = [elements(row, "/TH", "/TD") for row in elements(table, "/TR")]
    headers = rows[0]
    assert {str(cell.S) for cell in headers} == {"/TH"}
    assert all(any(one.get("/Scope") == "/Column" for one in cell.A) for cell in headers)
    assert {len(row) for row in rows[1:]} == {len(headers)}


def unembedded(opened: pikepdf.Pdf) -> list[str]:
    """Fonts whose shapes did not come along: another device draws them as it likes. A Type0 is drawn by another."""
    fonts = [one for one in opened.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"]
    drawn = [font for font in fonts if font.Subtype != "/Type0"]
    assert drawn
    return [
        str(font.BaseFont) for font in drawn if not any(name in font.get("/FontDescriptor", {}) for name in EMBEDDED)
    ]


def assert_legible(pdf: bytes, *, tables: int = 0) -> None:
    """On any device, and aloud; with so many tables."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found = elements(opened.Root.StructTreeRoot.K, "/Table")
        assert len(found) == tables
        for table in found:
            assert_each_column_is_named(table)
        assert unembedded(opened) == []


def assert_believed(pdf: bytes, own: Seal, tmp_path, *said: str, tables: int = 0) -> None:
    """All of them agree: sealed whole, well made, readable, marked as accessible and archivable."""
    assert verdict(pdf, own).bottom_line
    signature = program(tmp_path, pdf, "pdfsig").stdout
    assert "Total document signed" in signature
    assert "Signature is Valid" in signature
    assert program(tmp_path, pdf, "qpdf", "--check").returncode == 0
    text = program(tmp_path, pdf, "pdftotext", to=["-"]).stdout
    assert [words for words in said if words not in text] == []
    assert_legible(pdf, tables=tables)
    assert findings(pdf) - UNKNOWN == set()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        marks = opened.Root.Metadata.read_bytes().decode()
        assert str(opened.Root.Lang) == "fr"
        assert bool(opened.Root.MarkInfo.Marked)
        assert opened.Root.StructTreeRoot is not None
        assert str(opened.docinfo.Title)
    assert 'pdfaid:part="2"' in marks
    assert 'pdfaid:conformance="A"' in marks
    assert 'pdfuaid:part="1"' in marks
