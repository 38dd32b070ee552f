import pytest
from django.utils import timezone

from tests.household.homes import couple
from xpassfam.journal.actions import Actor
from xpassfam.organisation.models import Organisation, forget
from xpassfam.procedures.actions import publish

THIERRY = Actor("administrator", "a", "Thierry Roux")


@pytest.fixture
def publishing(db):
    return lambda text: publish(text, by=THIERRY, at=timezone.now())


@pytest.fixture
def home(db):
    return couple()


@pytest.fixture
def organisation_of(db):
    """The organisation becomes one of another kind in law."""

    def become(profile):
        row, _is_new = Organisation.objects.get_or_create(id=1)
        row.legal_profile = profile
        row.save()

    yield become
    forget()
