"""Addresses of rights: fixed points for outsiders."""

from django.urls import path

from xpassfam.entitlements.agent_views import files, proposals, rules, simulations
from xpassfam.entitlements.family_views import calculation, changes, rights, what_if

app_name = "entitlements"
urlpatterns = [
    path("mon-compte/droits/", rights.rights, name="rights"),
    path("mon-compte/droits.json", rights.rights_json, name="rights-json"),
    path("mon-compte/droits/et-si/", what_if.what_if, name="what-if"),
    path("mon-compte/droits/<slug:code>/calcul.pdf", calculation.calculation, name="calculation"),
    path("mon-compte/droits/changements/<slug:key>.json", changes.change, name="change"),
    path("gestion/droits/", rules.home, name="home"),
    path("gestion/droits/texte/", proposals.write, name="write"),
    path("gestion/droits/propositions/<slug:public_id>/", proposals.proposal, name="proposal"),
    path("gestion/droits/propositions/<slug:public_id>/publier/", proposals.publish, name="publish"),
    path("gestion/droits/propositions/<slug:public_id>/abandon/", proposals.drop, name="drop"),
    path("gestion/droits/propositions/<slug:public_id>/cas/", proposals.add_case, name="add-case"),
    path("gestion/droits/propositions/<slug:public_id>/cas/<int:number>/", proposals.expect, name="expect"),
    path("gestion/droits/propositions/<slug:public_id>/simulation/", proposals.simulate, name="simulate"),
    path("gestion/droits/simulations/<slug:public_id>/etat/", simulations.state, name="simulation-state"),
    path("gestion/droits/simulations/<slug:public_id>/foyers.csv", simulations.homes, name="simulation-homes"),
    path("gestion/droits/<slug:code>/", rules.detail, name="rule"),
    path("gestion/droits/<slug:code>/textes/", proposals.write_parts, name="write-parts"),
    path("gestion/droits/<slug:code>/fermeture/", proposals.close, name="close"),
    path("gestion/foyers/<slug:public_id>/droits/", files.rights, name="file-rights"),
]
