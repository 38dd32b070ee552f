import pytest

from tests.accounts.rivals import Rivals
from tests.portal import copy_of


@pytest.fixture(scope="module")
def rivals(portal_template, tmp_path_factory):
    """Two processes of one portal, eight threads each, that knock at the same instant."""
    with copy_of(portal_template, tmp_path_factory.mktemp("rivals"), name="rivals") as portal:
        two = Rivals(portal, processes=2)
        yield two
        two.stop()
