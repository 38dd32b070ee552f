"""Who lives in which household, in which order, and who may act for it."""

from typing import Final

from xpassfam.jobs import bulk
from xpassfam.jobs.bulk import Scratch
from xpassfam.people.actions import marks
from xpassfam.people.actions.run import BIT, CHANGED, Run
from xpassfam.people.actions.staging import STAYS
from xpassfam.people.models import Access, Residence
from xpassfam.rules.ages import last_birth_of_adults
from xpassfam.rules.visibility import usual_permission

# The staged stays, with the rows that they mean: the latest residence and access of the person in the home.
_MEANT: Final = Scratch(
    "meant_stay",
    {
        "place": "bigint",
        "household_id": "bigint",
        "person_id": "bigint",
        "residence_id": "bigint",  # NULL: a new one
        "access_id": "bigint",
        "role": "text",
        "is_shared": "boolean",
        "since": "date",
        "until": "date",
        "permission": "text",
    },
)
_LATEST: Final = "(SELECT household_id, person_id, max(id) AS id FROM {table} GROUP BY household_id, person_id)"


def apply_stays(run: Run) -> None:
    """Open, change and end residences, and the accesses that go with them."""
    last_residence = int(bulk.value("SELECT COALESCE(max(id), 0) FROM people_residence"))
    with bulk.scratches(_MEANT):
        _find_what_is_meant()
        _change_residences(run)
        _open_residences(run)
        if run.applied.created["residence"]:
            marks.give(last_residence=last_residence, last_person=run.last_person)
        _grant(run)
        _share(run)


def _find_what_is_meant() -> None:
    """A stay that ended is begun again only where the register dates the return: what was ended in the portal
    stays ended.
    """
    latest_residence, latest_access = (_LATEST.format(table=t) for t in ("people_residence", "people_access"))
    returns = "r.until IS NOT NULL AND s.since IS NOT NULL AND s.since >= r.until"
    bulk.run(
        f"INSERT INTO {_MEANT.name} SELECT s.place, h.id, p.id, "
        f"CASE WHEN s.role IS NULL OR ({returns}) THEN NULL ELSE r.id END, a.id, "
        f"s.role, s.is_shared, s.since, s.until, s.permission FROM {STAYS.name} s "
        "JOIN people_household h ON h.file_key = s.file_key JOIN people_person p ON p.register_key = s.register_key "
        f"LEFT JOIN {latest_residence} lr ON lr.household_id = h.id AND lr.person_id = p.id "
        "LEFT JOIN people_residence r ON r.id = lr.id "
        f"LEFT JOIN {latest_access} a ON a.household_id = h.id AND a.person_id = p.id"
    )
    _MEANT.ready("person_id", "residence_id", "access_id")


def _change_residences(run: Run) -> None:
    begun = "COALESCE(m.since, o.since)"
    values = {
        "role": "m.role",
        "is_shared": "COALESCE(m.is_shared, o.is_shared)",
        "since": begun,
        "until": f"CASE WHEN m.until IS NULL THEN o.until WHEN m.until < {begun} THEN {begun} ELSE m.until END",
    }
    changed = run.change(
        Residence,
        values,
        f"{_MEANT.name} m JOIN people_residence o ON o.id = m.residence_id",
        homes=f"r.household_id AS home FROM {CHANGED} c JOIN people_residence r ON r.id = c.row_id WHERE TRUE",
    )
    run.applied.same["residence"] += _MEANT.count("residence_id IS NOT NULL") - changed


def _open_residences(run: Run) -> None:
    is_new = "m.role IS NOT NULL AND m.residence_id IS NULL"
    ranks = "SELECT household_id, max(rank) AS last FROM people_residence GROUP BY household_id"
    values = {
        "household_id": "m.household_id",
        "person_id": "m.person_id",
        "role": "m.role",
        "rank": "COALESCE(k.last, 0) + row_number() OVER (PARTITION BY m.household_id ORDER BY m.place)",
        "is_shared": "COALESCE(m.is_shared, FALSE)",
        "since": "m.since",
        "until": "m.until",
    }
    run.applied.created["residence"] += bulk.insert_from(
        Residence,
        values,
        f"FROM {_MEANT.name} m LEFT JOIN ({ranks}) k ON k.household_id = m.household_id "
        f"WHERE {is_new} ORDER BY m.place",
    )
    run.touch(f"m.household_id AS home FROM {_MEANT.name} m WHERE {is_new}", changes=str(BIT["residents"]))


