import pytest

from tests.household.families import Family
from tests.portal import portal, portal_template

__all__ = ["portal", "portal_template"]


@pytest.fixture
def family(db):
    return Family()
