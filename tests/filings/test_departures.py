"""Who leaves decides: of a couple, sharing stops when it is said; anybody else, an agent handles it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.accounts.mailbox import received
from tests.filings.factories import desk, procedure
from tests.filings.shipped import DEFINITIONS, approve, send
from tests.household.homes import entered, read
from tests.people.factories import Role, living, person
from xpassfam.filings.models import Filing
from xpassfam.filings.states import Status
from xpassfam.people.models import Residence, Separation

pytestmark = pytest.mark.django_db
FROZEN = "Le partage du dossier est gelé."


@pytest.fixture
def room():
    return desk()


@pytest.fixture
def grown(room):
    """A child of age of the home."""
    return living(person("Nolwenn Martin", date(2004, 10, 2)), room.home.household, Role.OTHER_ADULT).person


def leaves(room, *who, **answers):
    today = timezone.localdate().isoformat()
    base = {"who_leaves": [one.public_id for one in who], "since": today, "stays_confidential": True}
    return send(room, "D04", {**base, "safe_way": "none", **answers})


def alone(room):
    Residence.objects.filter(person=room.home.partner.person).update(until=timezone.localdate())


def is_frozen(room):
    return Separation.objects.open().filter(household=room.home.household).exists()


def is_for_an_agent(filing):
    return filing.status == Status.RECEIVED and filing in Filing.objects.pending()


@pytest.mark.parametrize("who", ["partner", "holder"])
def test_a_separation_stops_sharing_as_soon_as_it_is_sent(room, who):
    sent = leaves(room, getattr(room.home, who).person, children_live="undecided")

    assert (sent.status, sent.promise) == (Status.RECORDED, None)
    assert is_frozen(room)
    assert FROZEN in received()[-1].body


def test_whoever_leaves_with_a_grown_child_leaves_a_couple(room, grown):
    leaves(room, room.home.partner.person, grown, children_live="undecided")

    assert is_frozen(room)


def test_another_adult_who_leaves_leaves_the_couple_as_it_is_and_an_agent_handles_it(room, grown):
    sent = leaves(room, grown)

    assert is_for_an_agent(sent)
    assert sent.due_on == timezone.localdate() + timedelta(days=10)
    assert not is_frozen(room)
    assert FROZEN not in received()[-1].body

    approve(room, sent)
    assert not is_frozen(room)


def test_a_single_parent_whose_grown_child_leaves_can_say_so(room, grown):
    alone(room)

    assert is_for_an_agent(leaves(room, grown))
    assert not is_frozen(room)


def test_a_single_parent_who_leaves_can_say_so(room):
    alone(room)

    assert is_for_an_agent(leaves(room, room.home.holder.person, children_live="undecided"))


@pytest.mark.parametrize(
    ("is_of_couple", "says"), [(True, "Elle prend effet dès l’envoi."), (False, "répondre au plus tard")]
)
def test_the_last_page_says_what_sending_will_do(room, grown, is_of_couple, says):
    who = room.home.partner.person if is_of_couple else grown
    draft = room.draft({"who_leaves": [who.public_id]}, version=procedure(DEFINITIONS["D04"]), with_proof=False)

    page = read(entered(room.home.holder), f"/mon-compte/demandes/{draft.public_id}/verifier/")
    assert says in page
