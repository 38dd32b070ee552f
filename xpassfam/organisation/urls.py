from django.urls import path

from xpassfam.organisation import public_views

app_name = "organisation"

urlpatterns = [
    path("mentions-legales/", public_views.legal, name="legal"),
    path("donnees-personnelles/", public_views.privacy, name="privacy"),
    path("cookies/", public_views.cookies, name="cookies"),
    path("accessibilite/", public_views.accessibility, name="accessibility"),
    path("brand/logo-<slug:name>.png", public_views.logo, name="logo"),
    path("brand/<slug:digest>.css", public_views.brand_sheet, name="brand_sheet"),
]
