"""A family finds how to put right what was accepted; both sides read what was said first and what was said since."""

import pytest
from django.utils import timezone

from tests.filings.factories import ANSWERS, APPROVAL, FACTS, desk, organisation, procedure
from tests.filings.shipped import approve, send
from tests.filings.test_correcting import PAID
from tests.filings.test_effects import AID
from tests.filings.walking import INCOME, Walker, page, words
from tests.household.homes import entered, let_in, outsider
from xpassfam.filings.actions import deciding
from xpassfam.filings.models import Filing
from xpassfam.filings.verdicts import Verdict
from xpassfam.outbox.models import Message as Mail
from xpassfam.procedures.models import Procedure

pytestmark = pytest.mark.django_db
FORGIVEN = "Personne ne vous reproche une erreur que vous signalez vous-même."


@pytest.fixture
def room():
    return desk()


@pytest.fixture
def camille(room):
    return Walker.of(room.home.holder)


def accepted(room, **more):
    filing = room.filed(**more)
    deciding.decide(filing, APPROVAL, seen=filing.version, by=room.nadia, at=timezone.now())
    return Filing.objects.get(pk=filing.pk)


def begun(camille, first):
    camille.post(page(first, "correction/"), follow=False)
    return Filing.objects.drafts().get(corrects=first)


def corrected(room, camille, by=None):
    """An accepted one, and the correction that was sent of it."""
    walker, first = by or camille, accepted(room)
    draft = begun(walker, first)
    walker.answers(draft, INCOME | {"quotient": "489"})
    walker.sends(draft)
    return first, Filing.objects.get(pk=draft.pk)


def told_of_being_replaced():
    return list(Mail.objects.filter(template="filings/mail/replaced").values_list("to", flat=True))


def test_what_was_accepted_is_corrected_from_its_page_with_what_was_said_and_given(room, camille):
    first = accepted(room)
    text = camille.get(page(first))
    assert "Corriger ma déclaration" in text
    assert FORGIVEN in text

    draft = begun(camille, first)

    assert (draft.answers, draft.pieces.count()) == (ANSWERS, 1)
    for rest in ("etape/income/", "verifier/"):
        text = camille.get(page(draft, rest))
        assert f"Vous corrigez la demande {first.reference}" in text
        assert FORGIVEN in text
        assert "Ce qui n’allait pas la dernière fois" not in text


@pytest.mark.parametrize(("profile", "is_said"), [("adm", True), ("asso", False), ("mut", False)])
def test_the_law_is_named_by_administrations_alone(room, camille, profile, is_said):
    organisation(legal_profile=profile)
    assert ("L. 123-1" in camille.get(page(accepted(room)))) == is_said


def test_each_leads_to_the_other(room, camille):
    first, again = corrected(room, camille)

    assert "Elle corrige la demande" in camille.get(page(again))
    text = camille.get(page(first))
    assert f'<a href="{page(again)}"><span class="code">{again.reference}</span></a>' in text
    assert "Corriger ma déclaration" not in text

    deciding.decide(again, APPROVAL, seen=again.version, by=room.nadia, at=timezone.now())

    text = camille.get(page(first))
    assert "Une correction est acceptée : elle a pris la place de cette demande." in text
    assert "Remplacée par une correction" in text
    assert told_of_being_replaced() == []
    assert "984 €" in text
    assert camille.client.get(page(first, "decision.pdf")).status_code == 200
    assert "Corriger ma déclaration" in camille.get(page(again))


def test_who_declared_is_told_that_somebody_else_s_correction_took_its_place(room, camille):
    first, again = corrected(room, camille, by=Walker.of(room.home.partner))
    assert "Vous l’avez corrigée" not in camille.get(page(first))

    deciding.decide(again, APPROVAL, seen=again.version, by=room.nadia, at=timezone.now())

    assert told_of_being_replaced() == [room.home.holder.email]


def test_of_what_was_corrected_by_a_request_that_they_do_not_read_the_error_is_told(room, camille):
    first, again = corrected(room, camille, by=Walker.of(room.home.partner))
    Filing.objects.filter(pk=again.pk).update(is_private=True)

    text = camille.get(page(first))

    assert again.reference not in text
    assert "Signaler une erreur" in text


def test_the_agent_reads_what_changes_answer_by_answer(room, camille):
    first, again = corrected(room, camille)
    nadia = entered(room.nadia)

    text = words(nadia.get(f"/gestion/demandes/{again.public_id}/"))
    changes = text.partition("Ce que la correction change")[2].partition("</table>")[0]
    assert "984 €" in changes
    assert "489 €" in changes
    assert "Source" not in changes
    assert f"La demande {first.reference} est remplacée" in text

    assert again.reference in words(nadia.get(f"/gestion/demandes/{first.public_id}/"))


