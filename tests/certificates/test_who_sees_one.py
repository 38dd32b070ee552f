"""The query set and the rule say the same, for every viewer, kind and holder."""

from itertools import product

import pytest
from django.utils import timezone

from tests.certificates.certifying import brackets, given, living_on, read_again
from xpassfam.certificates.models import Certificate
from xpassfam.people.models import Access, Residence
from xpassfam.rules.certificates import may_see_certificate
from xpassfam.rules.visibility import Viewer

pytestmark = pytest.mark.django_db
KINDS = ("composition", "bracket", "card")


def test_a_viewer_sees_what_the_rule_lets_them_see(family):
    brackets()
    living_on(family)
    year = str(timezone.localdate().year - 1)
    made = [
        *(
            given(family, who, kind)
            for who in (family.camille, family.karim)
            for kind in ("composition", "bracket", "card")
        ),
        given(family, family.karim, "paid", year),
        given(family, family.lea),
    ]
    rows = [read_again(one) for one in made]
    persons = (family.camille, family.karim, family.lea, family.antoine)
    homes = (family.home, family.other_home)
    compared = 0
    for who, home, permission, role, frozen in product(
        persons, homes, Access.Permission.values, (*Residence.Role.values, ""), (False, True)
    ):
        viewer = Viewer(who.pk, home.pk, timezone.localdate(), permission=permission, role=role, is_frozen=frozen)
        expected = {
            row.pk
            for row in rows
            if may_see_certificate(
                viewer,
                row.described.tells,
                household_id=row.household_id,
                given_to=row.given_to_id,
                is_own=row.is_own,
            )
        }
        assert set(Certificate.objects.visible_to(viewer).values_list("pk", flat=True)) == expected
        compared += 1
    assert compared == 4 * 2 * 4 * 5 * 2
