"""Every address, asked by everybody for what is another household's: not found, not theirs, or sign in first.

A new address is taken up by itself. One that names an object needs a line in `OBJECTS`; one that takes an
object in its form, in `FORMS`.
"""

import html

import pytest
from django.test import Client
from django.utils import timezone

from tests.accounts.factories import account, sign_in
from tests.config.other_household import Other
from tests.house.test_doors import address, doors, is_open
from tests.household.homes import couple, let_in
from tests.people.factories import person
from xpassfam.journal.pages import Key
from xpassfam.people.models import Access, Separation

pytestmark = pytest.mark.django_db

OF_AN_IMPORT = [
    f"gestion/registre/<slug:public_id>/{end}"
    for end in ("", "etat/", "importer/", "abandonner/", "arreter/", "recommencer/", "colonnes/", "refus.csv")
]
FILING = "mon-compte/demandes/<slug:public_id>/"
OF_A_DRAFT = ("brouillon/", "suppression/", "documents/", "documents/brouillon/", "verifier/", "envoi/")
OF_A_SECTION = ("", "brouillon/", "choix/")
OF_WHAT_WAS_SENT = (
    "", "correction/", "contestation/", "envoyee/", "completer/", "completer/brouillon/", "messages/", "retrait/",
    "relance/",
)  # fmt: skip
PAPERS = ("accuse.pdf", "decision.pdf")
DOCUMENT_ENDS = {
    "": "",
    "pages/<int:number>/": "/pages/1",
    "fichier/<int:number>/": "/fichier/1",
    "document.pdf": "/document.pdf",
}
OF_A_FILING = [
    f"gestion/demandes/<slug:public_id>/{end}"
    for end in (
        "",
        "presence/",
        "prendre/",
        "message/",
        "note/",
        "modele/",
        "completer/",
        "autre-parent/",
        "delai/",
        "commission/",
        "commission/retrait/",
        "transfert/",
        "valider/",
        "limiter/",
        "refuser/",
        "classer/",
        "reserve/",
        "silence/",
        "archive/",
        "confirmation/",
        "renvoi/",
        "decision-contestee/",
        "decision-contestee/defaire/",
    )
]

OF_A_TICKET = ("", "reglee/")
OF_A_TICKET_AT_THE_DESK = (
    "",
    "reponse/",
    "note/",
    "prendre/",
    "cloture/",
    "reouverture/",
    "fusion/",
    "lien/",
    "geste/",
)

# Rules are the organisation's, and so is what is proposed of them.
OF_RULES = [
    f"gestion/droits/{end}"
    for end in (
        "<slug:code>/",
        "<slug:code>/textes/",
        "<slug:code>/fermeture/",
        "propositions/<slug:public_id>/",
        "propositions/<slug:public_id>/publier/",
        "propositions/<slug:public_id>/abandon/",
        "propositions/<slug:public_id>/cas/",
        "propositions/<slug:public_id>/cas/<int:number>/",
        "propositions/<slug:public_id>/simulation/",
        "simulations/<slug:public_id>/etat/",
    )
]

