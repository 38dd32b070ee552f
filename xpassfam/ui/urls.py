from django.urls import path

from xpassfam.ui import public_views, staff_views

app_name = "ui"
urlpatterns = [
    path("langue/", public_views.language, name="language"),
    path("gestion/composants/", staff_views.living, name="living"),
]
