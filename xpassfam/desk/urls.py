"""Addresses of the desk: fixed points for outsiders. One filing's own are those of `filings`."""

from django.urls import path

from xpassfam.desk.agent_views import browser_checks, documents, queue, statistics

app_name = "desk"
urlpatterns = [
    path("gestion/demandes/", queue.queue, name="queue"),
    path("gestion/demandes/suivante/", queue.take, name="take-next"),
    path("gestion/documents/", documents.documents, name="documents"),
    path("gestion/aide/verification/", browser_checks.find, name="browser-check"),
    path("gestion/aide/verification/<slug:code>/", browser_checks.one, name="browser-check-of"),
    path("gestion/statistiques/", statistics.statistics, name="statistics"),
    path("gestion/statistiques.csv", statistics.export, name="statistics-export"),
]
