"""Every address of the portal, for those who may open it."""

import pytest
from django.urls import URLResolver, get_resolver, resolve

from tests.journeys.site import ADMINISTRATOR, AGENT, FAMILY_PASSWORD, STAFF_PASSWORD

FOR_ANYBODY = (
    "/connexion/",
    "/connexion/deblocage/",
    "/connexion/deblocage/inconnu/",
    "/deconnexion/",
    "/inscription/",
    "/activation/inconnu/",
    "/mot-de-passe/oublie/",
    "/mot-de-passe/nouveau/inconnu/",
    "/mentions-legales/",
    "/donnees-personnelles/",
    "/cookies/",
    "/accessibilite/",
    "/aide/",
    "/aide/connexion/",
    "/assistance/",
    "/etat/",
    "/demo/",
    "/demo/courrier/",
    "/nulle-part/",
)
FOR_FAMILIES = (
    "/mon-compte/",
    "/mon-compte/foyer/",
    "/mon-compte/foyer/acces/",
    "/mon-compte/documents/",
    "/mon-compte/invitations/",
    "/mon-compte/coordonnees-bancaires/",
    "/mon-compte/profil/",
    "/mon-compte/confirmation/",
    "/mon-compte/securite/mot-de-passe/",
    "/mon-compte/historique/",
    "/mon-compte/demandes/",
    "/mon-compte/demarches/",
    "/mon-compte/demarches/?q=adresse",
    "/mon-compte/demarches/?evenement=separation",
    "/mon-compte/demarches/changement-adresse/",
    "/mon-compte/demarches/ajouter-conjoint/",
)
FOR_AGENTS = (
    "/gestion/",
    "/gestion/demandes/",
    "/gestion/demandes/?vue=mes-demandes",
    "/gestion/demandes/?q=martin",
    "/gestion/statistiques/",
    "/gestion/foyers/",
    "/gestion/foyers/?q=SFE-85473",
    "/gestion/securite/",
    "/gestion/separations/",
    "/gestion/changements/",
    "/gestion/composants/",
    "/mon-compte/securite/mot-de-passe/",
)
FOR_ADMINISTRATORS = (
    "/gestion/",
    "/admin/",
    "/gestion/registre/",
    "/gestion/demarches/",
    "/gestion/demarches/texte/?demarche=separation",
    "/gestion/demarches/separation/",
    "/admin/procedures/",
    "/admin/procedures/procedure/",
    "/admin/filings/",
    "/admin/filings/messagetemplate/",
    "/admin/filings/messagetemplate/add/",
    "/admin/accounts/",
    "/admin/accounts/account/",
    "/admin/accounts/account/add/",
    "/admin/accounts/team/",
    "/admin/accounts/team/add/",
    "/admin/filings/mailtext/",
    "/admin/filings/mailtext/decided/texte/",
    "/admin/household/",
    "/admin/household/fieldpolicy/",
    "/admin/organisation/organisation/1/change/",
    "/admin/organisation/closing/",
    "/admin/organisation/closing/add/",
)
BY_JOURNEYS = {
    "mon-compte/demandes/<slug:public_id>/",
    "mon-compte/demandes/<slug:public_id>/suppression/",
    "mon-compte/demandes/<slug:public_id>/etape/<slug:section>/",
    "mon-compte/demandes/<slug:public_id>/documents/",
    "mon-compte/demandes/<slug:public_id>/verifier/",
    "mon-compte/demandes/<slug:public_id>/envoyee/",
    "mon-compte/demandes/<slug:public_id>/completer/",
    "mon-compte/demandes/<slug:public_id>/retrait/",
    "gestion/demandes/<slug:public_id>/",
    "gestion/demandes/<slug:public_id>/completer/",
    "gestion/demandes/<slug:public_id>/delai/",
    "gestion/demandes/<slug:public_id>/commission/",
    "gestion/demandes/<slug:public_id>/transfert/",
    "gestion/demandes/<slug:public_id>/valider/",
    "gestion/demandes/<slug:public_id>/limiter/",
    "gestion/demandes/<slug:public_id>/refuser/",
    "gestion/demandes/<slug:public_id>/classer/",
    "gestion/demandes/<slug:public_id>/reserve/",
    "gestion/demandes/<slug:public_id>/silence/",
    "mon-compte/documents/ajouter/",
    "mon-compte/documents/ajouter/<slug:kind>/",
    "mon-compte/documents/<slug:public_id>/",
    "gestion/documents/<slug:public_id>/",
    "inscription/attente/<slug:public_id>/",
    "inscription/attente/<slug:public_id>/adresse/",
    "demo/courrier/<str:public_id>/",
    "gestion/foyers/<slug:public_id>/",
    "gestion/foyers/<slug:public_id>/coordonnees/",
    "gestion/foyers/<slug:public_id>/code/<slug:person>/",
    "gestion/securite/<slug:public_id>/",
    "mon-compte/foyer/acces/<slug:person>/apercu/",
    "mon-compte/foyer/acces/<slug:person>/retrait/",
    "mon-compte/foyer/inviter/",
    "mon-compte/foyer/separation/",
    "mon-compte/invitations/<slug:public_id>/",
    "gestion/separations/<slug:public_id>/",
    "mon-compte/profil/<slug:slug>/",
    "mon-compte/foyer/adresse/",
    "mon-compte/foyer/enfants/<slug:public_id>/",
    "mon-compte/foyer/enfants/<slug:public_id>/<slug:slug>/",
    "mon-compte/changements/<slug:public_id>/retrait/",
    "gestion/changements/<slug:public_id>/",
    "gestion/changements/<slug:public_id>/refus/",
    "gestion/registre/<slug:public_id>/",
}
NOT_PAGES = {
    "mon-compte/demandes/nouvelle/",
    "mon-compte/demandes/<slug:public_id>/brouillon/",
    "mon-compte/demandes/<slug:public_id>/correction/",
    "mon-compte/demandes/<slug:public_id>/contestation/",
    "mon-compte/demandes/<slug:public_id>/etape/<slug:section>/brouillon/",
    "mon-compte/demandes/<slug:public_id>/etape/<slug:section>/choix/",
    "mon-compte/demandes/<slug:public_id>/envoi/",
    "mon-compte/demandes/<slug:public_id>/messages/",
    "mon-compte/demandes/<slug:public_id>/messages/<slug:message>/fichiers/<int:number>/",
    "mon-compte/demandes/<slug:public_id>/relance/",
    "mon-compte/demandes/<slug:public_id>/accuse.pdf",
    "mon-compte/demandes/<slug:public_id>/decision.pdf",
    "gestion/demandes/<slug:public_id>/accuse.pdf",
    "gestion/demandes/<slug:public_id>/decision.pdf",
    "gestion/demandes/suivante/",
    "gestion/demandes/<slug:public_id>/prendre/",
    "gestion/demandes/<slug:public_id>/pieces/<int:piece>/",
    "gestion/demandes/<slug:public_id>/message/",
    "gestion/demandes/<slug:public_id>/note/",
    "gestion/demandes/<slug:public_id>/messages/<slug:message>/fichiers/<int:number>/",
    "gestion/statistiques.csv",
    "mon-compte/documents/envoi/",
    "mon-compte/documents/envoi/<slug:public_id>/retrait/",
    "mon-compte/documents/<slug:public_id>/pages/<int:number>/",
    "mon-compte/documents/<slug:public_id>/fichier/<int:number>/",
    "gestion/documents/<slug:public_id>/pages/<int:number>/",
    "gestion/documents/<slug:public_id>/fichier/<int:number>/",
    "",
    ".well-known/change-password",
    "sante/vive",
    "sante/prete",
    "inscription/attente/<slug:public_id>/etat/",
    "inscription/attente/<slug:public_id>/renvoi/",
    "affichage/",
    "langue/",
    "mon-compte/foyer/choix/",
    "mon-compte/foyer/invitations/<slug:public_id>/retrait/",
    "mon-compte/foyer/invitations/<slug:public_id>/renvoi/",
    "mon-compte/foyer/separation/erreur/",
    "mon-compte/foyer/separation/accord/",
    "mon-compte/foyer/separation/maintien/",
    "mon-compte/invitations/<slug:public_id>/accord/",
    "mon-compte/invitations/<slug:public_id>/refus/",
    "mon-compte/foyer/adresse/communes.json",
    "mon-compte/changements/<slug:public_id>/lu/",
    "mon-compte/coordonnees-bancaires/<slug:public_id>/arret/",
    "gestion/changements/export",
    "gestion/changements/<slug:public_id>/accord/",
    "gestion/registre/<slug:public_id>/etat/",
    "gestion/registre/<slug:public_id>/importer/",
    "gestion/registre/<slug:public_id>/abandonner/",
    "gestion/registre/<slug:public_id>/arreter/",
    "gestion/registre/<slug:public_id>/recommencer/",
    "gestion/registre/<slug:public_id>/colonnes/",
    "gestion/registre/<slug:public_id>/refus.csv",
    "mon-compte/historique.csv",
    "mon-compte/historique/contestation/",
    "brand/<slug:digest>.css",
    "brand/logo-<slug:name>.png",
    "demo/comptes.json",
    "demo/courrier/<str:public_id>/html/",
}


