"""The database shows of filings what the rule allows, on families that nobody thought of."""

from itertools import count, product

import pytest
from hypothesis import HealthCheck, given, settings

from tests.filings.factories import procedure
from tests.people.test_visibility import NOW, World, families
from xpassfam.filings.family.listing import _OPEN, _open
from xpassfam.filings.models import Filing
from xpassfam.filings.states import Status
from xpassfam.rules.visibility import Item, Subject, Viewer, may_see_filed, may_see_stay

pytestmark = pytest.mark.django_db
_keys = count(1)


def filings_of(world: World) -> list[Filing]:
    """In every home, about nobody and everybody, by everybody, drafts and sent, private and not."""
    version = procedure()
    sent = {"status": Status.RECEIVED, "filed_at": NOW, "due_on": NOW.date()}
    rows = [
        Filing(
            procedure_version=version, household=home, about=about, filed_by=filer, started_at=NOW, saved_at=NOW,
            start_key=f"k{number}", is_private=is_private,
            **(sent | {"reference": f"R{number}"} if is_sent else {}),
        )
        for number, (home, about, filer, is_sent, is_private) in enumerate(
            product(world.homes, [None, *world.persons], world.persons[:3], (False, True), (False, True)),
            next(_keys) * 1000,
        )
    ]  # fmt: skip
    return Filing.objects.bulk_create(rows)


def subject_for(viewer: Viewer, filing: Filing, world: World) -> Subject:
    """Whom it is about (who filed it, where it names nobody), as the home acted for knows them."""
    about = filing.about or filing.filed_by
    for pk, stay in world.stays.items():
        if stay.person_id == about.pk and may_see_stay(viewer, stay):
            row = world.rows[pk]
            return Subject(row.person_id, role=row.role, born=about.birth_date, is_shared=row.is_shared)
    return Subject(about.pk)


def is_for_home(filing: Filing, world: World) -> bool:
    """About nobody, by somebody who never lived there."""
    filer = (filing.filed_by_id, filing.household_id)
    has_lived = any((one.person_id, one.household_id) == filer for one in world.stays.values())
    return filing.about is None and not has_lived


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=families())
def test_sql_shows_exactly_what_the_rule_allows(drawn, django_db_blocker, db):
    world = World(drawn)
    filings = filings_of(world)
    ids = [filing.pk for filing in filings]
    for viewer in world.viewers():
        allowed = {
            filing.pk
            for filing in filings
            if (not filing.is_draft or filing.filed_by_id == viewer.person_id)
            and may_see_filed(
                viewer,
                Item.REQUESTS,
                about=subject_for(viewer, filing, world),
                household_id=filing.household_id,
                filed_by=filing.filed_by_id,
                is_private=filing.is_private,
                is_for_home=is_for_home(filing, world),
            )
        }
        shown = Filing.objects.filter(pk__in=ids).visible_to(viewer)
        assert set(shown.values_list("pk", flat=True)) == allowed
        # What the first page asks is compiled once for each shape of viewer: the same rows, in the same order.
        assert _OPEN.rows(viewer) == list(_open(viewer))
