"""Identifier, password, dashboard."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.accounts.factories import PASSWORD, account, adult, sign_in
from xpassfam.accounts.actions import activation_codes, signing_up
from xpassfam.accounts.actions.signing_up import Claim
from xpassfam.accounts.models import Account, KnownDevice, Session
from xpassfam.journal.actions import Actor
from xpassfam.organisation.models import Organisation
from xpassfam.outbox.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def camille():
    return account(adult(member_number="ESF-2019-004812-K"), email="camille@example.org")


@pytest.mark.parametrize(
    "typed",
    [
        "camille@example.org",
        "  Camille@Example.ORG ",
        "camille@example.org\u00a0",
        "\u200bcamille@example.org",
        "ESF-2019-004812-K",
        "esf 2019 4812 k",
        "ＥＳＦ２０１９００４８１２Ｋ",
    ],
)
def test_an_identifier_is_understood_however_it_is_pasted(client, camille, typed):
    assert sign_in(client, typed).headers["Location"] == "/mon-compte/"


def test_a_wrong_password_keeps_the_identifier_and_empties_the_password(client, camille):
    page = sign_in(client, "camille@example.org", "wrong-password").content.decode()
    assert "ne vont pas ensemble" in page
    assert 'value="camille@example.org"' in page
    assert "wrong-password" not in page


def test_a_space_at_the_end_is_named_after_a_wrong_password_whoever_has_an_account(client, camille):
    for identifier in ("camille@example.org", "personne@example.org"):
        page = sign_in(client, identifier, "wrong-password ").content.decode()
        assert "<p>Un espace s’est glissé à la fin du mot de passe." in page
        assert "<p>Un espace s’est glissé" not in sign_in(client, identifier, "wrong-password").content.decode()


def test_the_title_says_that_something_went_wrong(client, camille):
    page = sign_in(client, "camille@example.org", "wrong-password").content.decode()
    assert "<title>Erreur\u00a0: Me connecter" in page


def test_a_space_around_the_password_is_forgiven(client, camille):
    assert sign_in(client, "camille@example.org", f" {PASSWORD} ").status_code == 302


def test_a_password_that_has_outer_spaces_works_as_typed(client):
    account(email="spaces@example.org", password="  deux espaces devant  ")
    assert sign_in(client, "spaces@example.org", "  deux espaces devant  ").status_code == 302


def test_the_page_asked_for_comes_after_sign_in(client, camille):
    assert client.get("/mon-compte/foyer/").headers["Location"] == "/connexion/?next=/mon-compte/foyer/"
    after = sign_in(client, "camille@example.org", next="/mon-compte/foyer/")
    assert after.headers["Location"] == "/mon-compte/foyer/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:1"])
def test_never_to_another_site(client, camille, elsewhere):
    assert sign_in(client, "camille@example.org", next=elsewhere).headers["Location"] == "/mon-compte/"


def test_staff_land_at_the_desk(client):
    account(email="nadia@example.org", role=Account.Role.AGENT)
    assert sign_in(client, "nadia@example.org").headers["Location"] == "/gestion/"


def test_without_remember_me_the_session_ends_with_the_browser_and_within_hours(client, camille):
    response = sign_in(client, "camille@example.org")
    assert response.cookies["session"]["max-age"] == ""
    session = Session.objects.get()
    assert session.expire_date - timezone.now() < timedelta(hours=2, seconds=1)
    assert session.absolute_end - timezone.now() < timedelta(hours=12, seconds=1)


def test_remember_me_keeps_the_session_thirty_days(client, camille):
    response = sign_in(client, "camille@example.org", remember="on")
    assert response.cookies["session"]["max-age"] > 29 * 24 * 3600
    assert Session.objects.get().absolute_end - timezone.now() > timedelta(days=29)


def test_a_session_row_doesn_t_hold_its_cookie(client, camille):
    cookie = sign_in(client, "camille@example.org").cookies["session"].value
    assert cookie not in str(list(Session.objects.values()))


def test_a_session_ended_elsewhere_is_refused_at_the_next_request(client, camille):
    sign_in(client, "camille@example.org")
    Session.objects.all().delete()
    assert client.get("/mon-compte/").headers["Location"].startswith("/connexion/")
    assert "Votre session est terminée" in client.get("/connexion/").content.decode()


def test_an_idle_session_ends(client, camille, time_machine):
    time_machine.move_to("2026-11-23 14:00:00Z", tick=False)
    sign_in(client, "camille@example.org")
    time_machine.move_to("2026-11-23 17:00:00Z", tick=False)
    assert client.get("/mon-compte/").status_code == 302


def test_a_used_session_goes_on_but_not_past_its_absolute_end(client, camille, time_machine):
    time_machine.move_to("2026-11-23 08:00:00Z", tick=False)
    sign_in(client, "camille@example.org")
    for minute in range(0, 12 * 60, 30):
        time_machine.move_to(f"2026-11-23 {8 + minute // 60:02}:{minute % 60:02}:00Z", tick=False)
        assert client.get("/mon-compte/").status_code == 200
    time_machine.move_to("2026-11-23 20:00:01Z", tick=False)
    assert client.get("/mon-compte/").status_code == 302


def test_sign_out_is_a_post_and_ends_this_session_only(client, camille):
    from django.test import Client

    other = Client()
    sign_in(client, "camille@example.org")
    sign_in(other, "camille@example.org")
    client.get("/deconnexion/")
    assert Session.objects.count() == 2
    client.post("/deconnexion/")
    assert Session.objects.count() == 1
    assert client.get("/mon-compte/").status_code == 302
    assert other.get("/mon-compte/").status_code == 200


def test_a_sign_in_from_a_new_device_is_told_by_mail_the_first_one_is_not(client, camille):
    from django.test import Client

    sign_in(client, "camille@example.org")
    client.post("/deconnexion/")
    sign_in(client, "camille@example.org")
    assert not Message.objects.exists()
    sign_in(Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"}), "camille@example.org")
    assert [m.template for m in Message.objects.all()] == ["accounts/mail/new_device"]
    assert KnownDevice.objects.count() == 2


def test_the_device_cookie_is_changed_at_each_sign_in_and_the_old_one_soon_dies(client, camille, time_machine):
    time_machine.move_to("2026-11-23 14:00:00Z", tick=False)
    old = sign_in(client, "camille@example.org").cookies["device"].value
    client.post("/deconnexion/")
    sign_in(client, "camille@example.org")
    assert client.cookies["device"].value != old
    client.post("/deconnexion/")
    time_machine.move_to("2026-11-23 14:02:00Z", tick=False)
    client.cookies["device"] = old
    sign_in(client, "camille@example.org")
    assert KnownDevice.objects.count() == 2


def test_a_blocked_account_is_told_only_after_the_right_password(client, camille):
    Account.objects.update(blocked_at=timezone.now())
    assert "bloqué" not in sign_in(client, "camille@example.org", "wrong").content.decode()
    assert "Votre accès est bloqué" in sign_in(client, "camille@example.org").content.decode()
    assert not Session.objects.exists()


def test_blocking_an_account_ends_what_it_sees(client, camille):
    sign_in(client, "camille@example.org")
    Account.objects.update(blocked_at=timezone.now())
    assert client.get("/mon-compte/").status_code == 302


def test_families_wait_during_maintenance_staff_don_t(client, camille):
    account(email="nadia@example.org", role=Account.Role.AGENT)
    now = timezone.now()
    Organisation(maintenance_from=now - timedelta(hours=1), maintenance_until=now + timedelta(hours=1)).save()
    assert "en travaux" in sign_in(client, "camille@example.org").content.decode()
    assert sign_in(client, "nadia@example.org").headers["Location"] == "/gestion/"


def test_the_sign_in_page_makes_no_query_when_warm_and_no_session(client, django_assert_num_queries):
    client.get("/connexion/")
    with django_assert_num_queries(0):
        response = client.get("/connexion/")
    assert "session" not in response.cookies
    assert not Session.objects.exists()


def test_a_sign_up_that_waits_for_its_mail_is_told_so_after_the_right_password(client):
    someone = adult("Karim Benali", member_number="ESF-2019-073676-T")
    code = activation_codes.issue(someone, by=Actor(kind="system"), at=timezone.now())
    claim = Claim(
        last_name="Benali",
        first_name="Karim",
        email="karim@example.org",
        phone="",
        password=PASSWORD,
        member_number="ESF-2019-073676-T",
        activation_code=code,
    )
    pending = signing_up.ask(claim, address="203.0.113.1", at=timezone.now())
    assert "ne vont pas ensemble" in sign_in(client, "karim@example.org", "pas-le-bon").content.decode()
    for typed in ("karim@example.org", "ESF-2019-073676-T"):
        response = client.post("/connexion/", {"username": typed, "password": PASSWORD}, follow=True)
        assert response.redirect_chain[-1][0] == f"/inscription/attente/{pending.public_id}/"
        assert "pas encore ouvert" in response.content.decode()
        assert "Renvoyer le message" in response.content.decode()
    assert not Session.objects.exists()


def test_who_signs_up_again_with_the_password_of_their_account_still_enters(client, camille):
    signing_up.ask(
        Claim(last_name="Martin", first_name="Camille", email=camille.email, phone="", password=PASSWORD),
        address="203.0.113.1",
        at=timezone.now(),
    )

    assert sign_in(client, camille.email).url == "/mon-compte/"
