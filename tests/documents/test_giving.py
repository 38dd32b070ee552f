"""A family gives a document: once, whole, as far as its access reaches."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.documents.giving import give, sent
from xpassfam.documents.actions import giving, judging, uploading
from xpassfam.documents.kinds import kind_of, kinds
from xpassfam.documents.models import Document, PendingUpload, Verdict
from xpassfam.journal.actions import Actor
from xpassfam.journal.models import Line
from xpassfam.people.models import Access, Separation
from xpassfam.vault.actions import Refused
from xpassfam.vault.models import File

pytestmark = pytest.mark.django_db
AGENT = Actor("agent", "nadia", "Nadia Ferrand")


def test_files_sent_one_by_one_become_a_document_in_their_order(family):
    second, first = (sent(family, family.camille, name=f"page {n}.pdf") for n in (2, 1))

    document = give(family, family.camille, files=[first, second])

    assert [one.file.name for one in document.attached.select_related("file")] == ["page 1.pdf", "page 2.pdf"]
    assert not PendingUpload.objects.exists()
    assert Line.objects.filter(kind="documents.given", household=family.home.public_id).count() == 1


def test_a_form_sent_twice_gives_one_document(family):
    first = give(family, family.camille, form_key="one")

    assert give(family, family.camille, form_key="one", files=[]) == first
    assert Document.objects.count() == 1


def test_a_file_serves_one_document(family):
    upload = sent(family, family.camille)
    give(family, family.camille, files=[upload])

    with pytest.raises(giving.Gone):
        give(family, family.camille, files=[upload])


def test_what_another_sent_is_not_one_s_to_give(family):
    with pytest.raises(giving.Gone):
        give(family, family.karim, files=[sent(family, family.camille)])


def test_without_a_file_there_is_no_document(family):
    with pytest.raises(giving.Gone):
        give(family, family.camille, files=[])


@pytest.mark.parametrize("permission", ["view", "requests", "documents", "all"])
def test_who_handles_documents_or_requests_may_give(family, permission):
    Access.objects.filter(person=family.karim).update(permission=permission)
    if permission == "view":
        with pytest.raises(uploading.NotAllowed):
            sent(family, family.karim)
    else:
        assert give(family, family.karim).given_by == family.karim


def test_nobody_gives_about_somebody_of_another_home(family):
    with pytest.raises(giving.NotAllowed):
        give(family, family.camille, "tax_notice", about=family.antoine)
    with pytest.raises(giving.NotAllowed):
        give(family, family.camille, household=family.other_home)


@pytest.mark.parametrize(("kind", "is_about_somebody"), [("tax_notice", False), ("proof_of_address", True)])
def test_what_a_kind_is_about_is_held_to(family, kind, is_about_somebody):
    with pytest.raises(giving.NotAllowed):
        give(family, family.camille, kind, about=family.camille if is_about_somebody else None)


def test_a_refused_file_leaves_the_others(family):
    kept = sent(family, family.camille)
    with pytest.raises(Refused):
        sent(family, family.camille, content=b"GIF89a")

    assert list(PendingUpload.objects.visible_to(family.access(family.camille))) == [kept]
    assert File.objects.count() == 1


def test_what_served_nothing_for_a_month_is_swept(family):
    upload = sent(family, family.camille)
    give(family, family.camille)

    assert uploading.sweep(before=upload.sent_at) == 0
    assert uploading.sweep(before=upload.sent_at + timedelta(seconds=1)) == 1
    assert File.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "issued_on", "last"),
    [
        ("proof_of_address", date(2026, 11, 30), date(2027, 2, 28)),
        ("family_allowance_statement", date(2026, 8, 31), date(2026, 11, 30)),
        ("tax_notice", date(2026, 8, 4), date(2027, 9, 15)),
        ("tax_notice", date(2026, 3, 4), date(2026, 9, 15)),
        ("school_certificate", date(2026, 9, 3), date(2027, 8, 31)),
        ("school_certificate", date(2026, 7, 10), date(2027, 8, 31)),
        ("birth_certificate", date(2017, 6, 18), None),
        ("bank_details", date(2026, 1, 1), None),
    ],
)
def test_a_document_is_good_as_long_as_its_kind_says(family, kind, issued_on, last):
    about = None if kind_of(kind).about != "person" else family.camille

    assert give(family, family.camille, kind, about=about, issued_on=issued_on).valid_until == last


def test_a_decision_is_good_until_its_own_end(family):
    end = date(2031, 5, 1)

    assert give(family, family.karim, "disability_decision", about=family.ines, ends_on=end).valid_until == end


class TestGivenOnce:
    def reusable(self, family, kind="proof_of_address", about=None, days=0):
        access = family.access(family.camille)
        on = timezone.localdate() + timedelta(days=days)
        return list(Document.objects.reusable(access, kind=kind_of(kind), person=about, on=on))

    def test_what_is_still_good_is_found_again_newest_first(self, family):
        older, newer = give(family, family.karim), give(family, family.camille)

        assert self.reusable(family) == [newer, older]
        assert self.reusable(family, days=120) == []

    def test_another_s_is_not_offered(self, family):
        give(family, family.camille, "tax_notice", about=family.karim)

        assert self.reusable(family, "tax_notice", family.camille) == []

    def test_an_invoice_serves_once(self, family):
        give(family, family.camille, "invoice")

        assert self.reusable(family, "invoice") == []

    def test_of_bank_details_only_the_last_count(self, family):
        give(family, family.camille, "bank_details", about=family.camille)
        last = give(family, family.camille, "bank_details", about=family.camille)

        assert self.reusable(family, "bank_details", family.camille) == [last]

    def test_a_refused_one_and_one_asked_for_again_are_not_offered(self, family):
        refused, accepted = give(family, family.camille), give(family, family.camille)
        now = timezone.now()
        judging.judge(refused, verdict=Verdict.REFUSED, reason="Illisible.", by=AGENT, at=now)
        accepted = judging.judge(accepted, verdict=Verdict.ACCEPTED, by=AGENT, at=now)
        assert self.reusable(family) == [accepted]

        judging.withdraw_verdict(accepted, reason="L’adresse a changé.", by=AGENT, at=now)
        assert self.reusable(family) == []

    def test_in_a_frozen_file_what_the_other_gave_is_not_offered(self, family):
        give(family, family.karim)
        own = give(family, family.camille)
        Separation.objects.create(household=family.home, declared_by=family.karim, declared_at=timezone.now())

        assert self.reusable(family) == [own]


class TestVerdicts:
    def test_nothing_is_refused_nor_asked_again_without_a_reason(self, family):
        document = give(family, family.camille)
        with pytest.raises(judging.NoReason):
            judging.judge(document, verdict=Verdict.REFUSED, reason=" ", by=AGENT, at=timezone.now())
        with pytest.raises(judging.NotJudged):
            judging.withdraw_verdict(document, reason="Pour voir.", by=AGENT, at=timezone.now())
        with pytest.raises(judging.NoReason):
            judging.withdraw_verdict(document, reason="", by=AGENT, at=timezone.now())

    def test_the_same_verdict_twice_is_told_once(self, family):
        document = give(family, family.camille)
        for _time in range(2):
            judging.judge(document, verdict=Verdict.ACCEPTED, by=AGENT, at=timezone.now())

        assert Line.objects.filter(kind="documents.accepted").count() == 1

    def test_an_identity_paper_is_erased_once_checked_and_its_verdict_serves_again(self, family):
        document = give(family, family.camille, "identity", about=family.camille)
        document = judging.judge(document, verdict=Verdict.ACCEPTED, by=AGENT, at=timezone.now())

        assert document.erased_at
        assert not File.objects.exists()
        found = Document.objects.reusable(
            family.access(family.camille), kind=kind_of("identity"), person=family.camille, on=timezone.localdate()
        )
        assert list(found) == [document]

    def test_an_adult_s_own_document_is_told_to_that_adult_and_to_who_gave_it(self, family):
        give(family, family.camille, "tax_notice", about=family.karim)
        lines = Line.objects.filter(kind__startswith="documents.")

        assert {(line.audience, line.person) for line in lines} == {
            ("self", family.karim.public_id),
            ("self", family.camille.public_id),
        }

    def test_the_home_does_not_read_what_a_restricted_document_is(self, family):
        document = give(family, family.karim, "disability_decision", about=family.ines)
        judging.judge(document, verdict=Verdict.REFUSED, reason="Handicap non lu.", by=AGENT, at=timezone.now())
        words = [line.payload.words for line in Line.objects.filter(kind__startswith="documents.")]

        assert len(words) == 2
        assert not [text for text in words if "MDPH" in text or "andicap" in text]


def test_every_kind_has_its_words_in_both_languages():
    assert all(kind.labels[code] for kind in kinds().values() for code in ("fr", "en"))
