"""What families are offered."""

from django.urls import path

from xpassfam.services.family_views import catalogue, file, service

app_name = "services"
urlpatterns = [
    path("mon-compte/services/", catalogue, name="catalogue"),
    path("mon-compte/services/fichiers/<slug:public_id>/", file, name="file"),
    path("mon-compte/services/<slug:slug>/", service, name="service"),
]
