"""Root addresses: each room brings its own. Fixed points for outsiders."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from xpassfam.config import views

handler400 = "xpassfam.ui.errors.bad_request"
handler403 = "xpassfam.ui.errors.forbidden"
handler404 = "xpassfam.ui.errors.not_found"
handler500 = "xpassfam.ui.errors.failed"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.front_door, name="front-door"),
    path(".well-known/change-password", views.change_password),
    path("sante/vive", views.alive),
    path("sante/prete", views.ready),
    path("", include("xpassfam.accounts.urls")),
    path("", include("xpassfam.ui.urls")),
    path("", include("xpassfam.certificates.urls")),
    path("", include("xpassfam.documents.urls")),
    path("", include("xpassfam.desk.urls")),
    path("", include("xpassfam.entitlements.urls")),
    path("", include("xpassfam.filings.urls")),
    path("", include("xpassfam.help.urls")),
    path("", include("xpassfam.household.urls")),
    path("", include("xpassfam.payments.urls")),
    path("", include("xpassfam.privacy.urls")),
    path("", include("xpassfam.procedures.urls")),
    path("", include("xpassfam.register.urls")),
    path("", include("xpassfam.services.urls")),
    path("", include("xpassfam.support.urls")),
    path("", include("xpassfam.dashboard.urls")),
    path("", include("xpassfam.organisation.urls")),
    path("admin/", admin.site.urls),
]

if settings.IS_DEMO:
    urlpatterns.append(path("demo/", include("xpassfam.demo.urls")))
