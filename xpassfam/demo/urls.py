from django.urls import path

from xpassfam.demo import public_views

app_name = "demo"
urlpatterns = [
    path("", public_views.home, name="home"),
    path("comptes.json", public_views.accounts, name="accounts"),
    path("courrier/", public_views.mails, name="mails"),
    path("courrier/<str:public_id>/", public_views.mail, name="mail"),
    path("courrier/<str:public_id>/html/", public_views.mail_as_received, name="mail-as-received"),
]
