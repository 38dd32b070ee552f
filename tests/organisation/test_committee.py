"""The meetings of the committee are planned by administrators; the next one is proposed where a request is referred."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.desk.desks import entered
from tests.filings.factories import desk
from tests.household.homes import shown
from xpassfam.accounts.models import Account
from xpassfam.organisation.actions import plan
from xpassfam.organisation.models import Meeting, next_meeting

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


def planned(day):
    return plan(Meeting(on=day), by="test", at=AT)


def test_the_next_meeting_is_the_first_from_that_day_on():
    for day in (date(2026, 12, 15), date(2026, 11, 17), date(2027, 1, 19)):
        planned(day)

    assert next_meeting(on=date(2026, 11, 23)) == date(2026, 12, 15)
    assert next_meeting(on=date(2026, 12, 15)) == date(2026, 12, 15)
    assert next_meeting(on=date(2027, 2, 1)) is None


def test_a_day_is_planned_once():
    planned(date(2026, 12, 15))

    with pytest.raises(ValidationError):
        planned(date(2026, 12, 15))


def test_an_administrator_plans_a_meeting_in_the_admin(client):
    names = {"first_name": "Thierry", "last_name": "Roux", "role": "administrator"}
    client.force_login(Account.objects.create(email="thierry@estuaire.example", **names))
    client.post("/admin/organisation/meeting/add/", {"on": "2026-12-15"})

    assert Meeting.objects.get().written_by


def test_the_next_meeting_is_proposed_to_whoever_refers_a_request():
    room, day = desk(), timezone.localdate() + timedelta(days=9)
    planned(day)
    page = shown(entered(room.nadia).get(f"/gestion/demandes/{room.examined().public_id}/commission/"))

    assert f'name="on_day" value="{day.day}"' in page
    assert f'name="on_year" value="{day.year}"' in page
