"""A separation declared freezes sharing at once; the organisation settles it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.accounts.factories import account, sign_in
from tests.accounts.mailbox import html, received
from tests.household.homes import CONFIRMED, couple, entered, leave, let_in, outsider, read, shown
from tests.people.factories import Role, household, living, person
from xpassfam.household.actions import inviting as household_inviting
from xpassfam.journal.models import Line
from xpassfam.people.actions import inviting, separating
from xpassfam.people.models import Access, Household, Invitation, Separation

pytestmark = pytest.mark.django_db
PAGE = "/mon-compte/foyer/separation/"
FAMILY_PAGES = ["/mon-compte/", "/mon-compte/foyer/", "/mon-compte/foyer/acces/", "/mon-compte/profil/", PAGE]
DESK = "/gestion/separations/"
HERS = ["camille@example.org", "06 39 98 00 01"]
HIS = ["karim@example.org", "06 39 98 00 02"]


@pytest.fixture
def home():
    return couple()


@pytest.fixture
def separation(home):
    return separating.declare(viewer=home.access_of(home.holder), by=home.holder.actor, at=timezone.now())


@pytest.fixture
def agent():
    return entered(account(role="agent", email="agent@example.org"))


def test_the_page_says_what_happens_and_what_does_not_and_changes_nothing(home):
    page = read(entered(home.holder), PAGE)

    assert "Ce qui change tout de suite" in page
    assert "Ce qui ne change pas" in page
    assert "Garder le partage" in page
    assert not Separation.objects.exists()


@pytest.mark.parametrize("who", ["holder", "partner"])
def test_either_of_the_couple_declares_it_with_the_password(home, who):
    client = entered(getattr(home, who))
    received()

    page = shown(client.post(PAGE, CONFIRMED, follow=True))

    assert "Le partage du dossier est suspendu" in page
    assert Separation.objects.get().declared_by == getattr(home, who).person
    told = received()
    assert {mail.to[0] for mail in told} == {home.holder.email, home.partner.email}
    for mail in told:
        assert mail.subject == "Le partage de votre dossier est suspendu"
        for word in ("rue des Lilas", "Nantes", "Camille Martin", "Karim Benali"):
            assert word not in mail.body + html(mail)


@pytest.mark.parametrize("typed", ["", "not-the-password"])
def test_without_the_password_nothing_is_declared(home, typed):
    page = shown(entered(home.holder).post(PAGE, {"current_password": typed}))

    assert "mot de passe" in page
    assert "Erreur" in page
    assert not Separation.objects.exists()


def test_guesses_of_the_password_are_slowed_down(home):
    client = entered(home.holder)
    answers = [shown(client.post(PAGE, {"current_password": f"guess-{n}"})) for n in range(12)]

    assert "Trop d’essais. Réessayez à" in answers[-1]


def test_neither_reads_the_other_s_contacts_nor_the_address_from_then_on(home):
    assert [word for word in HIS if word not in read(entered(home.holder), "/mon-compte/foyer/")] == []
    assert [word for word in HERS if word not in read(entered(home.partner), "/mon-compte/foyer/")] == []

    separating.declare(viewer=home.access_of(home.holder), by=home.holder.actor, at=timezone.now())

    for someone, others in ((home.holder, HIS), (home.partner, HERS)):
        client = entered(someone)
        for page in FAMILY_PAGES:
            text = read(client, page)
            assert [word for word in [*others, "rue des Lilas", "Nantes", "ines@example.org"] if word in text] == []
        file = read(client, "/mon-compte/foyer/")
        assert "Inès Benali" in file
        assert "9 ans" in file
        assert "Masquée tant que la séparation n’est pas réglée" in file


def test_a_new_address_in_the_register_betrays_nobody(home, separation):
    Household.objects.update(address="17 rue Secrète", town="Ailleurs")

    for someone in (home.holder, home.partner):
        client = entered(someone)
        assert all(
            "Secrète" not in read(client, page) and "Ailleurs" not in read(client, page) for page in FAMILY_PAGES
        )


def test_nobody_changes_invites_or_revokes_meanwhile(home, separation):
    helper = outsider()
    let_in(helper.person, home.household, "view", origin="invitation")
    for someone, other in ((home.holder, home.partner), (home.partner, home.holder)):
        client = entered(someone)
        assert not home.access_of(someone).may_change
        assert client.get("/mon-compte/foyer/inviter/").status_code == 404
        for target in (someone, other, helper):
            assert client.post(f"/mon-compte/foyer/acces/{target.person.public_id}/retrait/").status_code == 404
    assert Access.objects.open_on(timezone.localdate()).filter(household=home.household).count() == 3


def test_what_was_offered_before_is_withdrawn(home):
    guest = inviting.Guest(outsider().person)
    facts = {"permission": "view", "until": None, "by": home.holder.actor, "at": timezone.now()}
    household_inviting.invite(guest, viewer=home.access_of(home.holder), **facts)

    separating.declare(viewer=home.access_of(home.partner), by=home.partner.actor, at=timezone.now())

    assert Invitation.objects.get().state_at(timezone.now()) == "withdrawn"


@pytest.mark.parametrize("guest", ["who refused", "who says nothing", "whom nobody knows"])
def test_after_a_freeze_an_invitation_to_a_stranger_tells_nothing_of_its_answer(home, guest):
    odile = outsider()
    named = inviting.named(odile.person.member_number, "Lambert", on=timezone.localdate())
    if guest == "whom nobody knows":
        named = inviting.Guest(None, typed_name="Lambert", typed_number="ESF-1998-016789-G")
    facts = {"permission": "view", "until": None, "by": home.holder.actor, "at": timezone.now()}
    invitation = household_inviting.invite(named, viewer=home.access_of(home.holder), **facts)
    if guest == "who refused":
        household_inviting.refuse(invitation, person=odile.person, by=odile.actor, at=timezone.now())
    separation = separating.declare(viewer=home.access_of(home.partner), by=home.partner.actor, at=timezone.now())
    separating.settle(separation, outcome="mistake", reason="Fait.", by=home.partner.actor, at=timezone.now())

    page = read(entered(home.holder), "/mon-compte/foyer/acces/")

    assert "Retirée" in page
    assert "En attente" not in page
    assert Invitation.objects.get().state_told_at(timezone.now()) == "withdrawn"


def test_the_common_history_is_closed_and_one_s_own_stays(home, separation):
    client = entered(home.partner)

    page = read(client, "/mon-compte/historique/")

    assert "Connexion depuis" in page
    assert "Le partage du dossier est suspendu" not in page
    assert page.count("séparation") == 1, "the page says why, no line does"
    assert Line.objects.filter(household=home.household.public_id, kind="people.separation_declared").exists()


def test_a_helper_learns_nothing_of_it(home, separation):
    helper = outsider()
    let_in(helper.person, home.household, "view", origin="invitation")
    client = entered(helper)
    client.post("/mon-compte/foyer/choix/", {"household": home.household.public_id})

    for page in ("/mon-compte/", "/mon-compte/foyer/", "/mon-compte/foyer/acces/", "/mon-compte/historique/"):
        text = read(client, page).lower()
        assert "séparation à" not in text
        assert "partage suspendu" not in text
        assert "est déclarée" not in text
    assert client.get(PAGE).status_code == 404


def test_who_has_no_partner_or_no_part_in_the_couple_declares_nothing():
    alone = household()
    someone = person("Linh Nguyen")
    living(someone, alone)
    let_in(someone, alone)
    client = entered(account(someone))
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, CONFIRMED).status_code == 404
    assert "Déclarer une séparation" not in read(client, "/mon-compte/foyer/")


@pytest.mark.parametrize("role", [Role.OTHER_ADULT, Role.DEPENDENT_CHILD])
def test_others_under_the_roof_declare_nothing(home, role):
    other = account(person("Jules Benali"), email="jules@example.org")
    living(other.person, home.household, role)
    let_in(other.person, home.household)

    assert entered(other).post(PAGE, CONFIRMED).status_code == 404


def test_declaring_twice_declares_once(home, separation):
    client = entered(home.partner)
    client.post(PAGE, CONFIRMED)

    assert Separation.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Separation.objects.create(household=home.household, declared_by=home.partner.person, declared_at=timezone.now())


def test_a_mistake_needs_both(home, separation):
    hers, his = entered(home.holder), entered(home.partner)
    assert his.post(f"{PAGE}accord/", CONFIRMED).status_code == 404
    assert his.post(f"{PAGE}erreur/", CONFIRMED).status_code == 404
    assert "Ce n’est pas votre mot de passe" in shown(hers.post(f"{PAGE}erreur/", {"current_password": "no"}))
    received()

    hers.post(f"{PAGE}erreur/", CONFIRMED)

    assert [(mail.subject, mail.to) for mail in received()] == [("Votre accord est demandé", [home.partner.email])]
    assert hers.post(f"{PAGE}accord/", CONFIRMED).status_code == 404
    assert home.access_of(home.partner).is_frozen
    assert "Votre accord est demandé." in read(his, "/mon-compte/")
    assert "Le partage du dossier est suspendu" not in read(hers, "/mon-compte/")  # nothing is asked of her
    page = shown(his.post(f"{PAGE}accord/", CONFIRMED, follow=True))
    assert "le dossier est de nouveau partagé" in page
    assert "camille@example.org" in page
    assert Separation.objects.get().outcome == "mistake"


def test_said_and_unsaid_all_day_long_the_other_gets_one_mail(home, separation, time_machine):
    time_machine.move_to("2026-11-24T09:00Z")
    hers, his = entered(home.holder), entered(home.partner)
    received()

    for _time in range(3):
        hers.post(f"{PAGE}erreur/", CONFIRMED)
        his.post(f"{PAGE}maintien/")

    assert [mail.subject for mail in received()] == ["Votre accord est demandé"]
    assert "une fois par jour au plus" in read(hers, PAGE)
    time_machine.move_to("2026-11-25T09:00Z")
    entered(home.holder).post(f"{PAGE}erreur/", CONFIRMED)
    assert "Votre accord est demandé" in [mail.subject for mail in received()]


@pytest.mark.parametrize("who", ["holder", "partner"])
def test_either_may_keep_it_declared_after_all(home, separation, who):
    entered(home.holder).post(f"{PAGE}erreur/", CONFIRMED)

    entered(getattr(home, who)).post(f"{PAGE}maintien/")

    assert Separation.objects.get().taking_back_at is None
    assert entered(home.partner).post(f"{PAGE}accord/", CONFIRMED).status_code == 404
    assert home.access_of(home.holder).is_frozen


def test_agents_find_it_and_settle_it_with_a_reason(home, separation, agent):
    page = read(agent, DESK)
    assert "Foyer Martin-Benali" in page
    assert "Camille Martin, Karim Benali" in page
    received()

    answer = agent.post(f"{DESK}{separation.public_id}/", {"outcome": "together", "reason": "Vu avec les deux."})

    assert answer.headers["Location"] == DESK
    settled = Separation.objects.get()
    assert (settled.outcome, settled.reason) == ("together", "Vu avec les deux.")
    assert not home.access_of(home.holder).is_frozen
    told = received()
    assert {mail.to[0] for mail in told} == {home.holder.email, home.partner.email}
    assert all("Vu avec" not in mail.body for mail in told)
    assert "Aucune séparation à régler" in read(agent, DESK)
    assert agent.get(f"{DESK}{separation.public_id}/").status_code == 404


def test_the_agent_finds_where_to_reach_each_of_them_alone(home, separation, agent):
    page = read(agent, f"{DESK}{separation.public_id}/")

    assert [word for word in HERS + HIS if word not in page] == []
    assert "ines@example.org" not in page
    told = Line.objects.filter(household=home.household.public_id, kind="household.contacts_read")
    assert told.count() == 1, "the family reads who read them"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Choisissez comment la séparation est réglée."),
        ({"outcome": "together"}, "Écrivez le motif."),
        ({"outcome": "divorce", "reason": "x"}, "Choisissez une des façons proposées."),
        ({"outcome": "together", "reason": "x" * 301}, "Restez sous 300 caractères."),
    ],
)
def test_a_settlement_without_its_reason_is_explained(home, separation, agent, typed, said):
    assert said in shown(agent.post(f"{DESK}{separation.public_id}/", typed))
    assert Separation.objects.open().exists()


def test_two_files_are_said_done_only_when_the_register_has_them(home, separation, agent):
    typed = {"outcome": "two_files", "reason": "Deux dossiers."}
    assert "Le registre les a encore dans le même dossier." in shown(
        agent.post(f"{DESK}{separation.public_id}/", typed)
    )

    leave(home, home.partner)
    agent.post(f"{DESK}{separation.public_id}/", typed)

    assert Separation.objects.get().outcome == "two_files"
    mine = Access.objects.open_on(timezone.localdate()).filter(household=home.household)
    assert [access.person for access in mine] == [home.holder.person]
    assert entered(home.partner).get("/mon-compte/").status_code == 403


def test_whom_the_one_who_left_let_in_goes_too_and_who_stays_stays(home, agent):
    helper = outsider()
    let_in_by(home.partner, helper, home)
    let_in_by(home.partner, home.holder, home)
    separation = separating.declare(viewer=home.access_of(home.holder), by=home.holder.actor, at=timezone.now())
    leave(home, home.partner)

    agent.post(f"{DESK}{separation.public_id}/", {"outcome": "two_files", "reason": "Deux dossiers."})

    mine = Access.objects.open_on(timezone.localdate()).filter(household=home.household)
    assert [access.person for access in mine] == [home.holder.person]


def let_in_by(inviter, guest, home):
    """As an accepted invitation leaves it."""
    Access.objects.filter(household=home.household, person=guest.person).delete()
    let_in(guest.person, home.household, origin="invitation")
    now = timezone.now()
    Invitation.objects.create(
        household=home.household, invited_by=inviter.person, person=guest.person, permission="all", created_at=now,
        sent_at=now, expires_at=now + timedelta(days=30), answer="accepted", answered_at=now,
    )  # fmt: skip


def test_both_are_told_of_two_files_wherever_they_live_now(home, separation, agent):
    leave(home, home.holder)
    received()

    agent.post(f"{DESK}{separation.public_id}/", {"outcome": "two_files", "reason": "Deux dossiers."})

    assert {mail.to[0] for mail in received()} == {home.holder.email, home.partner.email}


def test_families_have_no_way_to_the_list(home, separation, client):
    sign_in(client, home.holder.email)

    assert client.get(DESK).status_code == 403
    assert client.post(f"{DESK}{separation.public_id}/", {"outcome": "together", "reason": "x"}).status_code == 403


def test_the_list_costs_the_same_for_one_or_many(home, separation, agent, django_assert_max_num_queries):
    for number in range(5):
        other = couple_named(number)
        Separation.objects.create(household=other, declared_by=home.holder.person, declared_at=timezone.now())

    with django_assert_max_num_queries(6):
        read(agent, DESK)


def couple_named(number):
    home = household(f"Foyer {number}")
    living(person(f"Ana N{number}"), home)
    living(person(f"Bob N{number}"), home, Role.PARTNER)
    return home


def test_an_old_session_of_the_other_sees_the_freeze_at_its_next_request(home):
    his = entered(home.partner)
    assert "camille@example.org" in read(his, "/mon-compte/foyer/")

    entered(home.holder).post(PAGE, CONFIRMED)

    assert "camille@example.org" not in read(his, "/mon-compte/foyer/")
    assert timedelta(0) < timezone.now() - Separation.objects.get().declared_at


def test_the_history_says_why_it_does_not_show_the_home_s_lines(home, separation):
    page = read(entered(home.partner), "/mon-compte/historique/")
    assert "les lignes communes du foyer ne sont pas montrées" in page
    assert "Tout ce qui a été fait" not in page
