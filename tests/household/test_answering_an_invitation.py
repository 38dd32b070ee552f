"""The guest says yes or no, signed in as themselves, with or without a household of their own."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.accounts.factories import account
from tests.accounts.mailbox import received
from tests.household.homes import couple, entered, let_in, outsider, read, shown
from tests.people.factories import Role, household, living, person
from xpassfam.household.actions import inviting as household_inviting
from xpassfam.people.actions import inviting
from xpassfam.people.actions.inviting import Guest
from xpassfam.people.models import Access, Invitation

pytestmark = pytest.mark.django_db
MINE = "/mon-compte/invitations/"


@pytest.fixture
def home():
    return couple()


@pytest.fixture
def odile():
    return outsider()


@pytest.fixture
def found(home, odile):
    return invited(home, odile.person, by_name=True)


def invited(home, someone, *, by_name=False, permission="requests", until=None):
    guest = Guest(someone, someone.last_name, someone.member_number or "") if by_name else Guest(someone)
    return household_inviting.invite(
        guest,
        viewer=home.access_of(home.holder),
        permission=permission,
        until=until,
        by=home.holder.actor,
        at=timezone.now(),
    )


def answer(client, found, act):
    return client.post(f"{MINE}{found.public_id}/{act}/", follow=True)


def test_the_dashboard_of_whoever_is_to_answer_says_that_it_waits(home, odile, found):
    assert "Camille Martin vous invite" in read(entered(odile), "/mon-compte/")
    assert "Invitation à accéder" not in read(entered(home.holder), "/mon-compte/")
    assert "Lambert, ESF-1998-016789-G" in read(entered(home.holder), "/mon-compte/foyer/acces/")
    assert "Camille Martin vous invite" not in read(entered(home.partner), "/mon-compte/")


def test_the_page_says_who_invites_to_what_until_when(odile, found):
    page = read(entered(odile), f"{MINE}{found.public_id}/")

    assert "Camille Martin vous invite" in page
    assert "Foyer Martin-Benali" in page
    assert "Voir, déposer et suivre les demandes" in page
    assert "Cet accès n’a pas de fin." in page
    assert "rue des Lilas" not in page
    assert "Inès" not in page


def test_opening_the_page_accepts_nothing(home, odile, found):
    client = entered(odile)

    read(client, f"{MINE}{found.public_id}/")
    assert client.get(f"{MINE}{found.public_id}/accord/").status_code == 405
    assert client.get(f"{MINE}{found.public_id}/refus/").status_code == 405
    assert not Access.objects.filter(person=odile.person, household=home.household).exists()


def test_accepting_opens_the_file_with_what_was_offered_and_no_more(home, odile, found):
    client = entered(odile)
    received()

    page = shown(answer(client, found, "accord"))

    assert "C’est fait : vous avez accès au dossier « Foyer Martin-Benali »." in page
    access = Access.objects.get(person=odile.person, household=home.household)
    assert (access.permission, access.origin, access.until) == ("requests", "invitation", None)
    file = read(client, "/mon-compte/foyer/")
    assert "2 rue des Lilas" in file
    assert "camille@example.org" not in file
    assert "+33" not in file
    assert "Odile Lambert a accepté" in [letter.subject for letter in received()]
    assert "Acceptée" in read(entered(home.holder), "/mon-compte/foyer/acces/")


def test_accepting_twice_opens_one_access(home, odile, found):
    client = entered(odile)
    answer(client, found, "accord")

    assert "Cette invitation n’est plus ouverte : rien n’a changé." in shown(answer(client, found, "accord"))
    assert Access.objects.filter(person=odile.person, household=home.household).count() == 1
    assert "Vous avez accepté cette invitation." in read(client, f"{MINE}{found.public_id}/")


def test_somebody_else_finds_nothing_of_it(home, found):
    for other in (home.holder, home.partner, account()):
        client = entered(other)
        assert client.get(f"{MINE}{found.public_id}/").status_code == 404
        for act in ("accord", "refus"):
            assert client.post(f"{MINE}{found.public_id}/{act}/").status_code == 404
    assert Invitation.objects.get().answer == ""


def test_a_refusal_within_the_home_is_told(home):
    aunt = account(person("Agnès Martin"), email="agnes@example.org")
    living(aunt.person, home.household, Role.OTHER_ADULT)
    found = invited(home, aunt.person)
    received()

    answer(entered(aunt), found, "refus")

    assert "Agnès Martin a refusé" in [letter.subject for letter in received()]
    assert "Refusée" in read(entered(home.holder), "/mon-compte/foyer/acces/")


def test_who_has_no_household_is_led_to_the_invitation(home):
    lone = account(person("Agnès Martin", member_number="ESF-2000-000001-A"), email="agnes@example.org")
    client = entered(lone)
    assert client.get("/mon-compte/").status_code == 403
    found = invited(home, lone.person, by_name=True)

    page = read(client, "/mon-compte/")

    assert "Camille Martin vous invite" in page
    assert "Foyer Martin-Benali" in shown(answer(client, found, "accord"))
    assert client.get("/mon-compte/").status_code == 200


@pytest.mark.parametrize("why", ["withdrawn", "expired", "inviter left", "inviter was limited", "separation", "over"])
def test_what_can_no_longer_be_accepted_opens_nothing(home, odile, found, why):
    now = timezone.now()
    if why == "withdrawn":
        inviting.withdraw(found, viewer=home.access_of(home.holder), by=home.holder.actor, at=now)
    elif why == "expired":
        past = {"created_at": now - timedelta(days=31), "expires_at": now - timedelta(days=1)}
        Invitation.objects.update(**past)
    elif why == "inviter left":
        Access.objects.filter(person=home.holder.person).update(until=timezone.localdate())
    elif why == "inviter was limited":
        Access.objects.filter(person=home.holder.person).update(permission="view")
    elif why == "separation":
        from xpassfam.people.actions import separating

        separating.declare(viewer=home.access_of(home.partner), by=home.partner.actor, at=now)
    else:
        Invitation.objects.update(until=timezone.localdate())

    page = shown(answer(entered(odile), found, "accord"))

    assert "Cette invitation n’est plus ouverte : rien n’a changé." in page
    assert not Access.objects.filter(person=odile.person, household=home.household).exists()


def test_an_access_held_meanwhile_is_left_as_it_is(home, odile, found):
    let_in(odile.person, home.household, "view")

    answer(entered(odile), found, "accord")

    assert Access.objects.get(person=odile.person, household=home.household).permission == "view"


def test_staff_have_no_invitations(client, found):
    agent = entered(account(role="agent", email="agent@example.org"))

    assert agent.get(MINE).headers["Location"] == "/gestion/"
    assert agent.get(f"{MINE}{found.public_id}/").status_code == 404


def test_an_empty_list_says_what_will_come(odile):
    household()

    assert "Aucune invitation n’attend" in read(entered(odile), MINE)


def test_what_is_given_lasts_no_longer_than_the_inviter_s_own(home, odile):
    ends = timezone.localdate() + timedelta(days=10)
    unlimited = invited(home, odile.person)
    Access.objects.filter(person=home.holder.person).update(until=ends)

    inviting.accept(unlimited, person=odile.person, by=odile.actor, at=timezone.now())

    assert Access.objects.get(person=odile.person, household=home.household).until == ends


def test_who_accepts_reads_it_in_their_own_history_and_nobody_else_of_their_home(home, odile, found):
    husband = person("Omer Lambert", email="omer@example.org")
    own = odile.person.residences.get().household
    living(husband, own, Role.PARTNER, rank=2)
    let_in(husband, own)
    client = entered(odile)
    client.post(f"/mon-compte/invitations/{found.public_id}/accord/")

    assert "Vous accédez au dossier « Foyer Martin-Benali », sur invitation" in read(client, "/mon-compte/historique/")
    assert "Martin-Benali" not in read(entered(account(husband)), "/mon-compte/historique/")
