"""Families are told of what opens or closes thirty and seven days before: once each, in one mail."""

from datetime import date, timedelta

import pytest
from django.template.loader import render_to_string

from tests.accounts.factories import account
from tests.entitlements.homes import Home, noon, publish
from tests.people.factories import acting
from xpassfam.accounts.models.channels import ContactChoices
from xpassfam.documents.actions import reminding
from xpassfam.documents.models import Document
from xpassfam.entitlements.actions import announce_due, evaluate_due
from xpassfam.entitlements.models import Notice
from xpassfam.outbox.models import Message
from xpassfam.rules.rights import next_notice, notice_due

pytestmark = pytest.mark.django_db
SIX = date(2026, 12, 24)
PAPER_END = date(2027, 3, 10)
NBSP = "\u00a0"


@pytest.fixture
def home(db):
    publish("R04", "R05", "R07", "R11")
    family = Home()
    family.living_on(984, date(2026, 9, 1))
    for one in (family.camille, family.karim):
        acting(one, family.row)
        account(one)
    family.ines = family.child("Inès", date(2020, 12, 24))
    return family


def tell(day):
    while evaluate_due(at=noon(day)):
        pass
    return announce_due(at=noon(day))


def mails():
    return list(Message.objects.filter(template="entitlements/mail/coming").order_by("pk"))


def in_words(mail, end="txt"):
    about = {"organisation": {"portal_name": "Mon compte", "name": "SFE"}, "base_url": "", "to": mail.to}
    return render_to_string(f"{mail.template}.{end}", mail.context | about).replace(NBSP, " ")


@pytest.mark.parametrize(("left", "due"), [(31, None), (30, 30), (8, 30), (7, 7), (1, 7), (0, None)])
def test_each_notice_has_its_day(left, due):
    assert notice_due(SIX, on=SIX - timedelta(days=left)) == due


def test_what_was_told_waits_for_the_next_day_and_what_was_missed_is_told_once():
    day = SIX - timedelta(days=20)
    assert next_notice(SIX, on=day, told=[]) == day
    assert next_notice(SIX, on=day, told=[30]) == SIX - timedelta(days=7)
    assert next_notice(SIX, on=SIX - timedelta(days=3), told=[30, 7]) is None


def test_thirty_days_before_then_seven_and_each_once(home):
    days = (31, 30, 30, 29, 8, 7, 7, 6, 1)
    assert [tell(SIX - timedelta(days=left)) for left in days] == [0, 1, 0, 0, 0, 1, 0, 0, 0]
    assert [len(mails()), Notice.objects.count()] == [4, 2]


def test_the_mail_says_what_for_whom_when_and_what_to_do(home):
    tell(SIX - timedelta(days=30))

    text = in_words(mails()[0])
    for said in (
        "Ce qui va changer dans vos droits", "Inès aura 6 ans, jeudi 24 décembre, dans 30 jours",
        "Se ferme : Aide à la garde, pour Inès.", "S’ouvre : Pass culture et sport (60 €), pour Inès.",
        "Vous n’avez rien à faire.", "/mon-compte/droits/",
    ):  # fmt: skip
        assert said in text
    assert "Aide à la garde" in in_words(mails()[0], "html")


def test_all_of_a_home_is_in_one_mail_to_each_adult_who_may_read_it(home):
    helper = home.child("Sami", date(2020, 12, 20))
    tell(SIX - timedelta(days=30))

    told = {mail.to: [event["title"] for event in mail.context["events"]] for mail in mails()}
    assert len(told) == 2
    assert set(map(tuple, told.values())) == {("Sami aura 6 ans", "Inès aura 6 ans")}
    assert helper.birth_date


def test_who_may_not_read_the_home_s_rights_is_told_of_their_own_alone(home):
    lea = home.child("Léa", date(2006, 11, 30))
    acting(lea, home.row, permission="view")
    mailbox = account(lea).email
    tell(SIX - timedelta(days=30))

    [own] = [mail for mail in mails() if mail.to == mailbox]
    assert [event["title"] for event in own.context["events"]] == ["Léa aura 20 ans"]
    assert "Inès" not in in_words(own)


def test_a_mail_names_no_right_that_tells_of_health(home):
    Document.objects.create(
        household=home.row, person=home.ines, kind="disability_decision", issued_on=date(2025, 1, 1),
        valid_until=SIX - timedelta(days=1), given_by=home.camille, given_at=noon(SIX), form_key="k",
        verdict="accepted", verdict_by="Nadia", verdict_at=noon(SIX), is_restricted=True,
    )  # fmt: skip
    tell(SIX - timedelta(days=30))

    for end in ("txt", "html"):
        text = in_words(mails()[0], end)
        assert "handicap" not in text.lower()
        assert "MDPH" not in text
        assert "À compléter : un droit de votre foyer." in text


@pytest.fixture
def decision(home):
    """Of Inès's disability: a right hangs on it, which closes with it."""
    return Document.objects.create(
        household=home.row, person=home.ines, kind="disability_decision", issued_on=date(2025, 1, 1),
        valid_until=PAPER_END, given_by=home.camille, given_at=noon(date(2025, 1, 2)), form_key="k",
        verdict="accepted", verdict_by="Nadia", verdict_at=noon(date(2025, 1, 2)), is_restricted=True,
    )  # fmt: skip


def remind(day):
    reminding.remind(kinds=["disability_decision"], at=noon(day))


def reminders():
    return {mail.to for mail in Message.objects.filter(template="documents/mail/ending")}


def test_whoever_was_reminded_that_a_document_ends_gets_no_second_mail_of_the_rights_it_carries(home, decision):
    for left in (30, 7):
        remind(PAPER_END - timedelta(days=left))
        tell(PAPER_END - timedelta(days=left))
        tell(PAPER_END - timedelta(days=left - 1))

    assert len(reminders()) == 1
    assert reminders().isdisjoint(mail.to for mail in mails())
    assert len(mails()) == 2  # the other adult is told of the right, once each time
    assert Notice.objects.count() == 2
    text = in_words(Message.objects.filter(template="documents/mail/ending").first())
    assert "Des droits peuvent en dépendre" in text
    assert "/mon-compte/droits/" in text


def test_who_gets_no_reminders_is_told_of_the_right(home, decision):
    camille = home.camille.account
    ContactChoices.objects.create(account=camille, without_email=["reminders"])
    remind(PAPER_END - timedelta(days=30))
    tell(PAPER_END - timedelta(days=29))

    assert camille.email in {mail.to for mail in mails()}


def test_a_document_that_nobody_was_reminded_of_is_told_with_its_right(home, decision):
    tell(PAPER_END - timedelta(days=29))
    assert len(mails()) == 2


def test_a_change_of_facts_tells_the_new_day(home):
    tell(SIX - timedelta(days=30))
    home.ines.birth_date = date(2020, 12, 23)
    home.ines.save()
    home.living_on(985, date(2026, 10, 1))
    assert tell(SIX - timedelta(days=29)) == 1
    assert {notice.on for notice in Notice.objects.all()} == {SIX, SIX - timedelta(days=1)}


def test_an_income_that_grows_old_is_announced_with_what_to_do(home):
    tell(date(2027, 9, 1))
    text = in_words(mails()[-1])
    assert "Votre quotient familial de septembre 2026 ne comptera plus" in text
    assert "Donnez un quotient familial plus récent" in text
