"""Orders leave in batches, with account numbers, for agents who see to payments; everybody concerned learns it."""

import csv
import html
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.accounts.factories import account as make_account
from tests.accounts.factories import sign_in
from tests.household.families import agent_client, read
from tests.payments.accounts import NADIA, OTHER, SPECIMEN
from xpassfam.accounts.models import Account
from xpassfam.journal.models import Line
from xpassfam.journal.reading import sentence
from xpassfam.outbox.models import Message
from xpassfam.payments.actions import change_bank_details, order
from xpassfam.payments.actions.exporting import NothingToExport, give, make_batch
from xpassfam.payments.actions.paying import cancel, note_paid, take_out
from xpassfam.payments.models import BankDetails, Batch, PaymentOrder

DAY = timedelta(days=1)
PAGE = "/gestion/paiements/"


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def payer(db):
    return make_account(role="agent", email="nadia@organisation.example", may_pay=True)


@pytest.fixture
def client(payer):
    return agent_client()


def granted(home, label="Rentrée", *, at, cents=80_00):
    return order(home, amount_cents=cents, label=label, cause=f"{home.pk} {label}", by=NADIA, at=at)


@pytest.fixture
def ready(family, given, now):
    given(at=now - 30 * DAY)
    return granted(family.home, at=now - 5 * DAY)


def rows(response):
    text = response.content.decode()
    assert text.startswith("\ufeff"), "spreadsheets take it for Windows-1252 otherwise"
    return list(csv.reader(io.StringIO(text[1:]), delimiter=";"))


def test_what_leaves_is_what_is_ready(family, ready, given, payer, now):
    granted(family.other_home, at=now - 4 * DAY)

    batch = make_batch(form_key="k", by=payer, at=now)

    assert list(batch.orders.all()) == [ready]
    assert (batch.count, batch.total_cents, batch.made_by) == (1, 80_00, "Camille Martin")


def test_the_account_of_that_moment_is_paid_whatever_is_given_since(family, ready, given, payer, now):
    make_batch(form_key="k", by=payer, at=now)
    given(OTHER, at=now)

    paid = note_paid(ready, on=now.date(), by=NADIA, at=now)

    assert paid.account.iban_end == "0189"


def test_an_order_whose_account_changed_less_than_72_hours_ago_waits(family, ready, given, payer, now):
    given(OTHER, at=now - DAY)

    with pytest.raises(NothingToExport):
        make_batch(form_key="k", by=payer, at=now)
    assert make_batch(form_key="k", by=payer, at=now + 3 * DAY).orders.get().account.iban_end == "3000"


def test_the_same_form_sent_twice_makes_one_batch(ready, payer, now):
    assert make_batch(form_key="k", by=payer, at=now) == make_batch(form_key="k", by=payer, at=now)
    with pytest.raises(NothingToExport):
        make_batch(form_key="another", by=payer, at=now)


def test_what_can_not_be_read_any_more_does_not_leave(ready, payer, now):
    BankDetails.objects.update(key_name="gone")
    with pytest.raises(NothingToExport):
        make_batch(form_key="k", by=payer, at=now)


def test_what_the_bank_refused_goes_again_in_another(ready, payer, now):
    make_batch(form_key="k", by=payer, at=now)
    take_out(ready, by=NADIA, at=now)

    assert list(make_batch(form_key="l", by=payer, at=now).orders.all()) == [ready]


def test_each_home_reads_that_its_number_was_given_and_never_the_number(family, ready, payer, now):
    granted(family.home, "Loisirs", at=now - DAY, cents=20_00)
    give(make_batch(form_key="k", by=payer, at=now), by=payer, at=now)

    [line] = Line.objects.filter(kind="payments.account_given")
    assert line.household == family.home.public_id
    assert sentence(line).replace("\u00a0", " ") == (
        "Numéro du compte qui se termine par 0189 donné au service de paiement, pour verser 100 €."
    )
    assert Line.objects.get(kind="payments.batch_given").audience == "staff"


