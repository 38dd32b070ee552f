"""Where a family reads which account it is paid to, and what; where agents see to what is to be paid."""

from django.urls import path

from xpassfam.payments import agent_views
from xpassfam.payments.family_views import bank_details, stop

app_name = "payments"
urlpatterns = [
    path("mon-compte/coordonnees-bancaires/", bank_details, name="bank-details"),
    path("mon-compte/coordonnees-bancaires/<slug:public_id>/arret/", stop, name="stop"),
    path("gestion/paiements/", agent_views.orders, name="orders"),
    path("gestion/paiements/versement/", agent_views.note, name="note"),
    path("gestion/paiements/export/", agent_views.export, name="export"),
    path("gestion/paiements/lots/<slug:public_id>/", agent_views.batch, name="batch"),
    path("gestion/paiements/lots/<slug:public_id>/fichier/", agent_views.take, name="take"),
    path("gestion/paiements/<slug:public_id>/", agent_views.order, name="order"),
    path("gestion/paiements/<slug:public_id>/erreur/", agent_views.undo, name="undo"),
    path("gestion/paiements/<slug:public_id>/sortie/", agent_views.take_out, name="take-out"),
    path("gestion/paiements/<slug:public_id>/annulation/", agent_views.cancel, name="cancel"),
]
