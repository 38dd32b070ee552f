import pytest
from django.test import Client

from tests.accounts.factories import account, sign_in
from tests.people.factories import acting, household, living, person


@pytest.fixture
def camille(db):
    """She holds her household's file."""
    someone, home = person("Camille Martin"), household()
    living(someone, home)
    acting(someone, home)
    return account(someone, email="camille@example.org")


@pytest.fixture
def as_camille(camille):
    """A browser where she is signed in."""
    client = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"})
    sign_in(client, "camille@example.org")
    return client
