"""Addresses of filings: fixed points for outsiders."""

from django.urls import path

from xpassfam.filings.agent_views import papers as agent_papers
from xpassfam.filings.family_views import completing, following, papers, pieces, sections, sending, starting

app_name = "filings"
FAMILY = "mon-compte/demandes/<slug:public_id>/"
urlpatterns = [
    path("mon-compte/demandes/", following.filings, name="filings"),
    path("mon-compte/demandes/nouvelle/", starting.start, name="start"),
    path(FAMILY, following.filing, name="filing"),
    path(FAMILY + "brouillon/", starting.resume, name="resume"),
    path(FAMILY + "suppression/", starting.discard, name="discard"),
    path(FAMILY + "correction/", starting.correct, name="correct"),
    path(FAMILY + "contestation/", starting.contest, name="contest"),
    path(FAMILY + "etape/<slug:section>/", sections.section, name="section"),
    path(FAMILY + "etape/<slug:section>/brouillon/", sections.keep, name="keep"),
    path(FAMILY + "etape/<slug:section>/choix/", sections.choose, name="choose"),
    path(FAMILY + "documents/", pieces.pieces, name="pieces"),
    path(FAMILY + "verifier/", sending.check, name="check"),
    path(FAMILY + "envoi/", sending.send, name="send"),
    path(FAMILY + "envoyee/", sending.sent, name="sent"),
    path(FAMILY + "completer/", completing.complete, name="complete"),
    path(FAMILY + "messages/", following.write, name="write"),
    path(FAMILY + "messages/<slug:message>/fichiers/<int:number>/", following.file, name="message-file"),
    path(FAMILY + "retrait/", following.withdraw, name="withdraw"),
    path(FAMILY + "relance/", following.hurry, name="hurry"),
    path("mon-compte/demandes/<slug:public_id>/accuse.pdf", papers.acknowledgement, name="acknowledgement"),
    path("mon-compte/demandes/<slug:public_id>/decision.pdf", papers.decision, name="decision"),
    path("gestion/demandes/<slug:public_id>/accuse.pdf", agent_papers.acknowledgement, name="agent-acknowledgement"),
    path("gestion/demandes/<slug:public_id>/decision.pdf", agent_papers.decision, name="agent-decision"),
]
