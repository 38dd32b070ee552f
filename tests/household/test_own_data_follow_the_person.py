"""One's own data are locked by nobody else's file: neither by what one may do there, nor by a separation."""

import pytest
from django.utils import timezone

from tests.household.families import Family, allow, fresh, read, send
from tests.household.homes import let_in
from xpassfam.household.actions import changing
from xpassfam.household.fields import FIELDS, version_of
from xpassfam.household.models import Change
from xpassfam.household.standing import Subject
from xpassfam.journal.models import Line
from xpassfam.people.models import Access, Separation
from xpassfam.rules.field_policy import Mode, Whose

pytestmark = pytest.mark.django_db
PROFILE, PHONE = "/mon-compte/profil/", "/mon-compte/profil/telephone/"


def as_guest(family: Family, someone):
    """In the Martins' file, let in to see."""
    let_in(someone, family.home, "view", origin="invitation")
    client = family.client(someone)
    client.post("/mon-compte/foyer/choix/", {"household": family.home.public_id})
    return client


def freeze(family: Family) -> None:
    Separation.objects.create(household=family.home, declared_by=family.karim, declared_at=timezone.now())


def test_a_guest_changes_their_own_phone_and_it_is_kept_where_they_live(family):
    client = as_guest(family, family.antoine)
    assert "Votre accès permet de voir" not in read(client, PROFILE)

    assert send(client, PHONE, phone="06 39 98 12 40").status_code == 302

    assert fresh(family.antoine).phone == "+33639981240"
    assert Change.objects.get().household == family.other_home
    assert not Line.objects.filter(household=family.home.public_id, person=family.antoine.public_id).exists()


def test_a_guest_still_changes_nothing_of_the_home(family):
    client = as_guest(family, family.antoine)

    assert client.get("/mon-compte/foyer/adresse/").status_code == 404


def test_what_waits_is_read_from_either_file_and_asked_once(family):
    allow(phone=Mode.APPROVAL)
    client = as_guest(family, family.antoine)
    send(client, PHONE, phone="06 39 98 12 40")
    assert "06\u00a039\u00a098\u00a012\u00a040" in read(client, PROFILE)

    client.post("/mon-compte/foyer/choix/", {"household": family.other_home.public_id})

    assert "06\u00a039\u00a098\u00a012\u00a040" in read(client, PROFILE)
    assert client.get(PHONE).headers["Location"] == PROFILE
    assert not Change.objects.visible_to(family.access(family.camille)).exists()


def test_who_only_sees_at_home_is_not_let_in_through_another_file(family):
    let_in(family.lea, family.other_home, "all", origin="invitation")
    client = family.client(family.lea)
    client.post("/mon-compte/foyer/choix/", {"household": family.other_home.public_id})

    assert client.get(PHONE).status_code == 404
    assert "Votre accès permet de voir" in read(client, PROFILE)


@pytest.mark.parametrize("who", ["camille", "karim"])
def test_in_a_frozen_file_each_changes_their_own_phone_and_the_home_stays_as_it_is(family, who):
    freeze(family)
    someone = getattr(family, who)
    client = family.client(someone)

    assert send(client, PHONE, phone="06 39 98 12 40").status_code == 302

    assert fresh(someone).phone == "+33639981240"
    assert client.get("/mon-compte/foyer/adresse/").status_code == 404


@pytest.mark.parametrize("has_home", [True, False])
def test_a_guardian_s_own_name_is_never_written_in_the_file_acted_for(family, has_home):
    if not has_home:
        Access.objects.filter(person=family.antoine).delete()
    let_in(family.antoine, family.home)
    client = family.client(family.antoine)
    client.post("/mon-compte/foyer/choix/", {"household": family.home.public_id})

    if has_home:
        assert send(client, f"{PROFILE}nom/", last_name="Moreau-Petit").status_code == 302
        assert Change.objects.get().household == family.other_home
    else:
        assert client.get(f"{PROFILE}nom/").status_code == 404
        assert "Vous agissez pour un foyer qui n’est pas le vôtre" in read(client, PROFILE)
        assert send(client, PHONE, phone="06 39 98 12 40").status_code == 302
    lines = Line.objects.filter(household=family.home.public_id).exclude(audience="self")
    assert not lines.filter(kind__startswith="household.change").exists()


def test_a_form_of_a_guardian_that_stayed_open_changes_no_name(family):
    Access.objects.filter(person=family.antoine).delete()
    let_in(family.antoine, family.home)
    actor = family.account(family.antoine).actor

    with pytest.raises(changing.NotAllowed):
        changing.ask(
            Subject(Whose.SELF, family.antoine),
            field=FIELDS["last_name"],
            values={"last_name": "Moreau-Petit"},
            access=family.access(family.antoine),
            form_key="k" * 26,
            seen=version_of({"last_name": "Moreau"}),
            by=actor,
            at=timezone.now(),
        )
