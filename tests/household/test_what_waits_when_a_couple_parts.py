"""What was asked before a separation tells nobody, afterwards, where somebody went."""

from datetime import date

import pytest
from django.utils import timezone

from tests.accounts.mailbox import received
from tests.household.families import OLD, agent_client, ask_for_address, fresh, read, send
from xpassfam.household.actions import changing, separating
from xpassfam.household.fields import ADDRESS, version_of
from xpassfam.household.models import Change
from xpassfam.household.standing import Subject
from xpassfam.journal.actions import Actor
from xpassfam.people.models import Access, Residence, Separation
from xpassfam.rules.field_policy import Whose

pytestmark = pytest.mark.django_db
QUEUE = "/gestion/changements/"
PAGES = ["/mon-compte/", "/mon-compte/foyer/", "/mon-compte/confirmation/", "/mon-compte/historique/"]


def part(family, who):
    viewer, actor = family.access(who), family.account(who).actor
    return separating.declare(viewer=viewer, by=actor, at=timezone.now())


def settle_two_files(family, separation, gone):
    today = timezone.localdate()
    Residence.objects.filter(household=family.home, person=gone).update(until=today)
    Access.objects.filter(household=family.home, person=gone).update(until=today)
    agent = Actor("agent", name="Nadia Ferrand")
    separating.settle(separation, outcome="two_files", reason="Fait.", by=agent, at=timezone.now())


def test_a_new_home_asked_for_before_leaving_is_never_read_by_who_stays(family):
    camille = family.client(family.camille)
    change = ask_for_address(camille, address="17 rue Secrète")
    separation = part(family, family.camille)
    settle_two_files(family, separation, family.camille)
    karim = family.client(family.karim)

    for page in PAGES:
        assert "Secrète" not in read(karim, page), page
    assert Change.objects.get(pk=change.pk).status == "withdrawn"
    agent_client().post(f"{QUEUE}{change.public_id}/accord/")
    assert fresh(family.home).address == "14 rue du Coudray"


@pytest.mark.parametrize("declared_by", ["camille", "karim"])
def test_who_asked_is_told_that_it_is_dropped(family, declared_by):
    ask_for_address(family.client(family.camille), address="17 rue Secrète")
    received()

    part(family, getattr(family, declared_by))

    told = [mail for mail in received() if mail.subject == "Votre changement est annulé"]
    assert [mail.to[0] for mail in told] == [family.account(family.camille).email]
    assert all("Secrète" not in mail.body for mail in told)


def test_a_child_s_is_dropped_and_one_s_own_stays(family):
    client = family.client(family.camille)
    send(client, f"/mon-compte/foyer/enfants/{family.tom.public_id}/prenoms/", first_names="Tom, Gaston")
    send(client, "/mon-compte/profil/nom/", last_name="Martin-Benali")

    part(family, family.karim)

    assert set(Change.objects.values_list("field", "status")) == {
        ("child_first_names", "withdrawn"),
        ("last_name", "pending"),
    }


@pytest.mark.parametrize("because", ["the access ended", "a separation is declared"])
def test_an_agent_does_not_accept_for_who_no_longer_acts_there(family, because):
    change = ask_for_address(family.client(family.camille))
    if because == "the access ended":
        Access.objects.filter(person=family.camille).update(until=date(2026, 1, 1))
    else:
        facts = {"household": family.home, "declared_by": family.karim, "declared_at": timezone.now()}
        Separation.objects.create(**facts)
    agent = agent_client()

    answer = agent.post(f"{QUEUE}{change.public_id}/accord/")

    assert "ne peut plus être accepté" in read(agent, answer.headers["Location"])
    assert fresh(family.home).address == "14 rue du Coudray"
    assert agent.post(f"{QUEUE}{change.public_id}/refus/", {"reason": "not_here"}).status_code == 302


def test_what_waited_for_the_lock_is_asked_by_nobody_once_the_couple_parted(family):
    stale = family.access(family.karim)
    part(family, family.camille)

    with pytest.raises(changing.NotAllowed):
        changing.ask(
            Subject(Whose.HOME, family.home),
            field=ADDRESS,
            values=OLD | {"address": "17 rue Secrète"},
            access=stale,
            form_key="k" * 26,
            seen=version_of(OLD),
            by=family.account(family.karim).actor,
            at=timezone.now(),
        )
