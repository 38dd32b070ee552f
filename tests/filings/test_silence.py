"""What the law makes of our silence: no late answer takes an acceptance back; the family reads what it may do."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from tests.filings.factories import INCOME, REFUSAL, desk, organisation, procedure
from tests.filings.test_family_follows import COMPLAINT
from tests.filings.walking import Walker, page
from tests.household.homes import entered, read
from xpassfam.filings.actions import clock, deciding, examining
from xpassfam.filings.effects import CannotTakeEffect
from xpassfam.filings.holding import AcceptedBySilence
from xpassfam.filings.models import Filing
from xpassfam.filings.states import Status
from xpassfam.filings.verdicts import Verdict

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return desk()


def now(filing):
    return Filing.objects.get(pk=filing.pk)


def examined(room):
    """With the noon that follows its silence."""
    organisation(legal_profile="adm")
    filing = now(room.examined())
    return filing, timezone.make_aware(datetime.combine(filing.silence_on, time(12))) + timedelta(days=1)


def asked(filing, room, pieces, at, days=9):
    until = timezone.localdate(at) + timedelta(days=days)
    text = {"text": "Il manque cela.", "until": until, "seen": filing.version, "by": room.nadia, "at": at}
    return examining.ask(filing, fields=[], pieces=pieces, **text)


LATE_ANSWERS = {
    "refused": lambda f, v, at: deciding.decide(f, REFUSAL, seen=f.version, by=v.nadia, at=at),
    "reserved": lambda f, v, at: deciding.decide(
        f, Verdict("approved_under_reserve", limits="Une pièce.", reserve=["note"]), seen=f.version, by=v.nadia, at=at
    ),
    "closed": lambda f, v, at: deciding.close(f, reason="Sans objet.", seen=f.version, by=v.nadia, at=at),
    "asked": lambda f, v, at: asked(f, v, ["proof"], at),
    "referred": lambda f, v, at: examining.refer(
        f, on=timezone.localdate(at) + timedelta(days=3), seen=f.version, by=v.nadia, at=at
    ),
}


@pytest.mark.parametrize("answer", LATE_ANSWERS.values(), ids=LATE_ANSWERS)
def test_what_our_silence_accepted_no_late_answer_takes_back(room, answer):
    filing, at = examined(room)

    with pytest.raises(AcceptedBySilence):
        answer(filing, room, at)

    deciding.record_implicit_acceptance(filing, seen=filing.version, by=room.nadia, at=at)
    assert now(filing).status == Status.APPROVED


def test_once_our_silence_has_accepted_nothing_is_asked_of_the_family(room):
    filing, later = examined(room)
    until = timezone.localdate() + timedelta(days=400)
    filing.completions.create(
        pieces=["note"], text="Une lettre.", until=until, stops_clock=False, asked_at=timezone.now()
    )
    Filing.objects.filter(pk=filing.pk).update(status=Status.AWAITING_APPLICANT)

    clock.note_silence(at=later)

    filing = now(filing)
    assert (filing.status, filing.completions.open().exists()) == (Status.UNDER_REVIEW, False)
    assert filing.was_accepted_by_silence


def test_what_was_asked_before_ends_nothing_that_our_silence_accepted(room):
    filing, later = examined(room)
    filing.completions.create(pieces=["proof"], text="Encore.", until=timezone.localdate(), asked_at=timezone.now())
    Filing.objects.filter(pk=filing.pk).update(status=Status.AWAITING_APPLICANT, silence_told_at=timezone.now())

    clock.expire(at=later)

    assert now(filing).status == Status.UNDER_REVIEW


def test_what_it_accepted_and_nobody_can_do_is_closed(room, monkeypatch):
    filing, at = examined(room)

    def refuse(*_arguments, **_more):
        raise CannotTakeEffect("Cet enfant vit déjà dans le foyer.")

    monkeypatch.setattr(deciding.effects, "rehearse", refuse)
    deciding.close(filing, reason="Déjà fait.", seen=filing.version, by=room.nadia, at=at)

    assert now(filing).status == Status.CLOSED


def test_its_page_has_one_way_to_write_it_down_and_none_to_refuse(room):
    filing, _later = examined(room)
    Filing.objects.filter(pk=filing.pk).update(silence_on=timezone.localdate() - timedelta(days=1))
    page, client = f"/gestion/demandes/{filing.public_id}/", entered(room.nadia)

    text = read(client, page)

    assert f"{page}silence/" in text
    assert not any(f"{page}{way}/" in text for way in ("refuser", "limiter", "completer", "valider"))


def silent(room, effect):
    version = procedure(INCOME.replace("effect: acceptance", f"effect: {effect}"))
    organisation(legal_profile="adm")
    filing = room.filed(version=version)
    Filing.objects.filter(pk=filing.pk).update(silence_on=timezone.localdate() - timedelta(days=1))
    return filing


def test_of_a_rejection_the_family_reads_its_remedies_and_may_ask_why_or_contest(room):
    procedure(COMPLAINT)
    filing = silent(room, "rejection")

    text = Walker.of(room.home.holder).get(page(filing))

    assert "La demande est considérée comme refusée." in text
    assert "Vous pouvez nous demander pourquoi : nous avons un mois pour répondre." in text
    assert "Vous pouvez contester jusqu’au" in text
    assert "tribunal administratif" in text
    assert 'href="/mon-compte/demarches/contester/"' in text
    assert "sera considérée" not in text


def test_of_an_acceptance_it_reads_that_a_proof_may_be_asked_for(room):
    text = Walker.of(room.home.holder).get(page(silent(room, "acceptance")))

    assert "Vous pouvez nous demander une attestation qui le prouve." in text
    assert "contester" not in text.lower()


def test_before_its_day_what_silence_will_mean_is_told_and_nothing_more(room):
    organisation(legal_profile="adm")

    text = Walker.of(room.home.holder).get(page(room.filed()))

    assert "sera considérée comme acceptée" in text
    assert "attestation qui le prouve" not in text


def test_outside_administrations_the_page_says_nothing_of_silence(room):
    filing = silent(room, "rejection")
    organisation(legal_profile="asso")

    assert "la loi dit" not in Walker.of(room.home.holder).get(page(filing))


def test_to_contest_it_the_reference_is_enough(room):
    filing = silent(room, "rejection")
    Filing.objects.filter(pk=filing.pk).update(silence_told_at=timezone.now())
    said = {"about": "decision", "reference": filing.reference, "grounds": "Sans réponse."}
    draft = room.draft(said, version=procedure(COMPLAINT), with_proof=False)

    text = Walker.of(room.home.holder).get(page(draft, "verifier/"))

    assert f"Vous contestez notre silence sur la demande {filing.reference}." in text
    assert "Nous ne trouvons pas" not in text