def look_at(visitor, paths):
    titles = {}
    for path in paths:
        visitor.open(path)
        visitor.look()
        titles.setdefault(visitor.page.title(), []).append(path)
    same = [paths for paths in titles.values() if len(paths) > 1]
    return [paths for paths in same if not all("inconnu" in path for path in paths)]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_pages_for_anybody(visit, language):
    visitor = visit()
    visitor.context.set_extra_http_headers({"Accept-Language": language})
    assert look_at(visitor, FOR_ANYBODY) == []


@pytest.mark.parametrize(
    "who",
    [
        "camille.martin",
        "odile.lambert",
        "sophie.petit",
        "lea.dubois-traore",
        "linh.nguyen",
        "fz.elamrani",
        "voahangy.rakotoarimanana",
    ],
)
def test_pages_for_families(visit, who):
    visitor = visit()
    visitor.signs_in_as(f"{who}@example.org", FAMILY_PASSWORD)
    assert look_at(visitor, FOR_FAMILIES) == []


def test_pages_for_agents(visit):
    visitor = visit()
    visitor.signs_in_as(AGENT, STAFF_PASSWORD)
    assert look_at(visitor, FOR_AGENTS) == []


def test_pages_for_administrators(visit):
    visitor = visit()
    visitor.signs_in_as(ADMINISTRATOR, STAFF_PASSWORD)
    assert look_at(visitor, FOR_ADMINISTRATORS) == []


def test_no_page_is_forgotten():
    pages = {
        path.partition("?")[0]
        for path in (*FOR_ANYBODY, *FOR_FAMILIES, *FOR_AGENTS, *FOR_ADMINISTRATORS)
        if "/admin/" not in path
    }
    pages -= {"/nulle-part/"}
    looked_at = {resolve(path).route for path in pages}
    assert set(routes(get_resolver().url_patterns)) == looked_at | BY_JOURNEYS | NOT_PAGES


def routes(patterns, before=""):
    for pattern in patterns:
        if not isinstance(pattern, URLResolver):
            yield before + str(pattern.pattern)
        elif pattern.app_name != "admin":
            yield from routes(pattern.url_patterns, before + str(pattern.pattern))
