"""The articles that come with the portal: whole, findable, with links that lead somewhere."""

import re

import pytest
from django.urls import Resolver404, resolve

from tests.house.test_typography import misses
from xpassfam.help import shelf
from xpassfam.help.situations import SITUATIONS

ARTICLES = shelf.shipped()
OF_SIGNING_IN = {"sign_in", "activation", "account", "security"}
LINK = re.compile(r"\]\((/[^)#?]*)")
LONGEST = 400  # words
# What families are sent to in trouble.
ASKED_FOR = {
    "premiere-connexion",
    "ouvrir-mon-compte",
    "mot-de-passe-oublie",
    "validation-supplementaire",
    "telephone-perdu",
    "ordinateur-partage",
    "document-refuse",
    "documents-et-photos",
    "demander-et-suivre",
    "enfants",
    "separation",
    "en-danger-rester-discret",
    "choisir-un-mot-de-passe",
    "nos-e-mails-officiels",
    "dix-huit-ans",
    "mes-coordonnees",
    "delais-et-silence",
    "contester-une-decision",
    "attestations",
    "droits-et-avantages",
}


def test_every_situation_has_its_article():
    assert set(ARTICLES) >= ASKED_FOR
    assert {one.situation for one in ARTICLES.values()} == set(SITUATIONS)


@pytest.mark.parametrize("slug", ARTICLES)
def test_links_of_an_article_lead_to_pages(slug):
    article = ARTICLES[slug]
    for address in LINK.findall(article.text + (article.en.text if article.en else "")):
        try:
            assert resolve(address)
        except Resolver404:
            pytest.fail(f"{slug} leads nowhere: {address}")
        if address.startswith("/aide/") and address.count("/") == 3 and address != "/aide/connexion/":
            assert address.split("/")[2] in ARTICLES


@pytest.mark.parametrize("slug", ARTICLES)
def test_what_follows_an_article_exists(slug):
    assert set(ARTICLES[slug].related) <= set(ARTICLES) - {slug}


@pytest.mark.parametrize("slug", ARTICLES)
def test_an_article_is_short_and_in_printed_french(slug):
    article = ARTICLES[slug]
    prose = re.sub(r"\]\([^)]*\)", "]", "\n".join([article.title, article.summary, article.text]))
    assert len(prose.split()) <= LONGEST
    assert misses(prose) == []


@pytest.mark.parametrize("slug", [one.slug for one in ARTICLES.values() if one.situation in OF_SIGNING_IN])
def test_what_concerns_signing_in_is_in_english_too(slug):
    assert ARTICLES[slug].en


def test_danger_is_answered_with_numbers_that_can_be_called():
    text = ARTICLES["en-danger-rester-discret"].text
    assert "tel:3919" in text
    assert "tel:17" in text
