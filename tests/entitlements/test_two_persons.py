"""Who writes a rule does not publish it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.entitlements.conftest import CLAIRE, THIERRY
from tests.entitlements.texts import SUMMER, changed
from xpassfam.entitlements.actions import proposing
from xpassfam.entitlements.actions.publishing import CasesFail
from xpassfam.entitlements.language import Case, Refused, load_right
from xpassfam.entitlements.language.model import CaseChild
from xpassfam.entitlements.models import Proposal, Version
from xpassfam.entitlements.published import rules_on
from xpassfam.journal.models import Line


def propose(text=SUMMER, by=THIERRY, reason="Vote du 3 novembre"):
    return proposing.propose_right(text, reason=reason, by=by, at=timezone.now())


def publish(proposal, by=CLAIRE):
    return proposing.publish(proposal, by=by, at=timezone.now())


def test_another_person_publishes_what_was_proposed(publishing):
    proposal = propose()
    with pytest.raises(proposing.OwnProposal):
        publish(proposal, by=THIERRY)
    assert not Version.objects.filter(code="R20").exists()

    version = publish(proposal)
    assert (version.source, version.published_by) == (SUMMER, "Claire Delaunay")
    assert Proposal.objects.get().state == "published"
    kinds = ["entitlements.proposed", "entitlements.approved", "entitlements.published"]
    assert list(Line.objects.filter(kind__in=kinds).order_by("pk").values_list("kind", flat=True))[-3:] == kinds


def test_who_writes_it_over_is_its_author(publishing):
    proposal = propose()
    again = propose(changed("T1: 100", "T1: 120"), by=CLAIRE)

    assert again.pk == proposal.pk
    with pytest.raises(proposing.OwnProposal):
        publish(again, by=CLAIRE)
    assert publish(again, by=THIERRY).number == 1


def test_what_was_read_is_what_is_published(publishing):
    read = propose()
    propose(changed("T1: 100", "T1: 120"))

    with pytest.raises(proposing.NotWaiting):
        publish(read)
    assert not Version.objects.filter(code="R20").exists()


def test_what_can_not_be_read_is_not_proposed(publishing):
    with pytest.raises(Refused):
        propose(changed("audience: child", "audience: dog"))
    assert not Proposal.objects.exists()


def test_a_case_that_fails_is_kept_with_the_proposal_and_holds_it_back(publishing):
    proposal = propose(changed("amount: 60", "amount: 61"))

    with pytest.raises(CasesFail):
        publish(proposal)
    assert Proposal.objects.get().is_waiting


def test_what_comes_out_may_become_what_is_expected_and_says_why(publishing):
    proposal = propose(changed("T2: 60", "T2: 65"))
    proposal = proposing.expect_what_came(proposal, 0, reason="Le montant monte.", by=THIERRY, at=timezone.now())

    assert proposal.reason == "Vote du 3 novembre\nNeuf ans – Le montant monte."
    version = publish(proposal)
    assert version.tree["cases"][0]["amount"] == 65


def test_a_case_is_added_without_code(publishing):
    case = Case("Cinq ans", "2026-11-23", "no", (CaseChild("2021-10-02"),), quotient=721)
    proposal = proposing.add_case(propose(), case, by=THIERRY, at=timezone.now())

    assert publish(proposal).tree["cases"][1]["name"] == "Cinq ans"


def test_a_text_written_meanwhile_is_not_written_over(publishing):
    proposal = propose()
    propose(changed("T1: 100", "T1: 120"), by=CLAIRE)

    with pytest.raises(proposing.NotWaiting):
        proposing.expect_what_came(proposal, 0, reason="x", by=THIERRY, at=timezone.now())


def test_what_was_dropped_is_not_published(publishing):
    proposal = propose()
    proposing.drop(proposal, by=THIERRY, at=timezone.now())

    with pytest.raises(proposing.NotWaiting):
        publish(proposal)


def test_closing_a_right_takes_two_persons_too(publishing):
    publishing(SUMMER)
    day = timezone.localdate() + timedelta(days=40)
    closing = proposing.propose_closing("R20", since=day, reason="Fin de l’aide", by=THIERRY, at=timezone.now())
    assert rules_on(day).rules

    publish(closing)
    assert rules_on(day).rules == ()
    assert rules_on(day - timedelta(days=1)).rules


def test_the_vocabulary_takes_two_persons_too(publishing):
    text = changed("income_months: 12", "income_months: 15", Version.objects.get(code="VOC").source)
    proposal = proposing.propose_vocabulary(text, reason="", by=THIERRY, at=timezone.now())

    assert publish(proposal).number == 2
    assert rules_on(date(2026, 11, 23)).vocabulary.income_months == 15


def test_a_rule_written_by_a_form_says_the_same(publishing):
    proposal = proposing.add_case(propose(), Case("Vide", "2026-11-23", "no"), by=THIERRY, at=timezone.now())
    before, after = (load_right(text, rules_on(date(2026, 1, 1)).vocabulary) for text in (SUMMER, proposal.source))

    assert after.criterion == before.criterion
    assert after.texts == before.texts
    assert after.cases[:-1] == before.cases
