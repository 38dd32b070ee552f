"""The database and the law say the same, on families that nobody thought of."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.people.factories import TODAY, Role, acting, household, living, person
from xpassfam.people.models import Household, Person, Residence
from xpassfam.rules import visibility
from xpassfam.rules.visibility import Stay, Viewer

pytestmark = pytest.mark.django_db

days = st.sampled_from([None, TODAY - timedelta(days=400), TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1)])


@st.composite
def families(draw):
    """Homes, persons and stays of every kind: in none, in one, in two, gone, back, not there yet."""
    homes, persons = draw(st.integers(1, 3)), draw(st.integers(1, 6))
    stays = []
    for who, home in draw(st.lists(st.tuples(st.integers(0, persons - 1), st.integers(0, homes - 1)), unique=True)):
        since, until = draw(days), draw(days)
        if since and until and until < since:
            since, until = until, since
        stays.append((who, home, since, until))
    return homes, persons, stays


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(family=families())
def test_sql_shows_exactly_what_the_rules_allow(family, django_db_blocker, db):
    home_count, person_count, drawn = family
    homes = [household() for _ in range(home_count)]
    persons = [person() for _ in range(person_count)]
    rows = {}
    for who, home, since, until in drawn:
        row = living(persons[who], homes[home], Role.OTHER_ADULT, since=since, until=until)
        rows[row.pk] = Stay(persons[who].pk, homes[home].pk, since, until)

    for home in homes:
        for one in persons:
            viewer = Viewer(one.pk, home.pk, TODAY)
            shown = set(Person.objects.filter(pk__in=[p.pk for p in persons]).visible_to(viewer))
            allowed = {p for p in persons if visibility.may_see_person(viewer, p.pk, rows.values())}
            assert shown == allowed
            assert set(Residence.objects.visible_to(viewer).values_list("pk", flat=True)) == {
                pk for pk, stay in rows.items() if visibility.may_see_stay(viewer, stay)
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


def test_a_guardian_who_lives_elsewhere_sees_the_home_acted_for_and_oneself():
    guardian, ward, home = person("Paul Tuteur"), person("Rose Blanc", date(1940, 1, 2)), household()
    living(ward, home)

    assert set(Person.objects.visible_to(acting(guardian, home))) == {guardian, ward}
