"""Which person of the register is meant by what someone typed. The same queries whatever is found."""

from datetime import date

from xpassfam.people.models import Person, dated, not_closed
from xpassfam.rules import names
from xpassfam.rules.identifiers import normalise_file_number, normalise_member_number

NOBODY = ""  # no member number nor file number is empty: constraints say so


def by_member_number(text: str, *, on: date) -> Person | None:
    """The person with this member number, however it was typed."""
    number = normalise_member_number(text) or NOBODY
    return Person.objects.filter(not_closed(on), member_number=number).first()


def by_file(file_number: str, *, birth_date: date | None, last_name: str, first_names: str, on: date) -> Person | None:
    """The one person of this file born that day and so named; None where several could be meant.

    Someone without a birth date in the register can't be found so: nothing would be proved.
    """
    candidates = Person.objects.filter(
        not_closed(on),
        not_closed(on, "residences__household__"),
        dated(on, "residences__"),
        residences__household__file_key=normalise_file_number(file_number) or NOBODY,
        birth_date=birth_date or date.min,
    ).distinct()
    named = [person for person in candidates if _is_named(person, last_name, first_names)]
    return named[0] if len(named) == 1 else None


def _is_named(person: Person, last_name: str, first_names: str) -> bool:
    return names.are_same(
        last_name,
        first_names,
        known_last_name=person.last_name,
        known_first_names=person.first_names,
        known_birth_name=person.birth_name,
    )
