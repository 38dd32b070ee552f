"""« Ce que l’autre voit » is what the other sees, on families that nobody thought of."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from tests.household.homes import let_in
from tests.people.factories import TODAY, Acting, Role, acting, household, living, person
from tests.people.test_visibility import World, families
from xpassfam.household.portraits import residents, stays
from xpassfam.household.readers import readers
from xpassfam.household.sight import as_seen_from, seen_by
from xpassfam.people.access import for_account
from xpassfam.rules.visibility import visible_items

pytestmark = pytest.mark.django_db


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=families())
def test_a_preview_is_what_the_other_really_sees(drawn, django_db_blocker, db):
    world = World(drawn)
    for one in world.persons:
        for access in for_account(Acting(one.pk), on=TODAY):
            for reader in readers(access):
                other = as_seen_from(access, reader.access, role=reader.role)
                theirs = for_account(Acting(reader.access.person_id), on=TODAY)
                [really] = [each for each in theirs if each.household_id == access.household_id]
                seen = {stay.person_id: visible_items(other, stay.subject) for stay in stays(access)}
                assert seen == {portrait.person_id: portrait.items for portrait in residents(really)}
                assert len(seen_by(other, stays(access))) == len(stays(access))


def test_of_who_left_the_home_and_still_acts_for_it_the_preview_shows_no_guardian(db):
    home = household()
    camille, karim = person("Camille Martin"), person("Karim Benali")
    living(camille, home)
    living(karim, home, Role.PARTNER, until=TODAY - timedelta(days=30))
    access = acting(camille, home)
    let_in(karim, home)

    karim_s = next(reader for reader in readers(access) if not reader.is_self)

    assert not as_seen_from(access, karim_s.access, role=karim_s.role).represents
