"""The account of the demo's first family: the specimen that bank papers print."""

from datetime import datetime, timedelta

from xpassfam.journal.actions import Actor
from xpassfam.payments.actions import change_bank_details
from xpassfam.people.models import Household

MARTIN, HOLDER, SPECIMEN = "SFE-85473", "Camille Martin", "FR76 3000 6000 0112 3456 7890 189"
BEFORE = timedelta(days=60)


def load(*, by: Actor, at: datetime) -> None:
    """Once: what a visitor changed stays."""
    household = Household.objects.filter(file_number=MARTIN, bank_details=None).first()
    if household:
        change_bank_details(household, holder=HOLDER, iban=SPECIMEN, by=by, at=at - BEFORE)