def test_what_was_corrected_from_two_devices_is_said_to_be(room, camille):
    first = accepted(room)
    mine = begun(camille, first)
    other = Walker.of(room.home.partner)
    theirs = begun_by(other, first, besides=mine)
    other.answers(theirs, INCOME)
    other.sends(theirs)

    camille.answers(mine, INCOME)
    response = camille.post(page(mine, "envoi/"), {"honour": "on"})

    assert "a été corrigée, ou examinée à nouveau, entre-temps" in words(response)
    assert Filing.objects.get(pk=mine.pk).is_draft


def begun_by(walker, first, *, besides):
    walker.post(page(first, "correction/"), follow=False)
    return Filing.objects.drafts().exclude(pk=besides.pk).get(corrects=first)


def test_of_an_aid_the_error_is_told_and_nothing_is_asked_again(room, camille):
    first = accepted(room, answers={"amount": 8000}, version=procedure(AID), with_proof=False)
    text = camille.get(page(first))
    assert "Signaler une erreur" in text
    assert "Rien n’est versé deux fois." in text

    camille.post(page(first, "correction/"))

    assert not Filing.objects.drafts().exists()


def test_what_an_aid_did_not_grant_is_asked_for_by_a_new_request(room, camille):
    said = {"reasons": ["M03"], "facts": FACTS, "limits": "Une part.", "withheld": "L’autre."}
    first = room.filed({"amount": 8000}, version=procedure(PAID), with_proof=False)
    part = Verdict("approved_in_part", **said)
    deciding.decide(first, part, seen=first.version, by=room.nadia, at=timezone.now())

    text = camille.get(page(first))

    assert '<a href="/mon-compte/demarches/aide/">une nouvelle demande</a>' in text
    assert "Contester la décision" in text


def test_what_our_silence_accepted_is_corrected_from_its_page(room, camille):
    first = room.filed()
    silent = {"silence_effect": "acceptance", "silence_on": "2026-11-01", "silence_told_at": timezone.now()}
    Filing.objects.filter(pk=first.pk).update(**silent)
    assert "Corriger ma déclaration" in camille.get(page(first))

    draft = begun(camille, first)
    camille.answers(draft, INCOME | {"quotient": "489"})
    camille.sends(draft)
    again = Filing.objects.get(pk=draft.pk)
    deciding.decide(again, APPROVAL, seen=again.version, by=room.nadia, at=timezone.now())

    text = camille.get(page(first))
    assert "elle a pris la place de cette demande." in text
    assert "La décision d’alors" not in text
    assert "Remplacée" in words(entered(room.nadia).get(f"/gestion/demandes/{first.public_id}/"))


def test_of_a_child_who_was_added_the_page_leads_to_the_home(room, camille):
    today = timezone.localdate().isoformat()
    born = {"link": "own", "last_name": "Martin", "first_names": "Zoé", "birth_date": today, "since": today}
    first = send(room, "D02", born | {"residence": "here"})
    approve(room, first)

    text = camille.get(page(first))

    assert '<a href="/mon-compte/foyer/">votre foyer</a>' in text
    assert "Corriger ma déclaration" not in text


def test_of_what_is_no_longer_asked_online_the_error_is_told(room, camille):
    first = accepted(room)
    Procedure.objects.update(is_open=False)

    assert "Signaler une erreur" in camille.get(page(first))


def test_whoever_only_looks_puts_nothing_right(room, camille):
    first = accepted(room)
    odile = outsider("Odile Martin", "ESF-2019-004813-E")
    let_in(odile.person, room.home.household, "requests", origin="invitation")
    walker = Walker.of(odile)
    walker.post("/mon-compte/foyer/choix/", {"household": room.home.household.public_id})

    assert "Corriger ma déclaration" not in walker.get(page(first))
    assert walker.post(page(first, "correction/"), follow=False).status_code == 403
    assert not Filing.objects.drafts().exists()


def test_what_a_family_writes_about_what_was_answered_waits_for_an_agent(room, camille):
    first = accepted(room, answers={"amount": 8000}, version=procedure(AID), with_proof=False)
    nadia = entered(room.nadia)
    view = "/gestion/demandes/?vue=messages"
    assert first.reference not in words(nadia.get(view))

    camille.post(page(first, "messages/"), {"text": "Le montant est celui de mai."})
    assert first.reference in words(nadia.get(view))

    nadia.get(f"/gestion/demandes/{first.public_id}/")
    assert first.reference not in words(nadia.get(view))
