"""Rows become facts where they hold together; those that don't are reported, and the others kept."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from xpassfam.people.actions.applying import Facts
from xpassfam.people.actions.closing import Present
from xpassfam.people.models import Access, Household, Person
from xpassfam.register.columns import BadCell, parse
from xpassfam.register.tables import Problem, Row
from xpassfam.rules.identifiers import normalise_file_number

Entry = tuple[Any, Row]

_HOUSEHOLD = {"household_name", "address", "postcode", "town", "country"}
_PERSON = {"last_name", "first_names"}
_STAY = {"role", "permission"}
_CLEARED_BY_EMPTY = {"address", "postcode", "town", "birth_name", "email", "phone"}


class Judge:
    """Takes rows one by one; `facts` and `codes` are what can be applied once `settle` has compared them."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.problems: list[Problem] = []
        self.households: dict[str, Entry] = {}
        self.persons: dict[str, Entry] = {}
        self.stays: dict[tuple[str, str], Entry] = {}
        self.codes: dict[str, Entry] = {}
        self.named: tuple[set[str], set[str], set[tuple[str, str]]] = (set(), set(), set())
        self.is_all_named = True

    @property
    def facts(self) -> Facts:
        return Facts(
            households={number: values for (number, values), _row in self.households.values()},
            persons={key: values for key, (values, _row) in self.persons.items()},
            stays={pair: values for pair, (values, _row) in self.stays.items()},
        )

    def take(self, row: Row) -> None:
        """One row may speak of a household, a person, a stay and a code at once: all of it or nothing."""
        self._name(row)
        values = self._parse(row)
        if values is None or not self._is_whole(row, values):
            return
        number, key = values.get("file_number"), values.get("key")
        if (number and _HOUSEHOLD & values.keys()) or (number and not key):
            facts = number, _household(values)
            self._add(self.households, normalise_file_number(number), facts, row, "file_number")
        if key and values.keys() >= _PERSON:
            self._add(self.persons, key, _person(values), row, "key")
        if number and key and _STAY & values.keys():
            self._add(self.stays, (normalise_file_number(number), key), _stay(values), row, "key")
        if key and values.get("activation_code"):
            self._add(self.codes, key, values["activation_code"], row, "activation_code")

    @property
    def present(self) -> Present:
        """Everybody the files name, of the kinds that they hold rows of."""
        households, persons, stays = self.named
        return Present(
            households=households if self.households else frozenset(),
            persons=persons if self.persons else frozenset(),
            stays=stays if self.stays else frozenset(),
        )

    def settle(self) -> None:
        """Drop what the register or the other rows contradict. A few queries in all."""
        self._refuse_shared_member_numbers()
        households = {*self.households, *self._known(Household, "file_key", (number for number, _ in self.stays))}
        persons = {*self.persons, *self._known(Person, "register_key", (key for _number, key in self.stays))}
        for pair, (_values, row) in list(self.stays.items()):
            if pair[0] not in households:
                self._drop(self.stays, pair, row, "file_number", _("ce dossier n’est ni ici ni dans le registre."))
            elif pair[1] not in persons:
                self._drop(self.stays, pair, row, "key", _("cette personne n’est ni ici ni dans le registre."))
        persons |= self._known(Person, "register_key", self.codes)
        for key, (_values, row) in list(self.codes.items()):
            if key not in persons:
                self._drop(self.codes, key, row, "key", _("cette personne n’est ni ici ni dans le registre."))

    def _name(self, row: Row) -> None:
        """A bad row still says that somebody is there."""
        try:
            found = {name: parse(name, row.cells[name]) for name in ("file_number", "key") if name in row.cells}
        except BadCell:
            found = {}
        number, key = normalise_file_number(found.get("file_number") or ""), found.get("key")
        self.is_all_named &= bool(found) and all(found.values())
        households, persons, stays = self.named
        if number:
            households.add(number)
        if key:
            persons.add(key)
        if number and key:
            stays.add((number, key))

    def _parse(self, row: Row) -> dict[str, Any] | None:
        values, problems = {}, []
        for column, cell in row.cells.items():
            try:
                values[column] = parse(column, cell)
            except BadCell as bad:
                problems.append(row.problem(column, str(bad)))
        self.problems += problems
        return None if problems else values

    def _is_whole(self, row: Row, values: dict[str, Any]) -> bool:
        reasons: dict[str, str] = {}
        for column in ("file_number", "key", "last_name", "first_names", "role"):
            if column in values and values[column] is None:
                reasons[column] = _("cette case est vide.")
        if "file_number" not in values and "key" not in values:
            reasons["file_number"] = _("il faut un numéro de dossier ou un identifiant de personne.")
        if (born := values.get("birth_date")) and born > self.today:
            reasons["birth_date"] = _("cette date est dans l’avenir.")
        if (since := values.get("since")) and (until := values.get("until")) and until < since:
            reasons["until"] = _("la sortie est avant l’entrée.")
        self.problems += [row.problem(column, reason) for column, reason in reasons.items()]
        return not reasons

    def _add(self, entries: dict[Any, Entry], key: Any, values: Any, row: Row, column: str) -> None:
        """A file may say the same twice (a household on each member's row), not two different things."""
        known, first = entries.setdefault(key, (values, row))
        if known != values:
            reason = _("la ligne {line} de {file} dit autre chose.").format(line=first.line, file=first.file)
            self.problems.append(row.problem(column, reason))

    def _drop(self, entries: dict[Any, Entry], key: Any, row: Row, column: str, reason: str) -> None:
        del entries[key]
        self.problems.append(row.problem(column, reason))

    def _refuse_shared_member_numbers(self) -> None:
        wanted = {values["member_number"] for values, _row in self.persons.values() if values.get("member_number")}
        holders = Person.objects.filter(member_number__in=wanted).values_list("member_number", "register_key")
        owners: dict[str | None, str | None] = dict(holders)
        for key, (values, row) in list(self.persons.items()):
            number = values.get("member_number")
            if number and owners.setdefault(number, key) != key:
                self._drop(self.persons, key, row, "member_number", _("ce numéro est celui d’une autre personne."))

    @staticmethod
    def _known(model: Any, column: str, keys: Iterable[str]) -> set[str]:
        return set(model.objects.filter(**{f"{column}__in": set(keys)}).values_list(column, flat=True))


