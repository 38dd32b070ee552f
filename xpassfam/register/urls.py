"""Addresses of the register: administrators only."""

from django.urls import path

from xpassfam.register import agent_views

app_name = "register"
urlpatterns = [
    path("gestion/registre/", agent_views.home, name="home"),
    path("gestion/registre/<slug:public_id>/", agent_views.detail, name="import"),
    path("gestion/registre/<slug:public_id>/etat/", agent_views.state, name="state"),
    path("gestion/registre/<slug:public_id>/importer/", agent_views.accept, name="accept"),
    path("gestion/registre/<slug:public_id>/abandonner/", agent_views.give_up, name="give-up"),
    path("gestion/registre/<slug:public_id>/arreter/", agent_views.stop, name="stop"),
    path("gestion/registre/<slug:public_id>/recommencer/", agent_views.try_again, name="try-again"),
    path("gestion/registre/<slug:public_id>/colonnes/", agent_views.columns, name="columns"),
    path("gestion/registre/<slug:public_id>/refus.csv", agent_views.refusals, name="refusals"),
]
