"""Addresses of the household's pages: fixed points for outsiders."""

from django.urls import path

from xpassfam.household.agent_views import changes, codes, files, separations
from xpassfam.household.family_views import (
    access,
    answering,
    changing,
    confirming,
    home,
    invitations,
    profile,
    separation,
)

app_name = "household"
urlpatterns = [
    path("mon-compte/foyer/", home.home, name="home"),
    path("mon-compte/foyer/choix/", home.choose, name="choose"),
    path("mon-compte/foyer/acces/", access.access_list, name="access"),
    path("mon-compte/foyer/acces/<slug:person>/apercu/", access.preview, name="preview"),
    path("mon-compte/foyer/acces/<slug:person>/retrait/", access.end, name="end-access"),
    path("mon-compte/foyer/inviter/", invitations.invite, name="invite"),
    path("mon-compte/foyer/invitations/<slug:public_id>/retrait/", invitations.withdraw, name="withdraw"),
    path("mon-compte/foyer/invitations/<slug:public_id>/renvoi/", invitations.send_again, name="send-again"),
    path("mon-compte/foyer/separation/", separation.separation, name="separation"),
    path("mon-compte/foyer/separation/erreur/", separation.take_back, name="take-back"),
    path("mon-compte/foyer/separation/accord/", separation.agree, name="agree"),
    path("mon-compte/foyer/separation/maintien/", separation.maintain, name="maintain"),
    path("mon-compte/invitations/", answering.invitations, name="invitations"),
    path("mon-compte/invitations/<slug:public_id>/", answering.invitation, name="invitation"),
    path("mon-compte/invitations/<slug:public_id>/accord/", answering.accept, name="accept"),
    path("mon-compte/invitations/<slug:public_id>/refus/", answering.refuse, name="refuse"),
    path("gestion/foyers/", files.find_files, name="files"),
    path("gestion/foyers/<slug:public_id>/", files.file, name="file"),
    path("gestion/foyers/<slug:public_id>/coordonnees/", files.file, {"with_contacts": True}, name="file-contacts"),
    path("gestion/foyers/<slug:public_id>/code/<slug:person>/", codes.letter, name="letter"),
    path("gestion/separations/", separations.separations, name="separations"),
    path("gestion/separations/<slug:public_id>/", separations.settle, name="settle"),
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