def _usual(run: Run) -> str:
    """`rules.visibility.usual_permission` in the SQL of sets: asked of the rule, for each role."""
    cases = []
    for role in Residence.Role.values:
        adult = last_birth_of_adults(run.today)
        of_age = usual_permission(role, born=adult, on=run.today)
        minor = usual_permission(role, born=None, on=run.today)
        cases.append(
            f"WHEN m.role = '{role}' THEN CASE WHEN p.birth_date <= '{adult}' THEN '{of_age}' ELSE '{minor}' END"
        )
    return f"CASE {' '.join(cases)} END"


def _grant(run: Run) -> None:
    """Give, change or end accesses. Who leaves a household loses it, whatever the row says of the access besides; a
    register never gives back one that ended.
    """
    is_new = "m.role IS NOT NULL AND m.residence_id IS NULL"
    permission = f"COALESCE(m.permission, CASE WHEN {is_new} THEN {_usual(run)} END)"
    until = f"CASE WHEN {is_new} THEN m.until ELSE r.until END"
    left = f"CASE WHEN m.role IS NOT NULL THEN {until} END"
    granted = (
        f"(SELECT m.place, m.household_id, m.person_id, m.access_id, {permission} AS permission, "
        f"CASE WHEN {permission} = 'none' THEN {run.day} ELSE {left} END AS until FROM {_MEANT.name} m "
        "JOIN people_person p ON p.id = m.person_id LEFT JOIN people_residence r ON r.id = m.residence_id) g"
    )
    known = ", ".join(f"'{permission}'" for permission in Access.Permission.values)
    lasts = f"(g.until IS NULL OR g.until > {run.day})"
    values = {
        "until": f"CASE WHEN g.until IS NULL OR o.until <= {run.day} OR o.until <= g.until THEN o.until "
        "WHEN g.until < o.since THEN o.since ELSE g.until END",
        "permission": f"CASE WHEN {lasts} AND (o.until IS NULL OR o.until > {run.day}) AND g.permission IN ({known}) "
        "THEN g.permission ELSE o.permission END",
    }
    homes = f"a.household_id AS home FROM {CHANGED} c JOIN people_access a ON a.id = c.row_id WHERE TRUE"
    changed = run.change(Access, values, f"{granted} JOIN people_access o ON o.id = g.access_id", homes=homes)
    run.applied.same["access"] += _MEANT.count("access_id IS NOT NULL") - changed
    opened = f"g.access_id IS NULL AND g.permission IN ({known}) AND {lasts}"
    new = {"household_id": "g.household_id", "person_id": "g.person_id"}
    new |= {"permission": "g.permission", "since": run.day, "until": "g.until"}
    created = bulk.insert_from(Access, new, f"FROM {granted} WHERE {opened} ORDER BY g.place")
    run.applied.created["access"] += created
    if created:
        run.touch(f"g.household_id AS home FROM {granted} WHERE {opened}", changes=str(BIT["accesses"]))


def _share(run: Run) -> None:
    """A child who lives in two open homes is shared by both, whatever the register forgot to say."""
    child = Residence.Role.DEPENDENT_CHILD.value
    elsewhere = (
        "SELECT 1 FROM people_residence other WHERE other.person_id = o.person_id AND other.id <> o.id "
        f"AND other.role = '{child}' AND {run.is_dated('other')}"
    )
    run.change(
        Residence,
        {"is_shared": "TRUE"},
        f"people_residence o WHERE o.role = '{child}' AND NOT o.is_shared AND {run.is_dated('o')} "
        f"AND o.person_id IN (SELECT person_id FROM {_MEANT.name}) AND EXISTS ({elsewhere})",
        homes=f"r.household_id AS home FROM {CHANGED} c JOIN people_residence r ON r.id = c.row_id WHERE TRUE",
    )
