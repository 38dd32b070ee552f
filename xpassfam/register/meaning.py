"""What the rows of one table say of households, persons and stays: by column, in the order of what is staged."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import repeat
from typing import Any, Final

from xpassfam.people.models import Access
from xpassfam.register.cells import MOST_REMEMBERED, BadCell, Reader
from xpassfam.register.sheets import Record
from xpassfam.rules.identifiers import fold

# By column, what each row of a block says: None, or '' where it empties, is an empty cell.
Said = dict[str, list[Any]]
Column = Iterable[Any]

WHO: Final = ("file_number", "key")
_HOUSEHOLD: Final = {"household_name", "address", "postcode", "town", "country"}
_PERSON: Final = {"last_name", "first_names"}
_STAY: Final = {"role", "permission"}
_NEEDED: Final = (*WHO, "last_name", "first_names", "role")


class Columns:
    """What the rows of one table can say: found once, from its header."""

    def __init__(self, columns: list[tuple[int, str]]) -> None:
        self._readers = [(place, name, Reader(name)) for place, name in columns]
        names = {name for _place, name in columns}
        self.needed = [name for name in _NEEDED if name in names]
        self.who = [name for name in WHO if name in names]
        self.says_household = "key" not in names or not _HOUSEHOLD.isdisjoint(names)
        self.says_person = names >= _PERSON
        self.says_stay = not _STAY.isdisjoint(names)

    def cells_of(self, row: list[str]) -> Iterator[tuple[str, str, Reader]]:
        return ((name, row[place], reader) for place, name, reader in self._readers)

    def read(self, block: list[Record]) -> Said | None:
        """Nothing where a cell can't be read."""
        columns = list(zip(*(cells for _line, cells in block), strict=False))  # empty cells may follow the last column
        try:
            return {name: list(map(reader.__getitem__, columns[place])) for place, name, reader in self._readers}
        except BadCell:
            return None

    def holds_together(self, said: Said, today: date) -> bool:
        """Every row names whom it speaks of, lacks nothing, and its dates can be."""
        if not self.who or not all(all(said[name]) for name in self.who):
            return False
        if any(None in said[name] for name in self.needed):
            return False
        if max(filter(None, said.get("birth_date", ())), default=today) > today:
            return False
        stays = zip(said.get("since", ()), said.get("until", ()), strict=False)
        return not any(since and until and until < since for since, until in stays)


def households(said: Said, number: int) -> tuple[Column, ...]:
    nothing: list[Any] = [None] * number
    addresses: Column = said.get("address", nothing)
    if "address_more" in said:
        addresses = [
            "\n".join(filter(None, (one, more))) if more else one
            for one, more in zip(addresses, said["address_more"], strict=True)
        ]
    countries: list[Any] = said.get("country") or [None] * number
    postcodes = [
        # Spreadsheets take 01000 for a number.
        f"0{code}" if code and len(code) == 4 and code.isdigit() and (country or "FR") == "FR" else code
        for code, country in zip(said.get("postcode", nothing), countries, strict=True)
    ]
    closed = (nothing, nothing) if "key" in said else _closings(said, number)
    return said.get("household_name", nothing), addresses, postcodes, said.get("town", nothing), countries, *closed


def persons(said: Said, number: int) -> tuple[Column, ...]:
    nothing: list[Any] = [None] * number
    names = [said[name] for name in ("first_names", "last_name", "birth_name") if name in said]
    return (
        said["last_name"],
        said.get("birth_name", nothing),
        said["first_names"],
        [" ".join(filter(None, parts)) for parts in zip(*(map(_folded, column) for column in names), strict=True)],
        repeat("birth_date" in said, number),
        said.get("birth_date", nothing),
        said.get("member_number", nothing),
        said.get("email", nothing),
        said.get("phone", nothing),
        *_closings(said, number),
    )


def stays(said: Said, number: int) -> tuple[Column, ...]:
    nothing: list[Any] = [None] * number
    roles, permissions = said.get("role", nothing), said.get("permission", nothing)
    if "" in said.get("role", ()):  # a representative acts for the household without living there
        pairs = list(zip(roles, permissions, strict=True))
        permissions = [
            permission or (Access.Permission.ALL.value if role == "" else None) for role, permission in pairs
        ]
        roles = [role or None for role, _permission in pairs]
    return roles, said.get("is_shared", nothing), said.get("since", nothing), said.get("until", nothing), permissions


def _closings(said: Said, number: int) -> tuple[Column, Column]:
    """An empty cell reopens nothing: what was closed in the portal stays so."""
    nothing: list[Any] = [None] * number
    if "closed_on" not in said:
        return nothing, nothing
    reasons = zip(said["closed_on"], said.get("closed_reason", nothing), strict=True)
    return said["closed_on"], [(reason or "") if closed else None for closed, reason in reasons]


@lru_cache(maxsize=MOST_REMEMBERED)
def _folded(name: str) -> str:
    return fold(name)
