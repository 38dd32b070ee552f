"""A second step stands between the password and the session."""

from datetime import timedelta

import pyotp
import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.accounts.factories import PASSWORD, account, sign_in
from tests.accounts.first_step import STEP
from tests.accounts.mailbox import the_mail
from tests.accounts.steps import answer, code_of_last_mail, enter, is_in, with_totp
from xpassfam.accounts.actions import passwords
from xpassfam.accounts.actions.second_step import recovery_codes, totp
from xpassfam.accounts.models import KnownDevice, PasswordReset, PendingSignIn, Session, TotpKey
from xpassfam.accounts.sessions import IS_STRONG
from xpassfam.organisation.models import Organisation
from xpassfam.outbox.models import Message

pytestmark = pytest.mark.django_db


def by_email(**facts):
    return account(second_step_email=True, **facts)


def test_a_right_password_opens_nothing_before_the_second_step(client):
    someone = account()
    with_totp(someone)
    assert sign_in(client, someone.email).headers["Location"] == STEP
    assert not Session.objects.exists()
    assert not is_in(client)


def test_the_code_of_an_independent_application_opens_the_account(client):
    someone = account()
    application = with_totp(someone)
    assert enter(client, someone, application).headers["Location"] == "/mon-compte/"
    assert is_in(client)
    assert Session.objects.get().method == "password+totp"


def test_our_codes_are_those_of_the_standard():
    key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # RFC 6238, appendix B: « 12345678901234567890 »
    for at in (59, 1111111109, 1234567890, 2000000000):
        moment = timezone.datetime.fromtimestamp(at, tz=timezone.get_default_timezone())
        assert totp.code_at(key, moment) == pyotp.TOTP(key).at(at)


def test_one_code_of_an_application_serves_once(client):
    someone = account()
    application = with_totp(someone)
    with time_machine.travel(timezone.now(), tick=False):
        code = application.now()
        assert enter(client, someone, application).status_code == 302
        other = Client()
        sign_in(other, someone.email)
        page = answer(other, code)
    assert page.status_code == 200
    assert "déjà servi" in page.content.decode()
    assert not is_in(other)


@pytest.mark.parametrize(("late", "passes"), [(-60, False), (-30, True), (30, True), (60, False)])
def test_a_telephone_half_a_minute_late_or_early_passes(client, late, passes):
    someone = account()
    application = with_totp(someone)
    with time_machine.travel(timezone.now(), tick=False):
        sign_in(client, someone.email)
        answer(client, application.at(timezone.now() + timedelta(seconds=late)))
        assert is_in(client) is passes


def test_digits_pasted_with_a_space_are_taken(client):
    someone = account()
    application = with_totp(someone)
    sign_in(client, someone.email)
    code = application.now()
    assert answer(client, f" {code[:3]} {code[3:]} ").status_code == 302


def test_the_key_is_locked_where_it_is_kept():
    someone = account()
    application = with_totp(someone)
    kept = TotpKey.objects.get()
    assert application.secret.encode() not in bytes(kept.sealed_key)


def test_a_code_by_email_opens_the_account_and_is_no_strong_step(client):
    someone = by_email()
    sign_in(client, someone.email)
    assert answer(client, code_of_last_mail()).status_code == 302
    assert client.session[IS_STRONG] is False


def test_a_code_by_email_dies_after_five_tries_however_right(client):
    someone = by_email()
    sign_in(client, someone.email)
    right = code_of_last_mail()
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(5):
        page = answer(client, wrong)
    assert "il ne sert plus" in page.content.decode()
    assert "bon jusqu’à" not in page.content.decode()
    answer(client, right)
    assert not is_in(client)


def test_a_wrong_code_says_how_many_tries_are_left(client):
    someone = by_email()
    sign_in(client, someone.email)
    wrong = "000000" if code_of_last_mail() != "000000" else "111111"
    assert "Il vous reste 4 essais." in answer(client, wrong).content.decode()
    for _ in range(3):
        page = answer(client, wrong)
    assert "Il vous reste 1 essai." in page.content.decode()


def test_a_code_by_email_dies_after_ten_minutes(client):
    someone = by_email()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client, someone.email)
        clock.shift(timedelta(minutes=10))
        gone = answer(client, code_of_last_mail())
        assert gone.headers["Location"] == "/connexion/"
        assert not is_in(client)


def test_another_code_leaves_after_a_minute_and_ends_the_one_before(client):
    someone = by_email()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client, someone.email)
        first = code_of_last_mail()
        client.post(STEP + "envoi/", {"methode": "email"})
        assert Message.objects.filter(template="accounts/mail/step_code").count() == 1
        clock.shift(timedelta(seconds=61))
        client.post(STEP + "envoi/", {"methode": "email"})
        assert Message.objects.filter(template="accounts/mail/step_code").count() == 2
        if first != code_of_last_mail():
            answer(client, first)
            assert not is_in(client)
        answer(client, code_of_last_mail())
        assert is_in(client)


def test_no_more_than_six_codes_leave_in_an_hour(client):
    someone = by_email()
    with time_machine.travel(timezone.now().replace(minute=1), tick=False) as clock:
        for _ in range(8):
            sign_in(Client(), someone.email)
            clock.shift(timedelta(seconds=61))
    assert Message.objects.filter(template="accounts/mail/step_code").count() == 6


def test_a_code_opens_the_sign_in_that_asked_for_it_and_no_other(client):
    someone = by_email()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client, someone.email)
        first = code_of_last_mail()
        clock.shift(timedelta(seconds=61))
        other = Client()
        sign_in(other, someone.email)
        if first != code_of_last_mail():
            answer(other, first)
            assert not is_in(other)


