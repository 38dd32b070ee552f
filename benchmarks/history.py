"""A history of a million lines: its pages, filters and export cost what those of a thousand do."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from django.db import connection

from benchmarks import figures, histories
from benchmarks.effort import Effort
from benchmarks.figures import Figure
from benchmarks.server import Servers
from xpassfam.journal import pages, proof
from xpassfam.journal.models import Line
from xpassfam.journal.pages import Key, Wanted

SHORT = 1000
SIZE = 50
MOST = 1.3
MOST_MEGABYTES = 30
EVERYTHING = Wanted()
BY_AGENTS = Wanted(actor_kinds=("agent", "administrator"))
Step = Callable[[], object]


@dataclass(frozen=True)
class Reader:
    household: str
    person: str = "p"
    reads_household: bool = True

    def page(self, wanted: Wanted = EVERYTHING, *, before: Key | None = None) -> Step:
        sources = pages.readable(self)
        return lambda: pages.page(sources, wanted, before=before, size=SIZE)

    def key(self, seq: int) -> Key:
        return Key.of(Line.objects.get(scope=f"household:{self.household}", seq=seq))


def measure(effort: Effort, servers: Servers) -> Iterator[Figure]:
    short, long = Reader("short"), Reader("long")
    histories.of_household(short.household, SHORT)
    histories.of_household(long.household, effort.lines)
    if connection.vendor == "postgresql":  # its autovacuum does so by itself, later; SQLite never does
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    name = f"{effort.lines} lines : {SHORT}"
    deep = effort.lines - min(effort.lines - SIZE, 1000 * SIZE)
    until = long.key(effort.lines // 2).at
    rivals = [
        (f"first page, {name}", long.page(), short.page()),
        ("page 1,000 : page 2", long.page(before=long.key(deep)), long.page(before=long.key(effort.lines - SIZE))),
        (f"a page up to a day, {name}", long.page(Wanted(until=until)), short.page(Wanted(until=short.key(900).at))),
    ]
    for what, ours, theirs in rivals:
        ratio, detail = _compare(ours, theirs, effort)
        yield figures.at_most("history", what, ratio, MOST, detail=detail)
    ratio, detail = _compare(long.page(BY_AGENTS), short.page(BY_AGENTS), effort)
    yield Figure("history", f"50 of one line in 1,000, {name}", f"{ratio:.2f}", detail=detail)
    yield from _export(long, effort)
    yield from _proof(effort)


def _compare(ours: Step, theirs: Step, effort: Effort) -> tuple[float, str]:
    for warm in (ours, theirs):
        warm()
    rounds = [(_time(ours), _time(theirs)) for _ in range(min(effort.repeats, 200))]
    long, short = (median(pair[n] for pair in rounds) * 1000 for n in (0, 1))
    return long / short, f"{long:.2f} and {short:.2f} ms"


def _time(step: Step) -> float:
    began = perf_counter()
    step()
    return perf_counter() - began


def _export(reader: Reader, effort: Effort) -> Iterator[Figure]:
    lines = pages.every(pages.readable(reader), Wanted())
    for _ in range(2 * pages.BATCH):
        next(lines)
    before, began = _reset_peak(), perf_counter()
    count = sum(1 for _line in lines)
    took, grown = perf_counter() - began, _megabytes("VmHWM") - before
    detail = f"{count / took:.0f} lines a second"
    yield figures.at_most("history", f"export of {effort.lines}, MB more", grown, MOST_MEGABYTES, detail=detail)


def _proof(effort: Effort) -> Iterator[Figure]:
    before, began = _reset_peak(), perf_counter()
    walked = list(proof.walk())
    took, grown = perf_counter() - began, _megabytes("VmHWM") - before
    assert not [one for one in walked if one.broken]
    lines = sum(one.lines for one in walked)
    detail = f"{took:.0f} s, {lines / took:.0f} lines a second"
    yield figures.at_most("history", f"verify_history of {effort.lines}, MB more", grown, MOST_MEGABYTES, detail=detail)


def _megabytes(line: str) -> float:
    """What /proc says of this process: `VmRSS` now, `VmHWM` at the most since the last reset."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition(f"{line}:")[2].split()[0]) / 1024


def _reset_peak() -> float:
    Path("/proc/self/clear_refs").write_text("5")
    return _megabytes("VmRSS")
