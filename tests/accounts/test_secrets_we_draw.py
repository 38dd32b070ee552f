"""What opens something is long, drawn afresh, and kept as what cannot be turned back."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.test import Client
from django.utils import timezone

from tests.accounts.factories import account, adult, code_for, sign_in
from xpassfam.accounts import tokens
from xpassfam.accounts.actions.second_step import recovery_codes, totp
from xpassfam.accounts.models import Account, ActivationCode, RecoveryCode
from xpassfam.accounts.sessions import SessionStore

pytestmark = pytest.mark.django_db


def test_the_key_of_a_session_has_more_than_128_random_bits():
    someone = account()
    cookie = sign_in(Client(), someone.email).cookies["session"].value
    assert re.fullmatch(r"[a-z0-9]{32}", cookie)  # 32 signs of 36: 165 bits
    assert len({SessionStore()._get_new_session_key() for _ in range(500)}) == 500


def test_links_and_cookies_of_devices_have_256_bits():
    drawn = {tokens.new_token() for _ in range(500)}
    assert len(drawn) == 500
    assert all(len(token) == 43 for token in drawn)


def test_a_recovery_code_has_75_bits_and_is_kept_as_a_password_is():
    codes = recovery_codes.make(account(), device="", at=timezone.now())
    assert all(
        re.fullmatch(r"\d-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}", code) for code in codes
    )
    kept = list(RecoveryCode.objects.values_list("hash", flat=True))
    assert {identify_hasher(encoded).algorithm for encoded in kept} == {"argon2"}
    assert len({encoded.split("$")[4] for encoded in kept}) == 10  # each its own salt


def test_a_code_that_leaves_by_message_has_six_digits_all_of_which_occur():
    drawn = [tokens.new_code() for _ in range(2000)]
    assert all(re.fullmatch(r"\d{6}", code) for code in drawn)
    assert all({code[place] for code in drawn} == set("0123456789") for place in range(6))


def test_the_key_of_an_application_has_160_bits():
    drawn = {totp.new_key() for _ in range(100)}
    assert len(drawn) == 100
    assert all(len(key) == 32 for key in drawn)


def test_the_code_of_a_letter_is_drawn_afresh_kept_as_a_digest_and_ends():
    code = code_for(adult(member_number="ESF-2019-004812-K"))
    kept = ActivationCode.objects.get()
    assert code.replace("-", "") not in str(vars(kept)).replace("-", "")
    assert kept.expires_at > timezone.now()
    assert code_for(adult(member_number="ESF-2019-004813-R")) != code


def test_a_portal_begins_without_any_account():
    assert not Account.objects.exists()


def test_a_password_stays_good_however_old(time_machine):
    someone = account()
    time_machine.move_to(timezone.now() + timedelta(days=3650), tick=False)
    assert sign_in(Client(), someone.email).headers["Location"] == "/mon-compte/"
