"""Eighteen is announced a month and a week before; on the day, what is seen changes and an account is offered."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.accounts.mailbox import received
from tests.household.homes import couple, entered, let_in, read
from tests.people.factories import Role, household, living, person
from xpassfam.accounts.models import PostedCode
from xpassfam.household.actions import coming_of_age
from xpassfam.people.models import Access, Household, MajorityNotice, Person

pytestmark = pytest.mark.django_db
BORN = date(2008, 11, 25)
DAY = date(2026, 11, 25)


@pytest.fixture
def home(time_machine):
    time_machine.move_to("2026-10-01 09:00Z", tick=False)
    home = couple()
    Person.objects.filter(pk=home.child.pk).update(birth_date=BORN, member_number="ESF-2026-000001-A")
    return home


@pytest.fixture
def on(time_machine):
    def announce(day, times=1):
        time_machine.move_to(f"{day.isoformat()} 09:00Z", tick=False)
        for _ in range(times):
            coming_of_age.announce(at=timezone.now())
        return sorted((mail.to[0].partition("@")[0], mail.subject) for mail in received())

    return announce


SOON = [
    ("camille", "Inès aura bientôt 18 ans"),
    ("ines", "Vous aurez bientôt 18 ans"),
    ("karim", "Inès aura bientôt 18 ans"),
]
NOW = [
    ("camille", "Inès a 18 ans"),
    ("ines", "Vous avez 18 ans : votre compte vous attend"),
    ("karim", "Inès a 18 ans"),
]


def test_child_and_parents_are_told_a_month_and_a_week_before_and_on_the_day(home, on):
    assert on(DAY - timedelta(days=31)) == []
    assert on(DAY - timedelta(days=30), times=3) == SOON
    assert on(DAY - timedelta(days=29)) == []
    assert on(DAY - timedelta(days=7), times=2) == SOON
    assert on(DAY - timedelta(days=1)) == []
    told = [(who, subject.replace("\u00a0", " ")) for who, subject in on(DAY, times=2)]
    assert told == NOW
    assert on(DAY + timedelta(days=1)) == []


def test_a_portal_that_slept_says_it_late_and_once(home, on):
    assert on(DAY - timedelta(days=3)) == SOON
    assert on(DAY + timedelta(days=40)) == []


def test_on_the_day_the_child_may_see_the_home_and_gets_a_code_where_no_address_proves_them(home, on):
    Person.objects.filter(pk=home.child.pk).update(email="")

    on(DAY)

    access = Access.objects.get(person=home.child)
    assert (access.permission, access.origin) == ("view", "majority")
    assert PostedCode.objects.get().person == home.child


def test_an_access_that_ended_is_not_given_back(home, on):
    let_in(home.child, home.household, "view", until=DAY - timedelta(days=100))

    on(DAY)

    assert Access.objects.filter(person=home.child).count() == 1


def test_parents_no_longer_read_the_contacts_and_still_the_name_and_age(home, on, time_machine):
    before = read(entered(home.holder), "/mon-compte/foyer/")
    assert "ines@example.org" in before
    assert "25 novembre 2008" in before

    on(DAY)

    for page in ("/mon-compte/", "/mon-compte/foyer/", "/mon-compte/foyer/acces/"):
        after = read(entered(home.holder), page)
        assert "ines@example.org" not in after
        assert "25 novembre 2008" not in after
    assert "Enfant, 18 ans" in read(entered(home.holder), "/mon-compte/foyer/")


def test_both_homes_of_a_shared_child_are_told_and_neither_of_the_other(home, on):
    other = household("Foyer Secret", town="Ailleurs")
    antoine = person("Antoine Moreau", email="antoine@example.org")
    living(antoine, other)
    living(home.child, other, Role.DEPENDENT_CHILD, is_shared=True)

    told = on(DAY - timedelta(days=30))
    assert ("antoine", "Inès aura bientôt 18 ans") in told
    assert len(told) == 4
    coming_of_age.announce(at=timezone.now())
    assert Access.objects.filter(person=home.child).count() == 0
    on(DAY)
    assert {access.household for access in Access.objects.filter(person=home.child)} == {home.household, other}


def test_mails_to_parents_tell_no_other_home(home, time_machine):
    other = household("Foyer Secret", town="Ailleurs")
    living(person("Antoine Moreau", email="antoine@example.org"), other)
    living(home.child, other, Role.DEPENDENT_CHILD)
    time_machine.move_to("2026-11-25 09:00Z", tick=False)
    coming_of_age.announce(at=timezone.now())

    for mail in received():
        for word in ("Secret", "Ailleurs", "Moreau", "rue des Lilas", "ines@example.org"):
            assert word not in mail.body.replace(f"Envoyé à {mail.to[0]}", "")


def test_a_closed_home_or_person_and_a_child_who_left_are_left_alone(home, on):
    Household.objects.update(closed_on=DAY - timedelta(days=60))
    assert on(DAY - timedelta(days=30)) == []
    Household.objects.update(closed_on=None)
    home.child.residences.update(until=DAY - timedelta(days=60))
    assert on(DAY - timedelta(days=29)) == []
    assert not MajorityNotice.objects.exists()


def test_a_crash_half_way_says_nothing_twice(home, on):
    twin = person("Zoé Benali", BORN, email="zoe@example.org")
    living(twin, home.household, Role.DEPENDENT_CHILD)
    MajorityNotice.objects.create(person=home.child, step="month", told_at=timezone.now())

    told = on(DAY - timedelta(days=30))

    assert [who for who, _subject in told] == ["camille", "karim", "zoe"]