# What of the other household an address names, by its route: its last words where it names several things.
OBJECTS = {
    "mon-compte/foyer/acces/<slug:person>/apercu/": lambda other: other.person.public_id,
    "mon-compte/foyer/acces/<slug:person>/retrait/": lambda other: other.person.public_id,
    "mon-compte/foyer/invitations/<slug:public_id>/retrait/": lambda other: other.invitation.public_id,
    "mon-compte/foyer/invitations/<slug:public_id>/renvoi/": lambda other: other.invitation.public_id,
    "mon-compte/invitations/<slug:public_id>/": lambda other: other.invitation.public_id,
    "mon-compte/invitations/<slug:public_id>/accord/": lambda other: other.invitation.public_id,
    "mon-compte/invitations/<slug:public_id>/refus/": lambda other: other.invitation.public_id,
    "mon-compte/droits/changements/<slug:key>.json": lambda other: f"{Key.of(other.line)}.json",
    "mon-compte/foyer/enfants/<slug:public_id>/": lambda other: other.child.public_id,
    "mon-compte/foyer/enfants/<slug:public_id>/<slug:slug>/": lambda other: f"{other.child.public_id}/prenoms",
    "mon-compte/changements/<slug:public_id>/retrait/": lambda other: other.change.public_id,
    "mon-compte/changements/<slug:public_id>/lu/": lambda other: other.change.public_id,
    "mon-compte/coordonnees-bancaires/<slug:public_id>/arret/": lambda other: other.bank_details.public_id,
    **{
        f"gestion/paiements/<slug:public_id>/{end}": lambda other: other.order.public_id
        for end in ("", "erreur/", "sortie/", "annulation/")
    },
    **{
        f"gestion/paiements/lots/<slug:public_id>/{end}": lambda other: other.batch.public_id
        for end in ("", "fichier/")
    },
    "gestion/changements/<slug:public_id>/": lambda other: other.change.public_id,
    "gestion/changements/<slug:public_id>/accord/": lambda other: other.change.public_id,
    "gestion/changements/<slug:public_id>/refus/": lambda other: other.change.public_id,
    "gestion/foyers/<slug:public_id>/": lambda other: other.home.public_id,
    "gestion/foyers/<slug:public_id>/droits/": lambda other: other.home.public_id,
    "gestion/droits/simulations/<slug:public_id>/foyers.csv": lambda other: other.simulation.public_id,
    "gestion/foyers/<slug:public_id>/coordonnees/": lambda other: other.home.public_id,
    "gestion/foyers/<slug:public_id>/code/<slug:person>/": lambda other: (
        f"{other.home.public_id}/code/{other.person.public_id}"
    ),
    "gestion/securite/<slug:public_id>/": lambda other: other.contestation.public_id,
    "gestion/securite/<slug:public_id>/adresse/": lambda other: other.contestation.public_id,
    "gestion/securite/<slug:public_id>/adresse/accord/": lambda other: other.contestation.public_id,
    "mon-compte/securite/retirer/<slug:what>/": lambda other: other.passkey.public_id,
    "mon-compte/securite/appareils/<slug:public_id>/": lambda other: other.account.known_devices.get().public_id,
    "mon-compte/securite/appareils/<slug:public_id>/confiance/": lambda other: (
        other.account.known_devices.get().public_id
    ),
    **{
        f"gestion/securite/courriers/<slug:public_id>/{end}": lambda other: other.recovery.public_id
        for end in ("", "courrier.pdf", "arret/")
    },
    "gestion/securite/secours/<slug:person>/": lambda other: other.person.public_id,
    "gestion/foyers/<slug:public_id>/attestations/": lambda other: other.home.public_id,
    "mon-compte/attestations/<slug:public_id>/": lambda other: other.certificate.public_id,
    "mon-compte/attestations/<slug:public_id>/attestation.pdf": lambda other: other.certificate.public_id,
    "gestion/attestations/<slug:public_id>/attestation.pdf": lambda other: other.certificate.public_id,
    "gestion/attestations/<slug:public_id>/retrait/": lambda other: other.certificate.public_id,
    **{
        f"{place}/documents/<slug:public_id>/{end}": lambda other, words=words: other.document.public_id + words
        for place in ("mon-compte", "gestion")
        for end, words in DOCUMENT_ENDS.items()
    },
    "mon-compte/documents/<slug:public_id>/renouveler/": lambda other: other.document.public_id,
    "gestion/documents/<slug:public_id>/avis/": lambda other: other.document.public_id,
    "gestion/documents/<slug:public_id>/redemander/": lambda other: other.document.public_id,
    "mon-compte/documents/envoi/<slug:public_id>/retrait/": lambda other: other.upload.public_id,
    **{FILING + end: lambda other: other.draft.public_id for end in OF_A_DRAFT},
    "mon-compte/accords/<slug:public_id>/": lambda other: other.agreement.public_id,
    **{FILING + end: lambda other: other.filing.public_id for end in PAPERS},
    **{f"gestion/demandes/<slug:public_id>/{end}": lambda other: other.filing.public_id for end in PAPERS},
    **{FILING + end: lambda other: other.filing.public_id for end in OF_WHAT_WAS_SENT},
    **{
        f"{FILING}etape/<slug:section>/{end}": lambda other: f"{other.draft.public_id}/etape/income"
        for end in OF_A_SECTION
    },
    FILING + "messages/<slug:message>/fichiers/<int:number>/": lambda other: (
        f"{other.filing.public_id}/messages/{other.message.public_id}/fichiers/1"
    ),
    **dict.fromkeys(OF_A_FILING, lambda other: other.filing.public_id),
    "gestion/demandes/<slug:public_id>/messages/<slug:message>/fichiers/<int:number>/": lambda other: (
        f"{other.filing.public_id}/messages/x/fichiers/1"
    ),
    "gestion/demandes/<slug:public_id>/pieces/<int:piece>/": lambda other: f"{other.filing.public_id}/pieces/1",
    **dict.fromkeys(OF_AN_IMPORT, lambda other: other.imported.public_id),
    **{
        f"{place}/<slug:public_id>/{end}": lambda other: other.ticket.public_id
        for place, ends in (("assistance", OF_A_TICKET), ("gestion/assistance", OF_A_TICKET_AT_THE_DESK))
        for end in ends
    },
    **{
        f"{place}/<slug:public_id>/<slug:message>/fichiers/<int:number>/": lambda other: (
            f"{other.ticket.public_id}/{other.said.public_id}/fichiers/1"
        )
        for place in ("assistance", "gestion/assistance")
    },
    "mon-compte/mes-donnees/archives/<slug:public_id>.zip": lambda other: f"{other.export.public_id}.zip",
    "gestion/separations/<slug:public_id>/": lambda other: other.separation.public_id,
}
# What these name is not anybody's: which of one's own facts, which kind of document, a procedure open to everybody.
NAMES_NOBODY = {
    "mon-compte/securite/activer/<slug:method>/",
    "gestion/pourquoi/<slug:step>/",  # which step, for whom the page names: nobody is named by it
    "mon-compte/securite/adresse/lien/<str:token>/",  # a secret: tests/accounts/test_changing_email.py
    "mon-compte/droits/<slug:code>/calcul.pdf",  # whose is in its question: tests/entitlements/test_calculation.py
    "mon-compte/profil/<slug:slug>/",
    "mon-compte/documents/ajouter/<slug:kind>/",
    "mon-compte/attestations/obtenir/<slug:kind>/",
    "mon-compte/demarches/<slug:slug>/",
    "mon-compte/services/<slug:slug>/",
    "mon-compte/services/fichiers/<slug:public_id>/",
    "gestion/demarches/<slug:slug>/",
    "gestion/aide/verification/<slug:code>/",  # what a browser does, whoever holds it
    "gestion/conservation/<slug:code>/",
    *OF_RULES,
}
# What of the other household a form can name.
FORMS = {
    "mon-compte/foyer/choix/": lambda other: {"household": other.home.public_id},
    "mon-compte/historique/contestation/": lambda other: {"ligne": str(Key.of(other.line))},
    "mon-compte/foyer/inviter/": lambda other: {"guest": other.person.public_id, "permission": "all"},
}
PERMISSIONS = ("view", "requests", "documents", "all")
FAMILY = ("holder", "partner", "separated holder", "separated partner", *(f"helper: {one}" for one in PERMISSIONS))
STAFF = ("agent", "administrator")
EVERYBODY = ("visitor", "nobody's", *FAMILY, *STAFF)


