"""Addresses of the desk: fixed points for outsiders. One filing's own are those of `filings`."""

from django.urls import path

from xpassfam.desk.agent_views import queue, statistics

app_name = "desk"
urlpatterns = [
    path("gestion/demandes/", queue.queue, name="queue"),
    path("gestion/demandes/suivante/", queue.take, name="take-next"),
    path("gestion/statistiques/", statistics.statistics, name="statistics"),
    path("gestion/statistiques.csv", statistics.export, name="statistics-export"),
]
