"""Addresses of certificates: those of /verifier/ are printed on paper, and stay."""

from django.urls import path

from xpassfam.certificates import agent_views, family_views, public_views

app_name = "certificates"
urlpatterns = [
    path("mon-compte/attestations/", family_views.certificates, name="home"),
    path("mon-compte/attestations/obtenir/<slug:kind>/", family_views.ask, name="ask"),
    path("mon-compte/attestations/<slug:public_id>/", family_views.certificate, name="certificate"),
    path("mon-compte/attestations/<slug:public_id>/attestation.pdf", family_views.pdf, name="pdf"),
    path("mon-compte/carte/", family_views.card, name="card"),
    path("verifier/", public_views.verify, name="verify"),
    path("verifier/fichier/", public_views.verify_file, name="verify-file"),
    path("verifier/<slug:code>", public_views.verify_code, name="verify-code"),
    path("gestion/foyers/<slug:public_id>/attestations/", agent_views.certificates, name="agents-home"),
    path("gestion/attestations/<slug:public_id>/retrait/", agent_views.revoke, name="revoke"),
    path("gestion/attestations/<slug:public_id>/attestation.pdf", agent_views.pdf, name="agents-pdf"),
]
