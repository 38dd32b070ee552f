"""The agents' pages about payments: what waits, what to do, what was done."""

import html
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.accounts.factories import account as make_account
from tests.household.families import agent_client, read
from tests.payments.accounts import NADIA, OTHER
from xpassfam.journal.models import Line
from xpassfam.payments.actions import change_bank_details, order
from xpassfam.payments.models import Batch, PaymentOrder
from xpassfam.people.actions.naming import make_findable

DAY = timedelta(days=1)
PAGE = "/gestion/paiements/"


@pytest.fixture
def client(db):
    make_account(role="agent", email="nadia@organisation.example", may_pay=True)
    return agent_client()


def granted(home, label="Rentrée", *, days=2, cents=80_00):
    at = timezone.now() - days * DAY
    return order(home, amount_cents=cents, label=label, cause=f"{home.pk} {label}", by=NADIA, at=at)


@pytest.fixture
def ready(family, given):
    given(at=timezone.now() - 30 * DAY)
    return granted(family.home)


def sent(client, path, **typed):
    return html.unescape(client.post(PAGE + path, typed, follow=True).content.decode())


def test_what_is_ready_is_counted_with_its_sum(ready, client):
    text = read(client, PAGE).replace("\u00a0", " ")
    assert "1 paiement, 80 €." in text
    assert "Exporter 1 paiement" in text


def test_a_home_without_account_is_apart_with_what_to_do(family, client):
    granted(family.other_home)
    assert "Aucun paiement ici" in read(client, PAGE)
    text = read(client, f"{PAGE}?vue=sans-compte")
    assert "Foyer Moreau" in text
    assert "Modifier mes coordonnées bancaires" in text


def test_one_whose_account_just_changed_is_apart_too(family, ready, given, client):
    given(OTHER, at=timezone.now() - DAY)
    assert "Aucun paiement ici" in read(client, PAGE)
    assert "peut encore arrêter" in read(client, f"{PAGE}?vue=en-attente")
    assert "À attendre" in read(client, f"{PAGE}{ready.public_id}/")


def test_a_family_is_found_by_name_and_number_and_the_search_is_noted(family, ready, client):
    change_bank_details(family.other_home, holder="Antoine Moreau", iban=OTHER, by=NADIA, at=timezone.now() - 9 * DAY)
    granted(family.other_home)
    make_findable()
    for text, home in (("camile martin", "Foyer Martin"), (family.other_home.file_number, "Foyer Moreau")):
        found = client.get(PAGE, {"q": text}).context["orders"]
        assert [one.household.name for one in found] == [home]
    assert client.get(PAGE, {"q": "personne-du-tout"}).context["orders"] == []
    assert Line.objects.filter(kind="payments.searched").count() == 3


def test_days_narrow_the_list_and_a_day_that_can_not_be_read_is_said(ready, client):
    yesterday = timezone.localdate() - DAY
    assert client.get(PAGE, {"du": f"{yesterday:%d/%m/%Y}"}).context["orders"] == []
    assert list(client.get(PAGE, {"au": f"{yesterday:%d/%m/%Y}"}).context["orders"]) == [ready]
    assert "Écrivez le jour" in read(client, f"{PAGE}?du=hier")


