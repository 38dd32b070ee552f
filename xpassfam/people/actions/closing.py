"""Who is absent from a whole register is closed, never deleted; who comes back is there again."""

from typing import Final

from django.utils.translation import gettext_noop

from xpassfam.jobs import bulk
from xpassfam.jobs.bulk import Scratch
from xpassfam.people.actions.run import BIT, CHANGED, Run
from xpassfam.people.actions.staging import HOUSEHOLDS, NAMED, PERSONS, STAYS, holds
from xpassfam.people.models import Access, Household, Person, Residence

ABSENT = gettext_noop("Absent du registre")
_ENDED: Final = Scratch("ended_stay", {"residence_id": "bigint"})
_CLOSED: Final = {"closed_reason": f"'{ABSENT}'"}


def close_absent(run: Run) -> None:
    """Close households and persons, end stays and the accesses that go with them.

    What the register holds no row of stays as it is. A closed person or household lets nobody in:
    `Access.objects.open_on`. Its accesses stay as they were granted, so that a register sent by mistake is
    mended by the right one.
    """
    closed = {"closed_on": run.day} | _CLOSED
    if holds(HOUSEHOLDS):
        absent = f"people_household o WHERE {run.is_open('o')} AND {_is_absent('file_key', HOUSEHOLDS, STAYS)}"
        run.change(Household, closed, absent, homes=f"c.row_id AS home FROM {CHANGED} c WHERE TRUE")
    if holds(PERSONS):
        absent = (
            f"people_person o WHERE {run.is_open('o')} AND o.register_key IS NOT NULL "
            f"AND {_is_absent('register_key', PERSONS, STAYS)}"
        )
        homes = (
            f"r.household_id AS home FROM {CHANGED} c JOIN people_residence r ON r.person_id = c.row_id "
            f"WHERE {run.is_dated('r')}"
        )
        run.change(Person, closed, absent, homes=homes, told=str(BIT["residents"]))
    if holds(STAYS):
        _end_absent_stays(run)


def _end_absent_stays(run: Run) -> None:
    """Only between a home and a person that are still there: who left one home no longer acts for it."""
    present = (
        f"SELECT 1 FROM (SELECT file_key, register_key FROM {STAYS.name} UNION ALL "
        f"SELECT file_key, register_key FROM {NAMED.name}) n "
        "WHERE n.file_key = h.file_key AND n.register_key = p.register_key"
    )
    absent = (
        "people_residence o JOIN people_household h ON h.id = o.household_id "
        f"JOIN people_person p ON p.id = o.person_id WHERE {run.is_dated('o')} "
        f"AND p.register_key IS NOT NULL AND {run.is_open('h')} AND {run.is_open('p')} "
        f"AND NOT EXISTS ({present})"
    )
    homes = f"r.household_id AS home FROM {CHANGED} c JOIN people_residence r ON r.id = c.row_id WHERE TRUE"
    if not run.change(Residence, {"until": run.day}, absent, homes=homes):
        return
    with bulk.scratches(_ENDED):
        bulk.run(f"INSERT INTO {_ENDED.name} SELECT row_id FROM {CHANGED}")
        going = (
            f"{_ENDED.name} e JOIN people_residence r ON r.id = e.residence_id JOIN people_access o "
            "ON o.household_id = r.household_id AND o.person_id = r.person_id "
            f"WHERE o.until IS NULL OR o.until > {run.day}"
        )
        until = f"CASE WHEN o.since > {run.day} THEN o.since ELSE {run.day} END"
        homes = f"a.household_id AS home FROM {CHANGED} c JOIN people_access a ON a.id = c.row_id WHERE TRUE"
        run.change(Access, {"until": until}, going, homes=homes)


def _is_absent(key: str, *tables: Scratch) -> str:
    """Named by no row of these tables, and by no row that was refused."""
    return " AND ".join(
        f"NOT EXISTS (SELECT 1 FROM {table.name} n WHERE n.{key} = o.{key})" for table in (*tables, NAMED)
    )
