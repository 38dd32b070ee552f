from django.urls import path

from xpassfam.organisation import public_views

app_name = "organisation"

urlpatterns = [
    path("mentions-legales/", public_views.legal, name="legal"),
    path("donnees-personnelles/", public_views.privacy, name="privacy"),
    path("cookies/", public_views.cookies, name="cookies"),
    path("accessibilite/", public_views.accessibility, name="accessibility"),
    path("aide/", public_views.help_home, name="help"),
    path("aide/connexion/", public_views.help_sign_in, name="help_sign_in"),
    path("assistance/", public_views.support, name="support"),
    path("etat/", public_views.state, name="state"),
    path("brand/logo-<slug:name>.png", public_views.logo, name="logo"),
    path("brand/<slug:digest>.css", public_views.brand_sheet, name="brand_sheet"),
]
