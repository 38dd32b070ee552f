import copy
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _templates_of_these_tests(settings):
    settings.TEMPLATES = copy.deepcopy(settings.TEMPLATES)
    settings.TEMPLATES[0]["DIRS"] = [Path(__file__).parent / "templates"]


@pytest.fixture
def hello():
    """A mail with what the rooms' mails have: a name, a link, a code, a time."""
    return {"first_name": "Léa & <b>", "path": "/activation/abc/", "code": "482913"}
