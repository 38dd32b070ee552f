"""Addresses of accounts: fixed points for outsiders."""

from django.urls import path

from xpassfam.accounts import family_views
from xpassfam.accounts.agent_views import security
from xpassfam.accounts.public_views import passwords, signing_in, signing_up

app_name = "accounts"
urlpatterns = [
    path("connexion/", signing_in.sign_in, name="sign-in"),
    path("connexion/deblocage/", signing_in.ask_unlock, name="ask-unlock"),
    path("connexion/deblocage/<str:token>/", signing_in.unlock, name="unlock"),
    path("deconnexion/", signing_in.sign_out, name="sign-out"),
    path("inscription/", signing_up.sign_up, name="sign-up"),
    path("inscription/attente/<slug:public_id>/", signing_up.waiting, name="sign-up-waiting"),
    path("inscription/attente/<slug:public_id>/etat/", signing_up.waiting_state, name="sign-up-state"),
    path("inscription/attente/<slug:public_id>/renvoi/", signing_up.resend, name="sign-up-resend"),
    path("inscription/attente/<slug:public_id>/adresse/", signing_up.correct_address, name="sign-up-address"),
    path("activation/<str:token>/", signing_up.activate, name="activate"),
    path("mot-de-passe/oublie/", passwords.forgotten, name="forgotten"),
    path("mot-de-passe/nouveau/<str:token>/", passwords.new_password, name="new-password"),
    path("mon-compte/securite/mot-de-passe/", family_views.change_password, name="change-password"),
    path("gestion/securite/", security.contestations, name="contestations"),
    path("gestion/securite/<slug:public_id>/", security.contestation, name="contestation"),
]
