"""What a right gives each month is paid month by month: ordered when the month comes, once, as long as it lasts."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import DatabaseError

from tests.desk.desks import entered
from tests.filings.factories import CONTEST, NOW, SYSTEM, desk, procedure, rights
from tests.filings.test_shipped_procedures import DEFINITIONS
from tests.filings.walking import Walker, page
from tests.household.homes import shown
from tests.people.factories import person
from xpassfam.entitlements import shipped
from xpassfam.entitlements.actions import publish_right, publish_vocabulary
from xpassfam.entitlements.actions.publishing import close_right
from xpassfam.entitlements.models import Use
from xpassfam.filings.actions import deciding, monthly
from xpassfam.filings.jobs import order_monthly_aids
from xpassfam.filings.models import Decision
from xpassfam.filings.months import label_of
from xpassfam.filings.verdicts import Verdict
from xpassfam.payments.actions import cancel
from xpassfam.payments.models import PaymentOrder
from xpassfam.people.models import Household

pytestmark = pytest.mark.django_db
ASKED = "2026-11-23T09:00:00Z"


@pytest.fixture
def room():
    rights("R10")
    return desk()


def asked(room):
    with time_machine.travel(ASKED, tick=False):
        version = procedure(DEFINITIONS["D16"])
        return room.filed({"alone": True}, version=version, with_proof=False)


def granted(room, at="2026-11-25T09:00:00Z"):
    filing = asked(room)
    moment = datetime.fromisoformat(at)
    with time_machine.travel(moment, tick=False):
        verdict = Verdict("approved", amounts={"": 2500})
        return deciding.decide(filing, verdict, seen=filing.version, by=room.nadia, at=moment)


def worker(*days):
    for day in days:
        with time_machine.travel(f"{day}T04:00:00Z", tick=False):
            order_monthly_aids.call()


def ordered(**facts):
    found = PaymentOrder.objects.filter(**facts).order_by("pk")
    return [(one.label.removeprefix("Soutien parent seul, "), one.amount_cents) for one in found]


def test_the_first_month_is_ordered_with_the_decision_and_the_others_when_they_come(room):
    granted(room)
    assert ordered() == [("novembre 2026", 2500)]

    worker("2026-11-30")
    assert len(ordered()) == 1
    worker("2026-12-01", "2026-12-01", "2026-12-15")
    assert ordered() == [("novembre 2026", 2500), ("décembre 2026", 2500)]


def test_an_answer_that_took_its_time_orders_the_months_that_have_come(room):
    granted(room, at="2027-01-04T09:00:00Z")
    assert [label for label, _cents in ordered()] == ["novembre 2026", "décembre 2026", "janvier 2027"]


def test_nights_that_the_worker_missed_lose_no_month_and_after_twelve_it_ends(room):
    granted(room)
    worker("2027-04-10", "2027-10-02", "2027-11-02", "2028-02-01")

    months = [label for label, _cents in ordered()]
    assert (len(months), months[-1]) == (12, "octobre 2027")


def test_a_month_that_an_agent_cancelled_is_not_ordered_again(room):
    granted(room)
    worker("2026-12-01")
    december = PaymentOrder.objects.get(label__endswith="décembre 2026")
    cancel(december, reason="Versé à la main.", by=room.nadia.actor, at=datetime(2026, 12, 2, tzinfo=UTC))

    worker("2026-12-03")
    assert ordered(status="ordered") == [("novembre 2026", 2500)]
    worker("2027-01-01")
    assert len(ordered(status="ordered")) == 2


def test_a_name_that_changes_pays_no_month_twice(room):
    """Where the aid is a child's, whose name is in what is paid."""
    child = person("Léa Martin")
    decision = granted(room)
    decision.grants[0] |= {"person": child.public_id, "name": "Léa Martin"}
    decision.save(update_fields=["grants"])
    Use.objects.update(person=child)
    PaymentOrder.objects.update(label="Soutien parent seul, Léa Martin, novembre 2026")

    child.last_name = "Dubois"
    child.save()
    worker("2026-12-01")
    assert ordered() == [("Léa Martin, novembre 2026", 2500), ("Léa Martin, décembre 2026", 2500)]


D16 = DEFINITIONS["D16"]
PAYS_NOTHING = D16.replace("  - {name: pay}\n", "")
USES_NO_RIGHT = D16.replace("  - {name: use_right}\n", "")
PAYS_WHAT_IS_ASKED = D16.replace("{name: pay}", "{name: pay, answers: {amount: sum}}").replace(
    "      - {key: note,", "      - {key: sum, type: amount, label: Combien, purpose: Le verser.}\n      - {key: note,"
)


def granted_by(room, text):
    """A yes of 25 €, by this definition."""
    with time_machine.travel(ASKED, tick=False):
        filing = room.filed({"alone": True, "sum": 9000}, version=procedure(text), with_proof=False)
    at = datetime(2026, 11, 25, 9, tzinfo=UTC)
    with time_machine.travel(at, tick=False):
        verdict = Verdict("approved", amounts={"": 2500})
        return deciding.decide(filing, verdict, seen=filing.version, by=room.nadia, at=at)


@pytest.mark.parametrize(
    ("text", "paid"),
    [
        (PAYS_NOTHING, []),
        (USES_NO_RIGHT, [("Soutien parent seul", 2500)]),
        (PAYS_WHAT_IS_ASKED, [("Demander le soutien parent seul", 9000)]),
    ],
)
def test_a_definition_that_does_not_pay_its_right_promises_nothing_each_month(room, text, paid):
    """Whoever asks by it is told an amount, and no month."""
    decision = granted_by(room, text)
    worker("2026-12-01", "2027-01-01")
    assert (decision.letter["granted"], ordered()) == (["25\u00a0€"], paid)


