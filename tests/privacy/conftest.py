import pytest


@pytest.fixture(autouse=True)
def _own_vault(settings, tmp_path):
    settings.VAR = tmp_path
