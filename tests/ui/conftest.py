import pytest
from django.test import Client

from tests.ui import portal
from xpassfam.ui import stale

FORM_PAGE = """{% extends "ui/base.html" %}{% block title %}Ma famille{% endblock %}
{% block main %}<form method="post">{% csrf_token %}{{ form }}</form>{% endblock %}"""


@pytest.fixture(autouse=True)
def _portal(settings):
    settings.ROOT_URLCONF = "tests.ui.portal"
    settings.MIDDLEWARE = portal.MIDDLEWARE
    engine = settings.TEMPLATES[0]
    pages = ("django.template.loaders.locmem.Loader", {"tests/form.html": FORM_PAGE})
    loaders = [pages, "django.template.loaders.app_directories.Loader"]
    names = ("auth", "messages", "organisation")
    processors = [name for name in engine["OPTIONS"]["context_processors"] if not name.endswith(names)]
    options = engine["OPTIONS"] | {"loaders": loaders, "context_processors": processors}
    settings.TEMPLATES = [{**engine, "APP_DIRS": False, "OPTIONS": options}]
    stale._later_checks.cache_clear()
    yield
    stale._later_checks.cache_clear()


@pytest.fixture
def browser():
    """A browser that keeps cookies and whose forms need their token; errors give the page people see."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)
