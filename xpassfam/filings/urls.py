"""Addresses of filings: fixed points for outsiders."""

from django.urls import path

from xpassfam.filings.family_views import sections, starting

app_name = "filings"
urlpatterns = [
    path("mon-compte/demandes/nouvelle/", starting.start, name="start"),
    path("mon-compte/demandes/<slug:public_id>/brouillon/", starting.resume, name="resume"),
    path("mon-compte/demandes/<slug:public_id>/suppression/", starting.discard, name="discard"),
    path("mon-compte/demandes/<slug:public_id>/correction/", starting.correct, name="correct"),
    path("mon-compte/demandes/<slug:public_id>/contestation/", starting.contest, name="contest"),
    path("mon-compte/demandes/<slug:public_id>/etape/<slug:section>/", sections.section, name="section"),
    path("mon-compte/demandes/<slug:public_id>/etape/<slug:section>/brouillon/", sections.keep, name="keep"),
    path("mon-compte/demandes/<slug:public_id>/etape/<slug:section>/choix/", sections.choose, name="choose"),
]
