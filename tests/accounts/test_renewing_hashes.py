"""After a change of Argon2's cost, accounts pass to it one by one; meanwhile the clock tells nothing."""

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.test import Client
from django.utils import timezone

from tests.accounts.factories import PASSWORD, account, adult, sign_in
from xpassfam.accounts import dummies, hashing
from xpassfam.accounts.actions import passwords
from xpassfam.accounts.jobs import count_password_costs
from xpassfam.accounts.models import Account, PasswordCost
from xpassfam.journal.models import Line

pytestmark = pytest.mark.django_db
EMAIL = "camille@example.org"
OLD, NEW = "m=8,t=1,p=1", "m=32,t=1,p=1"


@pytest.fixture
def camille():
    return account(adult(), email=EMAIL)


@pytest.fixture
def dearer(settings, camille):
    settings.ARGON2_COST = {"memory_cost": 32, "time_cost": 1, "parallelism": 1}
    return settings


def stored():
    return Account.objects.get(email=EMAIL).password


def test_a_right_sign_in_renews_the_hash_and_the_password_stays(client, dearer):
    assert f"${OLD}$" in stored()
    sign_in(client, EMAIL)
    assert f"${NEW}$" in stored()
    assert check_password(PASSWORD, stored())
    assert sign_in(Client(), EMAIL).status_code == 302


def test_a_wrong_one_does_not(client, dearer):
    before = stored()
    sign_in(client, EMAIL, "pas-le-bon")
    assert stored() == before


def test_nor_does_a_right_one_that_stays_outside(client, dearer):
    Account.objects.update(blocked_at=timezone.now())
    before = stored()
    sign_in(client, EMAIL)
    assert stored() == before


def test_it_is_hashed_once_and_only_while_it_is_due(client, dearer, hashing_work):
    dummies.prepare()
    hashing_work.clear()
    sign_in(client, EMAIL)
    assert dict(hashing_work) == {"verify": 1, "encode": 1}
    hashing_work.clear()
    sign_in(Client(), EMAIL)
    assert dict(hashing_work) == {"verify": 1}


def test_of_a_password_pasted_with_a_space_the_password_is_renewed_not_the_space(client, dearer):
    sign_in(client, EMAIL, PASSWORD + " ")
    assert f"${NEW}$" in stored()
    assert check_password(PASSWORD, stored())


def test_sessions_opened_before_live_on(client, dearer):
    sign_in(client, EMAIL)
    Account.objects.update(password=make_password(PASSWORD))
    before = stored()
    dearer.ARGON2_COST = {"memory_cost": 64, "time_cost": 1, "parallelism": 1}
    sign_in(Client(), EMAIL)
    assert stored() != before
    assert client.get("/mon-compte/").status_code == 200


def test_a_session_does_not_survive_a_change_of_password_even_if_its_row_did(client, dearer):
    sign_in(client, EMAIL)
    Account.objects.update(password_changed_at=timezone.now())
    assert client.get("/mon-compte/").status_code == 302


def test_a_change_of_password_meanwhile_wins(dearer, camille):
    Account.objects.update(password=make_password("canot-brume-tuile-41"))
    passwords.renew(camille, PASSWORD)
    assert check_password("canot-brume-tuile-41", stored())


def test_the_history_tells_the_sign_in_and_nothing_else(client, dearer):
    before = Line.objects.count()
    sign_in(client, EMAIL)
    assert Line.objects.count() == before + 1


def cost_of(encoded):
    return encoded.split("$")[3]


def share_of_new(names=400):
    drawn = [cost_of(dummies.dummy_for(f"email:nobody{n}@example.org")) for n in range(names)]
    return drawn.count(NEW) / names


def test_unknown_identifiers_cost_what_accounts_cost_in_the_same_proportion(client, dearer):
    old = hashing.dummy_at(OLD)
    Account.objects.update(password=old)
    for _ in range(3):
        Account.objects.filter(pk=account(adult()).pk).update(password=old)
    dummies.forget()
    count_password_costs.func()
    assert share_of_new() == 0
    sign_in_one = Account.objects.first()
    Account.objects.filter(pk=sign_in_one.pk).update(password=make_password(PASSWORD))
    count_password_costs.func()
    assert dict(PasswordCost.objects.values_list("parameters", "accounts")) == {OLD: 3, NEW: 1}
    dummies.forget()
    assert 0.17 < share_of_new() < 0.33


def test_an_identifier_always_draws_the_same_and_passes_to_the_new_cost_once(dearer):
    seen = []
    for old in range(20, -1, -1):
        PasswordCost.objects.update_or_create(parameters=OLD, defaults={"accounts": old})
        PasswordCost.objects.update_or_create(parameters=NEW, defaults={"accounts": 20 - old})
        dummies.forget()
        names = [f"email:nobody{n}@example.org" for n in range(40)]
        seen.append([cost_of(dummies.dummy_for(name)) == NEW for name in names])
    assert seen[0] == [False] * 40
    assert seen[-1] == [True] * 40
    for path in zip(*seen, strict=True):
        assert list(path) == sorted(path)


def test_closed_accounts_and_those_without_password_are_not_counted(dearer, camille):
    account(adult(), closed_at=timezone.now())
    Account.objects.filter(pk=account(adult()).pk).update(password="!unusable")
    count_password_costs.func()
    assert dict(PasswordCost.objects.values_list("parameters", "accounts")) == {OLD: 1}


def test_a_cost_that_nobody_has_any_more_is_forgotten(dearer, camille):
    count_password_costs.func()
    Account.objects.update(password=make_password(PASSWORD))
    count_password_costs.func()
    assert dict(PasswordCost.objects.values_list("parameters", "accounts")) == {NEW: 1}


def test_before_any_count_unknown_identifiers_cost_today_s(dearer):
    assert share_of_new(20) == 1
