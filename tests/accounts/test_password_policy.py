from datetime import date

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from xpassfam.accounts.models import Account
from xpassfam.accounts.password_policy import check, check_for
from xpassfam.organisation.models import current
from xpassfam.people.models import Household, Person, Residence
from xpassfam.ui.strength import rules

pytestmark = pytest.mark.django_db
NBSP = "\u00a0"


@pytest.fixture
def camille():
    home = Household.objects.create(file_number="NAN-104-233", name="Martin-Benali")
    own = {"birth_date": date(1988, 4, 12), "member_number": "ESF-2019-004812-K", "search_name": "camille martin"}
    person = Person.objects.create(last_name="Martin", first_names="Camille", **own)
    child = Person.objects.create(
        last_name="Benali", first_names="Noémie", birth_date=date(2017, 6, 18), search_name="noemie benali"
    )
    gone = Person.objects.create(last_name="Rousseau", first_names="Thierry", search_name="thierry rousseau")
    for someone, role in ((person, "holder"), (child, "dependent_child")):
        Residence.objects.create(household=home, person=someone, role=role, since=date(2019, 1, 1))
    Residence.objects.create(
        household=home, person=gone, role="other_adult", since=date(2019, 1, 1), until=date(2020, 1, 1)
    )
    return Account.objects.create(email="c.martin@exemple.fr", last_name="Martin", first_name="Camille", person=person)


def test_a_good_password_needs_no_sentence():
    assert check("girafe-lavande-tambour-7") == []


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("kVtq2Pzw", f"Ajoutez 4 caractères{NBSP}: il en faut 12. Ou gardez cette longueur, et ajoutez un symbole."),
        ("kvtqzpzw", "Ou gardez cette longueur, et ajoutez une majuscule, un chiffre et un symbole."),
        ("kVtq2Pzwqxk", f"Ajoutez 1 caractère{NBSP}: il en faut 12."),
        ("motdepasse123", "Ce mot de passe est trop courant"),
        ("Soleil75000!!", "un mot connu ne suffit pas"),
        ("wxcvbn,;:!qsdf", "sur le clavier"),
        ("girafe lavande ", "Retirez l’espace"),
        ("x" * 1000, f"Raccourcissez-le{NBSP}: 256 caractères suffisent largement."),
        ("girafe-Zoubida-lavande", f"Retirez «{NBSP}Zoubida{NBSP}»"),
    ],
)
def test_each_refusal_says_what_to_do(password, sentence):
    assert sentence in " ".join(check(password, words=["Zoubida"]))


def test_no_sentence_repeats_the_password():
    for password in ("kVtq2Pzw", "motdepasse123", "Soleil750002026", "wxcvbn,;:!qsdf"):
        assert password not in " ".join(check(password))


@pytest.mark.parametrize(
    "password", ["girafe-camille-lavande", "girafe-4812-lavande-x", "girafe-noemie-lavande", "girafe-18062017-sel"]
)
def test_an_account_may_not_use_what_the_register_knows_of_the_home(camille, password):
    assert len(check_for(camille, password, on=date(2026, 11, 23))) == 1


def test_who_left_the_home_is_no_longer_asked_about(camille):
    assert check_for(camille, "girafe-thierry-lavande", on=date(2026, 11, 23)) == []
    assert check_for(camille, "girafe-thierry-lavande", on=date(2019, 11, 23)) != []


def test_before_identity_is_proved_nothing_of_the_register_is_told(camille):
    assert check("girafe-noemie-lavande", words=["ESF-2019-004812-K", "c.martin@exemple.fr"]) == []


def test_the_work_is_the_same_however_many_live_there(camille, django_assert_num_queries):
    check("x")
    with django_assert_num_queries(1):
        check_for(camille, "girafe-lavande-tambour-7", on=date(2026, 11, 23))


def test_django_asks_the_same_policy(camille):
    with pytest.raises(ValidationError) as refused:
        validate_password("girafe-camille-lavande", user=camille)
    assert "Camille" in refused.value.messages[0]
    validate_password("girafe-lavande-tambour-7", user=camille)
    validate_password("girafe-lavande-tambour-7")


def test_the_rules_are_told_before_typing_with_the_organisations_lengths():
    assert rules(current())[0].startswith("12 caractères ou plus")
    assert "ou 8, avec" in rules(current())[0]
    assert len(rules(current())) == 3
