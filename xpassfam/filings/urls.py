"""Addresses of filings: fixed points for outsiders."""

from django.urls import path

from xpassfam.filings.agent_views import agreeing, archive, deciding, examining, reading
from xpassfam.filings.agent_views import papers as agent_papers
from xpassfam.filings.family_views import agreement, completing, following, papers, pieces, sections, sending, starting

app_name = "filings"
FAMILY = "mon-compte/demandes/<slug:public_id>/"
AGENTS = "gestion/demandes/<slug:public_id>/"
for_families = [
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
    path(FAMILY + "documents/brouillon/", pieces.keep, name="keep-pieces"),
    path(FAMILY + "verifier/", sending.check, name="check"),
    path(FAMILY + "envoi/", sending.send, name="send"),
    path(FAMILY + "envoyee/", sending.sent, name="sent"),
    path(FAMILY + "completer/", completing.complete, name="complete"),
    path(FAMILY + "completer/brouillon/", completing.keep, name="keep-completion"),
    path(FAMILY + "messages/", following.write, name="write"),
    path(FAMILY + "messages/<slug:message>/fichiers/<int:number>/", following.file, name="message-file"),
    path(FAMILY + "retrait/", following.withdraw, name="withdraw"),
    path(FAMILY + "relance/", following.hurry, name="hurry"),
    path("mon-compte/accords/<slug:public_id>/", agreement.agreement, name="agreement"),
    path(FAMILY + "accuse.pdf", papers.acknowledgement, name="acknowledgement"),
    path(FAMILY + "decision.pdf", papers.decision, name="decision"),
]
for_agents = [
    path(AGENTS, reading.filing, name="agents-filing"),
    path(AGENTS + "presence/", reading.presence, name="presence"),
    path(AGENTS + "prendre/", examining.take, name="take"),
    path(AGENTS + "pieces/<int:piece>/", examining.judge, name="judge"),
    path(AGENTS + "message/", examining.write, name="agents-write"),
    path(AGENTS + "messages/<slug:message>/fichiers/<int:number>/", reading.file, name="agents-message-file"),
    path(AGENTS + "note/", examining.note, name="note"),
    path(AGENTS + "completer/", examining.ask, name="ask"),
    path(AGENTS + "autre-parent/", agreeing.ask, name="ask-other-parent"),
    path(AGENTS + "delai/", examining.extend, name="extend"),
    path(AGENTS + "commission/", examining.refer, name="refer"),
    path(AGENTS + "commission/retrait/", examining.recall, name="recall"),
    path(AGENTS + "transfert/", examining.transfer, name="transfer"),
    path(AGENTS + "valider/", deciding.approve, name="approve"),
    path(AGENTS + "limiter/", deciding.limit, name="limit"),
    path(AGENTS + "refuser/", deciding.refuse, name="refuse"),
    path(AGENTS + "classer/", deciding.close, name="close"),
    path(AGENTS + "reserve/", deciding.lift, name="lift"),
    path(AGENTS + "silence/", deciding.record_silence, name="record-silence"),
    path(AGENTS + "modele/", examining.pick_template, name="pick-template"),
    path(AGENTS + "decision-contestee/", examining.link, name="link"),
    path(AGENTS + "decision-contestee/defaire/", examining.unlink, name="unlink"),
    path(AGENTS + "confirmation/", deciding.confirm, name="confirm"),
    path(AGENTS + "renvoi/", deciding.send_back, name="send-back"),
    path(AGENTS + "accuse.pdf", agent_papers.acknowledgement, name="agent-acknowledgement"),
    path(AGENTS + "decision.pdf", agent_papers.decision, name="agent-decision"),
]
urlpatterns = [
    *for_families,
    *map(archive.closed_once_archived, for_agents),
    path(AGENTS + "archive/", archive.door, name="archive"),
]
