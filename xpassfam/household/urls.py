"""Addresses of the household's pages: fixed points for outsiders."""

from django.urls import path

from xpassfam.household import family_views

app_name = "household"
urlpatterns = [
    path("mon-compte/foyer/", family_views.home, name="home"),
    path("mon-compte/foyer/choix/", family_views.choose, name="choose"),
    path("mon-compte/profil/", family_views.profile, name="profile"),
]
