"""An access is taken back or given up, and lets nobody in from the next request on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.accounts.factories import account
from tests.accounts.mailbox import received
from tests.household.homes import couple, entered, leave, let_in, outsider, read, shown
from tests.people.factories import household, living, person
from xpassfam.accounts.models import Account
from xpassfam.journal.models import Line
from xpassfam.people.actions import granting
from xpassfam.people.actions.holding import NotAllowed
from xpassfam.people.models import Access, Invitation

pytestmark = pytest.mark.django_db
LIST = "/mon-compte/foyer/acces/"


@pytest.fixture
def home():
    return couple()


@pytest.fixture
def odile(home):
    """A helper, invited for requests."""
    odile = outsider()
    let_in(odile.person, home.household, "requests", origin="invitation")
    return odile


def ending(someone):
    return f"{LIST}{someone.person.public_id}/retrait/"


def is_in(someone, home):
    return Access.objects.open_on(timezone.localdate()).filter(person=someone.person, household=home.household).exists()


def looking_at(client, home):
    client.post("/mon-compte/foyer/choix/", {"household": home.household.public_id})
    return client


def test_the_holder_takes_an_access_back_and_it_opens_nothing_at_the_next_request(home, odile):
    helper = looking_at(entered(odile), home)
    assert "Foyer Martin-Benali" in read(helper, "/mon-compte/foyer/")
    received()

    page = shown(entered(home.holder).post(ending(odile), follow=True))

    assert "C’est fait : Odile Lambert n’a plus accès à votre dossier." in page
    assert "Martin-Benali" not in read(helper, "/mon-compte/foyer/")
    assert ("Un accès vous est retiré", [odile.email]) in [(mail.subject, mail.to) for mail in received()]


def test_a_second_invitation_that_waits_lets_nobody_back_in(home, odile):
    now = timezone.now()
    waiting = Invitation.objects.create(
        household=home.household, invited_by=home.partner.person, person=odile.person, permission="all",
        created_at=now, sent_at=now, expires_at=now + timedelta(days=30),
    )  # fmt: skip

    entered(home.holder).post(ending(odile))

    entered(odile).post(f"/mon-compte/invitations/{waiting.public_id}/accord/")
    assert not is_in(odile, home)
    assert Invitation.objects.get().state_at(timezone.now()) == "withdrawn"


def test_the_page_names_the_consequence_and_opening_it_ends_nothing(home, odile):
    page = read(entered(home.holder), ending(odile))

    assert "Odile Lambert ne verra plus votre dossier, tout de suite." in page
    assert "Garder cet accès" in page
    assert "Retirer à Odile Lambert son accès ?" in page
    assert "Le titulaire reçoit un e-mail" not in read(entered(home.holder), ending(home.holder))
    assert "Le titulaire reçoit un e-mail" in read(entered(home.partner), ending(home.partner))
    assert is_in(odile, home)


def test_the_partner_takes_back_what_was_given_by_invitation(home, odile):
    assert entered(home.partner).post(ending(odile)).status_code == 302
    assert not is_in(odile, home)


def test_nobody_takes_the_holder_s(home, odile):
    for client in (entered(home.partner), looking_at(entered(odile), home)):
        assert client.get(ending(home.holder)).status_code == 404
        assert client.post(ending(home.holder)).status_code == 404
    assert is_in(home.holder, home)


def test_neither_of_the_couple_locks_the_other_out(home):
    client = entered(home.holder)

    assert client.post(ending(home.partner)).status_code == 404
    assert is_in(home.partner, home)
    assert "Ni l’un ni l’autre du couple ne retire l’accès de l’autre." in read(client, LIST)


def test_a_guardian_named_elsewhere_is_the_organisation_s_to_end(home):
    guardian = account(person("Paul Tuteur"), email="paul@example.org")
    let_in(guardian.person, home.household)

    assert entered(home.holder).post(ending(guardian)).status_code == 404
    assert "(tutelle, curatelle, mandat)" in read(entered(home.holder), LIST)


def test_each_gives_up_their_own_and_the_holder_is_told(home, odile):
    helper = looking_at(entered(odile), home)
    received()

    page = shown(helper.post(ending(odile), follow=True))

    assert "C’est fait : vous n’avez plus accès à ce dossier." in page
    assert not is_in(odile, home)
    assert ("Odile Lambert n’a plus accès", [home.holder.email]) in [(mail.subject, mail.to) for mail in received()]


def test_the_last_access_that_can_change_the_file_stays(home, odile):
    Access.objects.filter(person=home.partner.person).update(until=timezone.localdate())
    client = entered(home.holder)

    assert "Renoncer à mon accès" not in read(client, LIST)
    assert client.post(ending(home.holder)).status_code == 404
    assert is_in(home.holder, home)


@pytest.mark.parametrize("state", ["none", "blocked_at", "closed_at"])
def test_nobody_leaves_a_file_to_somebody_who_cannot_sign_in(home, state):
    if state == "none":
        Account.objects.filter(pk=home.partner.pk).delete()
    else:
        Account.objects.filter(pk=home.partner.pk).update(**{state: timezone.now()})
    client = entered(home.holder)

    assert "Renoncer à mon accès" not in read(client, LIST)
    assert client.post(ending(home.holder)).status_code == 404
    assert is_in(home.holder, home)


def test_nothing_ends_in_another_household_nor_twice(home, odile):
    other = household("Foyer Voisin")
    voisin = account(person("Vincent Voisin"), email="v@example.org")
    living(voisin.person, other)
    let_in(voisin.person, other)
    client = entered(home.holder)

    assert client.get(ending(voisin)).status_code == 404
    assert client.post(ending(voisin)).status_code == 404
    assert client.post(ending(odile)).status_code == 302
    assert client.post(ending(odile)).status_code == 404
    assert Line.objects.filter(kind="people.access_ended").count() == 1


def test_what_the_register_ended_is_given_up_by_nobody(home):
    leave(home, home.partner)
    Access.objects.filter(person=home.partner.person).update(until=timezone.localdate())

    assert entered(home.holder).post(ending(home.partner)).status_code == 404


def test_a_role_that_changed_meanwhile_is_looked_at_again(home, odile):
    stale = home.access_of(home.holder)
    Access.objects.filter(person=home.holder.person).update(permission="view")

    with pytest.raises(NotAllowed):
        granting.end(
            Access.objects.get(person=odile.person, household=home.household),
            viewer=stale,
            by=home.holder.actor,
            at=timezone.now(),
        )


@pytest.mark.parametrize("who", ["the holder", "oneself"])
def test_whose_access_ends_reads_it_in_their_own_history_from_home(home, odile, who):
    client = entered(odile)
    (entered(home.holder) if who == "the holder" else looking_at(client, home)).post(ending(odile))

    page = read(client, "/mon-compte/historique/")

    told = "accès retiré" if who == "the holder" else "Vous avez renoncé à votre accès au dossier"
    assert told in page
    assert "« Foyer Martin-Benali »" in page
    assert "« Foyer Martin-Benali »" not in read(entered(home.holder), "/mon-compte/historique/")
