"""Addresses of procedures: fixed points for outsiders."""

from django.urls import path

from xpassfam.procedures import agent_views, family_views, public_views

app_name = "procedures"
urlpatterns = [
    path("modalites/", public_views.terms, name="terms"),
    path("mon-compte/demarches/", family_views.catalogue, name="catalogue"),
    path("mon-compte/demarches/<slug:slug>/", family_views.procedure, name="procedure"),
    path("gestion/demarches/", agent_views.home, name="home"),
    path("gestion/demarches/texte/", agent_views.write, name="write"),
    path("gestion/demarches/<slug:slug>/", agent_views.detail, name="detail"),
]