@pytest.fixture
def other():
    return Other()


def browser_of(who):
    """Somebody signed in, as far as they can be."""
    client = Client()
    if who == "visitor":
        return client
    if who in STAFF:
        someone = account(role=who, email=f"{who}@example.org")
    elif who == "nobody's":
        someone = account(person("Nora Sans-Foyer"), email="nora@example.org")
    else:
        home = couple()
        someone = home.partner if who.endswith("partner") else home.holder
        if who.startswith("separated"):
            now = timezone.now()
            Separation.objects.create(household=home.household, declared_by=home.holder.person, declared_at=now)
        if who.startswith("helper"):
            someone = account(person("Hugo Aidant"), email="hugo@example.org")
            let_in(someone.person, home.household, who.removeprefix("helper: "), origin="invitation")
    assert sign_in(client, someone.email).status_code == 302
    return client


def closed_routes():
    return [route for route, door in doors() if not is_open(door) and "final_catch_all" not in repr(door)]


def names_an_object(route):
    return "<" in route and not route.startswith("admin/") and route not in NAMES_NOBODY


def text_of(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return html.unescape(content.decode())


def is_refused(response):
    """Not found, not theirs, not so asked, or led to one's own place."""
    if response.status_code == 302:
        return response.headers["Location"].startswith(("/connexion/", "/gestion/"))
    return response.status_code in (403, 404, 405)


def test_every_address_that_names_an_object_is_tried():
    named = {route for route in closed_routes() if names_an_object(route)}

    assert named - set(OBJECTS) == set(), "add to OBJECTS which object of another household these name"
    assert set(OBJECTS) - named == set(), "these addresses are gone: take them out of OBJECTS"
    assert set(FORMS) - set(closed_routes()) == set(), "these addresses are gone: take them out of FORMS"


@pytest.mark.parametrize("who", EVERYBODY)
def test_nobody_reaches_another_household_s_objects(other, who):
    client, before = browser_of(who), other.state()
    reached = []
    for route, named in OBJECTS.items():
        # Staff read families' files, and act on them by POST: of theirs, reading must change nothing.
        is_theirs = who in STAFF and route.startswith("gestion/")
        path = "/" + route[: route.index("<")] + named(other) + route[route.rindex(">") + 1 :]
        for method in (client.get,) if is_theirs else (client.get, client.post):
            response = method(path)
            if not is_theirs and not is_refused(response):
                reached.append(f"{route} → {response.status_code} {response.headers.get('Location', '')}")

    assert reached == []
    assert other.state() == before


@pytest.mark.parametrize("who", EVERYBODY)
def test_no_page_speaks_of_another_household(other, who):
    client, before, told = browser_of(who), other.state(), []
    for route in closed_routes():
        if names_an_object(route) or (who in STAFF and route.startswith("gestion/")):
            continue
        typed = FORMS[route](other) if route in FORMS else {}
        for response in (client.get(address(route)), client.post(address(route), typed)):
            text = text_of(response)
            told += [f"{route}: {word}" for word in other.words if word in text]

    assert told == []
    assert other.state() == before


@pytest.mark.parametrize("who", [one for one in EVERYBODY if one != "visitor"])
def test_a_form_that_names_another_household_s_object_does_nothing(other, who):
    client, before, done = browser_of(who), other.state(), []
    for route, typed in FORMS.items():
        response = client.post(address(route), typed(other))
        is_shown_again = response.status_code == 200 and "Erreur" in text_of(response)
        if not (is_refused(response) or is_shown_again):
            done.append(f"{route} → {response.status_code} {response.headers.get('Location', '')}")

    assert done == []
    assert other.state() == before
    assert not Access.objects.filter(household=other.home).exclude(person__last_name="Zyvoisin").exists()


@pytest.mark.parametrize("who", ["visitor", "nobody's", *FAMILY])
def test_families_and_visitors_have_no_way_to_staff_pages(other, who):
    client = browser_of(who)
    routes = [route for route in closed_routes() if route.startswith(("gestion/", "admin/"))]
    reached = [
        f"{route} → {response.status_code}"
        for route in routes
        if not route.startswith("gestion/") or not names_an_object(route)
        if (response := client.get(address(route))).status_code not in (302, 403, 404)
    ]

    assert len(routes) > 3
    assert reached == []


def test_the_guard_sees_what_it_looks_for(other):
    """Their own pages hold every word that others' must not."""
    client = Client()
    Separation.objects.all().delete()
    client.force_login(other.account)
    text = "".join(text_of(client.get(page)) for page in ("/mon-compte/foyer/", "/mon-compte/profil/"))

    assert [word for word in other.words if word not in text] == []
