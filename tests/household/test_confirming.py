"""« Tout est exact » : each adult for oneself, whoever may change the home for the home; it holds for a time."""

import html
from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.household.families import SETTER, allow, ask_for_address, read, send
from tests.people.factories import person
from xpassfam.household.actions import confirming
from xpassfam.household.actions.configuring import configure
from xpassfam.household.models import Confirmation
from xpassfam.journal.models import Line
from xpassfam.organisation.models import forget
from xpassfam.people.actions.holding import NotAllowed
from xpassfam.people.models import Access
from xpassfam.rules.field_policy import Mode, Rule

pytestmark = pytest.mark.django_db
PAGE, DASHBOARD = "/mon-compte/confirmation/", "/mon-compte/"
ASKED = "Relisez vos informations"


def confirm(client):
    return client.post(PAGE, follow=True)


def test_one_page_lists_everything_of_the_home_and_nothing_of_another_adult(family):
    page = read(family.client(family.camille), PAGE)

    for words in ("06\u00a039\u00a098\u00a000\u00a013", "14 rue du Coudray", "Inès", "18 juin 2017", "Tom"):
        assert words in page
    for words in ("06\u00a039\u00a098\u00a000\u00a021", "karim@example.org", "Antoine"):
        assert words not in page


def test_confirmed_it_goes_from_the_dashboard_that_very_moment(family):
    client = family.client(family.camille)
    assert ASKED in read(client, DASHBOARD)

    page = html.unescape(confirm(client).content.decode())

    assert "Vos informations sont confirmées." in page
    assert ASKED not in page
    kinds = set(Line.objects.filter(kind__startswith="household.").values_list("kind", flat=True))
    assert kinds == {"household.confirmed", "household.confirmed_own"}


def test_the_partner_still_confirms_their_own_data(family):
    confirm(family.client(family.camille))

    assert ASKED in read(family.client(family.karim), DASHBOARD)


def test_who_only_sees_confirms_their_own_data_alone(family):
    lea = family.client(family.lea)
    assert "14 rue du Coudray" not in read(lea, PAGE)

    confirm(lea)

    assert list(Confirmation.objects.values_list("person", "household")) == [(family.lea.pk, None)]
    assert ASKED not in read(lea, DASHBOARD)
    assert ASKED in read(family.client(family.camille), DASHBOARD)


@pytest.mark.parametrize(
    ("months", "days", "is_asked"), [(12, 364, False), (12, 367, True), (3, 93, True), (36, 700, False)]
)
def test_it_is_asked_again_when_its_time_is_over(family, months, days, is_asked):
    client = family.client(family.camille)
    confirm(client)
    configure({}, months=months, by=SETTER, at=timezone.now())
    forget()
    Confirmation.objects.update(at=timezone.now() - timedelta(days=days))

    assert (ASKED in read(client, DASHBOARD)) is is_asked
    assert ("à refaire maintenant" in read(client, PAGE)) is is_asked


def test_what_is_required_and_empty_is_counted_and_keeps_from_confirming(family):
    allow(phone=Rule(Mode.AT_ONCE, is_required=True))
    family.camille.phone = ""
    family.camille.save()
    client = family.client(family.camille)
    page = read(client, DASHBOARD)
    assert "2 choses vous attendent." in page
    assert "Il manque votre téléphone" in page

    page = html.unescape(confirm(client).content.decode())
    assert "Compléter votre téléphone" in page
    assert not Confirmation.objects.exists()

    send(client, "/mon-compte/profil/telephone/", phone="06 39 98 12 40")
    assert "Il manque" not in read(client, DASHBOARD)
    confirm(client)
    assert "Rien ne vous attend." in read(client, DASHBOARD)


def test_what_is_missing_and_cannot_be_given_here_is_not_asked(family):
    allow(phone=Rule(Mode.SHOWN, is_required=True))
    family.camille.phone = ""
    family.camille.save()
    client = family.client(family.camille)

    assert "Il manque" not in read(client, DASHBOARD)
    confirm(client)
    assert Confirmation.objects.exists()


@pytest.mark.parametrize(("origin", "confirms"), [("invitation", False), ("register", True)])
def test_from_outside_a_guardian_confirms_the_home_and_a_helper_does_not(family, origin, confirms):
    someone = person("Odile Lambert")
    Access.objects.create(person=someone, household=family.home, origin=origin, since=date(2020, 1, 1))
    client = family.client(someone)
    assert ("14 rue du Coudray" in read(client, PAGE)) is confirms

    confirm(client)

    assert Confirmation.objects.filter(household=family.home).exists() is confirms


def test_a_home_without_address_and_a_child_without_birth_date_are_asked_for(family):
    family.home.address = family.home.postcode = family.home.town = ""
    family.home.save()
    family.ines.birth_date = None
    family.ines.save()
    client = family.client(family.camille)

    page = read(client, DASHBOARD)
    assert "Il manque l’adresse de votre foyer" in page
    assert "Il manque sa date de naissance" in page

    ask_for_address(client)
    assert "l’adresse de votre foyer" not in read(client, DASHBOARD), "what waits for an agent is no longer missing"


def test_a_change_that_waits_keeps_nobody_from_confirming(family):
    client = family.client(family.camille)
    ask_for_address(client)

    confirm(client)

    assert Confirmation.objects.count() == 2


def test_pressed_twice_it_is_confirmed_once(family):
    client = family.client(family.camille)

    confirm(client)
    confirm(client)

    assert Confirmation.objects.count() == 2, "one's own, and the home's"
    assert Line.objects.filter(kind="household.confirmed").count() == 1


def test_an_access_that_ended_while_the_page_was_open_confirms_nothing(family):
    stale, camille = family.access(family.camille), family.account(family.camille)
    Access.objects.filter(person=family.camille).update(until=timezone.localdate())

    with pytest.raises(NotAllowed):
        confirming.confirm(stale, by=camille.actor, at=timezone.now())

    assert not Confirmation.objects.exists()


def test_an_access_made_less_meanwhile_confirms_no_home(family):
    stale, camille = family.access(family.camille), family.account(family.camille)
    Access.objects.filter(person=family.camille).update(permission="view")

    confirming.confirm(stale, by=camille.actor, at=timezone.now())

    assert list(Confirmation.objects.values_list("person", "household")) == [(family.camille.pk, None)]
