"""Addresses of documents: fixed points for outsiders."""

from django.urls import path

from xpassfam.documents import agent_views
from xpassfam.documents.family_views import giving, reading

app_name = "documents"
urlpatterns = [
    path("mon-compte/documents/ajouter/", giving.choose, name="choose"),
    path("mon-compte/documents/ajouter/<slug:kind>/", giving.give, name="give"),
    path("mon-compte/documents/envoi/", giving.send, name="send"),
    path("mon-compte/documents/envoi/<slug:public_id>/retrait/", giving.take_back, name="take-back"),
    path("mon-compte/documents/<slug:public_id>/", reading.document, name="document"),
    path("mon-compte/documents/<slug:public_id>/renouveler/", giving.renew, name="renew"),
    path("mon-compte/documents/<slug:public_id>/pages/<int:number>/", reading.page, name="page"),
    path("mon-compte/documents/<slug:public_id>/fichier/<int:number>/", reading.file, name="file"),
    path("mon-compte/documents/<slug:public_id>/document.pdf", reading.pdf, name="pdf"),
    path("gestion/documents/<slug:public_id>/", agent_views.document, name="agents-document"),
    path("gestion/documents/<slug:public_id>/avis/", agent_views.check, name="agents-check"),
    path("gestion/documents/<slug:public_id>/redemander/", agent_views.ask_again, name="agents-again"),
    path("gestion/documents/<slug:public_id>/pages/<int:number>/", agent_views.page, name="agents-page"),
    path("gestion/documents/<slug:public_id>/fichier/<int:number>/", agent_views.file, name="agents-file"),
    path("gestion/documents/<slug:public_id>/document.pdf", agent_views.pdf, name="agents-pdf"),
]
