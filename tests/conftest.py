"""What every room's tests share."""

import pytest
from django.conf import settings


def pytest_configure() -> None:
    settings.ARGON2_COST = {"memory_cost": 8, "time_cost": 1, "parallelism": 1}
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
def _no_organisation_of_another_test():
    from xpassfam.organisation.models import forget

    forget()
    yield
    forget()
