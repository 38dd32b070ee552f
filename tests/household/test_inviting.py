"""An adult lets another in: nobody learns who is in the register, no address is typed, nothing is shared unasked."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.accounts.factories import account
from tests.accounts.mailbox import received
from tests.household.homes import couple, entered, let_in, outsider, read, shown
from tests.people.factories import Role, household, living, person
from xpassfam.accounts.freezing import freeze
from xpassfam.accounts.models import ActivationCode, Freeze, PostedCode
from xpassfam.household.actions.inviting import INVITATIONS
from xpassfam.journal.models import Line
from xpassfam.journal.reading import sentence
from xpassfam.outbox.models import Message
from xpassfam.people.models import Access, Invitation, Person
from xpassfam.rules.identifiers import member_check

pytestmark = pytest.mark.django_db
PAGE = "/mon-compte/foyer/inviter/"
ACCESSES = "/mon-compte/foyer/acces/"
BY_NAME = {"guest": "other", "member_number": "ESF-1998-016789-G", "last_name": "Lambert", "permission": "view"}


@pytest.fixture
def home():
    return couple()


@pytest.fixture
def holder(home):
    return entered(home.holder)


def numbered(number):
    return f"ESF-1998-{number:06}-{member_check(f'1998{number:06}')}"


def invite(client, **typed):
    return client.post(PAGE, BY_NAME | typed)


def test_somebody_of_the_register_is_named_by_number_and_name_and_written_to_at_a_known_address(home, holder):
    odile = outsider()

    assert invite(holder, until_0="", permission="requests").headers["Location"] == ACCESSES

    [letter] = received()
    assert letter.to == [odile.email]
    assert letter.subject == "Camille Martin vous invite"
    assert "/mon-compte/invitations/" in letter.body
    assert "rue des Lilas" not in letter.body
    assert Invitation.objects.get().person == odile.person
    assert not Access.objects.filter(person=odile.person, household=home.household).exists()


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"member_number": "esf 1998 16789 g", "last_name": "LAMBERT"},
        {"last_name": "Durand"},
        {"member_number": "ESF-1998-016790-M"},
    ],
)
def test_the_answer_is_the_same_whoever_is_meant(home, holder, typed):
    outsider()
    before = Message.objects.count()

    answer = holder.post(PAGE, BY_NAME | typed, follow=True)

    page = shown(answer)
    assert answer.redirect_chain == [(ACCESSES, 302)]
    assert "C’est noté. Si le numéro et le nom vont ensemble, la personne reçoit votre invitation." in page
    assert "En attente" in page
    assert Message.objects.count() == before  # the mail is written after the answer
    assert "Odile" not in page


def test_a_stranger_costs_the_same_queries_as_somebody_of_the_register(home, holder):
    outsider()
    read(holder, PAGE)
    costs = []
    for typed in ({}, {"member_number": "ESF-1998-016790-M"}):
        with CaptureQueriesContext(connection) as queries:
            invite(holder, **typed)
        costs.append(len(queries))

    assert costs[0] == costs[1]


@pytest.mark.parametrize("typed", [{}, {"last_name": "Durand"}])
def test_the_same_person_is_not_invited_twice_and_that_tells_nothing(home, holder, typed):
    outsider()
    invite(holder, **typed)

    page = shown(invite(holder, **typed))

    assert "Une invitation attend déjà pour cette personne." in page
    assert 'value="ESF-1998-016789-G"' in page
    assert Invitation.objects.count() == 1


def test_a_refusal_by_somebody_from_outside_looks_like_silence(home, holder):
    odile = outsider()
    invite(holder)
    found = Invitation.objects.get()
    entered(odile).post(f"/mon-compte/invitations/{found.public_id}/refus/")

    page = read(holder, ACCESSES)
    assert "En attente" in page
    assert "Refusée" not in page
    assert "Une invitation attend déjà pour cette personne." in shown(invite(holder))
    assert [m.subject for m in received() if "refusé" in m.subject] == []
    assert not Line.objects.filter(household=home.household.public_id, kind__contains="refused").exists()
    assert holder.post(f"/mon-compte/foyer/invitations/{found.public_id}/retrait/").status_code == 302
    assert "Retirée" in read(holder, ACCESSES)


def test_minors_and_people_whose_age_is_unknown_get_nothing(home, holder):
    for number, born in ((numbered(1), date(2010, 1, 1)), (numbered(2), None)):
        person("Petit Lambert", born, member_number=number, email="p@example.org")
        invite(holder, member_number=number)

    assert received() == []
    assert set(Invitation.objects.values_list("person", flat=True)) == {None}


def test_an_adult_of_the_home_without_access_is_chosen_from_a_list(home, holder):
    aunt = person("Agnès Martin", date(1960, 1, 1), email="agnes@example.org", member_number="ESF-2000-000001-A")
    living(aunt, home.household, Role.OTHER_ADULT)

    assert "Agnès Martin" in read(holder, PAGE)
    page = shown(holder.post(PAGE, {"guest": aunt.public_id, "permission": "view"}, follow=True))

    assert "L’invitation part à Agnès Martin" in page
    [letter] = received()
    assert letter.to == ["agnes@example.org"]
    assert "Ouvrez d’abord votre propre compte" in letter.body


def test_who_has_no_address_waits_and_gets_a_code_by_post(home, holder):
    aunt = person("Agnès Martin", date(1960, 1, 1), member_number="ESF-2000-000001-A")
    living(aunt, home.household, Role.OTHER_ADULT)

    page = shown(holder.post(PAGE, {"guest": aunt.public_id, "permission": "view"}, follow=True))

    assert "L’invitation attend Agnès Martin" in page
    assert received() == []
    assert PostedCode.objects.get().person == aunt
    assert not ActivationCode.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"guest": "other", "member_number": ""}, "Écrivez son numéro d’adhérent."),
        ({"guest": "other", "last_name": ""}, "Écrivez son nom de famille"),
        ({"permission": ""}, "Choisissez ce que la personne pourra voir et faire."),
        ({"permission": "owner"}, "Choisissez un des accès proposés."),
        ({"until_day": "1", "until_month": "1", "until_year": "2020"}, "Ce jour est passé."),
        ({"until_day": "32", "until_month": "1", "until_year": "2030"}, "Le jour va de 1 à 31."),
        ({"member_number": "9" * 60}, "Ce numéro est trop long."),
        ({"member_number": "bonjour"}, "Il manque quelque chose à ce numéro."),
    ],
)
def test_wrong_input_is_explained_and_nothing_typed_is_lost(home, holder, typed, said):
    page = shown(invite(holder, **typed))

    assert said in page
    assert typed.get("last_name") == "" or 'value="Lambert"' in page
    assert not Invitation.objects.exists()


def test_a_slip_in_the_number_is_told_at_once_and_the_same_again_is_taken(home, holder):
    """The letter is computed from the digits: it says nothing of the register, which may hold another."""
    slip = {"member_number": "ESF-1998-016798-G"}

    page = shown(invite(holder, **slip))

    assert "Relisez ce numéro." in page
    assert not Invitation.objects.exists()
    assert 'name="read_again" value="ESF-1998-016798-G"' in page
    assert "Relisez ce numéro." in shown(
        invite(holder, member_number="ESF-1998-016799-G", read_again="ESF-1998-016798-G")
    )
    assert invite(holder, **slip, read_again="ESF-1998-016798-G").status_code == 302


def test_somebody_of_the_home_invited_by_choice_is_not_invited_again_by_number(home, holder):
    aunt = person("Agnès Martin", date(1960, 1, 1), member_number=numbered(1))
    living(aunt, home.household, Role.OTHER_ADULT)
    holder.post(PAGE, {"guest": aunt.public_id, "permission": "view"})

    page = shown(invite(holder, member_number=numbered(1), last_name="Martin"))

    assert "Une invitation attend déjà pour cette personne." in page
    assert Invitation.objects.count() == 1


def test_the_last_day_is_the_last_one_on_which_it_holds(home, holder):
    odile = outsider()
    day = timezone.localdate() + timedelta(days=10)
    invite(holder, until_day=day.day, until_month=day.month, until_year=day.year)
    found = Invitation.objects.get()
    assert found.until == day + timedelta(days=1)
    entered(odile).post(f"/mon-compte/invitations/{found.public_id}/accord/")

    assert Access.objects.open_on(day).filter(person=odile.person, household=home.household).exists()
    assert not Access.objects.open_on(day + timedelta(days=1)).filter(person=odile.person, household=home.household)


def test_who_already_has_access_is_told_so(home, holder):
    Person.objects.filter(pk=home.partner.person_id).update(member_number="ESF-1998-016789-G")

    assert "Cette personne a déjà accès à votre dossier." in shown(invite(holder, last_name="Benali"))


def test_a_partner_invites_too(home):
    outsider()

    assert invite(entered(home.partner)).headers["Location"] == ACCESSES
    assert Invitation.objects.get().invited_by == home.partner.person


@pytest.mark.parametrize("permission", ["view", "requests", "documents", "all"])
def test_who_was_let_in_lets_nobody_else_in(home, permission):
    odile = outsider()
    let_in(odile.person, home.household, permission, origin="invitation")
    client = entered(odile)
    client.post("/mon-compte/foyer/choix/", {"household": home.household.public_id})

    assert client.get(PAGE).status_code == 404
    assert invite(client).status_code == 404
    assert "Donner accès à un proche" not in read(client, ACCESSES)


def test_too_many_invitations_in_a_day_are_refused_with_the_hour(home, holder):
    for number in range(INVITATIONS.free):
        invite(holder, member_number=numbered(number))

    assert "Beaucoup d’invitations aujourd’hui." in shown(invite(holder, member_number="ESF-1999-000001-N"))
    assert Invitation.objects.count() == INVITATIONS.free


def test_an_invitation_is_sent_again_once_a_day(home, time_machine):
    time_machine.move_to("2026-11-24 10:00Z", tick=False)
    outsider()
    client = entered(home.holder)
    invite(client)
    received()
    again = f"/mon-compte/foyer/invitations/{Invitation.objects.get().public_id}/renvoi/"

    assert "Le dernier envoi a moins d’un jour." in shown(client.post(again, follow=True))
    assert received() == []
    time_machine.move_to("2026-11-25 10:00Z", tick=False)
    client = entered(home.holder)
    received()
    client.post(again)
    assert [letter.subject for letter in received()] == ["Camille Martin vous invite"]


@pytest.fixture
def waiting(home, time_machine):
    """An invitation that left a day ago, and may be sent again."""
    time_machine.move_to("2026-11-24 10:00Z", tick=False)
    outsider()
    invite(entered(home.holder))
    time_machine.move_to("2026-11-25 10:00Z", tick=False)
    invitation = Invitation.objects.get()
    received()
    return f"/mon-compte/foyer/invitations/{invitation.public_id}/renvoi/"


def test_sending_again_asks_who_it_is_as_the_first_sending_does(home, waiting, time_machine):
    client = entered(home.holder)
    received()
    time_machine.move_to("2026-11-25 10:11Z", tick=False)

    assert client.post(waiting).headers["Location"].startswith("/connexion/confirmer/")
    assert received() == []


def test_nothing_is_sent_again_while_what_is_grave_waits(home, waiting):
    client = entered(home.holder)
    received()
    freeze(home.holder, reason=Freeze.Reason.NOT_ME, at=timezone.now())

    assert client.post(waiting).status_code == 403
    assert received() == []


def test_another_household_s_invitation_is_not_found(home):
    odile = outsider()
    other = household("Foyer Voisin")
    stranger = Invitation.objects.create(
        household=other,
        invited_by=odile.person,
        typed_name="X",
        permission="view",
        created_at=timezone.now(),
        sent_at=timezone.now(),
        expires_at=timezone.now() + timedelta(days=1),
    )
    client = entered(home.holder)

    for act in ("retrait", "renvoi"):
        assert client.post(f"/mon-compte/foyer/invitations/{stranger.public_id}/{act}/").status_code == 404
    assert Invitation.objects.waiting(timezone.now()).count() == 1


def test_the_history_of_the_household_tells_who_was_invited(home, holder):
    account(person("Autre Personne"))
    invite(holder)

    line = Line.objects.filter(household=home.household.public_id).latest("id")
    assert sentence(line).replace("\u00a0", " ") == "Invitation à accéder au dossier : Lambert, « Voir »."


def test_every_family_page_speaks_of_permissions_from_the_rules(home, holder):
    page = read(holder, PAGE)

    for label in Access.Permission.labels:
        assert str(label) in page
    assert "Pas les revenus ni le quotient familial." in page
