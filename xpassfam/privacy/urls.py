"""Addresses of one's own data and of what time deletes."""

from django.urls import path

from xpassfam.privacy import agent_views, public_views
from xpassfam.privacy.family_views import closing, download, own_data

app_name = "privacy"
urlpatterns = [
    path("mon-compte/mes-donnees/", own_data.own_data, name="own-data"),
    path("mon-compte/mes-donnees/telecharger/", download.download, name="download"),
    path("mon-compte/mes-donnees/archives/<slug:public_id>.zip", download.archive, name="archive"),
    path("mon-compte/mes-donnees/fermer/", closing.close, name="close"),
    path("mon-compte/mes-donnees/garder/", closing.keep, name="keep"),
    path("compte/garder/<str:token>/", public_views.keep_account, name="keep-account"),
    path("donnees-personnelles/schema-1.json", public_views.schema, name="schema"),
    path("gestion/conservation/", agent_views.retention, name="retention"),
    path("gestion/conservation/appliquer/", agent_views.apply, name="apply"),
    path("gestion/conservation/traitements.csv", agent_views.register, name="register"),
    path("gestion/conservation/violation/", agent_views.breach, name="breach"),
    path("gestion/conservation/<slug:code>/", agent_views.rule, name="rule"),
]
