"""Ten thousand guesses over a week, from everywhere: what they buy, and who still enters."""

from datetime import timedelta

import pytest
from django.test import Client, RequestFactory

from tests.accounts.factories import NOW, NUMBERS, account, adult, sign_in
from xpassfam.accounts import dummies, outcomes, pipeline
from xpassfam.accounts.devices import Visitor

pytestmark = pytest.mark.django_db
EMAIL = "camille@example.org"


def guesses(number, *, within):
    """By e-mail and number in turn, each from another address; what is answered."""
    request = RequestFactory().post("/connexion/")
    for turn in range(number):
        yield pipeline.sign_in(
            request,
            identifier=(EMAIL, NUMBERS[0])[turn % 2],
            password=f"pas-le-bon-{turn}",
            remember=False,
            who=Visitor(cookie="", address=f"203.0.{turn // 250}.{turn % 250}", label=""),
            at=NOW + within * turn / number,
        )


@pytest.mark.heavy
def test_ten_thousand_guesses_in_a_week_are_a_few_hundred_looked_at_and_the_owner_enters(hashing_work, time_machine):
    time_machine.move_to(NOW, tick=False)
    account(adult(member_number=NUMBERS[0]), email=EMAIL)
    owner = Client()
    sign_in(owner, EMAIL)
    owner.post("/deconnexion/")
    dummies.prepare()
    hashing_work.clear()

    answers = list(guesses(10_000, within=timedelta(days=7)))

    assert len(answers) == 10_000
    assert not any(isinstance(answer, outcomes.SignedIn) for answer in answers)
    # Ten free of each identifier, then one an hour of each.
    assert hashing_work["verify"] <= 2 * (10 + 7 * 24)
    time_machine.move_to(NOW + timedelta(days=7), tick=False)
    assert sign_in(Client(), EMAIL).status_code == 429
    assert sign_in(owner, EMAIL).status_code == 302
