"""What a procedure's own sentence says of an effect is told where the effect ran, and nowhere else."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.accounts.mailbox import received
from tests.filings.factories import ADDRESS, desk
from tests.filings.shipped import approve, send
from tests.people.factories import Role, living, person
from xpassfam.filings.actions import deciding
from xpassfam.filings.verdicts import Verdict
from xpassfam.ui import words

pytestmark = pytest.mark.django_db
UP_TO_DATE = "Votre adresse est à jour."
MOVE = {"address": ADDRESS, "is_hosted": False, "all_move": True}


@pytest.fixture
def room():
    return desk()


def today():
    return timezone.localdate()


def moved(room, *, since=None, **answers):
    return send(room, "D01", {**MOVE, "since": (since or today()).isoformat(), **answers})


def told():
    """The last mail, as its text reads."""
    return received()[-1].body


def test_a_move_that_took_effect_says_that_the_address_is_up_to_date(room):
    approve(room, moved(room))

    assert UP_TO_DATE in told()


def test_a_move_of_some_does_not_say_that_the_home_s_address_is_up_to_date(room):
    approve(room, moved(room, all_move=False, who_moves=[room.home.partner.person.public_id]))

    assert UP_TO_DATE not in told()


def test_a_move_to_come_says_its_day(room):
    day = today() + timedelta(days=12)
    approve(room, moved(room, since=day))

    text = told()
    assert f"Votre adresse changera le {words.full_day(day)}." in text
    assert UP_TO_DATE not in text


def test_a_move_to_come_says_its_day_when_its_reserve_is_lifted_too(room):
    day = today() + timedelta(days=12)
    filing = moved(room, since=day)
    reserve = Verdict("approved_under_reserve", limits="L’original.", reserve=["proof"])
    decided = deciding.decide(filing, reserve, seen=filing.version, by=room.nadia, at=timezone.now()).filing
    deciding.lift_reserve(decided, seen=decided.version, by=room.nadia, at=timezone.now())

    assert f"Votre adresse changera le {words.full_day(day)}." in told()


def told_of_a_move():
    return [mail for mail in received() if "L’adresse de votre foyer a changé" in mail.subject]


def test_a_move_is_told_to_the_other_adults_of_the_home_without_the_address(room):
    living(
        person("Nolwenn Martin", date(2004, 10, 2), email="nolwenn@example.org"), room.home.household, Role.OTHER_ADULT
    )
    approve(room, moved(room))

    mails = told_of_a_move()
    assert sorted(mail.to for mail in mails) == [["karim@example.org"], ["nolwenn@example.org"]]
    assert not [mail for mail in mails if "Neuve" in mail.body or "Quimper" in mail.body]


def test_a_move_of_some_or_of_a_day_to_come_is_told_to_nobody_else(room):
    approve(room, moved(room, all_move=False, who_moves=[room.home.partner.person.public_id]))
    approve(room, moved(room, since=today() + timedelta(days=12)))

    assert told_of_a_move() == []
