"""Who may not answer for the other home, and what each home remembers of two parents who were asked."""

import pytest
from django.utils import timezone

from tests.accounts.factories import account
from tests.accounts.mailbox import received
from tests.filings.agreeing import NUMBER, antoine_of, ask, home_of, mails_to_antoine, page, say, verify
from tests.filings.factories import CONTEST, FACTS, desk, procedure
from tests.household.homes import entered, let_in, read
from tests.people.factories import Role, living, person
from xpassfam.filings import agreements
from xpassfam.filings.actions import agreeing, deciding, following
from xpassfam.filings.holding import NotAllowed
from xpassfam.filings.models import Agreement
from xpassfam.filings.verdicts import Verdict
from xpassfam.journal.models import Line
from xpassfam.people.models import Separation

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return desk()


@pytest.fixture
def antoine(room):
    return antoine_of(room)


def test_nobody_else_opens_it(room, antoine):
    filing = ask(room)
    helper = account(person("Hugo Aidant"), email="hugo@example.org")
    let_in(helper.person, home_of(antoine), "all", origin="invitation")
    grown = account(person("Léa Moreau"), email="lea@example.org")
    living(grown.person, home_of(antoine), Role.OTHER_ADULT)
    let_in(grown.person, home_of(antoine), "all")

    for one in (room.home.holder, room.home.partner, helper, grown):
        client = entered(one)
        assert client.get(page(filing)).status_code == 404
        assert client.post(page(filing), {"answer": "agreed"}).status_code == 404
        assert "Répondez" not in read(client, "/mon-compte/")


def test_whoever_files_never_answers_for_the_other_home_though_they_act_there_too(room, antoine):
    living(room.home.holder.person, home_of(antoine), Role.PARTNER)
    let_in(room.home.holder.person, home_of(antoine))
    filing = ask(room)
    client = entered(room.home.holder)
    client.post("/mon-compte/foyer/choix/", {"household": home_of(antoine).public_id})

    assert client.get(page(filing)).status_code == 404


def test_the_new_partner_of_a_parent_whom_a_number_named_sees_nothing(room):
    antoine = antoine_of(room, is_known=False)
    lou = account(person("Lou Nouvelle"), email="lou@example.org")
    living(lou.person, home_of(antoine), Role.PARTNER)
    let_in(lou.person, home_of(antoine))
    filing = ask(room, number=NUMBER)
    received()
    verify(room, filing)

    assert [mail.to for mail in received()] == [["odile@example.org"]]
    assert entered(lou).get(page(filing)).status_code == 404
    assert "Inès" not in read(entered(lou), "/mon-compte/historique/")
    assert "Votre accord est demandé : résidence alternée pour Inès" in read(
        entered(antoine), "/mon-compte/historique/"
    )


def test_while_the_other_home_is_parting_nobody_of_its_couple_answers_for_it(room, antoine):
    filing = ask(room)
    separation = {"household": home_of(antoine), "declared_by": antoine.person, "declared_at": timezone.now()}
    Separation.objects.create(**separation)

    assert entered(antoine).get(page(filing)).status_code == 404
    with pytest.raises(NotAllowed):
        say(antoine, filing)


def test_a_request_filed_and_withdrawn_all_day_long_does_not_pester(room, antoine):
    received()
    for _time in range(4):
        filing = ask(room)
        following.withdraw(filing, access=room.access, by=room.camille, at=timezone.now())

    assert len(mails_to_antoine()) == 2


# What is remembered


def test_both_histories_tell_it_each_in_its_own_words_and_without_the_other_s_name(room, antoine):
    filing = ask(room)
    say(antoine, filing, "refused")

    ours = read(entered(room.home.holder), "/mon-compte/historique/")
    theirs = read(entered(antoine), "/mon-compte/historique/")
    assert "l’accord de l’autre parent est attendu" in ours
    assert "l’autre parent a répondu" in ours
    assert "Antoine" not in ours
    assert "Votre accord est demandé : résidence alternée pour Inès" in theirs
    assert "Résidence alternée pour Inès, votre réponse : je ne suis pas d’accord." in theirs
    assert "Camille" not in theirs
    assert filing.reference not in theirs
    assert not Line.objects.filter(kind="filings.agreement_come", actor__contains="Antoine").exists()


def decided(filing, outcome, by):
    reasons = {"reasons": ["M05"], "facts": FACTS} if outcome == "refused" else {}
    filing.refresh_from_db()
    return deciding.decide(filing, Verdict(outcome, **reasons), seen=filing.version, by=by, at=timezone.now())


def test_of_a_yes_that_is_corrected_nobody_is_told_that_nothing_changes(room, antoine):
    filing = ask(room)
    say(antoine, filing)
    decided(filing, "approved", room.nadia)
    decided(ask(room, sharing="me", corrects=filing), "approved", room.nadia)
    filing.refresh_from_db()
    received()

    agreeing.tell_of_ends(at=timezone.now())

    assert filing.status == "replaced"
    assert not mails_to_antoine()
    assert not Line.objects.filter(kind__startswith="filings.agreement_ended").exists()
    assert "rien ne change" not in read(entered(antoine), page(filing))


def test_what_was_said_before_a_refusal_is_asked_anew_once_a_contest_was_right(room, antoine):
    filing = ask(room)
    say(antoine, filing)
    refused = decided(filing, "refused", room.nadia)
    agreeing.tell_of_ends(at=timezone.now())
    contest = room.filed({"grounds": "Non."}, version=procedure(CONTEST), contests=refused, with_proof=False)
    decided(contest, "approved", room.claire)

    filing.refresh_from_db()
    assert filing.is_pending
    assert agreements.of(filing) is None


def test_where_a_paper_takes_its_place_the_other_parent_is_asked_nothing_more(room, antoine):
    filing = ask(room)
    filing.answers["proof"] = "judgment"
    filing.save()
    agreeing.ask_where_known(filing, at=timezone.now())

    assert not Agreement.objects.exists()
