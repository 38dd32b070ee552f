import pytest


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    """Files of one test are not those of another; the portal's own place is beside."""
    settings.VAR = tmp_path
