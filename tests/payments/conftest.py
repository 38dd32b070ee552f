import pytest

from tests.household.families import Family
from tests.payments.accounts import NADIA, NOW, SPECIMEN
from xpassfam.payments.actions import change_bank_details


@pytest.fixture
def family(db):
    return Family()


@pytest.fixture
def given(family):
    """A household that gave an account, at some moment."""

    def give(iban=SPECIMEN, *, at=NOW, holder="Camille Martin"):
        return change_bank_details(family.home, holder=holder, iban=iban, by=NADIA, at=at)

    return give
