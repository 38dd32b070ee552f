"""Shapes and colours: the first that nobody in the home has, kept for life."""

from typing import Final

from xpassfam.jobs import bulk
from xpassfam.jobs.bulk import Scratch
from xpassfam.people.actions.run import ENTERED
from xpassfam.people.actions.staging import STAYS
from xpassfam.people.models import MARKS

# Right for whoever lives in one home, all of whose persons are new: nearly everybody, in one statement.
FIRST_MARKS: Final = (
    f"SELECT register_key, CASE WHEN min(number) > {MARKS} THEN 1 ELSE min(number) END AS mark FROM ("
    "SELECT register_key, row_number() OVER (PARTITION BY file_key ORDER BY place) AS number "
    f"FROM {STAYS.name} WHERE role IS NOT NULL) numbered GROUP BY register_key HAVING count(*) = 1"
)
_GIVEN: Final = Scratch("given_mark", {"person_id": "bigint", "mark": "integer"})


def give(*, last_residence: int, last_person: int) -> None:
    """Marks for those whose first residence is after `last_residence`, home by home, in the order of arrival.

    A child in two homes takes its mark in the first. Homes in which `FIRST_MARKS` was right are passed over.
    """
    new = "SELECT r.household_id FROM people_residence r {join} WHERE r.id > %s"
    elsewhere = f"NOT EXISTS (SELECT 1 FROM {ENTERED.name} e WHERE e.household_id = r.household_id)"
    twice = "SELECT person_id FROM people_residence GROUP BY person_id HAVING count(*) > 1"
    arriving = " UNION ".join(
        (
            f"{new.format(join='')} AND {elsewhere}",
            f"{new.format(join='')} AND r.person_id <= %s",
            new.format(join=f"JOIN ({twice}) t ON t.person_id = r.person_id"),
        )
    )
    statement = (
        "SELECT r.household_id, r.person_id, p.mark, former.person_id IS NOT NULL FROM people_residence r "
        "JOIN people_person p ON p.id = r.person_id "
        "LEFT JOIN (SELECT DISTINCT person_id FROM people_residence WHERE id <= %s) former "
        f"ON former.person_id = r.person_id WHERE r.household_id IN ({arriving}) ORDER BY r.household_id, r.id"
    )
    decided: dict[int, int] = {}
    home, taken = 0, set[int]()
    with bulk.scratches(_GIVEN):
        for rows in bulk.stream(
            statement, [last_residence, last_residence, last_residence, last_person, last_residence]
        ):
            given = []
            for household_id, person_id, mark, is_settled in rows:
                if household_id != home:
                    home, taken = household_id, set()
                if not is_settled and person_id not in decided:
                    decided[person_id] = next((free for free in range(1, MARKS + 1) if free not in taken), 1)
                    if decided[person_id] != mark:
                        given.append((person_id, decided[person_id]))
                taken.add(decided.get(person_id, mark))
            _GIVEN.pour(given)
        bulk.run(f"UPDATE people_person SET mark = g.mark FROM {_GIVEN.name} g WHERE people_person.id = g.person_id")
