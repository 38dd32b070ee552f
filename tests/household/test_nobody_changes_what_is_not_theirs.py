"""As an intruder would: fields closed by the policy, other people, other homes, accesses that only see."""

import pytest
from django.utils import timezone

from tests.household.families import OLD, SETTER, agent_client, allow, ask_for_address, fresh, hidden, read
from xpassfam.household.actions.configuring import configure
from xpassfam.household.models import Change, Confirmation
from xpassfam.organisation.models import forget
from xpassfam.people.actions.correcting import texts_of
from xpassfam.people.models import Access
from xpassfam.rules.field_policy import Audience, Mode, Rule
from xpassfam.rules.identifiers import new_public_id

pytestmark = pytest.mark.django_db
ADDRESS = "/mon-compte/foyer/adresse/"
MOVED = {"country": "FR", "address": "3 rue Neuve", "postcode": "44000", "commune": "44109"}


def forged(**typed):
    return {"key": new_public_id(), "version": "0" * 16} | typed


@pytest.mark.parametrize("mode", [Mode.HIDDEN, Mode.SHOWN])
def test_a_field_that_is_not_open_has_no_page_and_takes_nothing(family, mode):
    allow(phone=mode)
    client = family.client(family.camille)
    page = "/mon-compte/profil/telephone/"

    assert client.get(page).status_code == client.post(page, forged(phone="06 39 98 12 40")).status_code == 404
    assert fresh(family.camille).phone == "+33639980013"
    assert ("06\u00a039\u00a098\u00a000\u00a013" in read(client, "/mon-compte/profil/")) is (mode is Mode.SHOWN)


def test_a_field_closed_since_the_form_was_opened_takes_nothing(family):
    client, page = family.client(family.camille), "/mon-compte/profil/telephone/"
    typed = hidden(client, page)
    allow(phone=Mode.SHOWN)

    assert client.post(page, typed | {"phone": "06 39 98 12 40"}).status_code == 404
    assert fresh(family.camille).phone == "+33639980013"


def test_more_fields_than_the_page_has_are_ignored(family):
    client, page = family.client(family.camille), "/mon-compte/profil/telephone/"
    typed = {"phone": "06 39 98 12 40", "last_name": "Rothschild", "member_number": "X", "status": "approved"}

    client.post(page, hidden(client, page) | typed)

    assert (fresh(family.camille).last_name, family.camille.member_number) == ("Martin", None)


def test_who_only_sees_changes_nothing_and_is_told(family):
    lea = family.client(family.lea)
    child = f"/mon-compte/foyer/enfants/{family.ines.public_id}/"

    for page in (ADDRESS, "/mon-compte/profil/telephone/", "/mon-compte/profil/nom/", f"{child}prenoms/"):
        assert lea.get(page).status_code == lea.post(page, forged(**MOVED)).status_code == 404, page
    assert "Votre accès permet de voir" in read(lea, "/mon-compte/profil/")
    assert "Modifier" not in read(lea, child)
    assert "Voir et modifier" not in read(lea, "/mon-compte/foyer/")
    assert "Voir et modifier" in read(family.client(family.camille), "/mon-compte/foyer/")
    assert not Change.objects.exists()


def test_who_only_sees_withdraws_nothing(family):
    change = ask_for_address(family.client(family.camille))
    lea = family.client(family.lea)

    assert lea.post(f"/mon-compte/changements/{change.public_id}/retrait/").status_code == 404
    assert "Annuler ce changement" not in read(lea, "/mon-compte/foyer/")
    assert Change.objects.get().status == "pending"


def test_an_access_taken_down_to_seeing_stops_a_form_already_open(family):
    client = family.client(family.karim)
    typed = hidden(client, ADDRESS)
    Access.objects.filter(person=family.karim).update(permission="view")

    assert client.post(ADDRESS, typed | MOVED).status_code == 404
    assert texts_of(fresh(family.home), "address") == OLD


@pytest.mark.parametrize("who", ["karim", "lea", "camille", "antoine"])
def test_adults_have_no_page_under_children(family, who):
    client = family.client(family.camille)
    page = f"/mon-compte/foyer/enfants/{getattr(family, who).public_id}/"

    assert client.get(page).status_code == 404
    assert client.post(f"{page}nom/", forged(last_name="Autre")).status_code == 404


