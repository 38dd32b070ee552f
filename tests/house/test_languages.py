"""A page speaks one language, whole: French, or English for who asks."""

import html.parser
import re

import pytest

from tests.accounts.factories import NUMBERS, account, adult, sign_in, sign_up_by_code
from tests.accounts.mailbox import path, received

pytestmark = pytest.mark.django_db
PUBLIC = [
    "/connexion/",
    "/connexion/deblocage/",
    "/inscription/",
    "/mot-de-passe/oublie/",
    "/mot-de-passe/nouveau/nothing/",
    "/activation/nothing/",
    "/connexion/deblocage/nothing/",
    "/aide/",
    "/aide/mot-de-passe-oublie/",
    "/aide/connexion/",
    "/connexion/adresse/",
    "/connexion/secours/",
    "/assistance/",
    "/assistance/suivre/",
    "/etat/",
    "/mentions-legales/",
    "/donnees-personnelles/",
    "/accessibilite/",
    "/cookies/",
    "/modalites/",
    "/nowhere/",
    "/demo/",
    "/demo/courrier/",
]
FAMILY = [
    "/mon-compte/",
    "/mon-compte/foyer/",
    "/mon-compte/foyer/acces/",
    "/mon-compte/foyer/inviter/",
    "/mon-compte/invitations/",
    "/mon-compte/profil/",
    "/mon-compte/securite/",
    "/mon-compte/securite/adresse/",
    "/mon-compte/securite/application/",
    "/mon-compte/securite/cle/",
    "/mon-compte/securite/codes-de-secours/",
    "/mon-compte/securite/discret/",
    "/mon-compte/securite/messages/",
    "/mon-compte/securite/mot-de-passe/",
    "/mon-compte/securite/telephone/",
    "/mon-compte/mes-donnees/",
    "/mon-compte/mes-donnees/fermer/",
    "/mon-compte/mes-donnees/telecharger/",
    "/assistance/mes-demandes/",
]
STAFF = [
    "/gestion/",
    "/gestion/conservation/",
    "/gestion/conservation/violation/",
    "/gestion/pourquoi/",
    "/gestion/securite/deuxieme-etape/",
    "/gestion/separations/",
    "/gestion/composants/",
    "/admin/",
    "/admin/organisation/organisation/1/change/",
]
AGENTS = [
    "/gestion/",
    "/gestion/aide/verification/",
    "/gestion/assistance/",
    "/gestion/assistance/chiffres/",
    "/gestion/demandes/",
    "/gestion/demandes/?q=martin",
    "/gestion/securite/courriers/",
    "/gestion/statistiques/",
]
FORMS = [
    "/connexion/",
    "/connexion/deblocage/",
    "/inscription/",
    "/mot-de-passe/oublie/",
    "/connexion/secours/",
    "/assistance/",
]

FOREIGN = {
    "en": re.compile(
        r"\b(?:vous|vos|votre|nous|le|la|les|des|une|est|sont|avec|pour|dans|pas|compte|mot de passe|connexion)\b"
        r"|\b[cdjlmnst]’[aeéèêiouhy]|[«»\u202f]",
        re.IGNORECASE,
    ),
    "fr": re.compile(r"\b(?:the|your|you|we|with|and|is|are|for|this|of|password|sign)\b|[“”]", re.IGNORECASE),
}
# Proper names and addresses are the same in both.
NAMES = re.compile(
    r"Mon compte|Votre organisme|\bla\.|Défenseur des droits|Libre réponse 71120|\d, place de Fontenoy"
    r"|association loi 1901"
    r"|[\w./-]+@[\w.-]+|/[\w/.-]+/|https?://\S+|for HTML|EU-[\w-]+"
)
SPOKEN = {"alt", "aria-label", "content", "placeholder", "title"}


class Reader(html.parser.HTMLParser):
    """What people read or hear of a page, what scripts will say included; what names its own language is left out."""

    def __init__(self):
        super().__init__()
        self.words, self.silent = [], []

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        if tag in {"script", "style", "button"} and (tag != "button" or "lang" in facts):
            self.silent.append(tag)
        elif not self.silent:
            said = (value for name, value in attrs if name in SPOKEN or name.startswith("data-"))
            self.words += [value for value in said if value]

    def handle_endtag(self, tag):
        if self.silent and self.silent[-1] == tag:
            self.silent.pop()

    def handle_data(self, data):
        if not self.silent:
            self.words.append(data)


