import os
import threading
import time
import unicodedata

import argon2
from django.contrib.auth.hashers import check_password, make_password

from xpassfam.accounts.hashing import dummy_at, needs_renewal, todays_parameters

OWASP_COST = {"memory_cost": 19 * 1024, "time_cost": 2, "parallelism": 1}


def test_the_right_password_opens_and_any_other_does_not():
    encoded = make_password("girafe-lavande-tambour-7")
    assert check_password("girafe-lavande-tambour-7", encoded)
    assert not check_password("girafe-lavande-tambour-7 ", encoded)
    assert not check_password("Girafe-lavande-tambour-7", encoded)


def test_the_cost_comes_from_the_setting_and_an_older_one_is_renewed(settings):
    cheap = make_password("girafe-lavande-tambour-7")
    settings.ARGON2_COST = OWASP_COST
    dear = make_password("girafe-lavande-tambour-7")
    assert dear.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    renewed = []
    assert check_password("girafe-lavande-tambour-7", dear, setter=renewed.append)
    assert renewed == []
    assert check_password("girafe-lavande-tambour-7", cheap, setter=renewed.append)
    assert renewed == ["girafe-lavande-tambour-7"]


def test_what_ships_costs_at_least_what_owasp_asks():
    from xpassfam.config import settings as shipped

    assert shipped.ARGON2_COST["memory_cost"] * shipped.ARGON2_COST["time_cost"] >= 19 * 1024 * 2


def test_composed_and_decomposed_letters_are_the_same_password():
    encoded = make_password(unicodedata.normalize("NFD", "forêt-cédée-Việt"))
    assert check_password(unicodedata.normalize("NFC", "forêt-cédée-Việt"), encoded)


def test_letters_that_only_look_alike_stay_different_passwords():
    encoded = make_password("ﬁgue-①-lavande")
    assert not check_password("figue-1-lavande", encoded)


def test_a_dummy_is_made_once_at_its_cost_and_opens_with_nothing(settings):
    settings.ARGON2_COST = {"memory_cost": 16, "time_cost": 1, "parallelism": 1}
    first = dummy_at(todays_parameters())
    assert dummy_at(todays_parameters()) is first
    assert "$m=16,t=1,p=1$" in first
    assert not check_password("", first)
    assert not needs_renewal(first)
    assert needs_renewal(dummy_at("m=8,t=1,p=1"))


def test_no_more_hashes_run_at_once_than_there_are_cores(settings, monkeypatch):
    settings.ARGON2_COST = {"memory_cost": 8192, "time_cost": 1, "parallelism": 1}
    cores = os.cpu_count() or 1
    running, peak, lock = 0, 0, threading.Lock()
    real = argon2.low_level.hash_secret

    def watched(*args, **kwargs):
        nonlocal running, peak
        with lock:
            running += 1
            peak = max(peak, running)
        try:
            time.sleep(0.01)
            return real(*args, **kwargs)
        finally:
            with lock:
                running -= 1

    monkeypatch.setattr(argon2.low_level, "hash_secret", watched)
    threads = [threading.Thread(target=make_password, args=("girafe",)) for _ in range(4 * cores)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert peak == cores
