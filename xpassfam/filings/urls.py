"""Addresses of filings: fixed points for outsiders."""

from django.urls import path

from xpassfam.filings.agent_views import papers as agent_papers
from xpassfam.filings.family_views import papers

app_name = "filings"
urlpatterns = [
    path("mon-compte/demandes/<slug:public_id>/accuse.pdf", papers.acknowledgement, name="acknowledgement"),
    path("mon-compte/demandes/<slug:public_id>/decision.pdf", papers.decision, name="decision"),
    path("gestion/demandes/<slug:public_id>/accuse.pdf", agent_papers.acknowledgement, name="agent-acknowledgement"),
    path("gestion/demandes/<slug:public_id>/decision.pdf", agent_papers.decision, name="agent-decision"),
]
