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


def assert_believed(pdf: bytes, own: Seal, tmp_path, *said: str) -> None:
    """All of them agree: sealed whole, well made, readable, marked as accessible and archivable."""
    assert verdict(pdf, own).bottom_line
    signature = program(tmp_path, pdf, "pdfsig").stdout
    assert "Total document signed" in signature
    assert "Signature is Valid" in signature
    assert program(tmp_path, pdf, "qpdf", "--check").returncode == 0
    text = program(tmp_path, pdf, "pdftotext", to=["-"]).stdout
    assert [words for words in said if words not in text] == []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        marks = opened.Root.Metadata.read_bytes().decode()
        assert str(opened.Root.Lang) == "fr"
        assert bool(opened.Root.MarkInfo.Marked)
        assert opened.Root.StructTreeRoot is not None
        assert str(opened.docinfo.Title)
    assert 'pdfaid:part="2"' in marks
    assert 'pdfaid:conformance="A"' in marks
    assert 'pdfuaid:part="1"' in marks
