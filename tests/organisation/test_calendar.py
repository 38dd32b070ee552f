"""Which days are worked: public holidays where the organisation is, and its own closings."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from xpassfam.accounts.models import Account
from xpassfam.organisation.actions import close, open_again
from xpassfam.organisation.calendar import is_working
from xpassfam.organisation.models import Closing, HolidayZone, Organisation
from xpassfam.rules.time_limits import Delay, Unit, due_on

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
NEW = "/admin/organisation/closing/add/"


def somewhere(zone):
    Organisation.objects.create(holiday_zone=zone)


def closed(first, last=None, reason="Pont"):
    return close(Closing(first_on=first, last_on=last or first, reason=reason), by="test", at=AT)


@pytest.mark.parametrize(
    "day",
    [
        date(2027, 5, 6),  # Ascension
        date(2026, 4, 6),  # Easter Monday
        date(2026, 7, 14),
        date(2026, 11, 28),  # a Saturday
        date(2026, 11, 29),
    ],
)
def test_weekends_and_public_holidays_are_not_worked(day):
    assert not is_working(day)


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2027, 5, 7), date(2025, 12, 26), date(2026, 4, 3)])
def test_the_others_are(day):
    assert is_working(day)


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("alsace_moselle", date(2025, 12, 26)),
        ("alsace_moselle", date(2026, 4, 3)),  # Good Friday
        ("reunion", date(2027, 12, 20)),  # abolition of slavery
        ("martinique", date(2026, 5, 22)),
        ("nouvelle_caledonie", date(2026, 9, 24)),
    ],
)
def test_some_places_have_days_of_their_own(zone, day):
    assert is_working(day)
    somewhere(zone)
    assert not is_working(day)


@pytest.mark.parametrize("zone", HolidayZone.values)
def test_every_zone_knows_its_days(zone):
    somewhere(zone)
    assert not is_working(date(2027, 1, 1))
    assert is_working(date(2026, 11, 23))


def test_a_closing_is_not_worked_until_it_is_taken_back():
    closing = closed(date(2026, 12, 24), date(2026, 12, 31), "Fermeture de fin d’année")
    assert [day for day in range(20, 32) if is_working(date(2026, 12, day))] == [21, 22, 23]
    open_again(closing)
    assert is_working(date(2026, 12, 24))


def test_delays_in_working_days_step_over_all_of_them():
    closed(date(2027, 5, 7))
    asked = due_on(Delay(2, Unit.WORKING_DAYS), start=date(2027, 5, 5), is_working=is_working)
    assert asked == date(2027, 5, 11)


def test_a_warm_process_asks_nothing_of_the_database(django_assert_num_queries):
    closed(date(2027, 5, 7))
    is_working(date(2026, 11, 23))
    with django_assert_num_queries(0):
        assert not any(is_working(date(2027, 5, 7) + timedelta(days=days)) for days in range(3))


def test_a_closing_that_ends_before_it_begins_or_lasts_for_ever_is_refused():
    with pytest.raises(ValidationError, match="avant le premier"):
        closed(date(2026, 12, 24), date(2026, 12, 23))
    with pytest.raises(ValidationError, match="vérifiez l’année"):
        closed(date(2026, 12, 24), date(2027, 12, 31))
    with pytest.raises(IntegrityError, match="closing_ends_after_it_begins"), transaction.atomic():
        Closing.objects.create(first_on=date(2026, 12, 24), last_on=date(2026, 12, 1), reason="x", written_at=AT)


@pytest.fixture
def administrator(client):
    account = Account.objects.create(
        email="thierry@estuaire.example", first_name="Thierry", last_name="Roux", role="administrator"
    )
    client.force_login(account)
    return client


def test_an_administrator_closes_a_day_in_the_admin(administrator):
    typed = {"first_on": "2027-05-07", "last_on": "2027-05-07", "reason": "Pont de l’Ascension"}
    assert is_working(date(2027, 5, 7))
    assert administrator.post(NEW, typed)["Location"] == "/admin/organisation/closing/"
    assert not is_working(date(2027, 5, 7))
    closing = Closing.objects.get()
    assert "Roux" in closing.written_by or "thierry" in closing.written_by
    administrator.post(f"/admin/organisation/closing/{closing.pk}/delete/", {"post": "yes"})
    assert is_working(date(2027, 5, 7))


def test_a_slip_is_told_beside_its_field(administrator):
    response = administrator.post(NEW, {"first_on": "2027-05-07", "last_on": "2027-05-06", "reason": "Pont"})
    assert response.context["errors"] == [["Le dernier jour ne peut pas venir avant le premier."]]
    assert 'type="date"' in response.content.decode()


def test_an_agent_closes_nothing(client):
    client.force_login(Account.objects.create(email="a@estuaire.example", role="agent"))
    assert client.get(NEW).status_code == 403
