"""Addresses of help: fixed points for outsiders."""

from django.urls import path

from xpassfam.help.public_views import articles, browser, state

app_name = "help"
urlpatterns = [
    path("aide/", articles.home, name="home"),
    path("aide/connexion/", browser.sign_in, name="sign-in"),
    path("aide/connexion/heure/", browser.clock, name="clock"),
    path("aide/connexion/verification/", browser.check, name="check"),
    path("aide/connexion/verification/resultat/", browser.result, name="check-result"),
    path("aide/connexion/verification/<slug:code>/", browser.kept, name="check-kept"),
    path("aide/<slug:slug>/", articles.article, name="article"),
    path("etat/", state.state, name="state"),
]
