"""Whom the organisation let into a home by a decision, before its register named them: the same person, once."""

from collections import Counter

from xpassfam.jobs import bulk
from xpassfam.people.actions.run import Run
from xpassfam.people.actions.staging import PERSONS, STAYS
from xpassfam.people.models import Person
from xpassfam.rules.identifiers import fold


def recognise(run: Run) -> None:
    """Give them the register's key, where home, birth date, first given name and last name are the same.

    Never where two could be meant: both stay, and the import lists them as likely the same.
    """
    found = [
        (pk, key)
        for rows in bulk.stream(
            "SELECT DISTINCT p.id, p.first_names, p.last_name, "
            "s.register_key, s.first_names, s.last_name, s.birth_name FROM people_person p "
            f"JOIN people_residence r ON r.person_id = p.id AND {run.is_dated('r')} "
            "JOIN people_household h ON h.id = r.household_id "
            f"JOIN {STAYS.name} t ON t.file_key = h.file_key "
            f"JOIN {PERSONS.name} s ON s.register_key = t.register_key AND s.birth_date = p.birth_date "
            "WHERE p.register_key IS NULL "
            "AND NOT EXISTS (SELECT 1 FROM people_person o WHERE o.register_key = s.register_key)"
        )
        for pk, first, last, key, *names in rows
        if _is_same(first, last, *names)
    ]
    persons, keys = Counter(pk for pk, _key in found), Counter(key for _pk, key in found)
    for pk, key in found:
        if persons[pk] == keys[key] == 1:
            Person.objects.filter(pk=pk).update(register_key=key)


def _is_same(first: str, last: str, their_first: str, their_last: str, their_birth_name: str | None) -> bool:
    given, theirs = fold(first).split(), fold(their_first).split()
    return given[:1] == theirs[:1] and fold(last) in {fold(their_last), fold(their_birth_name or "")}
