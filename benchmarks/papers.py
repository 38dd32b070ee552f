"""A certificate typeset, then sealed, against what the engine and the signer take for the same by themselves."""

import io
from collections.abc import Callable, Iterator
from statistics import median
from time import process_time

import typst
from django.utils import timezone
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from benchmarks import families, figures
from benchmarks.effort import Effort
from benchmarks.figures import Figure
from benchmarks.server import Servers
from xpassfam.certificates import printing, sheets
from xpassfam.certificates.actions import issuing
from xpassfam.certificates.kinds import kind_of
from xpassfam.certificates.models import Certificate
from xpassfam.pdf import sealing, typesetting
from xpassfam.people.access import for_account

MOST = 1.5


def measure(effort: Effort, servers: Servers) -> Iterator[Figure]:
    certificate = _certificate()
    paper = printing.pdf(certificate)
    rivals: list[tuple[str, Callable[[], object], Callable[[], object]]] = [
        ("typeset ÷ the engine alone", lambda: printing.pdf(certificate), _engine(certificate)),
        ("sealed ÷ the signer alone", lambda: sealing.seal(paper), _signer(paper)),
    ]
    for name, ours, bare in rivals:
        for warm in (ours, bare):
            warm()
        costs = [(_cost(ours), _cost(bare)) for _ in range(min(effort.repeats, 200))]
        of_ours, of_bare = (median(pair[n] for pair in costs) * 1000 for n in (0, 1))
        detail = f"{of_ours:.2f} and {of_bare:.2f} ms"
        yield figures.at_most("papers", name, of_ours / of_bare, MOST, detail=detail)


def _certificate() -> Certificate:
    [account] = families.accounts(1, size=4)
    now = timezone.now()
    [access] = for_account(account, on=timezone.localdate(now))
    return issuing.issue(access, kind=kind_of("composition"), form_key="benchmark", by=account.actor, at=now)


def _engine(certificate: Certificate) -> Callable[[], object]:
    """The same model, with data that stand ready."""
    compiler = typst.Compiler(root=typesetting.ROOMS, font_paths=[typesetting.FONTS], ignore_system_fonts=True)
    model, data = typesetting.ROOMS / printing.MODEL, typesetting._inputs(sheets.printed(certificate))
    return lambda: compiler.compile(model, sys_inputs=data, pdf_standards=typesetting.STANDARDS)


def _signer(paper: bytes) -> Callable[[], object]:
    """A signature as the library makes one by itself, with the same key."""
    signer = sealing._signer(sealing.settings.SEAL.key, sealing.settings.SEAL.chain)
    metadata = signers.PdfSignatureMetadata(
        field_name="Bare", md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
    )
    return lambda: signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(paper)), metadata, signer)


def _cost(step: Callable[[], object]) -> float:
    """Of the processor: nothing here waits."""
    began = process_time()
    step()
    return process_time() - began
