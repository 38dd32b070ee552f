"""Root addresses: each room brings its own. Fixed points for outsiders."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
