import pytest

from tests.portal import portal, portal_template

__all__ = ["portal", "portal_template"]


@pytest.fixture(autouse=True)
def _own_vault(settings, tmp_path):
    settings.VAR = tmp_path
