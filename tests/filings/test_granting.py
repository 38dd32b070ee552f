"""Whoever decides writes what an aid gives, and to whom; nothing is paid before what comes later came."""

from datetime import date

import pytest
from django.utils import timezone

from tests.desk.desks import entered
from tests.filings.factories import FACTS, desk, procedure
from tests.filings.walking import Walker, page
from tests.household.homes import shown
from tests.people.factories import Role, living, person
from xpassfam.filings import for_desk, for_privacy, verdicts
from xpassfam.filings.actions import deciding, following
from xpassfam.filings.agents.foreseen import foreseen
from xpassfam.filings.models import Decision, Filing
from xpassfam.filings.paper.printing import of_decision
from xpassfam.filings.states import Status
from xpassfam.filings.verdicts import Verdict
from xpassfam.payments.models import PaymentOrder

pytestmark = pytest.mark.django_db
AID = """
code: T08
slug: coup-de-pouce
title: Demander le coup de pouce
purpose: Pour la rentrée.
category: aid
delay: {count: 2, unit: months}
sections:
  - key: who
    title: Les enfants
    fields:
      - {key: children, type: persons, label: Les enfants}
reasons:
  - {code: M10, sentence: L’aide concerne d’autres âges., law: Article 5 du règlement des aides.}
aid: {label: Coup de pouce, right: R02, persons: children}
effects:
  - {name: pay}
"""
STAY = (
    AID.replace("code: T08", "code: T10").replace("slug: coup-de-pouce", "slug: sejour")
    + """
pieces:
  - {key: quote, label: Devis, kinds: [other], why: Pour connaître le prix., indispensable: false}
  - {key: invoice, label: Facture, kinds: [invoice], why: Pour payer., later: true}
"""
)


@pytest.fixture
def room():
    room = desk(AID.replace("key: who", "key: them"))
    room.adam = person("Adam Benali", birth_date=date(2015, 2, 9))
    living(room.adam, room.home.household, Role.DEPENDENT_CHILD)
    return room


def asked(room, text=AID):
    children = [room.home.child.public_id, room.adam.public_id]
    version = procedure(text.replace("key: who", "key: them"))
    return room.filed({"children": children}, version=version, with_proof=False)


def grant(room, filing, outcome="approved", **amounts):
    """`ines` and `adam`, in euros."""
    ids = {"ines": room.home.child.public_id, "adam": room.adam.public_id}
    given = {ids[name]: euros * 100 for name, euros in amounts.items()}
    facts = (
        {"reasons": ["M10"], "facts": FACTS, "limits": "Un seul enfant.", "withheld": "L’aide d’Adam."}
        if outcome == "approved_in_part"
        else {}
    )
    verdict = Verdict(outcome, amounts=given, **facts)
    return deciding.decide(filing, verdict, seen=filing.version, by=room.nadia, at=timezone.now())


def orders():
    return {one.label: one.amount_cents for one in PaymentOrder.objects.all()}


def test_each_child_has_an_amount_and_an_order_to_pay_it(room):
    grant(room, asked(room), ines=80, adam=120)

    assert orders() == {"Coup de pouce, Inès Benali": 8000, "Coup de pouce, Adam Benali": 12000}


@pytest.mark.parametrize("amounts", [{}, {"ines": 80}, {"ines": 80, "adam": 0}])
def test_a_whole_yes_gives_something_to_each(room, amounts):
    filing = asked(room)

    with pytest.raises(verdicts.NeedsAmounts):
        grant(room, filing, **amounts)

    assert Filing.objects.get().status == Status.RECEIVED


def test_in_part_pays_those_who_have_an_amount(room):
    grant(room, asked(room), "approved_in_part", ines=80)

    assert orders() == {"Coup de pouce, Inès Benali": 8000}


def test_in_part_names_who_gets_something_and_who_gets_nothing(room):
    decision = grant(room, asked(room), "approved_in_part", ines=80)

    assert decision.letter["granted"] == ["80\u00a0€ pour Inès Benali"]
    assert decision.letter["withheld"] == ["Rien pour Adam Benali", "L’aide d’Adam."]
    text = Walker.of(room.home.holder).get(page(decision.filing))
    assert "Ce qui est accordé" in text
    assert text.index("80 € pour Inès Benali") < text.index("Ce qui n’est pas accordé") < text.index("Rien pour Adam")
    paper = of_decision(decision)
    [withheld] = [one for one in paper["sections"] if one["title"] == "Ce qui n’est pas accepté"]
    assert withheld["list"] == ["Rien pour Adam Benali", "L’aide d’Adam."]


def test_who_gets_nothing_needs_no_more_words(room):
    filing, client = asked(room), entered(room.nadia)
    address = f"/gestion/demandes/{filing.public_id}/limiter/"
    part = {"outcome": "approved_in_part", "limits": "Un seul enfant.", "reasons": ["M10"], "facts": FACTS}
    both = {f"amount-{child.public_id}": "80" for child in (room.home.child, room.adam)}
    one = {f"amount-{room.home.child.public_id}": "80"}
    typed = {"seen": filing.version, "step": "send", **part}

    assert "Écrivez ce qui n’est pas accordé." in shown(client.post(address, {**typed, **both}))
    client.post(address, {**typed, **one})
    assert Decision.objects.get().letter["withheld"] == ["Rien pour Adam Benali"]