@pytest.mark.parametrize("text", [PAYS_NOTHING, PAYS_WHAT_IS_ASKED])
def test_what_an_earlier_decision_took_for_monthly_is_ordered_no_more(room, text):
    decision = granted_by(room, text)
    decision.grants[0]["is_monthly"] = True
    decision.save(update_fields=["grants"])
    before = ordered()
    worker("2026-12-01")
    assert ordered() == before


def test_a_long_name_never_hides_which_month_it_is():
    label = label_of("Soutien parent seul", "Marie-Antoinette de " * 10, date(2026, 12, 1))
    assert len(label) <= 140
    assert label.endswith(", décembre 2026")


def test_what_was_granted_whole_is_not_paid_each_month(room):
    granted(room)
    Decision.objects.update(grants=[{"person": "", "name": "", "amount_cents": 2500}])
    PaymentOrder.objects.update(label="Soutien parent seul")

    worker("2026-12-01")
    assert len(ordered()) == 1


def r10(**changed):
    text = next(one for one in shipped.rights() if one.stem.startswith("r10")).read_text(encoding="utf-8")
    for before, after in changed.items():
        text = text.replace(before, after)
    return text


def test_a_right_of_a_calendar_year_pays_from_the_month_it_was_asked_for():
    publish_vocabulary(shipped.VOCABULARY.read_text(encoding="utf-8"), by=SYSTEM, at=NOW)
    publish_right(r10(twelve_months="calendar_year"), by=SYSTEM, at=NOW)
    granted(desk())

    worker("2027-02-01")
    assert [label for label, _cents in ordered()] == ["novembre 2026"]
    worker("2026-12-05")
    assert [label for label, _cents in ordered()] == ["novembre 2026", "décembre 2026"]


def test_twelve_months_that_begin_later_are_twelve(room):
    """Where the family says from which day."""
    asking_when = """sections:
  - key: situation
    title: Votre situation
    fields: [{key: start, type: date, label: Dès quand, purpose: Savoir.}]
delay:"""
    text = re.sub(r"sections:.*?delay:", asking_when, DEFINITIONS["D16"], flags=re.DOTALL)
    text = text.replace("{name: use_right}", "{name: use_right, answers: {on: start}}")
    with time_machine.travel(ASKED, tick=False):
        filing = room.filed({"start": "2027-01-10"}, version=procedure(text), with_proof=False)
    at = datetime(2026, 11, 25, 9, tzinfo=UTC)
    with time_machine.travel(at, tick=False):
        deciding.decide(filing, Verdict("approved", amounts={"": 2500}), seen=filing.version, by=room.nadia, at=at)

    worker("2027-12-02")
    months = [label for label, _cents in ordered()]
    assert (months[0], months[-1], len(months)) == ("janvier 2027", "décembre 2027", 12)


def test_one_that_cannot_be_ordered_keeps_nobody_else_from_theirs(room, monkeypatch):
    granted(room)
    Use.objects.create(
        **Use.objects.values("household_id", "right", "amount_cents", "used_on", "since", "until").get(),
        cause="of nothing that is known",
        recorded_at=datetime(2026, 11, 1, tzinfo=UTC),
    )
    monthly_order, failed = monthly._order, []

    def order(use, *, at):
        if use.cause.startswith("of nothing"):
            failed.append(use)
            raise DatabaseError
        return monthly_order(use, at=at)

    monkeypatch.setattr(monthly, "_order", order)
    worker("2026-12-01")
    assert (len(failed), len(ordered())) == (1, 2)


@pytest.mark.parametrize("how", ["given back", "home closed", "right closed"])
def test_it_stops_with_the_right(room, how):
    granted(room)
    if how == "given back":
        Use.objects.update(cancelled_at=datetime(2026, 11, 28, tzinfo=UTC))
    if how == "home closed":
        Household.objects.update(closed_on=date(2026, 11, 28), closed_reason="Départ")
    if how == "right closed":
        at = datetime(2026, 11, 26, tzinfo=UTC)
        close_right("R10", since=date(2026, 12, 1), by=room.nadia.actor, at=at)

    worker("2026-12-01")
    assert len(ordered()) == 1


def test_what_a_contest_takes_back_is_ordered_anew_once_it_is_granted_anew(room):
    first = granted(room)
    at = datetime(2026, 11, 27, 9, tzinfo=UTC)
    with time_machine.travel(at, tick=False):
        first.filing.decisions.update(contest_until=date(2027, 1, 25))
        first.refresh_from_db()
        contest = room.filed(
            {"grounds": "Pas le bon montant."},
            version=procedure(CONTEST),
            contests=first,
            with_proof=False,
        )
        deciding.decide(contest, Verdict("approved"), seen=contest.version, by=room.claire, at=at)
        filing = type(first.filing).objects.get(pk=first.filing.pk)
        verdict = Verdict("approved", amounts={"": 3000})
        deciding.decide(filing, verdict, seen=filing.version, by=room.claire, at=at)

    worker("2026-12-01")
    assert ordered(status="ordered") == [("novembre 2026", 3000), ("décembre 2026", 3000)]


def test_both_sides_read_that_the_amount_is_each_month_s(room):
    filing = asked(room)
    with time_machine.travel(ASKED, tick=False):
        text = shown(entered(room.nadia).get(f"/gestion/demandes/{filing.public_id}/valider/"))
        assert "Montant accordé chaque mois" in text
    decision = granted(room)
    assert decision.letter["granted"] == ["25\u00a0€ par mois"]
    assert "25 € par mois" in Walker.of(room.home.holder).get(page(decision.filing))
