"""The demo's filings: the stories of the first families, a queue that lives, nothing twice."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from xpassfam.accounts.models import Account, Team
from xpassfam.demo.loading import load
from xpassfam.entitlements.models import Use
from xpassfam.filings.models import Decision, Filing, Message
from xpassfam.filings.states import AT_DESK, DECIDED, Status
from xpassfam.journal import proof
from xpassfam.journal.models import Line
from xpassfam.payments.models import PaymentOrder
from xpassfam.people.models import Household, Income
from xpassfam.vault import reading

pytestmark = pytest.mark.django_db
CAMILLE = "camille.martin@example.org"


@pytest.fixture(scope="module", autouse=True)
def _loaded(django_db_setup, django_db_blocker):
    """Once for all the tests of this file: none of them writes."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(at=timezone.now())
        yield
        transaction.set_rollback(True)


def of(email):
    return Filing.objects.filter(filed_by__account__email=email)


def coded(code):
    return {"procedure_version__procedure__code": code}


def days_ago(instant):
    """Of 24 hours: a calendar counts one less where clocks changed since, late in the evening."""
    return round((timezone.now() - instant).total_seconds() / 86_400)


def test_a_birth_and_a_move_were_approved_long_ago_and_changed_nothing_since():
    adam, move = of(CAMILLE).get(**coded("D02")), of(CAMILLE).get(**coded("D01"))

    assert (adam.status, days_ago(adam.ended_at)) == (Status.APPROVED, 300)
    assert (move.status, days_ago(move.ended_at)) == (Status.APPROVED, 200)
    home = Household.objects.get(pk=move.household_id)
    assert (home.address, home.corrections.count()) == ("14 rue du Coudray", 0)
    assert home.residences.filter(person__first_names__startswith="Adam").count() == 1


def test_a_statement_too_old_was_refused_and_the_refusal_is_contested():
    [refused] = of("maelle.legoff@example.org").filter(**coded("D05"))
    decision = refused.decisions.get()
    contest = of("maelle.legoff@example.org").get(**coded("D14"))

    assert (decision.outcome, decision.reasons, days_ago(decision.decided_at)) == ("refused", ["M03"], 12)
    assert (contest.contests, contest.status, days_ago(contest.filed_at)) == (decision, Status.RECEIVED, 9)
    assert "la commission de recours" in decision.letter["mentions"]["remedies"]
    assert "le tribunal judiciaire de Nantes" in decision.letter["mentions"]["remedies"]
    assert decision.author["function"] == "gestionnaire"
    assert decision.author["service"] == "Service des aides"


def test_the_first_family_has_something_to_complete_a_message_to_read_and_a_draft():
    asked = of(CAMILLE).get(status=Status.AWAITING_APPLICANT).completions.get()

    assert asked.until > timezone.localdate()
    assert asked.reminded_on
    assert Message.objects.filter(filing__filed_by__account__email=CAMILLE, side="desk", read_at=None).count() == 1
    assert of(CAMILLE).drafts().count() == 1


def test_one_parent_waits_for_the_other_s_answer():
    agreement = of("sophie.petit@example.org").get(**coded("D06")).agreement

    assert agreement.household.name == "Foyer Moreau"
    assert (agreement.answer, agreement.until > timezone.localdate()) == ("", True)


def test_the_queue_and_the_statistics_live():
    since = timezone.now() - timedelta(days=61)
    recent = Filing.objects.filter(filed_at__gt=since)

    assert 38 <= recent.count() <= 50
    assert recent.filter(status__in=AT_DESK).count() >= 10
    assert set(Status.values) - {"recorded"} <= set(Filing.objects.values_list("status", flat=True))
    assert recent.filter(status__in=DECIDED, **coded("D05")).count() >= 10
    assert any(one.is_late(on=timezone.localdate()) for one in recent)
    assert recent.filter(hurried_at__isnull=False).exists()
    assert set(Decision.objects.values_list("decided_by__first_name", flat=True)) == {"Nadia", "Olivier", "Claire"}
    assert not Filing.objects.filter(filed_at__gt=timezone.now()).exists()


def test_the_facts_of_the_first_families_are_those_of_the_register():
    first = Filing.objects.filter(filed_by__account__isnull=False)

    assert not Income.objects.filter(cause__in=first.values("public_id")).exists()


def test_documents_can_be_opened():
    piece = of(CAMILLE).get(status=Status.AWAITING_APPLICANT).pieces.get()

    [file] = piece.document.files.all()
    assert b"".join(reading.chunks(file)).startswith(b"%PDF-")


def test_a_second_start_adds_nothing_and_the_history_is_whole():
    def rows():
        return [model.objects.count() for model in (Filing, Decision, Message, Line, Team)]

    before = rows()
    load(at=timezone.now())

    assert rows() == before
    assert not [walked.broken for walked in proof.walk() if walked.broken]


def test_agents_have_their_titles():
    titles = dict(Account.objects.filter(role="agent").values_list("first_name", "job_title"))

    assert titles["Nadia"] == titles["Olivier"] == "gestionnaire"
    assert "recours" in titles["Claire"]


def test_the_new_school_year_was_granted_and_paid_in_its_season():
    granted = of(CAMILLE).get(**coded("D08"))
    paid, used = PaymentOrder.objects.get(cause=granted.public_id), Use.objects.get(cause=granted.public_id)

    assert granted.status == Status.APPROVED
    assert days_ago(granted.filed_at) >= 60
    assert 6 <= granted.filed_at.month <= 11
    assert (paid.status, paid.amount_cents, used.right, used.amount_cents) == ("paid", 8000, "R02", 8000)


def test_the_year_of_jules_waits_for_his_certificate_and_was_reminded():
    jules = of("helene.rousseau@example.org").get(**coded("D07"))
    asked = jules.completions.get()

    assert jules.status == Status.AWAITING_APPLICANT
    assert asked.reminded_on is not None
    assert asked.until > timezone.localdate()


@pytest.mark.parametrize("code", ["D09", "D10", "D11"])
def test_an_aid_of_each_kind_waits_for_the_desk(code):
    assert Filing.objects.filter(**coded(code), status__in=AT_DESK).count() == 1
