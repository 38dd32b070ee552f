"""Whoever just took over a mailbox does not change where a family is paid."""

from datetime import timedelta

import pytest

from tests.payments.accounts import NADIA, NOW
from xpassfam.accounts import history
from xpassfam.accounts.freezing import freeze
from xpassfam.accounts.models import Freeze
from xpassfam.accounts.telling import record
from xpassfam.payments.safety import waits_until
from xpassfam.people.actions.correcting import correct

HOURS = timedelta(hours=1)


@pytest.fixture
def camille(family):
    return family.account(family.camille)


def test_nothing_new_nothing_to_wait_for(camille):
    assert waits_until(camille, at=NOW) is None


def test_three_days_after_a_new_password(camille):
    record(camille, history.PASSWORD_CHANGED, at=NOW)
    assert waits_until(camille, at=NOW + HOURS) == NOW + 72 * HOURS
    assert waits_until(camille, at=NOW + 72 * HOURS) is None


def test_three_days_after_a_new_email(family, camille):
    correct(family.camille, field="email", values={"email": "new@example.org"}, by=NADIA, at=NOW)
    assert waits_until(camille, at=NOW + HOURS) == NOW + 72 * HOURS


def test_the_last_of_them_counts(family, camille):
    record(camille, history.PASSWORD_CHANGED, at=NOW)
    correct(family.camille, field="email", values={"email": "new@example.org"}, by=NADIA, at=NOW + 10 * HOURS)
    assert waits_until(camille, at=NOW + 20 * HOURS) == NOW + 82 * HOURS


def test_what_others_change_does_not_make_one_wait(family, camille):
    record(family.account(family.karim), history.PASSWORD_CHANGED, at=NOW)
    correct(family.karim, field="email", values={"email": "k@example.org"}, by=NADIA, at=NOW)
    correct(family.camille, field="phone", values={"phone": "+33639980099"}, by=NADIA, at=NOW)
    assert waits_until(camille, at=NOW + HOURS) is None


def test_whoever_said_it_was_not_them_waits_until_that_is_settled(camille):
    freeze(camille, reason=Freeze.Reason.NOT_ME, at=NOW, until=NOW + 240 * HOURS)
    assert waits_until(camille, at=NOW + 80 * HOURS) == NOW + 240 * HOURS
