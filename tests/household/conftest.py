import pytest

from tests.household.families import Family


@pytest.fixture
def family(db):
    return Family()
