"""What people type, with its slips, leads to the article they need."""

import json

import pytest
from django.utils import translation

from xpassfam.help import finding, shelf
from xpassfam.help.article import SCHEMA

pytestmark = pytest.mark.django_db

TYPED = {
    "mot de passe oublié": "mot-de-passe-oublie",
    "mot de pass oublier": "mot-de-passe-oublie",
    "mdp perdu": "mot-de-passe-oublie",
    "MOT DE PASSE OUBLIE": "mot-de-passe-oublie",
    "compte bloqué": "connexion-en-pause",
    "conte blokué": "connexion-en-pause",
    "trop de tentatives": "connexion-en-pause",
    "je recois pas le mail": "e-mail-qui-n-arrive-pas",
    "courriel indesirables": "e-mail-qui-n-arrive-pas",
    "cookis": "navigateur-et-cookies",
    "page blanche": "navigateur-et-cookies",
    "lettre perdue": "code-de-la-lettre",
    "lien expiré": "lien-d-activation-expire",
    "double authentification": "validation-supplementaire",
    "double autentification": "validation-supplementaire",
    "téléphone volé": "telephone-perdu",
    "telephonne volé": "telephone-perdu",
    "hameconnage": "nos-e-mails-officiels",
    "phising": "nos-e-mails-officiels",
    "mediatheque": "ordinateur-partage",
    "photo trop lourde": "documents-et-photos",
    "document illisible": "document-refuse",
    "garde alternée": "enfants",
    "divorce": "separation",
    "violences conjugales": "en-danger-rester-discret",
    "majorité de mon fils": "dix-huit-ans",
    "demenagement": "mes-coordonnees",
    "recours": "contester-une-decision",
    "quotient familial": "droits-et-avantages",
    "rgpd": "mes-droits-sur-mes-donnees",
    "maintenence": "panne-ou-travaux",
}


@pytest.mark.parametrize(("typed", "slug"), TYPED.items())
def test_what_is_typed_finds_its_article_among_the_first_three(typed, slug):
    assert slug in [link.slug for link in finding.search(typed)][:3]


def test_most_are_found_first():
    first = [finding.search(typed)[0].slug == slug for typed, slug in TYPED.items()]
    assert sum(first) >= 0.8 * len(first)


@pytest.mark.parametrize("typed", ["", "   ", "le la les", "zzzzqqqq", "🙂", "x" * 5000, "\u0000"])
def test_nothing_meant_finds_nothing_and_breaks_nothing(typed):
    assert finding.search(typed) == []


def test_a_message_is_offered_what_may_answer_it():
    message = (
        "Bonjour, je n'arrive plus à entrer car j'ai oublié mon mot de passe et le lien de réinitialisation a expiré."
    )
    offered = [link.slug for link in finding.suggest(message)]
    assert "mot-de-passe-oublie" in offered
    assert len(offered) <= 3


def test_a_message_that_no_article_answers_is_offered_none():
    assert finding.suggest("Quel temps fera-t-il samedi à la kermesse de Nantes ?") == []


TOPICS = json.loads(SCHEMA.read_text(encoding="utf-8"))["properties"]["topics"]["items"]["enum"]


@pytest.mark.parametrize("topic", TOPICS)
def test_each_moment_of_trouble_has_an_article(topic):
    assert finding.about(topic)


def test_an_english_reader_searches_in_english():
    with translation.override("en"):
        assert finding.search("forgoten password")[0].title == "I forgot my password"
        assert all(shelf.shipped()[link.slug].en for link in finding.search("password"))


def test_searching_twice_asks_the_database_once(django_assert_num_queries):
    with django_assert_num_queries(1):
        finding.search("mot de passe")
        finding.suggest("mot de passe oublié")
        finding.about("cookies")
