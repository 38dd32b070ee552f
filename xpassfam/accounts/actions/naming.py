"""An account bears the names of its person."""

from xpassfam.accounts.models import Account
from xpassfam.people.models import Person


def follow(person: Person) -> None:
    """In the transaction of whoever changed the person's names, and writes that line."""
    person.refresh_from_db(fields=["first_names", "last_name"])
    Account.objects.filter(person=person).update(first_name=person.first_name, last_name=person.last_name)
