"""What every room's tests share."""

import os

import pytest
from django.conf import settings
from django.utils import translation

from tests.portal import portal, portal_place, portal_template, take_template

__all__ = ["portal", "portal_place", "portal_template"]


def pytest_configure() -> None:
    settings.ARGON2_COST = {"memory_cost": 8, "time_cost": 1, "parallelism": 1}
    # Two processes of tests have two databases under one name: an import of one is not the other's.
    settings.VAR /= os.environ.get("PYTEST_XDIST_WORKER", "alone")
    settings.VAR.mkdir(parents=True, exist_ok=True)
    # Nothing is collected before a test: an address of a static file needs no manifest.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


@pytest.fixture
def hashing_work(settings):
    """How many times Argon2 ran, as `work["encode"]` and `work["verify"]`; `work.clear()` starts anew."""
    from tests.accounts.counting_hasher import CountingHasher

    settings.PASSWORD_HASHERS = ["tests.accounts.counting_hasher.CountingHasher"]
    CountingHasher.work.clear()
    return CountingHasher.work


@pytest.fixture(autouse=True)
def _staff_come_in_as_the_portal_lets_them_in(monkeypatch):
    """By both steps: a test that puts somebody in without the door puts them in as the door does."""
    from django.test import Client
    from django.utils import timezone

    come_in = Client.force_login

    def with_both_steps(client, user, backend=None):
        come_in(client, user, backend)
        session = client.session
        session.update({"is_strong": True, "signed_in_at": timezone.now().isoformat()})
        if user.is_staff:
            session["idle_seconds"] = 15 * 60
        session.save()

    monkeypatch.setattr(Client, "force_login", with_both_steps)


@pytest.fixture(autouse=True)
def _no_language_of_another_test():
    """A request leaves its language to its thread; in the portal the next request brings its own."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _no_organisation_of_another_test():
    from xpassfam.organisation.models import forget

    forget()
    yield
    forget()


@pytest.fixture(autouse=True)
def _no_help_of_another_test():
    from xpassfam.help import shelf, standing
    from xpassfam.organisation import promise

    shelf.forget()
    standing.forget()
    promise.forget()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, portal_place):
    from tests.journal.emptying import let_postgresql_truncate

    with django_db_blocker.unblock():
        take_template(portal_place)
        let_postgresql_truncate()


@pytest.fixture(autouse=True)
def _history_can_be_emptied(request, _django_db_marker):
    """Tests with real transactions end by emptying every table, which the history's triggers refuse."""
    yield
    marker = request.node.get_closest_marker("django_db")
    if "transactional_db" in request.fixturenames or (marker and marker.kwargs.get("transaction")):
        from tests.journal.emptying import empty_on_sqlite

        empty_on_sqlite()


@pytest.fixture(autouse=True)
def _no_costs_of_another_test():
    from xpassfam.accounts import dummies

    dummies.forget()
