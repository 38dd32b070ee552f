"""Who knows a file can have a letter posted to its home: not to a child, and not one that ends another on its way."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.accounts.factories import adult, code_for, sign_up_by_file
from tests.accounts.mailbox import received, the_mail
from tests.people.factories import living, person
from xpassfam.accounts.actions import activation_codes
from xpassfam.accounts.models import PostedCode

pytestmark = pytest.mark.django_db
NUMBER = "ESF-2019-004812-K"


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to("2026-11-23 14:00:00Z", tick=False)
    return time_machine


@pytest.fixture
def camille():
    return adult(member_number=NUMBER)


def asked_from_outside(client, someone, **typed):
    sign_up_by_file(client, someone, "ex@example.org", **typed)
    return the_mail().subject


@pytest.mark.parametrize("facts", [{"member_number": NUMBER, "birth_date": date(2012, 5, 4)}, {"member_number": None}])
def test_no_letter_leaves_for_a_child_nor_for_who_has_no_number_to_type_with_its_code(client, facts):
    home = adult(member_number="ESF-2019-004813-R").residences.get().household
    someone = person("Zoé Martin", **{"birth_date": date(1990, 5, 4)} | facts)
    living(someone, home)
    assert asked_from_outside(client, someone, first_name="Zoé") == "Votre compte n’est pas encore ouvert"
    assert not PostedCode.objects.exists()


def test_a_letter_on_its_way_is_not_ended_by_another(client, camille, capsys):
    on_its_way = code_for(camille)
    assert asked_from_outside(client, camille) == "Un code part chez vous par courrier"
    call_command("print_activation_letters")
    assert activation_codes.check(camille, on_its_way, at=timezone.now())


def test_after_a_week_a_letter_that_never_came_is_replaced(client, camille, noon):
    code_for(camille)
    noon.shift(timedelta(days=7))
    asked_from_outside(client, camille)
    assert PostedCode.objects.get().person == camille
    assert received() == []
