"""Address of the dashboard: a fixed point for outsiders."""

from django.urls import path

from xpassfam.dashboard import family_views

app_name = "dashboard"
urlpatterns = [path("mon-compte/", family_views.home, name="home")]
