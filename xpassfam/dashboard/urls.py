"""Addresses of the first pages and of the history: fixed points for outsiders."""

from django.urls import path

from xpassfam.dashboard.agent_views import home as desk
from xpassfam.dashboard.family_views import documents, history, home

app_name = "dashboard"
urlpatterns = [
    path("mon-compte/", home.home, name="home"),
    path("mon-compte/documents/", documents.documents, name="documents"),
    path("mon-compte/historique/", history.history, name="history"),
    path("mon-compte/historique.csv", history.history_as_csv, name="history-csv"),
    path("mon-compte/historique/contestation/", history.contest, name="history-contest"),
    path("gestion/", desk.home, name="agents"),
]
