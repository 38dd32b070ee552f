from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "xpassfam.register"
