"""What goes of the calls for help when somebody goes: their own, and no other's."""

import pytest

from tests.household.homes import couple
from tests.support.calling import ticket
from xpassfam.support import for_privacy
from xpassfam.support.models import Ticket

pytestmark = pytest.mark.django_db


def test_one_s_own_go_and_what_a_stranger_wrote_of_one_s_address_too():
    home = couple()
    ticket(home.holder)
    ticket(identifier=home.holder.email)
    kept = ticket(home.partner)

    assert for_privacy.erase([home.holder.person.pk], [home.holder.email, ""]) == 2
    assert Ticket.objects.get() == kept


def test_who_shares_an_address_with_somebody_gone_keeps_theirs():
    home = couple()
    ticket(home.holder)
    ticket(identifier=home.holder.email)

    assert for_privacy.erase([home.partner.person.pk], [home.holder.email]) == 0
    assert Ticket.objects.count() == 2


def test_no_address_at_all_names_nobody():
    ticket(identifier="quelqu’un", email="")

    assert for_privacy.erase([], ["", ""]) == 0
    assert Ticket.objects.count() == 1
