"""The postcode first, then the commune among those it covers; without JavaScript in two steps, nothing lost."""

import html

import pytest

from tests.household.families import allow, fresh, hidden, read, send
from xpassfam.household.models import Change
from xpassfam.people.actions.correcting import texts_of
from xpassfam.rules.field_policy import Mode

pytestmark = pytest.mark.django_db
PAGE, HOME = "/mon-compte/foyer/adresse/", "/mon-compte/foyer/"


@pytest.fixture
def client(family):
    allow(address=Mode.AT_ONCE)
    return family.client(family.camille)


def shown(response):
    return html.unescape(response.content.decode())


def test_the_present_address_is_filled_in_with_its_commune(client):
    page = read(client, PAGE)

    assert "14 rue du Coudray</textarea>" in page
    assert 'value="44200"' in page
    assert '<option value="44109" selected>Nantes</option>' in page


def test_in_two_steps_the_server_brings_the_communes_and_keeps_what_was_typed(client, family):
    typed = hidden(client, PAGE) | {"country": "FR", "address": "2 place de l’Église", "postcode": "51 300"}

    half_way = client.post(PAGE, typed | {"choose": "1"})

    page = shown(half_way)
    assert "2 place de l’Église</textarea>" in page
    assert "Vitry-le-François" in page
    assert "Erreur" not in page
    assert not Change.objects.exists()

    assert client.post(PAGE, typed | {"commune": "51649"}).headers["Location"] == HOME
    assert texts_of(fresh(family.home), "address") == {
        "address": "2 place de l’Église",
        "postcode": "51300",
        "town": "Vitry-le-François",
        "country": "FR",
    }


def test_sent_without_a_commune_the_page_comes_back_with_the_list(client):
    response = send(client, PAGE, country="FR", address="2 rue X", postcode="51300", commune="44109")

    page = shown(response)
    assert "Vitry-le-François" in page
    assert "2 rue X</textarea>" in page
    assert "Erreur" in page
    assert not Change.objects.exists()


def test_a_commune_of_another_postcode_is_not_taken(client, family):
    response = send(client, PAGE, country="FR", address="2 rue X", postcode="44000", commune="75056")

    assert response.status_code == 200
    assert fresh(family.home).town == "Nantes"


def test_the_only_commune_of_a_postcode_is_already_chosen(client):
    typed = hidden(client, PAGE) | {"country": "FR", "address": "2 rue X", "postcode": "29000", "choose": "1"}

    assert '<option value="29232" selected>Quimper</option>' in shown(client.post(PAGE, typed))


def test_a_postcode_that_the_list_does_not_know_asks_for_the_town_in_words(client, family):
    typed = {"country": "FR", "address": "TSA 12345", "postcode": "44906"}
    response = send(client, PAGE, **typed)
    assert "Écrivez le nom de la ville." in shown(response)

    send(client, PAGE, **typed, town="Nantes Cedex 9")
    assert texts_of(fresh(family.home), "address")["town"] == "Nantes Cedex 9"


@pytest.mark.parametrize(
    ("postcode", "words"), [("4420", "5\u00a0chiffres"), ("SW1A", "5\u00a0chiffres"), ("", "Code postal")]
)
def test_a_french_postcode_has_five_digits(client, postcode, words):
    assert words in shown(send(client, PAGE, country="FR", address="2 rue X", postcode=postcode))


@pytest.mark.parametrize("moved", [{"country": "BE", "postcode": "1000"}, {"country": "FR", "postcode": "44906"}])
def test_the_commune_of_before_does_not_follow_to_another_country_or_an_unknown_postcode(client, family, moved):
    form = client.get(PAGE).context["form"]
    as_filled_in = {name: form[name].value() or "" for name in form.fields}

    response = send(client, PAGE, **as_filled_in | moved)

    assert "Écrivez le nom de la ville." in shown(response)
    assert fresh(family.home).town == "Nantes"
    assert fresh(family.home).postcode == "44200"


def test_abroad_the_town_is_written_and_the_country_read(client, family):
    send(client, PAGE, country="BE", address="Rue Neuve 1", postcode="1000", town="Bruxelles", commune="44109")

    assert texts_of(fresh(family.home), "address")["town"] == "Bruxelles"
    assert "Rue Neuve 1<br>1000 Bruxelles<br>Belgique" in read(client, HOME)
    page = read(client, PAGE)
    assert 'value="Bruxelles"' in page
    assert "<div data-commune-part hidden>" in page


def test_a_country_the_list_does_not_have_stays_what_it_is(client, family):
    family.home.country, family.home.postcode, family.home.town = "YU", "11000", "Belgrade"
    family.home.save()

    assert '<option value="YU" selected>YU</option>' in read(client, PAGE)
    assert send(client, PAGE, country="XX", address="1", postcode="1", town="X").status_code == 200


def test_a_long_line_is_told_and_taken(client, family):
    long = "Résidence des Grands Marronniers du Parc Fleuri"
    send(client, PAGE, country="FR", address=f"2 rue X\n{long}", postcode="44000", commune="44109")

    assert fresh(family.home).address == f"2 rue X\n{long}"
    assert f"La ligne «\u00a0{long}\u00a0» est longue." in read(client, HOME)


def test_five_lines_are_too_many(client):
    response = send(client, PAGE, country="FR", address="1\n2\n3\n4\n5", postcode="44000", commune="44109")

    assert "4 lignes au plus" in shown(response)


def test_an_older_tab_is_shown_both_addresses(client, family):
    older = hidden(client, PAGE)
    send(client, PAGE, country="FR", address="3 rue Neuve", postcode="44000", commune="44109")

    typed = {"country": "FR", "address": "9 rue Vieille", "postcode": "44000", "commune": "44109"}
    page = shown(client.post(PAGE, older | typed))

    assert "Nous avons maintenant\u00a0: 3 rue Neuve, 44000 Nantes." in page
    assert "9 rue Vieille</textarea>" in page


def test_the_communes_of_a_postcode_are_given_to_the_page(client):
    answer = client.get("/mon-compte/foyer/adresse/communes.json?code=44 200").json()
    assert answer == {"communes": [{"code": "44109", "name": "Nantes"}]}

    assert client.get("/mon-compte/foyer/adresse/communes.json?code=<script>").json() == {"communes": []}
    assert client.get("/mon-compte/foyer/adresse/communes.json").json() == {"communes": []}
