"""One's own lines say from which device; the other adults of the home never read it."""

import html

import pytest

from tests.household.families import hidden, read

pytestmark = pytest.mark.django_db
ANDROID = "Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile"
PHONE = "/mon-compte/profil/telephone/"
HISTORY = "/mon-compte/historique/"


def lines(client, words):
    """The history's lines that say these words."""
    return [line for line in html.unescape(read(client, HISTORY)).split("<li") if words in line]


def test_a_change_of_one_s_own_says_from_which_device(family):
    camille = family.client(family.camille)
    camille.post(PHONE, hidden(camille, PHONE) | {"phone": "06 39 98 12 40"}, headers={"user-agent": ANDROID})

    assert ["Chrome, Android" in line for line in lines(camille, "téléphone")] == [True]


def test_what_the_other_adult_did_to_the_home_does_not(family):
    camille, karim = family.client(family.camille), family.client(family.karim)
    camille.post("/mon-compte/confirmation/", headers={"user-agent": ANDROID})

    told = [lines(reader, "les informations du foyer") for reader in (camille, karim)]
    assert [["Chrome, Android" in line for line in found] for found in told] == [[True], [False]]
