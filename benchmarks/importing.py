"""A register brought in: against COPY of the same rows into the same tables, per row as it grows, and its memory.

COPY pours what the import left, all of it and nothing more: households, persons, residences, accesses, codes, and
the history's heads, lines and words (the import's own row apart). Into empty tables of a portal made the same way,
with the same indexes, constraints and triggers, in one transaction, in the order of the primary keys, as the import
adds them. Foreign keys are checked when it commits, within the time that is told, as for the import. The rows stand
ready in files: what COPY is spared is reading a register, judging it, comparing it with what is there, and sealing.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.db import connection

from benchmarks import figures, registers
from benchmarks.effort import Effort
from benchmarks.figures import Figure
from benchmarks.server import Servers
from benchmarks.spent import spent
from house.environment import ROOT

LEAST_OF_COPY = 0.6
MOST_MEGABYTES = 300
MOST_PER_ROW = 1.5
FEW = 1000
# All that an import writes, each after what it points to.
TABLES = (
    "people_household",
    "people_person",
    "people_residence",
    "people_access",
    "accounts_activationcode",
    "journal_head",
    "journal_line",
    "journal_payload",
)


def measure(effort: Effort, _servers: Servers) -> Iterator[Figure]:
    many = effort.persons
    with TemporaryDirectory(prefix="xpassfam-register-") as folder, _portal("few") as few, _portal("many") as full:
        small = _import(registers.write(_subfolder(folder, "few"), min(FEW, many)), few)
        large = _import(registers.write(_subfolder(folder, "many"), many), full)
        made_of = f"{many} persons: {large['whole']:.1f} s, of which {large['reading']:.1f} s to read and judge"
        per_row = (large["whole"] / large["rows"]) / (small["whole"] / small["rows"])
        yield figures.at_most("import", f"a row of {many} persons ÷ of {FEW}", per_row, MOST_PER_ROW, detail=made_of)
        verdict = figures.Verdict.GOOD if large["megabytes"] <= MOST_MEGABYTES else figures.Verdict.SHORT
        memory = f"{large['megabytes']:.0f} MB"
        yield Figure("import", "memory of the process, at most", memory, f"≤ {MOST_MEGABYTES} MB", verdict=verdict)
        if full["DATABASE_URL"]:
            copied, processor = _copy(full, Path(folder))
            database = large["whole"] - large["reading"]
            yield Figure("import", "COPY ÷ the database’s part", f"{copied / database:.2f}", detail=f"{database:.1f} s")
            made_of = f"{processor:.1f} and {large['processor']:.1f} s"
            busy = f"{processor / large['processor']:.2f}"
            yield Figure("import", "processor: COPY’s ÷ the whole", busy, detail=made_of)
            ratio = copied / large["whole"]
            detail = f"COPY {copied:.1f} s"
            yield figures.at_least("import", "rate of the whole ÷ COPY’s", ratio, LEAST_OF_COPY, detail=detail)


def _subfolder(folder: str, name: str) -> Path:
    (made := Path(folder) / name).mkdir()
    return made


def _import(paths: list[Path], surroundings: dict[str, str]) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.import_alone", *map(str, paths)]
    ended = subprocess.run(command, cwd=ROOT, env=os.environ | surroundings, check=True, stdout=subprocess.PIPE)
    taken: dict[str, float] = json.loads(ended.stdout)
    return taken


def _copy(surroundings: dict[str, str], folder: Path) -> tuple[float, float]:
    """Seconds for the rows that the import left (see above), by the clock and of the processors."""
    with psycopg.connect(surroundings["DATABASE_URL"]) as source, _portal("copied") as empty:
        columns = {table: _columns(source, table) for table in TABLES}
        for table in TABLES:
            rows = f"COPY (SELECT {columns[table]} FROM {table} ORDER BY 1) TO STDOUT"
            with (folder / table).open("wb") as file, source.cursor().copy(rows) as copy:
                file.writelines(bytes(part) for part in copy)
        with psycopg.connect(empty["DATABASE_URL"]) as target:
            backend = target.info.backend_pid
            began, before = perf_counter(), spent(backend)
            for table in TABLES:
                into = f"COPY {table} ({columns[table]}) FROM STDIN"
                with (folder / table).open("rb") as file, target.cursor().copy(into) as copy:
                    while part := file.read(1 << 16):
                        copy.write(part)
            target.commit()
            return perf_counter() - began, spent(backend) - before


def _columns(source: psycopg.Connection, table: str) -> str:
    rows = source.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER' "
        "ORDER BY ordinal_position",
        [table],
    )
    return ", ".join(name for (name,) in rows)


@contextmanager
def _portal(name: str) -> Iterator[dict[str, str]]:
    """The surroundings of an empty portal beside the run's; without a DATABASE_URL on SQLite."""
    with TemporaryDirectory(prefix="xpassfam-") as var:
        own = {"XPASSFAM_VAR": var, "DATABASE_URL": ""}
        if connection.vendor == "sqlite":
            _migrate(own)
            yield own
            return
        server = os.environ["DATABASE_URL"]
        database = f"{urlsplit(server).path[1:]}_{name}"
        with psycopg.connect(server, autocommit=True) as session:
            session.execute(f"CREATE DATABASE {database}")
            try:
                own["DATABASE_URL"] = urlunsplit(urlsplit(server)._replace(path=f"/{database}"))
                _migrate(own)
                yield own
            finally:
                session.execute(f"DROP DATABASE {database} WITH (FORCE)")


def _migrate(surroundings: dict[str, str]) -> None:
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    subprocess.run(command, cwd=ROOT, env=os.environ | surroundings, check=True)
