import pytest
from django.test import Client

from tests.accounts.recoveries import START, agent, called, code_of, print_as
from tests.accounts.rivals import Rivals
from tests.portal import copy_of


@pytest.fixture(scope="module")
def rivals(portal_template, tmp_path_factory):
    """Two processes of one portal, eight threads each, that knock at the same instant."""
    with copy_of(portal_template, tmp_path_factory.mktemp("rivals"), name="rivals") as portal:
        two = Rivals(portal, processes=2)
        yield two
        two.stop()


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(START, tick=False)
    return time_machine


@pytest.fixture
def nadia(clock):
    return agent("nadia")


@pytest.fixture
def olivier(clock):
    return agent("olivier")


@pytest.fixture
def halves(camille, nadia, olivier):
    """What Camille has at home: the word that Nadia told her, the letter that Olivier printed."""
    word = called(camille, nadia).word
    return {"letter_code": code_of(print_as(Client(), camille, olivier)), "rescue_word": word}
