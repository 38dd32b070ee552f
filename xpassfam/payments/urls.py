"""Where a family reads which account it is paid to."""

from django.urls import path

from xpassfam.payments.family_views import bank_details, stop

app_name = "payments"
urlpatterns = [
    path("mon-compte/coordonnees-bancaires/", bank_details, name="bank-details"),
    path("mon-compte/coordonnees-bancaires/<slug:public_id>/arret/", stop, name="stop"),
]
