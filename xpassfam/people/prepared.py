"""Queries of every page, compiled once: Django would spell the same SQL anew each time, which costs more than
asking it.

A query is still built from `visible_to` query sets, once for each shape of viewer, with marks where a request puts
its own values. See docs/decisions/0029.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

from xpassfam.rules.visibility import Viewer

Values = Mapping[str, Any]
MOST_SHAPES = 500


@dataclass(frozen=True)
class _Statement:
    sql: str
    params: tuple[Any, ...]
    places: Mapping[int, str]  # of the marks: which value stands there
    converters: Mapping[int, Any]

    def converted(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        """As Django gives them: a day for SQLite's text."""
        values = list(row)
        for place, (converters, expression) in self.converters.items():
            for convert in converters:
                values[place] = convert(values[place], expression, connection)
        return tuple(values)


@dataclass
class Prepared:
    """`build` gives a `values_list` query set of its keyword arguments. What it computes from one of them and puts in
    the query is named in `derived`, with the argument and how; what some shapes don't ask for, in `spared`.
    """

    build: Callable[..., "QuerySet[Any, Any]"]
    derived: Mapping[str, tuple[str, Callable[[Any], Any]]] = field(default_factory=dict)
    spared: frozenset[str] = frozenset()
    _statements: dict[Hashable, _Statement] = field(default_factory=dict, init=False)

    def rows(self, *shape: Hashable, **values: Any) -> list[tuple[Any, ...]]:
        """The rows for these values. `shape` comes first to `build`: whatever changes the query but by its values."""
        statement = self._statements.get(shape)
        if statement is None:
            if len(self._statements) >= MOST_SHAPES:
                self._statements.clear()
            statement = self._statements[shape] = self._compile(shape, values)
        whole = _adapted(self._with_derived(values))
        params = list(statement.params)
        for place, name in statement.places.items():
            params[place] = whole[name]
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, params)
            found = cursor.fetchall()
        return [statement.converted(row) for row in found] if statement.converters else found

    def _with_derived(self, values: Values) -> dict[str, Any]:
        return {**values, **{name: how(values[source]) for name, (source, how) in self.derived.items()}}

    def _compile(self, shape: tuple[Hashable, ...], values: Values) -> _Statement:
        marks = {name: _mark(number, value) for number, (name, value) in enumerate(values.items(), start=1)}
        compiler = self.build(*shape, **marks).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        named = {mark: name for name, mark in _adapted(self._with_derived(marks)).items()}
        places = {place: named[param] for place, param in enumerate(params) if param in named}
        unused = set(marks) - set(places.values()) - self.spared
        assert not unused, f"not in the query: {unused}"  # noqa: S101
        converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])
        return _Statement(sql, tuple(params), places, converters)


@dataclass
class PreparedForViewer:
    """The same of a query that a viewer asks: `build(viewer)`, for any that the rules treat alike."""

    build: Callable[[Viewer], "QuerySet[Any, Any]"]
    derived: Mapping[str, tuple[str, Callable[[Any], Any]]] = field(default_factory=dict)
    spared: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self._prepared = Prepared(self._for_shape, self.derived, self.spared)

    def rows(self, viewer: Viewer) -> list[tuple[Any, ...]]:
        return self._prepared.rows(
            viewer.permission,
            viewer.role,
            viewer.represents,
            viewer.is_frozen,
            person_id=viewer.person_id,
            household_id=viewer.household_id,
            on=viewer.on,
        )

    def _for_shape(
        self, permission: str, role: str, represents: bool, is_frozen: bool, **values: Any
    ) -> "QuerySet[Any, Any]":
        viewer = Viewer(**values, permission=permission, role=role, represents=represents, is_frozen=is_frozen)
        return self.build(viewer)


M = TypeVar("M", bound=Model)


class PreparedObjects(Generic[M]):
    """The same of whole objects: `build` gives a query set of `model`. Where `related` names one of its relations, the
    object comes with it."""

    def __init__(
        self,
        model: type[M],
        build: Callable[..., "QuerySet[M]"],
        *,
        related: str = "",
    ) -> None:
        self._model, self._names = model, _columns(model)
        asked = list(self._names)
        if related:
            self._relation: Any = model._meta.get_field(related)
            self._other: type[Model] = self._relation.related_model  # type: ignore[assignment]
            asked += [f"{related}__{name}" for name in _columns(self._other)]
        self._prepared = Prepared(lambda *shape, **values: build(*shape, **values).values_list(*asked))

    def all(self, *shape: Hashable, **values: Any) -> list[M]:
        return [self._object(row) for row in self._prepared.rows(*shape, **values)]

    def first(self, *shape: Hashable, **values: Any) -> M | None:
        """Of a query set that asks for one at most."""
        found = self.all(*shape, **values)
        return found[0] if found else None

    def _object(self, row: tuple[Any, ...]) -> M:
        own, others = row[: len(self._names)], row[len(self._names) :]
        found = self._model.from_db(connection.alias, self._names, own)
        if others:
            other = None if others[0] is None else self._other.from_db(connection.alias, _columns(self._other), others)
            self._relation.set_cached_value(found, other)
        return found


def _columns(model: type[Model]) -> list[str]:
    return [column.attname for column in model._meta.concrete_fields]


def _mark(number: int, value: Any) -> Any:
    """Something that no query says by itself."""
    if isinstance(value, datetime):
        return datetime(9000 + number, 1, 1, tzinfo=UTC)
    if isinstance(value, date):
        return date(9000 + number, 1, 1)
    return f"mark {number}" if isinstance(value, str) else 9_000_000_000_000 + number


def _adapted(values: Values) -> dict[str, Any]:
    """As the database takes them."""
    ops = connection.ops
    return {
        name: ops.adapt_datetimefield_value(value)
        if isinstance(value, datetime)
        else ops.adapt_datefield_value(value)
        if isinstance(value, date)
        else value
        for name, value in values.items()
    }
