import pytest

from tests.household.families import Family
from xpassfam.services.models import Category


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def family(db):
    return Family()


@pytest.fixture
def camille(family):
    return family.client(family.camille)


@pytest.fixture
def shelf(db):
    return Category.objects.create(title="Vacances", position=1)
