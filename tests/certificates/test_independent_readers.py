"""Each kind of certificate, as whoever receives it reads it."""

from datetime import date

import pytest
from django.utils import timezone

from tests.certificates.certifying import brackets, counted, given, living_on, paid
from tests.pdf.readers import assert_believed, needs_poppler, needs_qpdf
from xpassfam.certificates.kinds import issued
from xpassfam.config import seal
from xpassfam.rules.certificates import written_code

LAST_YEAR = timezone.localdate().year - 1
WITH_A_TABLE = ("rights", "paid")
pytestmark = [pytest.mark.django_db, needs_poppler, needs_qpdf]


@pytest.fixture
def own(tmp_path, settings):
    settings.SEAL = seal.read({}, is_demo=True, var=tmp_path)
    return settings.SEAL


@pytest.mark.parametrize("kind", [kind.code for kind in issued()])
def test_all_agree(family, own, tmp_path, kind):
    brackets()
    living_on(family)
    paid(family, "Coup de pouce rentrée", 8000, on=date(LAST_YEAR, 9, 1))
    counted("R05")
    certificate = given(family, family.camille, kind, str(LAST_YEAR) if kind == "paid" else "")

    page = f"/mon-compte/attestations/{certificate.public_id}/attestation.pdf"
    answer = family.client(family.camille).get(page)

    assert answer.status_code == 200
    code = written_code(certificate.paper.code)
    assert_believed(answer.content, own, tmp_path, code, tables=int(kind in WITH_A_TABLE))
