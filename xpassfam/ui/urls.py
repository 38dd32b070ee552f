from django.urls import path

from xpassfam.ui import agent_views, public_views

app_name = "ui"
urlpatterns = [
    path("langue/", public_views.language, name="language"),
    path("affichage/", public_views.display, name="display"),
    path("gestion/composants/", agent_views.living, name="living"),
]
