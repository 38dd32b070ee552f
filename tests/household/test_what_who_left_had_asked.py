"""The register says that somebody left a home, no separation declared: what they had asked for it goes nowhere."""

import pytest
from django.utils import timezone

from tests.accounts.mailbox import received
from tests.household.families import agent_client, ask_for_address, fresh, read, send
from xpassfam.household.actions import changing
from xpassfam.household.models import Change
from xpassfam.people.models import Access, Residence

pytestmark = pytest.mark.django_db
QUEUE = "/gestion/changements/"
PAGES = ["/mon-compte/", "/mon-compte/foyer/", "/mon-compte/confirmation/", "/mon-compte/historique/"]


def leaves(family, someone, *, keeps_access=False):
    today = timezone.localdate()
    Residence.objects.filter(household=family.home, person=someone).update(until=today)
    if not keeps_access:
        Access.objects.filter(household=family.home, person=someone).update(until=today)


def test_who_stays_never_reads_the_address_asked_for_before_leaving(family):
    ask_for_address(family.client(family.camille), address="17 rue Secrète")
    karim = family.client(family.karim)
    assert "Secrète" in read(karim, "/mon-compte/foyer/")

    leaves(family, family.camille)

    for page in PAGES:
        assert "Secrète" not in read(karim, page), page


@pytest.mark.parametrize("keeps_access", [False, True])
def test_no_agent_accepts_it(family, keeps_access):
    change = ask_for_address(family.client(family.camille), address="17 rue Secrète")
    leaves(family, family.camille, keeps_access=keeps_access)
    agent = agent_client()

    answer = agent.post(f"{QUEUE}{change.public_id}/accord/")

    assert "ne peut plus être accepté" in read(agent, answer.headers["Location"])
    assert fresh(family.home).address == "14 rue du Coudray"


def test_it_is_taken_off_soon_and_who_asked_is_told(family):
    camille = family.client(family.camille)
    asked = ask_for_address(camille, address="17 rue Secrète")
    send(camille, "/mon-compte/profil/nom/", last_name="Martin-Benali")
    leaves(family, family.camille)
    received()

    changing.drop_left_behind(at=timezone.now())

    assert Change.objects.get(pk=asked.pk).status == "withdrawn"
    assert Change.objects.get(field="last_name").status == "pending"
    (told,) = [mail for mail in received() if mail.subject == "Votre changement est annulé"]
    assert told.to[0] == family.account(family.camille).email
    assert "car vous n’habitez plus ce foyer" in told.body
    assert "suspendu" not in told.body
    history = read(family.client(family.karim), "/mon-compte/historique/")
    assert "car la personne qui l’a demandé n’habite plus ce foyer" in history
    assert "Secrète" not in history


def test_what_who_stays_asked_is_left_alone(family):
    asked = ask_for_address(family.client(family.camille))
    leaves(family, family.karim)

    assert changing.drop_left_behind(at=timezone.now()) == 0
    assert Change.objects.get(pk=asked.pk).status == "pending"
