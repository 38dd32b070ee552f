"""Addresses of the dashboard and of the history: fixed points for outsiders."""

from django.urls import path

from xpassfam.dashboard import family_views, history_views

app_name = "dashboard"
urlpatterns = [
    path("mon-compte/", family_views.home, name="home"),
    path("mon-compte/historique/", history_views.history, name="history"),
    path("mon-compte/historique.csv", history_views.history_as_csv, name="history-csv"),
    path("mon-compte/historique/contestation/", history_views.contest, name="history-contest"),
]
