import pytest

from tests.household.families import Family


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def family():
    return Family()
