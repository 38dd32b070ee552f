"""The database and the law say the same, on families that nobody thought of."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.people.factories import TODAY, Acting, Role, acting, household, living, person
from xpassfam.household.portraits import residents
from xpassfam.people.access import for_account
from xpassfam.people.models import Access, Household, Income, Invitation, Person, Residence, Separation
from xpassfam.rules import visibility
from xpassfam.rules.visibility import Grant, Item, Stay, Subject, Viewer, is_open

pytestmark = pytest.mark.django_db

LONG_AGO = TODAY - timedelta(days=400)
NOW = datetime(2026, 11, 23, 14, tzinfo=UTC)
days = st.sampled_from([None, LONG_AGO, TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1)])
roles = st.sampled_from(Role.values)
permissions = st.sampled_from(Access.Permission.values)
origins = st.sampled_from(Access.Origin.values)
births = st.sampled_from([None, date(1988, 4, 12), TODAY.replace(year=2008), date(2008, 11, 24), date(2016, 4, 1)])
COMPARED = {Person, Residence, Access, Household, Invitation, Separation, Income}


@st.composite
def families(draw):
    """Homes, persons, stays and accesses of every kind: in none, in one, in two, gone, back, not there yet.

    Some homes are frozen by a separation, some offer an access to somebody.
    """
    homes, born = draw(st.integers(1, 3)), draw(st.lists(births, min_size=1, max_size=6))
    pairs = st.lists(st.tuples(st.integers(0, len(born) - 1), st.integers(0, homes - 1)), unique=True)
    spans = st.tuples(days, days).map(in_order)
    stays = [(*pair, *draw(spans), draw(roles), draw(st.booleans())) for pair in draw(pairs)]
    grants = [(*pair, *draw(spans), draw(permissions), draw(origins)) for pair in draw(pairs)]
    frozen = draw(st.sets(st.integers(0, homes - 1)))
    inviting = draw(st.sets(st.integers(0, homes - 1)))
    return homes, born, stays, grants, frozen, inviting


def in_order(span):
    since, until = span
    return (until, since) if since and until and until < since else span


class World:
    """A drawn family, saved, and the same as the rules want it."""

    def __init__(self, drawn):
        home_count, born, stays, grants, frozen, inviting = drawn
        self.homes = [household() for _ in range(home_count)]
        self.persons = [person(birth_date=day) for day in born]
        self.stays, self.grants, self.rows = {}, {}, {}
        for who, home, since, until, role, is_shared in stays:
            span = {"since": since, "until": until}
            row = living(self.persons[who], self.homes[home], role, is_shared=is_shared, **span)
            self.stays[row.pk], self.rows[row.pk] = Stay(row.person_id, row.household_id, since, until), row
        for who, home, since, until, permission, origin in grants:
            span = {"since": since or LONG_AGO, "until": until}
            kind = {"permission": permission, "origin": origin}
            row = Access.objects.create(person=self.persons[who], household=self.homes[home], **span, **kind)
            self.grants[row.pk] = Grant(row.person_id, row.household_id, since or LONG_AGO, until)
        self.separations = [self._separation(self.homes[one]) for one in frozen]
        self.invitations = [self._invitation(self.homes[one]) for one in inviting]
        self.incomes = [
            Income.objects.create(
                household=home, quotient_cents=98400, month=TODAY.replace(day=1), source="caf", recorded_at=NOW
            )
            for home in self.homes
        ]

    def _separation(self, home):
        return Separation.objects.create(household=home, declared_by=self.persons[0], declared_at=NOW)

    def _invitation(self, home):
        someone = self.persons[0]
        times = {"created_at": NOW, "sent_at": NOW, "expires_at": NOW + timedelta(days=30)}
        return Invitation.objects.create(household=home, invited_by=someone, person=someone, permission="view", **times)

    def viewers(self):
        """Everybody in every home, whatever lets them in; and those who are really let in, as requests carry them."""
        for home in self.homes:
            for one in self.persons:
                yield Viewer(one.pk, home.pk, TODAY, is_frozen=any(s.household == home for s in self.separations))
        for one in self.persons:
            yield from for_account(Acting(one.pk), on=TODAY)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=families())
def test_sql_shows_exactly_what_the_rules_allow(drawn, django_db_blocker, db):
    world = World(drawn)
    stays, grants = world.stays.values(), world.grants.values()
    ids = [one.pk for one in world.persons]
    for viewer in world.viewers():
        allowed = {pk for pk in ids if visibility.may_see_person(viewer, pk, stays, grants)}
        assert pks(Person.objects.filter(pk__in=ids).visible_to(viewer)) == allowed
        assert pks(Residence.objects.visible_to(viewer)) == {
            pk for pk, stay in world.stays.items() if visibility.may_see_stay(viewer, stay)
        }
        assert pks(Access.objects.visible_to(viewer)) == {
            pk for pk, grant in world.grants.items() if visibility.may_see_grant(viewer, grant)
        }
        assert pks(Household.objects.visible_to(viewer)) == {
            home.pk for home in world.homes if visibility.may_see_household(viewer, home.pk)
        }
        assert pks(Invitation.objects.visible_to(viewer)) == {
            one.pk for one in world.invitations if visibility.may_see_invitation(viewer, one.household_id)
        }
        assert pks(Income.objects.visible_to(viewer)) == {
            one.pk for one in world.incomes if visibility.may_see_payments(viewer, one.household_id)
        }
        assert pks(Separation.objects.visible_to(viewer)) == {
            one.pk for one in world.separations if visibility.may_see_separation(viewer, one.household_id)
        }


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=families())
def test_a_request_carries_the_access_that_the_rules_know(drawn, django_db_blocker, db):
    world = World(drawn)
    frozen = {one.household_id for one in world.separations}
    for one in world.persons:
        accesses = for_account(Acting(one.pk), on=TODAY)
        open_grants = [
            g for g in world.grants.values() if g.person_id == one.pk and is_open(g.since, g.until, on=TODAY)
        ]
        assert sorted(access.household_id for access in accesses) == sorted(g.household_id for g in open_grants)
        for access in accesses:
            roles = [
                world.rows[pk].role
                for pk, stay in world.stays.items()
                if stay.person_id == one.pk and visibility.may_see_stay(access, stay)
            ]
            assert access.role in (roles or [""])
            assert access.lives_there == bool(roles)
            assert access.is_frozen == (access.household_id in frozen)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=families())
def test_a_page_shows_of_a_person_what_the_rules_allow(drawn, django_db_blocker, db):
    world = World(drawn)
    Person.objects.update(email="someone@example.org", phone="+33639980001")
    for one in world.persons:
        for access in for_account(Acting(one.pk), on=TODAY):
            for shown in residents(access):
                row = next(
                    world.rows[pk]
                    for pk, stay in world.stays.items()
                    if stay.person_id == shown.person_id and visibility.may_see_stay(access, stay)
                )
                subject = Subject(row.person_id, role=row.role, born=row.person.birth_date, is_shared=row.is_shared)
                items = visibility.visible_items(access, subject)
                assert shown.items == items
                assert bool(shown.contacts) == (Item.CONTACTS in items and not shown.is_self)
                assert shown.born is None or Item.BIRTH_DATE in items


def pks(rows):
    return set(rows.values_list("pk", flat=True))


def test_every_table_that_a_family_sees_is_compared():
    seen = {model for model in apps.get_app_config("people").get_models() if hasattr(model.objects, "visible_to")}

    assert seen == COMPARED


@pytest.fixture
def separated():
    """Sophie and Antoine are separated; Tom lives in both homes."""
    sophie, antoine, tom = person("Sophie Petit"), person("Antoine Moreau"), person("Tom Moreau-Petit")
    hers = household("Petit", address="8 rue des Tanneurs")
    his = household("Moreau", address="3 rue de Lannoy")
    living(sophie, hers)
    living(antoine, his)
    living(tom, hers, Role.DEPENDENT_CHILD, is_shared=True)
    living(tom, his, Role.DEPENDENT_CHILD, is_shared=True)
    return sophie, antoine, tom, hers, his


def test_a_child_in_two_homes_is_seen_by_both_parents_and_neither_sees_the_other_home(separated):
    sophie, antoine, tom, hers, his = separated

    assert set(Person.objects.visible_to(acting(sophie, hers))) == {sophie, tom}
    assert set(Person.objects.visible_to(acting(antoine, his))) == {antoine, tom}
    viewer = Viewer(sophie.pk, hers.pk, TODAY)
    assert list(Household.objects.visible_to(viewer)) == [hers]
    assert {stay.household_id for stay in Residence.objects.visible_to(viewer)} == {hers.pk}


def test_who_leaves_is_unseen_from_that_very_day():
    camille, karim, home = person("Camille Martin"), person("Karim Benali"), household()
    living(camille, home)
    living(karim, home, Role.PARTNER, until=TODAY)

    assert set(Person.objects.visible_to(Viewer(camille.pk, home.pk, TODAY - timedelta(days=1)))) == {camille, karim}
    assert set(Person.objects.visible_to(Viewer(camille.pk, home.pk, TODAY))) == {camille}


def test_a_family_sees_who_may_open_its_file():
    camille, agnes, home = person("Camille Martin"), person("Agnès Lointaine"), household()
    living(camille, home)
    acting(agnes, home)

    assert set(Person.objects.visible_to(acting(camille, home))) == {camille, agnes}


def test_a_guardian_who_lives_elsewhere_sees_the_home_acted_for_and_oneself():
    guardian, ward, home = person("Paul Tuteur"), person("Rose Blanc", date(1940, 1, 2)), household()
    living(ward, home)

    assert set(Person.objects.visible_to(acting(guardian, home))) == {guardian, ward}
