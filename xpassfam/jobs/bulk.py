"""Many rows at once, the same way on SQLite and on PostgreSQL."""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Model

CHUNK = 2000
ALLOCATIONS_BEFORE_COLLECTING = 50_000  # Python's own 700 make it look at a block of rows again and again
Params = Sequence[Any]


@dataclass(frozen=True)
class Scratch:
    """A temporary table. It dies with its connection, however that dies, and nobody waits for its locks."""

    name: str
    columns: Mapping[str, str] = field(hash=False)  # and their types, which both databases know

    def create(self) -> None:
        self.drop()
        columns = ", ".join(f"{name} {kind}" for name, kind in self.columns.items())
        run(f"CREATE TEMPORARY TABLE {self.name} ({columns})")

    def drop(self) -> None:
        run(f"DROP TABLE IF EXISTS {self.name}")

    def pour(self, rows: Iterable[Params]) -> None:
        pour(self.name, tuple(self.columns), rows)

    def empty(self) -> None:
        run(f"DELETE FROM {self.name}" if is_sqlite() else f"TRUNCATE {self.name}")

    def ready(self, *keys: str) -> None:
        """It is full: let the database find its way in it by these columns."""
        if connection.vendor == "sqlite":
            for key in keys:
                run(f"CREATE INDEX {self.name}_by_{key} ON {self.name} ({key})")
        else:  # which joins whole tables faster without an index, if it knows their size
            run(f"ANALYZE {self.name}")

    def rows(self) -> Iterator[list[tuple[Any, ...]]]:
        return stream(f"SELECT * FROM {self.name}")

    def count(self, where: str = "TRUE", params: Params = ()) -> int:
        return int(value(f"SELECT count(*) FROM {self.name} WHERE {where}", params))


@contextmanager
def scratches(*tables: Scratch) -> Iterator[None]:
    for table in tables:
        table.create()
    try:
        yield
    finally:
        if not connection.needs_rollback:  # else they go with their transaction
            for table in tables:
                table.drop()


@contextmanager
def large_joins() -> Iterator[None]:
    """While whole tables are joined: room to do it in memory, and no compiling that takes longer than it spares."""
    if is_sqlite():
        yield
        return
    run("SET work_mem = '64MB'")
    run("SET jit = off")
    try:
        yield
    finally:
        run("RESET work_mem")
        run("RESET jit")


@contextmanager
def many_rows() -> Iterator[None]:
    """While rows are held by thousands: the garbage collector looks less often, and not at what was there before.

    They hold no cycles, and looking for some took a third of the time of reading a register.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(ALLOCATIONS_BEFORE_COLLECTING, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def pour(table: str, columns: Sequence[str], rows: Iterable[Params]) -> None:
    """Add the rows: COPY where there is one. Rows that are made as they are taken are so while the database works;
    making them must ask nothing of it.
    """
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        alone = not connection.in_atomic_block
        if alone:  # deferred: a temporary table must not take the lock of the whole file
            cursor.execute("BEGIN")
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # type: ignore[arg-type]
        if alone:
            cursor.execute("COMMIT")


def new_ids(model: type[Model], number: int) -> list[int]:
    """Ids for rows to pour. The caller has written already: on SQLite it is then the only one who does."""
    table = model._meta.db_table
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Its name is looked for once, not for each id.
            sequence = f"(SELECT pg_get_serial_sequence('{table}', 'id')::regclass)"
            cursor.execute(f"SELECT nextval({sequence}) FROM generate_series(1, %s)", [number])
            return [pk for (pk,) in cursor.fetchall()]
    last = int(value(f"SELECT COALESCE(max(id), 0) FROM {table}"))
    return list(range(last + 1, last + number + 1))


def is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def run(statement: str, params: Params = ()) -> int:
    """How many rows a statement changed."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params or None)
        return int(cursor.rowcount)


def value(statement: str, params: Params = ()) -> Any:
    """The only value that a query gives."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params or None)
        return cursor.fetchall()[0][0]


def stream(statement: str, params: Params = ()) -> Iterator[list[tuple[Any, ...]]]:
    """What a query finds, some rows at a time: never all of it in memory."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, params or None)
        while rows := cursor.fetchmany(CHUNK):
            yield rows


def know_size(model: type[Model]) -> None:
    """Much was added, in this very transaction: let the database count before it chooses how to join."""
    if not is_sqlite():
        run(f"ANALYZE {model._meta.db_table}")


def insert_from(model: type[Model], values: Mapping[str, str], source: str, params: Params = ()) -> int:
    """Add rows of a model from SQL: an expression for each column, then where they come from.

    A column that nothing is said of has the default of its field, as in any other way to write the model.
    """
    defaults: dict[str, Any] = {
        str(field.column): field.get_db_prep_save(field.get_default(), connection)
        for field in model._meta.concrete_fields
        if field.column not in values and not field.primary_key and not field.generated
    }
    columns = ", ".join([*values, *defaults])
    expressions = ", ".join([*values.values(), *["%s"] * len(defaults)])
    statement = f"INSERT INTO {model._meta.db_table} ({columns}) SELECT {expressions} {source}"
    added = run(statement, [*defaults.values(), *params])
    if added > CHUNK:
        know_size(model)
    return added
