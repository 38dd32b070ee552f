"""Root addresses: each room brings its own. Fixed points for outsiders."""

from django.urls import URLPattern, URLResolver, path

from xpassfam.config import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.front_door, name="front-door"),
    path(".well-known/change-password", views.change_password),
    path("sante/vive", views.alive),
    path("sante/prete", views.ready),
]