def _household(values: dict[str, Any]) -> dict[str, Any]:
    facts = _pick(values, "address", "postcode", "town", "country")
    if name := values.get("household_name"):
        facts["name"] = name
    if values.get("address_more"):
        facts["address"] = "\n".join(filter(None, [facts.get("address"), values["address_more"]]))
    if len(facts.get("postcode") or "") == 4 and facts.get("country", "FR") == "FR" and facts["postcode"].isdigit():
        facts["postcode"] = "0" + facts["postcode"]  # spreadsheets take 01000 for a number
    return facts | ({} if "key" in values else _closing(values))


def _person(values: dict[str, Any]) -> dict[str, Any]:
    names = ("last_name", "birth_name", "first_names", "birth_date", "member_number", "email", "phone")
    return _pick(values, *names) | _closing(values)


def _stay(values: dict[str, Any]) -> dict[str, Any]:
    facts = {
        name: values[name] for name in ("is_shared", "since", "until", "permission") if values.get(name) is not None
    }
    if role := values.get("role"):
        return {**facts, "role": role}
    if "role" in values:  # a representative acts for the household without living there
        facts.setdefault("permission", Access.Permission.ALL.value)
    return facts


def _closing(values: dict[str, Any]) -> dict[str, Any]:
    """An empty cell reopens nothing: what was closed in the portal stays so."""
    if not values.get("closed_on"):
        return {}
    return {"closed_on": values["closed_on"], "closed_reason": values.get("closed_reason") or ""}


def _pick(values: dict[str, Any], *names: str) -> dict[str, Any]:
    """The columns that the file has; an empty cell empties what may be empty."""
    picked = {name: values[name] for name in names if name in values}
    if picked.get("country", "") is None:
        del picked["country"]
    return {name: "" if value is None and name in _CLEARED_BY_EMPTY else value for name, value in picked.items()}