def foreign_words(response, language: str) -> list[str]:
    page = response.content.decode()
    assert f'<html lang="{language}"' in page
    reader = Reader()
    reader.feed(page)
    words = NAMES.sub(" ", "\n".join(reader.words))
    return [line for line in words.splitlines() if FOREIGN[language].search(line)]


@pytest.fixture(params=["fr", "en"])
def language(request, client):
    client.cookies["lang"] = request.param
    return request.param


def test_a_foreign_word_is_seen(client):
    page = client.get("/connexion/")
    page.content = page.content.replace(b"</main>", "<p title='Your turn'>À vous</p></main>".encode())

    assert foreign_words(page, "fr") == ["Your turn"]


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_speaks_one_language(client, language, address):
    assert foreign_words(client.get(address), language) == []


@pytest.mark.parametrize("address", FORMS)
def test_what_is_said_of_a_form_speaks_one_language(client, language, address):
    assert foreign_words(client.post(address, {}), language) == []


@pytest.mark.parametrize("password", ["abc", "azerty12345678", "motdepasse2024", "camille-martin", " a" * 200])
def test_what_is_said_of_a_password_speaks_one_language(client, language, password):
    page = sign_up_by_code(client, adult(member_number=NUMBERS[0]), "camille@example.org", password=password)

    assert foreign_words(page, language) == []


def test_a_wrong_password_is_told_in_one_language(client, language):
    someone = account()

    assert [line for _ in range(8) for line in foreign_words(sign_in(client, someone.email, "wrong"), language)] == []


def test_a_blocked_access_is_told_in_one_language(client, language):
    someone = account(blocked_at="2026-01-01T00:00Z")

    assert foreign_words(sign_in(client, someone.email), language) == []


def test_the_check_of_a_browser_speaks_one_language(client, language):
    told = {"script": "yes", "storage": "no", "private": "yes", "autofill": "yes", "translated": "yes"}
    told |= {"styles": "no", "network": "portal", "skew": "900", "trip": "4800", "zone": "Europe/Paris"}
    check = "/aide/connexion/verification/"
    pages = [client.get(check, follow=True), client.post(f"{check}resultat/", told, follow=True)]

    assert [line for page in pages for line in foreign_words(page, language)] == []


def test_opening_an_account_speaks_one_language(client, language):
    waiting = sign_up_by_code(client, adult(member_number=NUMBERS[0]), "camille@example.org")["Location"]
    [letter] = received()
    link = path(letter, "/activation/")
    pages = [client.get(waiting), client.post(waiting, {"code": "12"}), client.get(f"{waiting}adresse/")]
    pages += [client.get(link), client.post(link, follow=True), client.get(link)]

    assert [line for page in pages for line in foreign_words(page, language)] == []


def test_forgetting_a_password_speaks_one_language(client, language):
    someone = account()
    sent = client.post("/mot-de-passe/oublie/", {"username": someone.email}, follow=True)
    [letter] = received()
    link = path(letter, "/mot-de-passe/nouveau/")
    pages = [sent, client.get(link, follow=True)]
    pages.append(client.post(pages[-1].request["PATH_INFO"], {"password": "abc"}))

    assert [line for page in pages for line in foreign_words(page, language)] == []


@pytest.mark.parametrize("address", FAMILY)
def test_a_family_page_speaks_one_language(client, language, address):
    sign_in(client, account().email)

    assert foreign_words(client.get(address), language) == []


@pytest.mark.parametrize("address", STAFF)
def test_a_page_of_the_staff_speaks_one_language(client, language, address):
    client.force_login(account(role="administrator"))

    assert foreign_words(client.get(address, follow=True), language) == []


@pytest.mark.parametrize("address", AGENTS)
def test_a_page_of_the_agents_speaks_one_language(client, language, address):
    client.force_login(account(role="agent"))

    assert foreign_words(client.get(address), language) == []


@pytest.mark.parametrize("address", ["/gestion/demandes/", "/gestion/assistance/"])
def test_a_request_that_nobody_follows_is_not_followed_by_a_person(client, address):
    client.cookies["lang"] = "en"
    client.force_login(account(role="agent"))

    assert '<option value="personne">Nobody</option>' in client.get(address).content.decode()