def test_a_file_taken_again_holds_no_more_what_was_paid_or_cancelled(family, ready, payer, now):
    cancelled, left = granted(family.home, "Loisirs", at=now - DAY), granted(family.home, "Noël", at=now - DAY)
    batch = make_batch(form_key="k", by=payer, at=now)
    note_paid(ready, on=now.date(), by=NADIA, at=now)
    cancel(cancelled, reason="Accordée deux fois.", by=NADIA, at=now)

    assert give(batch, by=payer, at=now) == [left]
    note_paid(left, on=now.date(), by=NADIA, at=now)
    with pytest.raises(NothingToExport):
        give(batch, by=payer, at=now)


def test_the_other_payers_are_told_and_whoever_did_it_is_not(ready, payer, now):
    make_account(role="agent", email="claire@organisation.example", may_pay=True)
    make_account(role="agent", email="olivier@organisation.example")
    give(make_batch(form_key="k", by=payer, at=now), by=payer, at=now)

    told = Message.objects.filter(template="payments/mail/batch_given")
    assert [one.to for one in told] == ["claire@organisation.example"]


def test_the_file_has_the_numbers_in_clear_and_no_formula(family, ready, client, now):
    PaymentOrder.objects.update(label="=HYPERLINK(1)")
    client.post(f"{PAGE}export/", {"key": client.get(f"{PAGE}export/").context["key"]})
    batch = Batch.objects.get()

    heads, row = rows(client.post(f"{PAGE}lots/{batch.public_id}/fichier/"))

    assert heads[4:6] == ["IBAN", "Montant"]
    assert row[1:6] == [
        family.home.file_number,
        "Foyer Martin",
        "Camille Martin",
        SPECIMEN.replace(" ", ""),
        "80,00",
    ]
    assert row[7] == "'=HYPERLINK(1)"


def test_no_page_shows_a_number(ready, client):
    client.post(f"{PAGE}export/", {"key": "a" * 26})
    batch = Batch.objects.get()
    for page in (f"{PAGE}?vue=exportes", f"{PAGE}lots/{batch.public_id}/", f"{PAGE}{ready.public_id}/"):
        text = read(client, page).replace(" ", "").replace("\u00a0", "")
        assert "30006000" not in text
        assert "0189" in text


def test_a_link_alone_takes_no_file(ready, client):
    client.post(f"{PAGE}export/", {"key": "a" * 26})
    assert client.get(f"{PAGE}lots/{Batch.objects.get().public_id}/fichier/").status_code == 405


def test_a_number_that_can_not_be_read_stops_the_file_and_tells_nobody(ready, client):
    client.post(f"{PAGE}export/", {"key": "a" * 26})
    BankDetails.objects.update(key_name="gone")

    response = client.post(f"{PAGE}lots/{Batch.objects.get().public_id}/fichier/", follow=True)

    assert "ne se lit plus" in html.unescape(response.content.decode())
    assert not Line.objects.filter(kind__in=["payments.batch_given", "payments.account_given"]).exists()
    assert not Message.objects.filter(template="payments/mail/batch_given").exists()


def test_agents_who_do_not_see_to_payments_see_none(ready):
    client = agent_client("olivier")
    for path in ("", "export/", "versement/", f"{ready.public_id}/", f"{ready.public_id}/annulation/"):
        assert client.get(PAGE + path).status_code == 403
        assert client.post(PAGE + path).status_code == 403
    assert "s’occupe des paiements" in read(client, PAGE, 403)
    assert "Paiements" not in read(client, "/gestion/")


def test_administrators_open_no_payment(ready):
    make_account(role="administrator", email="thierry@organisation.example", may_pay=True)
    client = Client()
    sign_in(client, "thierry@organisation.example")
    assert client.get(PAGE).status_code == 403


def test_a_batch_takes_both_of_two_homes_the_oldest_first(family, ready, payer, now):
    change_bank_details(family.other_home, holder="Antoine Moreau", iban=OTHER, by=NADIA, at=now - 40 * DAY)
    older = granted(family.other_home, at=now - 9 * DAY)

    batch = make_batch(form_key="k", by=payer, at=now)

    assert list(batch.orders.order_by("ordered_at")) == [older, ready]
    assert Account.objects.get(pk=payer.pk).is_payer
