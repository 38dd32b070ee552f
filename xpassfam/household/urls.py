"""Addresses of the household's pages: fixed points for outsiders."""

from django.urls import path

from xpassfam.household.agent_views import changes
from xpassfam.household.family_views import changing, confirming, home, profile

app_name = "household"
urlpatterns = [
    path("mon-compte/foyer/", home.home, name="home"),
    path("mon-compte/foyer/choix/", home.choose, name="choose"),
    path("mon-compte/foyer/adresse/", changing.change_address, name="change-address"),
    path("mon-compte/foyer/adresse/communes.json", changing.communes, name="communes"),
    path("mon-compte/foyer/enfants/<slug:public_id>/", profile.child, name="child"),
    path("mon-compte/foyer/enfants/<slug:public_id>/<slug:slug>/", changing.change_child, name="change-child"),
    path("mon-compte/profil/", profile.profile, name="profile"),
    path("mon-compte/profil/<slug:slug>/", changing.change_own, name="change-own"),
    path("mon-compte/changements/<slug:public_id>/retrait/", changing.withdraw, name="withdraw-change"),
    path("mon-compte/changements/<slug:public_id>/lu/", changing.put_away, name="put-change-away"),
    path("mon-compte/confirmation/", confirming.confirm, name="confirm"),
    path("gestion/changements/", changes.queue, name="changes"),
    path("gestion/changements/export", changes.export, name="export-corrections"),
    path("gestion/changements/<slug:public_id>/", changes.change, name="change"),
    path("gestion/changements/<slug:public_id>/accord/", changes.approve, name="approve-change"),
    path("gestion/changements/<slug:public_id>/refus/", changes.refuse, name="refuse-change"),
]