def test_a_child_of_another_home_has_no_page(family):
    antoine = family.client(family.antoine)

    assert antoine.get(f"/mon-compte/foyer/enfants/{family.ines.public_id}/").status_code == 404
    assert antoine.get(f"/mon-compte/foyer/enfants/{family.tom.public_id}/").status_code == 200


def test_changes_of_another_home_are_nowhere(family):
    change = ask_for_address(family.client(family.camille))
    agent_client().post(f"/gestion/changements/{change.public_id}/refus/", {"reason": "proof"})
    antoine = family.client(family.antoine)

    for action in ("retrait", "lu"):
        page = f"/mon-compte/changements/{change.public_id}/{action}/"
        assert antoine.post(page).status_code == 404
    assert "refusé" not in read(antoine, "/mon-compte/profil/")
    assert Change.objects.get().read_at is None


def test_an_answer_is_put_away_by_whoever_asked_only(family):
    change = ask_for_address(family.client(family.camille))
    agent_client().post(f"/gestion/changements/{change.public_id}/refus/", {"reason": "proof"})

    assert family.client(family.karim).post(f"/mon-compte/changements/{change.public_id}/lu/").status_code == 404


@pytest.mark.parametrize("path", ["", "export", "{}/", "{}/accord/", "{}/refus/"])
def test_families_have_no_way_to_the_agents_pages(family, path):
    change = ask_for_address(family.client(family.camille))
    page = "/gestion/changements/" + path.format(change.public_id)

    assert family.client(family.camille).get(page).status_code == 403
    assert family.client(family.camille).post(page).status_code == 403
    assert Change.objects.get().status == "pending"


def test_reading_a_page_changes_nothing(family):
    change = ask_for_address(family.client(family.camille))
    client, agent = family.client(family.camille), agent_client()

    client.get(f"/mon-compte/changements/{change.public_id}/lu/")
    client.get("/mon-compte/confirmation/")
    agent.get(f"/gestion/changements/{change.public_id}/accord/")
    agent.get(f"/gestion/changements/{change.public_id}/refus/")

    assert Change.objects.get().status == "pending"
    assert not Confirmation.objects.exists()


def test_a_grown_child_s_own_data_are_no_longer_their_parents(family):
    family.ines.birth_date = "2000-01-01"
    family.ines.save()

    page = f"/mon-compte/foyer/enfants/{family.ines.public_id}/"
    assert family.client(family.camille).get(page).status_code == 404


def test_a_hidden_address_is_hidden_on_every_page(family):
    allow(address=Mode.HIDDEN)
    client = family.client(family.camille)

    for page in ("/mon-compte/", "/mon-compte/foyer/", "/mon-compte/profil/", "/mon-compte/confirmation/"):
        assert "rue du Coudray" not in read(client, page)
        assert "Nantes" not in read(client, page)


def test_a_hidden_birth_date_hides_the_age_as_well(family):
    allow(child_birth_date=Mode.HIDDEN)
    client = family.client(family.camille)

    for page in ("/mon-compte/", "/mon-compte/foyer/", f"/mon-compte/foyer/enfants/{family.ines.public_id}/"):
        shown = read(client, page)
        assert "9 ans" not in shown
        assert "18 juin 2017" not in shown


def test_what_is_hidden_from_somebody_is_not_in_a_line_that_they_read(family):
    hide_address_from_other_adults()
    Access.objects.filter(person=family.lea).update(permission="all")
    client = family.client(family.camille)
    change = ask_for_address(client)

    history = read(family.client(family.lea), "/mon-compte/historique/")
    assert "rue Neuve" not in history
    assert "valeur masquée" in history
    assert family.client(family.lea).get(f"/mon-compte/changements/{change.public_id}/retrait/").status_code == 404
    assert "rue Neuve" in read(client, "/mon-compte/foyer/")


def hide_address_from_other_adults():
    rules = {("address", Audience.OTHER_ADULT): Rule(Mode.HIDDEN)}
    configure(rules, months=12, by=SETTER, at=timezone.now())
    forget()