def test_the_cookie_of_one_browser_is_needed():
    someone = by_email()
    sign_in(Client(), someone.email)
    stranger = Client()
    assert answer(stranger, code_of_last_mail()).headers["Location"] == "/connexion/"
    assert not is_in(stranger)


def test_the_mail_names_the_portal_and_says_to_give_the_code_to_nobody(client):
    Organisation.objects.update_or_create(defaults={"name": "Solidarité Estuaire"})
    someone = by_email()
    sign_in(client, someone.email)
    text = the_mail().body
    assert "Solidarité Estuaire" in text
    assert "Ne le donnez à personne" in text


def test_ten_wrong_codes_stop_the_sign_in_and_tell_the_owner(client):
    someone = account()
    application = with_totp(someone)
    for _ in range(11):
        sign_in(client, someone.email)
        page = answer(client, "000000")
    assert "Trop d’essais" in page.content.decode()
    answer(client, application.now())
    assert not is_in(client)
    assert Message.objects.filter(template="accounts/mail/step_refused").count() == 1


def test_whoever_guesses_codes_elsewhere_keeps_no_owner_out_of_their_device(client):
    someone = account()
    application = with_totp(someone)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        enter(client, someone, application)
        client.post("/deconnexion/")
        thief = Client()
        for _ in range(11):
            sign_in(thief, someone.email)
            answer(thief, "000000")
        clock.shift(timedelta(seconds=90))
        assert enter(client, someone, application).headers["Location"] == "/mon-compte/"


def test_a_trusted_device_is_not_asked_again_for_thirty_days(client):
    someone = account()
    application = with_totp(someone)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        enter(client, someone, application, trust="on")
        client.post("/deconnexion/")
        clock.shift(timedelta(days=29))
        assert sign_in(client, someone.email).headers["Location"] == "/mon-compte/"
        client.post("/deconnexion/")
        clock.shift(timedelta(days=2))
        assert sign_in(client, someone.email).headers["Location"] == STEP


def test_a_trusted_device_is_listed_and_asked_again_on_demand(client):
    someone = account()
    application = with_totp(someone)
    enter(client, someone, application, trust="on")
    assert "De confiance" in client.get("/mon-compte/securite/").content.decode()
    known = KnownDevice.objects.get()
    client.post(f"/mon-compte/securite/appareils/{known.public_id}/confiance/")
    client.post("/deconnexion/")
    assert sign_in(client, someone.email).headers["Location"] == STEP


def test_the_box_of_trust_is_not_ticked_beforehand(client):
    someone = account()
    with_totp(someone)
    sign_in(client, someone.email)
    page = client.get(STEP).content.decode()
    assert 'name="trust"' in page
    assert "checked" not in page


def test_a_new_password_by_link_ends_every_trust_and_the_second_step_is_asked(client):
    someone = account()
    application = with_totp(someone)
    with time_machine.travel(timezone.now(), tick=False):
        enter(client, someone, application, trust="on")
        asked = PasswordReset.objects.create(
            account=someone,
            identifier_digest="x",
            digest="y",
            created_at=timezone.now(),
            expires_at=timezone.now() + timedelta(hours=1),
        )
        passwords.reset(
            asked, "fougere-piano-tunnel-3", device_cookie=client.cookies["device"].value, at=timezone.now()
        )
        assert not KnownDevice.objects.exclude(trusted_until=None).exists()
        there = sign_in(client, someone.email, "fougere-piano-tunnel-3")
        assert there.headers["Location"] == STEP


def test_a_sign_in_that_waits_ends_with_a_new_password(client):
    someone = account()
    application = with_totp(someone)
    sign_in(client, someone.email)
    asked = PasswordReset.objects.create(
        account=someone,
        identifier_digest="x",
        digest="y",
        created_at=timezone.now(),
        expires_at=timezone.now() + timedelta(hours=1),
    )
    passwords.reset(asked, "fougere-piano-tunnel-3", device_cookie="c" * 43, at=timezone.now())
    answer(client, application.now())
    assert not is_in(client)


def test_a_recovery_code_opens_the_account_once_however_it_is_copied(client):
    someone = account()
    with_totp(someone)
    code = recovery_codes.make(someone, device="", at=timezone.now())[3]
    sign_in(client, someone.email)
    copied = code.lower().replace("-", " ").replace("1", "l").replace("0", "o")
    assert client.post(STEP + "?methode=recovery", {"recovery_code": copied}).status_code == 302
    assert is_in(client)
    other = Client()
    sign_in(other, someone.email)
    page = other.post(STEP + "?methode=recovery", {"recovery_code": code})
    assert "déjà servi" in page.content.decode()
    assert recovery_codes.left(someone) == 9


def test_new_recovery_codes_end_those_of_before():
    someone = account()
    first = recovery_codes.make(someone, device="", at=timezone.now())
    recovery_codes.make(someone, device="", at=timezone.now())
    assert not any(recovery_codes.accept(someone, code, at=timezone.now()) for code in first)


def test_who_closes_the_page_of_the_second_step_starts_again_with_the_password(client):
    someone = account()
    with_totp(someone)
    sign_in(client, someone.email)
    PendingSignIn.objects.update(expires_at=timezone.now())
    assert client.get(STEP).headers["Location"] == "/connexion/"


def test_the_page_asked_for_is_reached_after_both_steps(client):
    someone = account()
    application = with_totp(someone)
    sign_in(client, someone.email, PASSWORD, next="/mon-compte/historique/")
    assert answer(client, application.now()).headers["Location"] == "/mon-compte/historique/"


def test_a_blocked_account_is_told_so_and_sends_no_code(client):
    someone = by_email(blocked_at=timezone.now())
    page = sign_in(client, someone.email).content.decode()
    assert "Votre accès est bloqué" in page
    assert not Message.objects.filter(template="accounts/mail/step_code").exists()
