"""Addresses of filings: fixed points for outsiders."""

from django.urls import path

from xpassfam.filings.agent_views import deciding, examining, reading

app_name = "filings"
for_agents = [
    path("gestion/demandes/<slug:public_id>/", reading.filing, name="agents-filing"),
    path("gestion/demandes/<slug:public_id>/prendre/", examining.take, name="take"),
    path("gestion/demandes/<slug:public_id>/pieces/<int:piece>/", examining.judge, name="judge"),
    path("gestion/demandes/<slug:public_id>/message/", examining.write, name="agents-write"),
    path("gestion/demandes/<slug:public_id>/note/", examining.note, name="note"),
    path("gestion/demandes/<slug:public_id>/completer/", examining.ask, name="ask"),
    path("gestion/demandes/<slug:public_id>/delai/", examining.extend, name="extend"),
    path("gestion/demandes/<slug:public_id>/commission/", examining.refer, name="refer"),
    path("gestion/demandes/<slug:public_id>/transfert/", examining.transfer, name="transfer"),
    path("gestion/demandes/<slug:public_id>/valider/", deciding.approve, name="approve"),
    path("gestion/demandes/<slug:public_id>/limiter/", deciding.limit, name="limit"),
    path("gestion/demandes/<slug:public_id>/refuser/", deciding.refuse, name="refuse"),
    path("gestion/demandes/<slug:public_id>/classer/", deciding.close, name="close"),
    path("gestion/demandes/<slug:public_id>/reserve/", deciding.lift, name="lift"),
    path("gestion/demandes/<slug:public_id>/silence/", deciding.record_silence, name="record-silence"),
]
urlpatterns = [*for_agents]
