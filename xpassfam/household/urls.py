"""Addresses of the household's pages: fixed points for outsiders."""

from django.urls import path

from xpassfam.household import agent_views, family_views

app_name = "household"
urlpatterns = [
    path("mon-compte/foyer/", family_views.home, name="home"),
    path("mon-compte/foyer/choix/", family_views.choose, name="choose"),
    path("gestion/foyers/", agent_views.find_files, name="files"),
    path("gestion/foyers/<slug:public_id>/", agent_views.file, name="file"),
    path(
        "gestion/foyers/<slug:public_id>/coordonnees/", agent_views.file, {"with_contacts": True}, name="file-contacts"
    ),
    path("mon-compte/profil/", family_views.profile, name="profile"),
]
