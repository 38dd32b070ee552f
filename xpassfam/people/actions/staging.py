"""Where what a register says waits to be compared: filled by `register`, read by `applying`.

NULL is what the register doesn't say: it is left as it is. Nothing here is a fact yet. Each staged row has
`place`, which orders them, and stands for one thing: a household (by `file_key`), a person (by `register_key`),
a stay (by both).
"""

from typing import Final

from xpassfam.jobs.bulk import Scratch, run, value

HOUSEHOLDS: Final = Scratch(
    "staged_household",
    {
        "place": "bigint",
        "public_id": "text",  # of the row it becomes, if it is new
        "file_number": "text",
        "file_key": "text",
        "name": "text",
        "address": "text",
        "postcode": "text",
        "town": "text",
        "country": "text",
        "closed_on": "date",
        "closed_reason": "text",
    },
)
PERSONS: Final = Scratch(
    "staged_person",
    {
        "place": "bigint",
        "public_id": "text",
        "register_key": "text",
        "last_name": "text",
        "birth_name": "text",
        "first_names": "text",
        "search_name": "text",
        "says_birth_date": "boolean",
        "birth_date": "date",
        "member_number": "text",  # '' where the register says that there is none
        "email": "text",
        "phone": "text",
        "closed_on": "date",
        "closed_reason": "text",
    },
)
# A stay without `role` gives an access and no residence.
STAYS: Final = Scratch(
    "staged_stay",
    {
        "place": "bigint",
        "file_key": "text",
        "register_key": "text",
        "role": "text",
        "is_shared": "boolean",
        "since": "date",
        "until": "date",
        "permission": "text",
    },
)
# Whom refused rows speak of: they say nothing good, but that somebody is there.
NAMED: Final = Scratch("named", {"file_key": "text", "register_key": "text"})
STAGING: Final = (HOUSEHOLDS, PERSONS, STAYS, NAMED)


def ready() -> None:
    """Everything is staged."""
    for table in STAGING:
        table.ready(*(key for key in ("file_key", "register_key", "place") if key in table.columns))


def holds(table: Scratch) -> bool:
    return bool(value(f"SELECT EXISTS (SELECT 1 FROM {table.name})"))


def drop(table: Scratch, *, where: str) -> None:
    """Take rows back: what they name is still there."""
    named = [key if key in table.columns else "NULL" for key in NAMED.columns]
    run(f"INSERT INTO {NAMED.name} SELECT {', '.join(named)} FROM {table.name} WHERE {where}")
    run(f"DELETE FROM {table.name} WHERE {where}")
