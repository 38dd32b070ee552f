"""Where a family is paid is not changed from a session left open: its owner proves who they are first."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.accounts.factories import PASSWORD
from tests.filings.factories import desk
from tests.filings.test_who_may_act import BANK, IBAN
from tests.household.homes import entered, shown

pytestmark = pytest.mark.django_db
GIVEN = {"holder": "Camille Martin", "iban": IBAN}
CONFIRM = "/connexion/confirmer/"


@pytest.fixture
def room(time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    return desk(BANK)


def sending(room, time_machine, *, minutes):
    """A draft with an account number, and whoever sits at the session so much later."""
    draft, client = room.draft(GIVEN, with_proof=False), entered(room.home.holder)
    time_machine.shift(timedelta(minutes=minutes))
    page = f"/mon-compte/demandes/{draft.public_id}/verifier/"

    def press():
        return client.post(
            page.replace("verifier", "envoi"), {"honour": "on"}, headers={"referer": f"http://testserver{page}"}
        )

    return draft, client, press


def test_just_after_a_new_password_the_page_says_until_when_it_waits(room, time_machine):
    draft, client, press = sending(room, time_machine, minutes=1)
    new = {"current_password": PASSWORD, "new_password": "tulipe-canoe-hiver-42"}
    assert client.post("/mon-compte/securite/mot-de-passe/", new).status_code == 302
    text = shown(press())
    assert "un compte bancaire ne change pas dans les 72 heures" in text.replace(" heures", " heures")
    draft.refresh_from_db()
    assert draft.is_draft


def test_after_a_while_the_password_is_asked_and_nothing_is_sent(room, time_machine):
    draft, client, press = sending(room, time_machine, minutes=11)
    asked = press()
    assert asked.headers["Location"].startswith(CONFIRM)
    draft.refresh_from_db()
    assert draft.is_draft
    assert "Rien n’a encore été fait" in shown(client.get(asked.headers["Location"]))


def test_once_proved_it_is_sent(room, time_machine):
    draft, client, press = sending(room, time_machine, minutes=11)
    press()
    client.post(CONFIRM, {"password": PASSWORD})
    assert press().status_code == 302
    draft.refresh_from_db()
    assert not draft.is_draft


def test_who_has_just_signed_in_is_asked_nothing(room, time_machine):
    draft, _client, press = sending(room, time_machine, minutes=1)
    press()
    draft.refresh_from_db()
    assert not draft.is_draft
