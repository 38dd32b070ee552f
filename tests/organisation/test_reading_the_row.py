from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, OperationalError, connection, transaction

from xpassfam.organisation.models import Organisation, current, forget

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_without_a_row_the_defaults_answer():
    assert current().portal_name == "Mon compte"
    assert current().pk == 1
    assert not Organisation.objects.exists()


def test_a_warm_process_asks_nothing_of_the_database(django_assert_num_queries):
    current()
    with django_assert_num_queries(0):
        assert current().reset_link_minutes == 1440


def test_saving_is_seen_at_once_by_the_process_that_saved():
    assert current().name == "Votre organisme"
    Organisation.objects.create(name="Mutuelle du Ponant")
    assert current().name == "Mutuelle du Ponant"


def test_another_process_sees_a_change_within_ten_seconds():
    Organisation.objects.create(name="Mutuelle du Ponant")
    with time_machine.travel(NOON, tick=False) as clock:
        forget()
        current()
        Organisation.objects.update(name="Ville de Port-Breton")
        clock.shift(timedelta(seconds=9))
        assert current().name == "Mutuelle du Ponant"
        clock.shift(timedelta(seconds=2))
        assert current().name == "Ville de Port-Breton"


def test_a_database_that_goes_away_leaves_what_was_known():
    Organisation.objects.create(name="Mutuelle du Ponant", support_phone="02 61 91 44 00")
    with time_machine.travel(NOON, tick=False) as clock:
        forget()
        current()
        clock.shift(timedelta(seconds=11))
        with connection.execute_wrapper(_away):
            assert current().support_phone == "02 61 91 44 00"


def _away(execute, sql, params, many, context):
    raise OperationalError("gone")


def test_there_is_only_one_organisation():
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(pk=2)


@pytest.mark.parametrize(
    "values",
    [
        {"reset_link_minutes": 29},
        {"reset_link_minutes": 1441},
        {"staff_idle_minutes": 0},
        {"legal_profile": "sci"},
        {"sign_up_proof": ""},
        {"log_months": 3},
        {"maintenance_from": NOON},
        {"maintenance_from": NOON, "maintenance_until": NOON},
    ],
)
def test_the_database_refuses_what_the_form_would(values):
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        Organisation.objects.create(**values)


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"brand_colour": "vert"}, "brand_colour", "#0f5c56"),
        ({"support_phone": "appelez-nous"}, "support_phone", "02 61 91 44 00"),
        ({"accessibility_state": "partial"}, "accessibility_auditor", "non conforme"),
        ({"password_min_length_mixed": 13}, "password_min_length_mixed", "dépasser"),
        ({"maintenance_until": NOON}, "maintenance_from", "aucun des deux"),
        ({"maintenance_from": NOON, "maintenance_until": NOON - timedelta(hours=1)}, "maintenance_until", "après"),
        ({"accessibility_state": "full", "accessibility_rate": 80, "accessibility_auditor": "Nous",
          "accessibility_audited_on": NOON.date()}, "accessibility_state", "100"),
    ],
)  # fmt: skip
def test_a_refused_value_says_what_to_write(values, field, words):
    with pytest.raises(ValidationError) as refused:
        Organisation(**values).full_clean()
    assert words in " ".join(refused.value.message_dict[field])


@pytest.mark.parametrize(
    ("phone", "address"), [("02 61 91 44 00", "tel:+33261914400"), ("3949", "tel:3949"), ("+32 2 123", "tel:+322123")]
)
def test_a_phone_number_becomes_a_link_that_calls(phone, address):
    assert Organisation(support_phone=phone).support_phone_address == address


def test_the_maintenance_window_is_open_from_its_start_to_its_end():
    hour = timedelta(hours=1)
    organisation = Organisation(maintenance_from=NOON, maintenance_until=NOON + hour)
    assert organisation.announces_maintenance(NOON - hour)
    assert not organisation.is_in_maintenance(NOON - hour)
    assert organisation.is_in_maintenance(NOON)
    assert not organisation.is_in_maintenance(NOON + hour)
    assert not organisation.announces_maintenance(NOON + hour)


def test_words_that_a_guesser_would_try_come_from_the_names_and_the_list():
    organisation = Organisation(name="Ville de Port-Breton", password_words="breizh\nphare du bout")
    assert {"Ville", "Port-Breton", "compte", "breizh", "phare"} <= set(organisation.context_words)
    assert "de" not in organisation.context_words
