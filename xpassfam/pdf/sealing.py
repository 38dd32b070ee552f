"""The organisation's seal on a PDF (PAdES, ETSI EN 319 142): any reader says who sealed it, and whether a byte changed.

Written after the document, as PDF wants it: what was typeset stays as it is, accessible and archivable.
"""

import io
from functools import lru_cache

from cryptography import x509
from django.conf import settings
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

FIELD = "Cachet"


class _Writer(IncrementalPdfFileWriter):
    def ensure_output_version(self, version: tuple[int, int] | None) -> None:
        """PDF/A-2 is PDF 1.7 and says so; readers of that age know this seal as an extension."""


def is_possible() -> bool:
    """Whether the organisation has a seal: else its documents leave without one, and must not speak of it."""
    return bool(settings.SEAL)


def seal(pdf: bytes) -> bytes:
    """The PDF with the seal, where there is one; nothing may be changed of it afterwards."""
    if not is_possible():
        return pdf
    signer = _signer(settings.SEAL.key, settings.SEAL.chain)
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    sealed = io.BytesIO()
    signers.PdfSigner(metadata, signer).sign_pdf(_Writer(io.BytesIO(pdf)), output=sealed)
    return sealed.getvalue()


def sealed_by() -> str:
    """The name on the seal, as readers show it; empty without one."""
    if not is_possible():
        return ""
    own, *_above = x509.load_pem_x509_certificates(settings.SEAL.chain.encode())
    return str(own.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value)


@lru_cache(maxsize=1)
def _signer(key: str, chain: str) -> signers.SimpleSigner:
    own, *above = load_certs_from_pemder_data(chain.encode())
    store = SimpleCertificateStore()
    store.register_multiple(above)
    return signers.SimpleSigner(
        signing_cert=own,
        signing_key=load_private_key_from_pemder_data(key.encode(), passphrase=None),
        cert_registry=store,
    )
