"""A document that ends soon is told of twice at most, to who can renew it, and names nothing that is restricted."""

from datetime import date, timedelta

import pytest
import time_machine
from django.template.loader import render_to_string
from django.utils import timezone

from tests.documents.giving import give
from xpassfam.accounts.models import Account
from xpassfam.documents.actions import judging, reminding
from xpassfam.documents.kinds import kinds
from xpassfam.documents.models import Document, Verdict
from xpassfam.journal.actions import Actor
from xpassfam.outbox.models import Message
from xpassfam.people.models import Access, Residence, Separation
from xpassfam.rules.documents import reminder_due

pytestmark = pytest.mark.django_db
AGENT = Actor("agent", "nadia", "Nadia Ferrand")


def given(family, by, kind="proof_of_address", *, left, about=None, **more):
    """Given long ago; it ends in `left` days."""
    document = give(family, by, kind, about=about, **more)
    until = timezone.localdate() + timedelta(days=left)
    Document.objects.filter(pk=document.pk).update(valid_until=until, warned_days=None)
    document.refresh_from_db()
    return document


def remind(*, later=0):
    return reminding.remind(kinds=kinds(), at=timezone.now() + timedelta(days=later))


def told():
    """To whom, and of what."""
    sent = Message.objects.filter(template="documents/mail/ending").order_by("pk")
    names = {account.email: account.first_name for account in Account.objects.all()}
    return [(names[mail.to], [title for title, _day in mail.context["documents"]]) for mail in sent]


def in_words(mail, end="html"):
    about = {"organisation": {"portal_name": "Mon compte", "name": "SFE"}, "base_url": "", "to": mail.to}
    return render_to_string(f"{mail.template}.{end}", mail.context | about)


@pytest.mark.parametrize(("left", "due"), [(31, None), (30, 30), (8, 30), (7, 7), (0, 7)])
def test_each_reminder_has_its_day(left, due):
    day = date(2026, 11, 23)
    assert reminder_due(day + timedelta(days=left), on=day) == due


def test_thirty_days_before_then_seven_and_each_once(family):
    given(family, family.camille, left=31)

    assert [remind(later=day) for day in (0, 1, 1, 2, 23, 24, 24, 25, 31, 32)] == [0, 1, 0, 0, 0, 1, 0, 0, 0, 0]
    assert [name for name, _titles in told()] == ["Camille"] * 2


def test_after_an_outage_it_is_told_late_and_once(family):
    given(family, family.camille, left=31)

    assert [remind(later=day) for day in (28, 29, 31)] == [1, 0, 0]


def test_all_that_ends_is_one_mail_with_the_way_to_renew(family):
    given(family, family.camille, left=20)
    given(family, family.camille, "school_certificate", about=family.ines, left=25)
    remind()

    [(_to, titles)] = told()
    assert titles == ["Justificatif de domicile", "Certificat de scolarité d’Inès"]
    for end in ("txt", "html"):
        text = in_words(Message.objects.get(), end)
        assert "Certificat de scolarité d’Inès, jusqu’au" in text
        assert "/mon-compte/documents/" in text


def test_one_alone_leads_to_its_renewal(family):
    document = given(family, family.camille, left=20)
    remind()

    assert Message.objects.get().context["page"] == f"/mon-compte/documents/{document.public_id}/renouveler/"


def test_what_was_just_given_is_not_asked_back(family):
    with time_machine.travel("2026-08-20T10:00:00Z", tick=False):
        give(family, family.camille, "proof_of_address", issued_on=date(2026, 6, 1))  # good until 1 September

        assert [remind(later=day) for day in (0, 1, 5, 6)] == [0, 0, 1, 0]


@pytest.mark.parametrize("fault", ["refused", "withdrawn", "renewed", "given anew", "left", "past", "unasked"])
def test_what_nothing_will_need_again_is_not_told_of(family, fault):
    document = given(family, family.camille, "school_certificate", about=family.ines, left=20)
    wanted = kinds()
    if fault in ("refused", "withdrawn"):
        now = timezone.now()
        judging.judge(document, verdict=Verdict.REFUSED, reason="Floue.", by=AGENT, at=now)
        if fault == "withdrawn":
            judging.withdraw_verdict(document, reason="Encore.", by=AGENT, at=now)
    elif fault == "renewed":
        give(family, family.camille, "school_certificate", about=family.ines, replaces=document)
    elif fault == "given anew":
        given(family, family.karim, "school_certificate", about=family.ines, left=200)
    elif fault == "left":
        Residence.objects.filter(person=family.ines).update(until=timezone.localdate())
    elif fault == "past":
        Document.objects.update(valid_until=timezone.localdate() - timedelta(days=1))
    else:
        wanted = ["tax_notice"]

    assert reminding.remind(kinds=wanted, at=timezone.now()) == 0
    assert told() == []


def test_a_renewal_that_is_refused_leaves_the_old_one_to_be_told_of(family):
    old = given(family, family.camille, left=20)
    new = give(family, family.camille, replaces=old)
    judging.judge(new, verdict=Verdict.REFUSED, reason="Illisible.", by=AGENT, at=timezone.now())

    assert remind() == 1


def test_once_who_gave_it_is_gone_who_may_renew_it_is_told(family):
    given(family, family.karim, left=20)
    family.account(family.camille)
    family.account(family.lea)  # she only looks
    Access.objects.filter(person=family.karim).update(until=timezone.localdate())
    remind()

    assert told() == [("Camille", ["Justificatif de domicile"])]


def test_nobody_to_tell_is_not_tried_each_night(family):
    given(family, family.karim, left=20)
    Access.objects.update(until=timezone.localdate())

    assert [remind(), remind(later=1)] == [1, 0]
    assert told() == []


def test_in_a_frozen_file_each_is_told_of_their_own(family):
    given(family, family.karim, left=20)
    family.account(family.camille)
    Separation.objects.create(household=family.home, declared_by=family.karim, declared_at=timezone.now())
    remind()

    assert [name for name, _titles in told()] == ["Karim"]


def test_another_home_of_a_shared_child_is_not_told(family):
    given(family, family.camille, "school_certificate", about=family.tom, left=20)
    family.account(family.antoine)
    remind()

    assert [name for name, _titles in told()] == ["Camille"]


def test_a_mail_names_no_restricted_document_nor_whose_it_is(family):
    given(family, family.camille, "disability_decision", about=family.ines, left=20)
    family.account(family.karim)
    remind()

    mail = Message.objects.get()
    assert mail.context["documents"][0][0] == "document à lecture restreinte"
    text = in_words(mail) + in_words(mail, "txt") + str(mail.context)
    assert [word for word in ("MDPH", "andicap", "Inès") if word in text] == []


def test_what_is_renewed_twice_a_year_is_told_of_each_time(family):
    old = given(family, family.camille, left=20)
    remind()
    give(family, family.camille, replaces=old, issued_on=timezone.localdate())

    assert remind(later=80) == 1
