"""What changes of a child who lives in two homes is told to the other parent, who learns nothing of the other home."""

import pytest

from tests.accounts.mailbox import html, received
from tests.household.families import agent_client, read, send
from tests.household.homes import let_in
from tests.people.factories import Role, living, person
from xpassfam.household.models import Change

pytestmark = pytest.mark.django_db
SUBJECT = "Une information sur Tom a changé"


def approved(family, child, **typed):
    send(family.client(family.camille), f"/mon-compte/foyer/enfants/{child.public_id}/prenoms/", **typed)
    received()
    agent_client().post(f"/gestion/changements/{Change.objects.get().public_id}/accord/")
    return [mail for mail in received() if mail.subject == SUBJECT]


def test_the_other_parent_gets_a_mail_once_it_is_done(family):
    antoine = family.account(family.antoine)

    (mail,) = approved(family, family.tom, first_names="Tom Gaston")

    assert mail.to == [antoine.email]
    assert "prénoms" in mail.body
    for words in ("Camille", "Karim", "Martin", "Gaston", "Nantes", "Coudray", "autre foyer"):
        assert words not in mail.body + html(mail)
    address = f"/mon-compte/foyer/enfants/{family.tom.public_id}/"
    assert address in mail.body
    assert "Gaston" in read(family.client(family.antoine), address)


def test_each_of_the_other_couple_gets_one_and_others_there_none(family):
    family.account(family.antoine)
    for name, role in (("Rose Leroy", Role.PARTNER), ("Yann Moreau", Role.OTHER_ADULT), ("Zoé Leroy", Role.PARTNER)):
        someone = person(name, email=f"{name[:4].strip()}@example.org")
        living(someone, family.other_home, role)
        if name != "Zoé Leroy":
            let_in(someone, family.other_home)

    mails = approved(family, family.tom, first_names="Tom Gaston")

    assert sorted(mail.to[0] for mail in mails) == sorted(["Rose@example.org", family.account(family.antoine).email])


def test_nobody_else_is_written_to_of_a_child_of_one_home(family):
    family.account(family.antoine)
    send(family.client(family.camille), f"/mon-compte/foyer/enfants/{family.ines.public_id}/prenoms/", first_names="I")
    received()
    agent_client().post(f"/gestion/changements/{Change.objects.get().public_id}/accord/")

    assert [mail.to[0] for mail in received()] == [family.account(family.camille).email]
