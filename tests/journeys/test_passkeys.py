"""Passkeys, in a browser whose key-ring is made up by its developer tools: added, used, refused."""

import sqlite3

import pytest
from playwright.sync_api import expect

from tests.journeys.site import DATABASE, FAMILY_PASSWORD

EMAIL = "camille.martin@example.org"
BY_KEY = "Me connecter avec une clé d’accès"
REFUSED = "Cette clé n’a pas ouvert de compte"
CHECKED_AND_PRESENT = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class KeyRing:
    """The keys that one browser holds."""

    def __init__(self, visitor) -> None:
        self.tools = visitor.context.new_cdp_session(visitor.page)
        self.tools.send("WebAuthn.enable")
        made = self.tools.send("WebAuthn.addVirtualAuthenticator", {"options": CHECKED_AND_PRESENT})
        self.name = made["authenticatorId"]

    def recognises(self, recognised: bool) -> None:
        """Whether the finger, the face or the code of the screen is its owner's."""
        self._tell("WebAuthn.setUserVerified", isUserVerified=recognised)

    def keys(self) -> list[dict]:
        return self._tell("WebAuthn.getCredentials")["credentials"]

    def hold(self, key: dict) -> None:
        """A copy, private part included."""
        self._tell("WebAuthn.addCredential", credential=key)

    def _tell(self, order: str, **more) -> dict:
        return self.tools.send(order, {"authenticatorId": self.name, **more})


@pytest.fixture
def owner(visit, site):
    """Signed in, with a key added; her account is as it was when the test ends."""
    visitor = visit()
    visitor.signs_in_as(EMAIL, FAMILY_PASSWORD)
    visitor.keys = KeyRing(visitor)
    visitor.open("/mon-compte/securite/")
    visitor.page.get_by_role("link", name="Ajouter une clé d’accès").click()
    visitor.look("Ajouter une clé d’accès")
    visitor.type(name="Téléphone de Camille")
    visitor.press("Ajouter une clé d’accès")
    visitor.reads("La clé d’accès est ajoutée.")
    yield visitor
    with sqlite3.connect(site.var / DATABASE, timeout=20) as database:
        database.execute("DELETE FROM accounts_passkey")


def leave(visitor):
    visitor.press("Me déconnecter")
    visitor.sees_heading("Me connecter")


def enter_by_key_alone(visitor):
    visitor.open("/connexion/")
    visitor.press(BY_KEY)


def is_in(visitor) -> bool:
    visitor.open("/mon-compte/securite/")
    return "/mon-compte/securite/" in visitor.page.url.partition("?")[0]


def test_a_key_is_listed_and_is_the_second_step(owner):
    owner.open("/mon-compte/securite/")
    owner.look("Sécurité et appareils")
    owner.reads("Téléphone de Camille")
    leave(owner)
    owner.sign_in(EMAIL, FAMILY_PASSWORD)
    owner.look("Confirmez avec votre clé d’accès")
    owner.press("Utiliser ma clé d’accès")
    owner.sees_heading("Bonjour Camille")


def test_a_key_opens_the_account_by_itself_and_leads_to_the_page_asked_for(owner):
    leave(owner)
    owner.open("/connexion/?next=/mon-compte/historique/")
    owner.press(BY_KEY)
    owner.page.wait_for_url("**/mon-compte/historique/")


def test_a_key_that_does_not_recognise_its_owner_opens_nothing(owner):
    leave(owner)
    owner.keys.recognises(False)
    enter_by_key_alone(owner)
    owner.reads("La clé n’a pas répondu. Votre mot de passe marche toujours.")
    owner.look("Me connecter")
    assert not is_in(owner)


def test_a_key_that_was_taken_off_the_list_opens_nothing(owner):
    owner.open("/mon-compte/securite/")
    owner.page.get_by_role("link", name="Retirer Téléphone de Camille").click()
    owner.look()
    owner.page.locator("main form button[type=submit]").click()
    owner.reads("C’est retiré.")
    leave(owner)
    enter_by_key_alone(owner)
    owner.reads(REFUSED)
    owner.look("Me connecter")
    assert not is_in(owner)


def test_a_copied_key_whose_counter_is_behind_opens_nothing(owner, visit):
    [copied] = owner.keys.keys()
    for _ in range(2):
        leave(owner)
        enter_by_key_alone(owner)
        owner.sees_heading("Bonjour Camille")

    thief = visit()
    thief.open("/connexion/")
    ring = KeyRing(thief)
    ring.hold(copied)
    enter_by_key_alone(thief)
    thief.reads(REFUSED)
    assert not is_in(thief)


def test_a_browser_without_keys_is_offered_the_other_ways(visit):
    visitor = visit(javascript=False)
    visitor.open("/connexion/")
    expect(visitor.page.get_by_role("button", name=BY_KEY)).to_be_hidden()
    expect(visitor.page.get_by_role("button", name="Me connecter", exact=True)).to_be_visible()
