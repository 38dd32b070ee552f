"""At the same instant, in two processes: two agents answer, a form is sent twice."""

import pytest

from tests.portal import eventually

SETUP = """
from datetime import date
from django.utils import timezone
from xpassfam.household.models import Change
from xpassfam.people.models import Access, Household, Person, Residence
home = Household.objects.create(file_number="A-1", name="Foyer Martin")
someone = Person.objects.create(first_names="Camille", last_name="Martin", search_name="camille martin")
Residence.objects.create(person=someone, household=home, role="holder")
Access.objects.create(person=someone, household=home, since=date(2020, 1, 1))
Change.objects.create(household=home, person=someone, field="last_name", before={"last_name": "Martin"},
    after={"last_name": "Roux"}, status="pending", asked_by=someone, asked_at=timezone.now(), form_key="k")
"""
ACT = """
import sys, time
from pathlib import Path
from types import SimpleNamespace
from django.utils import timezone
from xpassfam.household.actions import changing, deciding
from xpassfam.household.fields import FIELDS, version_of
from xpassfam.household.models import Change
from xpassfam.household.standing import Subject
from xpassfam.journal.actions import Actor
from xpassfam.people import access
from xpassfam.people.models import Person
from xpassfam.rules.field_policy import Whose
change, someone = Change.objects.get(), Person.objects.get()
acting = access.choose(access.for_account(SimpleNamespace(person_id=someone.pk), on=timezone.localdate()))
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


ASK = (
    "changing.ask(Subject(Whose.SELF, someone), field=FIELDS['phone'], values={'phone': '+33639981240'}, access=acting,"
    " form_key='a' * 26, seen=version_of({'phone': ''}), by=Actor('family', name='Camille'), at=timezone.now())"
)


def at_once(portal, folder, *acts):
    """The exit codes of as many processes."""
    go, readies = folder / "go", [folder / f"ready-{number}" for number in range(len(acts))]
    processes = [
        portal.start("shell", "-v0", "-c", ACT.format(ready=str(ready), go=str(go), act=act))
        for ready, act in zip(readies, acts, strict=True)
    ]
    eventually(lambda: all(ready.exists() for ready in readies))
    go.touch()
    return sorted(process.wait(60) for process in processes)


def count_lines(portal, kind):
    [(count,)] = portal.sql(f"SELECT count(*) FROM journal_line WHERE kind LIKE 'household.{kind}'")
    return count


@pytest.mark.parametrize("acts", [(APPROVE, APPROVE), (APPROVE, REFUSE)])
def test_one_agent_answers_and_the_other_is_told(portal, tmp_path, acts):
    portal.run(SETUP)

    assert at_once(portal, tmp_path, *acts) == [0, 7]

    assert count_lines(portal, "change_%") == 1
    [(status, name)] = portal.sql(
        "SELECT c.status, p.last_name FROM household_change c JOIN people_person p ON p.id = c.person_id"
    )
    assert (status, name) in (("approved", "Roux"), ("refused", "Martin"))


def test_a_form_sent_twice_at_once_makes_one_change(portal, tmp_path):
    portal.run(SETUP)

    assert at_once(portal, tmp_path, ASK, ASK) == [0, 0]

    assert count_lines(portal, "changed_own") == 1
    [(changes, corrections)] = portal.sql(
        "SELECT (SELECT count(*) FROM household_change WHERE field = 'phone'), (SELECT count(*) FROM people_correction)"
    )
    assert (changes, corrections) == (1, 1)
