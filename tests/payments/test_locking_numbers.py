"""Account numbers in the database: useless without the portal's key, readable through a change of it."""

import hashlib
import logging
from importlib import import_module

import pytest
from django.apps import apps

from tests.payments.accounts import NOW, OTHER, SPECIMEN
from xpassfam.payments.actions.locking import lock_anew
from xpassfam.payments.jobs import lock_under_the_present_key
from xpassfam.payments.models import BankDetails
from xpassfam.payments.sealing import Unreadable, marks, seal, unseal
from xpassfam.rules.iban import normalise_iban

NEW = "another key, as long as production wants them, and then some"


@pytest.fixture
def details(given):
    return given()


def kept(details):
    return BankDetails.objects.get(pk=details.pk)


def test_a_number_locked_twice_looks_different_each_time():
    assert seal("same", about="a")[0] != seal("same", about="a")[0]


def test_a_number_moved_to_another_row_does_not_open():
    sealed, key = seal("FR76", about="one")
    assert unseal(sealed, key, about="one") == "FR76"
    with pytest.raises(Unreadable):
        unseal(sealed, key, about="another")


def test_a_number_that_was_touched_does_not_open():
    sealed, key = seal("FR76", about="one")
    with pytest.raises(Unreadable):
        unseal(sealed[:-1] + bytes([sealed[-1] ^ 1]), key, about="one")


def test_a_former_key_opens_what_it_locked(details, settings):
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], NEW
    assert kept(details).iban == normalise_iban(SPECIMEN)


def test_after_a_night_the_former_key_is_not_needed_any_more(details, settings):
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], NEW
    lock_under_the_present_key.func()
    settings.SECRET_KEY_FALLBACKS = []
    assert kept(details).iban == normalise_iban(SPECIMEN)
    assert lock_anew() == 0


def test_without_its_key_a_number_is_not_read_and_the_log_says_so(details, settings, caplog):
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [], NEW
    with pytest.raises(Unreadable):
        _ = kept(details).iban
    with caplog.at_level(logging.ERROR):
        assert lock_anew() == 0
    assert "OLD_SECRET_KEYS" in caplog.text


def test_a_family_gives_another_account_even_when_the_former_is_unreadable(details, given, settings):
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [], NEW
    assert given(OTHER, at=NOW).iban == normalise_iban(OTHER)


def test_the_same_number_is_found_under_either_key_and_after_a_night_under_the_present_one(details, settings):
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], NEW
    assert kept(details).iban_mark in marks(normalise_iban(SPECIMEN))
    lock_anew()
    assert kept(details).iban_mark == marks(normalise_iban(SPECIMEN))[0]


def test_what_finds_a_number_is_no_plain_digest_of_it(details):
    number = normalise_iban(SPECIMEN).encode()
    assert kept(details).iban_mark not in {hashlib.new(name, number).hexdigest() for name in ("sha256", "sha1", "md5")}


def test_numbers_kept_before_are_marked_where_they_open(details, given, family):
    other = family.other_home.bank_details.create(
        holder="Antoine Moreau", sealed_iban=b"x" * 40, key_name="unknown", changed_at=NOW, active_from=NOW
    )
    BankDetails.objects.update(iban_mark="")
    import_module("xpassfam.payments.migrations.0005_same_account").mark(apps, None)
    assert kept(details).iban_mark == marks(normalise_iban(SPECIMEN))[0]
    assert kept(other).iban_mark == ""
