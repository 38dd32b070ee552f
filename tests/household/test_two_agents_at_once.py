"""Two agents press at the same instant, in two processes: one answers, the other is told."""

import pytest

from tests.portal import eventually

SETUP = """
from datetime import date
from django.utils import timezone
from xpassfam.household.models import Change
from xpassfam.people.models import Household, Person, Residence
home = Household.objects.create(file_number="A-1", name="Foyer Martin")
someone = Person.objects.create(first_names="Camille", last_name="Martin", search_name="camille martin")
Residence.objects.create(person=someone, household=home, role="holder")
Change.objects.create(household=home, person=someone, field="last_name", before={"last_name": "Martin"},
    after={"last_name": "Roux"}, status="pending", asked_by=someone, asked_at=timezone.now(), form_key="k")
"""
DECIDE = """
import sys, time
from pathlib import Path
from django.utils import timezone
from xpassfam.household.actions import changing, deciding
from xpassfam.household.models import Change
from xpassfam.journal.actions import Actor
change = Change.objects.get()
Path({ready!r}).touch()
while not Path({go!r}).exists():
    time.sleep(0.001)
try:
    {act}
except changing.AlreadyDecided:
    sys.exit(7)
"""
APPROVE = "deciding.approve(change, by=Actor('agent', name='Nadia'), at=timezone.now())"
REFUSE = "deciding.refuse(change, reason='proof', explanation='', by=Actor('agent', name='Omar'), at=timezone.now())"


@pytest.mark.parametrize("acts", [(APPROVE, APPROVE), (APPROVE, REFUSE)])
def test_one_answers_and_the_other_is_told(portal, tmp_path, acts):
    portal.run(SETUP)
    go, readies = tmp_path / "go", [tmp_path / f"ready-{n}" for n in range(2)]
    deciding = [
        portal.start("shell", "-v0", "-c", DECIDE.format(ready=str(ready), go=str(go), act=act))
        for ready, act in zip(readies, acts, strict=True)
    ]
    eventually(lambda: all(ready.exists() for ready in readies))
    go.touch()

    assert sorted(process.wait(60) for process in deciding) == [0, 7]
    [(lines,)] = portal.sql("SELECT count(*) FROM journal_line WHERE kind LIKE 'household.change_%'")
    assert lines == 1
    [(status, name)] = portal.sql(
        "SELECT c.status, p.last_name FROM household_change c JOIN people_person p ON p.id = c.person_id"
    )
    assert (status, name) in (("approved", "Roux"), ("refused", "Martin"))
