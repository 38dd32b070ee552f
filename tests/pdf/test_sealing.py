"""The seal on a paper: independent readers say whose it is, and see one changed byte."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.pdf.readers import assert_believed, findings, needs_poppler, needs_qpdf, program, verdict
from tests.pdf.test_typesetting import MODEL, data
from xpassfam.config import seal as settings_of_seal
from xpassfam.config.values import BadSetting
from xpassfam.pdf.sealing import is_possible, seal, sealed_by
from xpassfam.pdf.typesetting import typeset


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    return settings_of_seal.read({}, is_demo=True, var=tmp_path_factory.mktemp("seal"))


@pytest.fixture
def paper(own, settings):
    settings.SEAL = own
    return seal(typeset(MODEL, data()))


def test_the_whole_paper_is_sealed_and_nothing_may_be_changed_of_it(paper, own):
    found = verdict(paper, own)

    assert found.bottom_line
    assert found.coverage.name == "ENTIRE_FILE"
    assert sealed_by() == "Xpassfam demo seal"


@pytest.mark.parametrize("place", [0.1, 0.5, 0.8])
def test_one_changed_byte_is_seen(paper, own, place):
    where = int(len(typeset(MODEL, data())) * place)
    changed = paper[:where] + bytes([paper[where] ^ 1]) + paper[where + 1 :]

    assert not verdict(changed, own).bottom_line


@needs_poppler
@needs_qpdf
def test_other_programs_agree(paper, own, tmp_path):
    assert_believed(paper, own, tmp_path, "Odile LAMBERT")


@needs_poppler
def test_another_program_sees_a_changed_byte(paper, tmp_path):
    changed = paper[:3000] + bytes([paper[3000] ^ 1]) + paper[3001:]

    assert "Signature is Valid" not in program(tmp_path, changed, "pdfsig").stdout


def test_the_paper_under_the_seal_is_the_one_that_was_typeset(paper):
    assert paper.startswith(typeset(MODEL, data()))


def test_the_seal_takes_nothing_of_what_makes_a_paper_archivable(paper):
    more = findings(paper) - findings(typeset(MODEL, data()))

    # Of a form and its permissions the checker says that it does not know them; of nothing, that it is wrong.
    assert {rule for rule, _message in more} <= {"pikepdf:schema-Catalog"}


def test_an_organisation_without_a_seal_sends_papers_all_the_same(settings):
    settings.SEAL = settings_of_seal.Seal("", "")
    pdf = typeset(MODEL, data())

    assert seal(pdf) == pdf
    assert not is_possible()
    assert sealed_by() == ""


def test_the_demo_keeps_the_seal_that_it_made(tmp_path):
    first = settings_of_seal.read({}, is_demo=True, var=tmp_path)

    assert settings_of_seal.read({}, is_demo=True, var=tmp_path) == first
    assert (tmp_path / "seal.pem").stat().st_mode & 0o077 == 0


def test_production_has_no_seal_unless_given_one(tmp_path, own):
    given = {"XPASSFAM_SEAL_KEY": own.key.strip(), "XPASSFAM_SEAL_CHAIN": own.chain.strip()}

    assert not settings_of_seal.read({}, is_demo=False, var=tmp_path)
    assert settings_of_seal.read(given, is_demo=False, var=tmp_path)


def test_a_seal_that_can_t_be_used_is_refused_at_the_start_with_its_name(tmp_path, own, monkeypatch):
    other = settings_of_seal.read({}, is_demo=True, var=tmp_path)

    def refusal(key, chain):
        with pytest.raises(BadSetting) as refused:
            settings_of_seal.read({"XPASSFAM_SEAL_KEY": key, "XPASSFAM_SEAL_CHAIN": chain}, is_demo=False, var=tmp_path)
        return str(refused.value)

    assert "XPASSFAM_SEAL_KEY" in refusal("", own.chain)
    assert "XPASSFAM_SEAL_KEY" in refusal("no key", own.chain)
    assert "XPASSFAM_SEAL_CHAIN" in refusal(own.key, "")
    assert "does not begin with" in refusal(own.key, other.chain)

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(UTC) + timedelta(days=5000)

    monkeypatch.setattr(settings_of_seal, "datetime", Later)
    assert "ended on" in refusal(own.key, own.chain)
