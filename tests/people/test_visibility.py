"""The database and the law say the same, on families that nobody thought of."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.people.factories import TODAY, Role, acting, household, living, person
from xpassfam.people.models import Access, Household, Person, Residence
from xpassfam.rules import visibility
from xpassfam.rules.visibility import Grant, Stay, Viewer

pytestmark = pytest.mark.django_db

LONG_AGO = TODAY - timedelta(days=400)
days = st.sampled_from([None, LONG_AGO, TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1)])


@st.composite
def families(draw):
    """Homes, persons, stays and accesses of every kind: in none, in one, in two, gone, back, not there yet."""
    homes, persons = draw(st.integers(1, 3)), draw(st.integers(1, 6))
    pairs = st.lists(st.tuples(st.integers(0, persons - 1), st.integers(0, homes - 1)), unique=True)
    spans = st.tuples(days, days).map(in_order)
    stays = [(*pair, *draw(spans)) for pair in draw(pairs)]
    grants = [(*pair, *draw(spans)) for pair in draw(pairs)]
    return homes, persons, stays, grants


def in_order(span):
    since, until = span
    return (until, since) if since and until and until < since else span


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(family=families())
def test_sql_shows_exactly_what_the_rules_allow(family, django_db_blocker, db):
    home_count, person_count, drawn_stays, drawn_grants = family
    homes = [household() for _ in range(home_count)]
    persons = [person() for _ in range(person_count)]
    stays, grants = {}, {}
    for who, home, since, until in drawn_stays:
        row = living(persons[who], homes[home], Role.OTHER_ADULT, since=since, until=until)
        stays[row.pk] = Stay(persons[who].pk, homes[home].pk, since, until)
    for who, home, since, until in drawn_grants:
        since = since or LONG_AGO
        row = Access.objects.create(person=persons[who], household=homes[home], since=since, until=until)
        grants[row.pk] = Grant(persons[who].pk, homes[home].pk, since, until)

    for home in homes:
        for one in persons:
            viewer = Viewer(one.pk, home.pk, TODAY)
            shown = set(Person.objects.filter(pk__in=[p.pk for p in persons]).visible_to(viewer))
            allowed = {p for p in persons if visibility.may_see_person(viewer, p.pk, stays.values(), grants.values())}
            assert shown == allowed
            assert set(Residence.objects.visible_to(viewer).values_list("pk", flat=True)) == {
                pk for pk, stay in stays.items() if visibility.may_see_stay(viewer, stay)
            }
            assert set(Access.objects.visible_to(viewer).values_list("pk", flat=True)) == {
                pk for pk, grant in grants.items() if visibility.may_see_grant(viewer, grant)
            }
            assert {h.pk for h in Household.objects.visible_to(viewer)} == {
                h.pk for h in homes if visibility.may_see_household(viewer, h.pk)
            }


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
