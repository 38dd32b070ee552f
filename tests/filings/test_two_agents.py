"""Where a home is paid changes by two agents' yes as soon as something speaks for care; the family reads none of it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.desk.desks import entered
from tests.filings.factories import FACTS, agent, desk
from tests.filings.test_who_may_act import BANK, IBAN
from tests.household import homes
from tests.household.homes import read, shown
from tests.people.factories import household
from xpassfam.accounts import history as accounts
from xpassfam.accounts.lately import changed_since
from xpassfam.accounts.telling import record
from xpassfam.filings.actions import clock, confirming, deciding, examining, following
from xpassfam.filings.agents import dossier
from xpassfam.filings.holding import Overtaken
from xpassfam.filings.models import Decision, Filing, Proposal
from xpassfam.filings.second_look import NeedsSecondLook, risks_of
from xpassfam.filings.states import Status
from xpassfam.filings.verdicts import Verdict
from xpassfam.journal.models import Line
from xpassfam.outbox.models import Message
from xpassfam.payments.actions import change_bank_details, stop_change
from xpassfam.payments.models import BankDetails
from xpassfam.people.models import Correction
from xpassfam.procedures.language import Refused, load

pytestmark = pytest.mark.django_db
GIVEN = {"holder": "Camille Martin", "iban": IBAN}
OTHER = "FR1420041010050500013M02606"
YES = Verdict("approved")
REASONED = BANK + "reasons:\n  - {code: M03, sentence: La pièce est trop ancienne., law: Article 4 du règlement.}\n"


@pytest.fixture
def room():
    return desk(REASONED)


def ago(days):
    return timezone.now() - timedelta(days=days)


def happened(room, kind, days=5):
    record(room.home.holder, kind, at=ago(days), facts={"email": "x", "device": "x", "what": "x"})


@pytest.fixture
def doubtful(room):
    """A request of somebody whose password is five days old."""
    happened(room, accounts.PASSWORD_CHANGED)
    return room.filed(GIVEN, with_proof=False)


def fresh(filing):
    return dossier.every().get(pk=filing.pk)


def seen(filing):
    return {"seen": fresh(filing).version, "at": timezone.now()}


def proposed(room, filing):
    return confirming.propose(filing, YES, **seen(filing), by=room.nadia)


def risks(filing):
    return risks_of(filing, at=timezone.now())


def page_of(filing, end=""):
    return f"/gestion/demandes/{filing.public_id}/{end}"


def pressed(client, filing, end, **typed):
    carried = {"seen": fresh(filing).version, "seen_at": timezone.now().isoformat()}
    return client.post(page_of(filing, end), carried | typed, follow=True)


def account_of(room):
    return room.home.household.bank_details.first()


# What speaks for care


def test_where_nothing_does_one_agent_decides(room):
    sent = room.filed(GIVEN, with_proof=False)

    deciding.decide(sent, YES, **seen(sent), by=room.nadia)

    assert account_of(room).iban == IBAN


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (accounts.PASSWORD_CHANGED, "mot de passe changé il y a 5 jours"),
        (accounts.SIGNED_IN_ANEW, "première connexion depuis un nouvel appareil il y a 5 jours"),
        (accounts.EMAIL_CHANGED, "adresse e-mail changée il y a 5 jours"),
        (accounts.ACCOUNT_OPENED, "compte ouvert il y a 5 jours"),
        (accounts.RECOVERED, "compte rouvert par courrier il y a 5 jours"),
        (accounts.DISOWNED, "«\u00a0Ce n’est pas moi\u00a0» signalé il y a 5 jours"),
    ],
)
def test_what_changed_of_how_they_sign_in_is_told_and_nothing_more(room, kind, told):
    happened(room, kind)

    assert risks(room.filed(GIVEN, with_proof=False)) == [f"Camille Martin\u00a0: {told}."]


@pytest.mark.parametrize(
    "kind", [accounts.DISCREET_ON, accounts.FROZEN_DISCREET, accounts.SIGNED_IN, accounts.PASSWORD_RESET_ASKED]
)
def test_what_is_no_business_of_an_agent_is_not(room, kind):
    record(room.home.holder, kind, at=ago(5), facts={"device": "x", "until": "x", "reason": "x"})

    assert risks(room.filed(GIVEN, with_proof=False)) == []


def test_another_address_in_the_file_counts_as_well(room):
    person = room.home.holder.person
    Correction.objects.create(person=person, field="email", before={}, after={}, at=ago(9), by="x")

    assert changed_since(person, ago(30), at=timezone.now()) == ["adresse e-mail changée il y a 9 jours"]


def test_what_is_older_than_thirty_days_is_past(room):
    happened(room, accounts.PASSWORD_CHANGED, days=31)

    assert risks(room.filed(GIVEN, with_proof=False)) == []


def test_a_request_that_waits_does_not_become_safer(doubtful):
    assert risks_of(doubtful, at=timezone.now() + timedelta(days=90)) != []


@pytest.mark.parametrize("holder", ["Mme MARTIN Camille", "M. Karim Benali ou Mme Camille Martin", "BENALI KARIM"])
def test_the_holder_is_an_adult_of_the_home_however_it_is_written(room, holder):
    assert risks(room.filed(GIVEN | {"holder": holder}, with_proof=False)) == []


@pytest.mark.parametrize("holder", ["Marc Durand", "Inès Benali", "Camille Durand", "SARL Martin"])
def test_a_first_account_is_not_of_anybody_else_without_a_word(room, holder):
    assert "ne porte le nom d’aucun adulte" in risks(room.filed(GIVEN | {"holder": holder}, with_proof=False))[0]


def test_the_account_of_another_home_is_recognised_though_stopped_since(room):
    other = household("Foyer Durand", file_number="E-777")
    given = change_bank_details(other, holder="Marc Durand", iban=IBAN, by=room.nadia.actor, at=ago(90))
    stop_change(given, by=room.nadia.actor, at=ago(89))

    [told] = risks(room.filed(GIVEN, with_proof=False))

    assert told == "Le même compte a été donné par un autre foyer, dossier E-777."


def test_it_is_recognised_after_the_portal_s_key_changed(room, settings):
    other = household("Foyer Durand")
    change_bank_details(other, holder="Marc Durand", iban=IBAN, by=room.nadia.actor, at=ago(90))
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-than-the-one-that-marked-it-0123456789"

    assert BankDetails.objects.elsewhere(IBAN, than=room.home.household).count() == 1
    assert BankDetails.objects.elsewhere(OTHER, than=room.home.household).count() == 0
    assert BankDetails.objects.elsewhere(IBAN, than=other).count() == 0


def test_an_account_that_changed_lately_is_told(room):
    for iban, days in ((OTHER, 90), ("DE89370400440532013000", 12)):
        change_bank_details(room.home.household, holder="Camille Martin", iban=iban, by=room.nadia.actor, at=ago(days))

    assert risks(room.filed(GIVEN, with_proof=False)) == ["Le compte de ce foyer a déjà changé il y a 12 jours."]


def test_what_changes_no_account_asks_nothing(django_assert_num_queries):
    sent = desk().filed()

    with django_assert_num_queries(0):
        assert risks(sent) == []


# Two agents


def test_one_agent_alone_does_not_say_yes(room, doubtful):
    with pytest.raises(NeedsSecondLook):
        deciding.decide(doubtful, YES, **seen(doubtful), by=room.nadia)

    assert fresh(doubtful).status == Status.RECEIVED
    assert account_of(room) is None


def test_another_confirms_and_signs_and_both_are_known(room, doubtful):
    proposed(room, doubtful)

    decision = confirming.confirm(doubtful, **seen(doubtful), by=room.claire)

    assert account_of(room).iban == IBAN
    assert (decision.proposed_by, decision.decided_by) == (room.nadia, room.claire)
    assert decision.letter["mentions"]["author_first_name"] == "Claire"
    text = read(entered(room.claire), page_of(doubtful))
    assert "Claire Ferrand, sur proposition de Nadia Ferrand" in text


def test_whoever_proposed_does_not_confirm_nor_send_back(room, doubtful):
    proposed(room, doubtful)

    for act in (
        lambda: confirming.confirm(doubtful, **seen(doubtful), by=room.nadia),
        lambda: confirming.send_back(doubtful, word="Non.", **seen(doubtful), by=room.nadia),
    ):
        with pytest.raises(confirming.OwnProposal):
            act()
    assert account_of(room) is None


def test_whoever_proposes_follows_it_so_that_nobody_takes_it_by_the_way(room, doubtful):
    proposed(room, doubtful)

    assert fresh(doubtful).assigned_to == room.nadia
    assert examining.take_next(by=room.claire, at=timezone.now()) is None


def test_the_database_holds_to_two(room, doubtful):
    proposed(room, doubtful)
    decision = confirming.confirm(doubtful, **seen(doubtful), by=room.claire)

    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(proposed_by=room.claire)


def test_the_family_reads_nothing_before_it_is_confirmed(room, doubtful):
    examining.take(doubtful, by=room.nadia, at=timezone.now())
    camille, page = homes.entered(room.home.holder), f"/mon-compte/demandes/{doubtful.public_id}/"
    before, mails = read(camille, page), Message.objects.count()
    lines = Line.objects.exclude(audience="staff").count()

    proposed(room, doubtful)

    assert fresh(doubtful).status == Status.UNDER_REVIEW
    assert (Message.objects.count(), Line.objects.exclude(audience="staff").count()) == (mails, lines)
    after = read(camille, page)
    assert [word for word in ("Nadia", "proposée", "collègue") if after.count(word) != before.count(word)] == []


def test_the_file_s_history_tells_agents(room, doubtful):
    proposed(room, doubtful)
    confirming.send_back(doubtful, word="Le RIB est flou.", **seen(doubtful), by=room.claire)

    staff = Line.objects.filter(audience="staff", household=room.home.household.public_id)
    assert set(staff.values_list("kind", flat=True)) >= {"filings.proposed", "filings.sent_back"}


def test_sent_back_nothing_is_decided_and_the_first_reads_why(room, doubtful):
    proposed(room, doubtful)

    confirming.send_back(doubtful, word="Le RIB est flou.", **seen(doubtful), by=room.claire)

    assert fresh(doubtful).status == Status.RECEIVED
    assert "Le RIB est flou." in read(entered(room.nadia), page_of(doubtful))
    with pytest.raises(Overtaken):
        confirming.confirm(doubtful, **seen(doubtful), by=room.claire)


@pytest.mark.parametrize("what", ["message", "transfer", "silence"])
def test_a_proposal_dies_with_what_it_was_about(room, doubtful, what):
    proposed(room, doubtful)
    match what:
        case "message":
            following.write(
                doubtful, text="Attendez !", form_key="k", access=room.access, by=room.camille, at=timezone.now()
            )
        case "transfer":
            examining.transfer(doubtful, to=room.claire, team=None, **seen(doubtful), by=room.nadia)
        case "silence":
            Filing.objects.filter(pk=doubtful.pk).update(silence_on="2020-01-01", silence_effect="rejection")
            clock.note_silence(at=timezone.now())

    with pytest.raises(Overtaken):
        confirming.confirm(doubtful, **seen(doubtful), by=room.claire)
    assert proposed(room, doubtful).is_standing


def test_withdrawn_meanwhile_it_is_withdrawn(room, doubtful):
    proposed(room, doubtful)
    following.withdraw(doubtful, access=room.access, by=room.camille, at=timezone.now())

    with pytest.raises(Overtaken):
        confirming.confirm(doubtful, **seen(doubtful), by=room.claire)
    assert fresh(doubtful).status == Status.WITHDRAWN


def test_a_refusal_takes_one_agent(room, doubtful):
    proposed(room, doubtful)

    deciding.decide(doubtful, Verdict("refused", reasons=["M03"], facts=FACTS), **seen(doubtful), by=room.claire)

    assert fresh(doubtful).status == Status.REFUSED
    assert not Proposal.objects.standing().exists()


def test_a_reserve_is_lifted_by_another_than_who_promised(room, doubtful):
    promise = Verdict("approved_under_reserve", limits="L’original du RIB.")
    deciding.decide(doubtful, promise, **seen(doubtful), by=room.nadia)

    with pytest.raises(NeedsSecondLook):
        deciding.lift_reserve(doubtful, **seen(doubtful), by=room.nadia)
    deciding.lift_reserve(doubtful, **seen(doubtful), by=room.claire)

    assert account_of(room).iban == IBAN


def test_silence_is_not_written_down_by_one(room, doubtful):
    Filing.objects.filter(pk=doubtful.pk).update(silence_on="2020-01-01", silence_effect="acceptance")

    with pytest.raises(NeedsSecondLook):
        deciding.record_implicit_acceptance(doubtful, **seen(doubtful), by=room.nadia)


def test_neither_of_the_two_examines_what_contests_their_decision(room, doubtful):
    proposed(room, doubtful)
    decision = confirming.confirm(doubtful, **seen(doubtful), by=room.claire)
    contest = room.filed(GIVEN, with_proof=False)
    Filing.objects.filter(pk=contest.pk).update(contests=decision)

    contest = fresh(contest)
    assert contest.is_contest_of(room.nadia)
    assert contest.is_contest_of(room.claire)
    assert not contest.is_contest_of(agent("Sofia"))
    assert examining.take_next(by=room.nadia, at=timezone.now()) is None


def test_an_account_never_changes_at_once():
    with pytest.raises(Refused) as refused:
        load(BANK.replace("category: money", "category: money\ndecision: at_once"))
    assert "Un agent décide toujours" in str(refused.value.problems)


# Pages


def test_the_page_to_decide_says_what_speaks_for_care(room, doubtful):
    text = read(entered(room.nadia), page_of(doubtful))

    assert "Points d’attention" in text
    assert "mot de passe changé il y a 5 jours" in text


def test_the_first_proposes_from_the_letter_and_the_second_confirms_from_it(room, doubtful):
    nadia, claire = entered(room.nadia), entered(room.claire)
    letter = shown(pressed(nadia, doubtful, "valider/"))
    assert "Proposer à un collègue" in letter

    assert "C’est proposé" in shown(pressed(nadia, doubtful, "valider/", step="send"))
    assert "À confirmer par un autre agent" in read(nadia, page_of(doubtful))
    assert "Vous avez proposé" in shown(nadia.get(page_of(doubtful, "confirmation/"), follow=True))

    assert page_of(doubtful) in read(claire, "/gestion/demandes/?vue=a-confirmer")
    assert page_of(doubtful) not in read(nadia, "/gestion/demandes/?vue=a-confirmer")
    assert "Nadia Ferrand propose de valider" in read(claire, page_of(doubtful, "confirmation/"))
    letter = shown(pressed(claire, doubtful, "confirmation/"))
    assert "Confirmer et envoyer" in letter
    assert "Demande validée. La lettre est partie." in shown(pressed(claire, doubtful, "confirmation/", step="send"))
    assert account_of(room).iban == IBAN


def test_the_second_sends_back_with_a_word_that_is_kept_when_it_is_missing(room, doubtful):
    proposed(room, doubtful)
    claire = entered(room.claire)

    assert pressed(claire, doubtful, "renvoi/", word="").context["form"].errors
    assert "C’est renvoyé" in shown(pressed(claire, doubtful, "renvoi/", word="Le RIB est flou."))


def test_once_the_request_changed_there_is_nothing_to_confirm(room, doubtful):
    proposed(room, doubtful)
    following.withdraw(doubtful, access=room.access, by=room.camille, at=timezone.now())

    text = shown(pressed(entered(room.claire), doubtful, "confirmation/", step="send"))

    assert "Il n’y a rien à confirmer" in text


def test_nobody_else_of_the_home_completes_the_account_of_a_request(room):
    filing = room.filed(GIVEN, with_proof=False)
    until = timezone.localdate() + timedelta(days=5)
    examining.ask(filing, fields=["iban"], pieces=[], text="Relisez.", until=until, **seen(filing), by=room.nadia)
    partner = room.home.access_of(room.home.partner)
    at = timezone.now()

    with pytest.raises(following.NotNow, match="seule la personne"):
        following.complete(filing, answers={"iban": OTHER}, access=partner, by=room.home.partner.actor, at=at)
    done = following.complete(filing, answers={"iban": OTHER}, access=room.access, by=room.camille, at=at)
    assert done.status == Status.UNDER_REVIEW


def test_a_password_that_the_organisation_asked_anew_speaks_for_care(room):
    happened(room, accounts.PASSWORD_DUE)
    [told] = changed_since(room.home.holder.person, ago(30), at=timezone.now())
    assert told.replace("\u00a0", " ") == "nouveau mot de passe demandé par l’organisation il y a 5 jours"
