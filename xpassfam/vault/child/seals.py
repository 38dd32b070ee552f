"""Whether a PDF that somebody hands over bears a seal of ours, and is whole.

Of a whole one, what its text may hold as codes: told of nothing else, so that the answer helps no guess.
"""

import re
from datetime import datetime
from io import BytesIO
from typing import Any, BinaryIO

import pypdfium2
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from xpassfam.vault.child.binding import frame

LIKE_A_CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")
WHOLE, BROKEN, NONE = "whole", "broken", "none"


def judge(source: BinaryIO, result: BinaryIO) -> dict[str, object]:
    """Frames on `source`: the certificates of our seal as PEM, its own first, then the file."""
    own, *above = load_certs_from_pemder_data(frame(source))
    content = frame(source)
    try:
        signatures = [one for one in PdfFileReader(BytesIO(content)).embedded_signatures if _says_ours(one, own)]
        found = _judged(signatures, own, above) if signatures else NONE
        codes = _codes(content) if found == WHOLE else []
    except Exception:  # whatever a reader of PDF raises under a stranger's file, or under ours that was broken
        found, codes = BROKEN if own.subject.dump().hex().encode() in content.lower() else NONE, []
    return {"seal": found, "codes": codes}


def _says_ours(signature: Any, own: Any) -> bool:
    """By its name, and that of who gave it: a certificate that was renewed has another key and another number."""
    theirs = signature.signer_cert
    return bool(theirs.subject == own.subject and theirs.issuer == own.issuer)


def _judged(signatures: list[Any], own: Any, above: list[Any]) -> str:
    signature = signatures[-1]
    moment = _claimed(signature)
    trusted = ValidationContext(trust_roots=above or [own], allow_fetching=False, moment=moment)
    status = validate_pdf_signature(signature, trusted)
    if status.intact and status.valid and not status.trusted:
        return NONE  # somebody else, under our name
    is_all = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    return WHOLE if status.bottom_line and is_all and len(signatures) == 1 else BROKEN


def _claimed(signature: Any) -> datetime | None:
    """A certificate that ended since was good when it sealed. The date is the seal's own: who lies has the key."""
    claimed: datetime | None = signature.self_reported_timestamp
    return claimed


def _codes(content: bytes) -> list[str]:
    pages = pypdfium2.PdfDocument(content)
    found = (LIKE_A_CODE.findall(page.get_textpage().get_text_range()) for page in pages)
    return sorted({code for codes in found for code in codes})
