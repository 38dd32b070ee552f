"""The database shows of changes what the rule allows, for everybody of a family, about everybody, from both homes."""

from itertools import product

import pytest
from django.utils import timezone

from xpassfam.household.models import Change
from xpassfam.rules.changes import may_see_change
from xpassfam.rules.visibility import Viewer

pytestmark = pytest.mark.django_db


def test_sql_and_the_rule_agree(family):
    everybody = [family.camille, family.karim, family.ines, family.lea, family.tom, family.antoine]
    homes = [family.home, family.other_home]
    for number, (home, person) in enumerate(product(homes, [None, *everybody])):
        Change.objects.create(
            household=home, person=person, field="address", before={}, after={}, status="pending",
            asked_by=family.camille, asked_at=timezone.now(), form_key=f"k{number}",
        )  # fmt: skip
    minors = {family.home.pk: {family.ines.pk, family.tom.pk}, family.other_home.pk: {family.tom.pk}}

    for viewer in (Viewer(person.pk, home.pk, timezone.localdate()) for person, home in product(everybody, homes)):
        shown = {(c.household_id, c.person_id) for c in Change.objects.visible_to(viewer)}
        allowed = {
            (home.pk, about)
            for home, about in product(homes, [None, *(person.pk for person in everybody)])
            if may_see_change(viewer, household_id=home.pk, person_id=about, minors_at_home=minors[viewer.household_id])
        }
        assert shown == allowed
