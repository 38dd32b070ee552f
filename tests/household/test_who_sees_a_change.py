"""The database shows of changes what the rule allows, for everybody of a family, about everybody, from both homes."""

from itertools import product

import pytest
from django.utils import timezone

from tests.household.families import ask_for_address, read
from tests.household.homes import let_in
from xpassfam.household.models import Change
from xpassfam.people.models import Residence
from xpassfam.rules.changes import may_see_change
from xpassfam.rules.visibility import Viewer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("is_frozen", [False, True])
@pytest.mark.parametrize("permission", ["all", "view", "requests", "documents"])
def test_sql_and_the_rule_agree(family, permission, is_frozen):
    everybody = [family.camille, family.karim, family.ines, family.lea, family.tom, family.antoine]
    homes = [family.home, family.other_home]
    for number, (home, person, asker) in enumerate(product(homes, [None, *everybody], everybody)):
        Change.objects.create(
            household=home, person=person, field=f"field {asker.pk}", before={}, after={}, status="pending",
            asked_by=asker, asked_at=timezone.now(), form_key=f"k{number}",
        )  # fmt: skip
    minors = {family.home.pk: {family.ines.pk, family.tom.pk}, family.other_home.pk: {family.tom.pk}}
    today = timezone.localdate()
    Residence.objects.filter(household=family.home, person=family.karim).update(until=today)
    living_there = {
        home.pk: {stay.person_id for stay in Residence.objects.open_on(today).filter(household=home)} for home in homes
    }

    for person, home in product(everybody, homes):
        viewer = Viewer(person.pk, home.pk, today, permission=permission, is_frozen=is_frozen)
        shown = {change.pk for change in Change.objects.visible_to(viewer)}
        allowed = {
            change.pk
            for change in Change.objects.order_by("pk")
            if may_see_change(
                viewer,
                household_id=change.household_id,
                person_id=change.person_id,
                asked_by=change.asked_by_id,
                minors_at_home=minors[viewer.household_id],
                living_there=living_there[viewer.household_id],
            )
        }
        assert shown == allowed


def test_in_a_frozen_file_nobody_reads_where_the_other_moves(family):
    change = Change.objects.create(
        household=family.home, person=None, field="address", before={}, after={"town": "Brest"}, status="pending",
        asked_by=family.karim, asked_at=timezone.now(), form_key="k",
    )  # fmt: skip
    camille = Viewer(family.camille.pk, family.home.pk, timezone.localdate(), is_frozen=True)
    assert change not in Change.objects.visible_to(camille)


@pytest.mark.parametrize("permission", ["view", "requests", "documents"])
def test_a_guest_sees_the_present_address_and_not_where_the_family_moves(family, permission):
    ask_for_address(family.client(family.camille), address="3 rue Neuve")
    let_in(family.antoine, family.home, permission, origin="invitation")
    guest = family.client(family.antoine)
    guest.post("/mon-compte/foyer/choix/", {"household": family.home.public_id})

    page = read(guest, "/mon-compte/foyer/")

    assert "14 rue du Coudray" in page
    assert "3 rue Neuve" not in page
    assert "3 rue Neuve" in read(family.client(family.karim), "/mon-compte/foyer/")