def test_pages_go_by_key_and_show_each_order_once(family, given, client, monkeypatch):
    given(at=timezone.now() - 30 * DAY)
    for number in range(5):
        granted(family.home, f"Aide {number}", days=9 - number // 2)
    monkeypatch.setattr("xpassfam.payments.queue.ROWS", 2)
    seen, page = [], PAGE
    while page:
        context = client.get(page).context
        seen += [one.label for one in context["orders"]]
        page = context["following"] and PAGE + context["following"]
    assert seen == [f"Aide {number}" for number in range(5)]


@pytest.mark.parametrize("view", ["a-verser", "exportes", "en-attente", "sans-compte", "verses", "annules", "???"])
def test_every_list_costs_the_same_whatever_it_holds(family, ready, client, view):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            read(client, f"{PAGE}?vue={view}")
        return len(queries)

    cost()  # warm
    first = cost()
    for number in range(8):
        granted(family.home, f"Aide {number}")
        granted(family.other_home, f"Aide {number}")
    assert cost() == first <= 12


def test_those_that_were_chosen_are_looked_at_then_noted(family, ready, client):
    other = granted(family.home, "Loisirs")
    address = f"{PAGE}versement/?o={ready.public_id}&o={other.public_id}"
    text = read(client, address)
    assert "2 paiements" in text
    assert f'value="{timezone.localdate():%d/%m/%Y}"' in text
    assert PaymentOrder.objects.filter(status="paid").count() == 0

    text = sent(client, "versement/", o=[ready.public_id, other.public_id], paid_on="hier")
    assert "Écrivez le jour" in text
    day = timezone.localdate() - DAY
    text = sent(client, "versement/", o=[ready.public_id, other.public_id], paid_on=f"{day:%d/%m/%Y}")

    assert "2 paiements sont versés" in text
    assert set(PaymentOrder.objects.values_list("paid_on", flat=True)) == {day}


def test_sent_twice_it_is_noted_once(ready, client):
    today = f"{timezone.localdate():%d/%m/%Y}"
    sent(client, "versement/", o=ready.public_id, paid_on=today)
    assert "étaient déjà notés" in sent(client, "versement/", o=ready.public_id, paid_on=today)
    assert Line.objects.filter(kind="payments.paid").count() == 1


def test_a_day_to_come_is_refused(ready, client):
    tomorrow = timezone.localdate() + DAY
    assert "pas encore venu" in sent(client, "versement/", o=ready.public_id, paid_on=f"{tomorrow:%d/%m/%Y}")
    assert not PaymentOrder.objects.filter(status="paid").exists()


def test_a_whole_batch_is_noted_but_for_what_was_taken_out(family, ready, client):
    other = granted(family.home, "Loisirs")
    sent(client, "export/", key="a" * 26)
    batch = Batch.objects.get()
    sent(client, f"{other.public_id}/sortie/")

    text = sent(client, "versement/", lot=batch.public_id, paid_on=f"{timezone.localdate():%d/%m/%Y}")

    assert "1 paiement est versé" in text
    assert PaymentOrder.objects.get(status="paid") == ready
    assert "Noter le lot comme versé" not in read(client, f"{PAGE}lots/{batch.public_id}/")


@pytest.mark.parametrize("named", ["lot=%00", "lot=x", "lot=zzzzzzzzzzzzzzzzzzzzzzzzzz"])
def test_a_batch_that_is_not_there_is_not_found(client, named):
    assert client.get(f"{PAGE}versement/?{named}").status_code == 404


def test_nothing_chosen_says_what_to_do(client):
    response = client.get(f"{PAGE}versement/", follow=True)
    assert "Cochez d’abord" in html.unescape(response.content.decode())


def test_an_order_that_is_opened_is_in_its_home_s_history_once_an_hour(family, ready, client):
    read(client, f"{PAGE}{ready.public_id}/")
    read(client, f"{PAGE}{ready.public_id}/")
    assert Line.objects.filter(kind="payments.read", household=family.home.public_id).count() == 1


def test_a_mistake_is_undone_the_same_day_from_the_page(ready, client):
    sent(client, "versement/", o=ready.public_id, paid_on=f"{timezone.localdate():%d/%m/%Y}")
    assert "Noté par erreur" in read(client, f"{PAGE}{ready.public_id}/")
    assert "de nouveau à verser" in sent(client, f"{ready.public_id}/erreur/")
    assert "Ce n’est plus possible" in sent(client, f"{ready.public_id}/erreur/")


def test_cancelling_wants_a_reason_that_the_family_reads(family, ready, client):
    assert "un peu plus" in sent(client, f"{ready.public_id}/annulation/", reason="non")
    sent(client, f"{ready.public_id}/annulation/", reason="L’aide a été accordée deux fois.")
    text = read(family.client(family.camille), "/mon-compte/coordonnees-bancaires/")
    assert "L’aide a été accordée deux fois." in text
    assert "déjà versé, ou annulé" in sent(client, f"{ready.public_id}/annulation/", reason="Encore une fois.")


def test_whoever_sees_to_payments_finds_them_on_the_first_page(ready, client):
    assert "Exporter et noter les paiements" in read(client, "/gestion/")