def test_own_data_say_what_was_granted_and_what_was_not(room):
    grant(room, asked(room), "approved_in_part", ines=80)

    part = next(one for one in for_privacy.parts("", [room.access]) if one.category == "filings")
    [decision] = part.data[0]["decisions"]
    assert decision["granted"] == ["80\u00a0€ pour Inès Benali"]
    assert decision["withheld"] == ["Rien pour Adam Benali", "L’aide d’Adam."]


def test_the_letter_and_the_page_of_the_request_say_how_much_and_for_whom(room):
    decision = grant(room, asked(room), ines=80, adam=120)

    assert decision.letter["granted"] == ["80\u00a0€ pour Inès Benali", "120\u00a0€ pour Adam Benali"]
    assert "120 € pour Adam Benali" in Walker.of(room.home.holder).get(page(decision.filing))


def test_the_agent_writes_the_amounts_reads_the_letter_and_sends(room):
    filing, client = asked(room), entered(room.nadia)
    address = f"/gestion/demandes/{filing.public_id}/valider/"
    fields = {f"amount-{room.home.child.public_id}": "80", f"amount-{room.adam.public_id}": "62,50"}
    typed = {"seen": filing.version, **fields}

    assert "Montant pour Adam Benali" in shown(client.get(address))
    assert "62,50 € pour Adam Benali" in shown(client.post(address, {**typed, "step": "preview"}))
    assert not PaymentOrder.objects.exists()

    client.post(address, {**typed, "step": "send"})
    assert sorted(orders().values()) == [6250, 8000]


def test_an_amount_that_is_not_written_is_asked_for(room):
    filing, client = asked(room), entered(room.nadia)
    address = f"/gestion/demandes/{filing.public_id}/"
    part = {"outcome": "approved_in_part", "limits": "x", "withheld": "y", "reasons": ["M10"], "facts": FACTS}

    assert "amount" in shown(client.post(f"{address}valider/", {"seen": filing.version, "step": "send"}))
    told = shown(client.post(f"{address}limiter/", {"seen": filing.version, "step": "send", **part}))
    assert "Écrivez le montant accordé." in told
    assert not Decision.objects.exists()


def test_a_yes_before_the_invoice_is_a_promise_and_pays_nothing(room):
    decision = grant(room, asked(room, STAY), ines=200, adam=100)

    assert decision.filing.status == Status.APPROVED_UNDER_RESERVE
    assert decision.letter["awaited"] == ["Facture"]
    assert orders() == {}


def test_what_comes_later_is_not_asked_with_the_request_but_after_the_yes(room):
    filing = asked(room, STAY)
    walker = Walker.of(room.home.holder)
    assert "Facture" not in walker.get(page(filing))

    grant(room, filing, ines=200, adam=100)
    assert "Facture" in walker.get(page(filing))
    assert "Facture" in walker.get(f"{page(filing)}completer/")


def test_before_the_invoice_came_nothing_can_be_paid(room):
    filing = grant(room, asked(room, STAY), ines=200, adam=100).filing

    with pytest.raises(verdicts.StillAwaited):
        deciding.lift_reserve(filing, seen=filing.version, by=room.nadia, at=timezone.now())


def test_after_the_invoice_what_was_promised_is_paid_or_less_and_never_more(room):
    filing = grant(room, asked(room, STAY), ines=200, adam=100).filing
    invoice = room.document("invoice")
    following.add_piece(filing, key="invoice", document=invoice, access=room.access, at=timezone.now())
    filing.refresh_from_db()
    client, address = entered(room.nadia), f"/gestion/demandes/{filing.public_id}/reserve/"
    ines, adam = f"amount-{room.home.child.public_id}", f"amount-{room.adam.public_id}"

    assert 'value="200"' in shown(client.get(address))
    assert "au plus 200" in shown(client.post(address, {"seen": filing.version, ines: "201", adam: "100"}))
    client.post(address, {"seen": filing.version, ines: "150", adam: "100"})

    assert orders() == {"Coup de pouce, Inès Benali": 15000, "Coup de pouce, Adam Benali": 10000}


def test_a_promise_waits_for_nobody_until_the_family_gave_the_invoice(room):
    filing = grant(room, asked(room, STAY), ines=200, adam=100).filing
    assert list(for_desk.to_lift()) == []

    following.add_piece(filing, key="invoice", document=room.document("invoice"), access=room.access, at=timezone.now())
    assert list(for_desk.to_lift()) == [filing]
    assert filing.reference in shown(entered(room.nadia).get("/gestion/demandes/?vue=reserves"))


def test_a_promise_is_not_in_part(room):
    with pytest.raises(verdicts.NeedsReserve):
        grant(room, asked(room, STAY), "approved_in_part", ines=200)


def test_what_a_yes_would_pay_is_told_before_and_with_its_amounts_once_they_are_written(room):
    filing = asked(room)
    [before] = foreseen(filing, on=timezone.localdate())
    [after] = foreseen(filing, on=timezone.localdate(), grants=[{"name": "Inès", "amount_cents": 8000}])

    assert before == "À payer au foyer\u00a0: le montant que vous écrivez."
    assert after == "À payer au foyer\u00a0: 80\u00a0€ pour Inès."
