"""Questions to the database, counted: the sign-in page, the dashboard of small and large families."""

from collections.abc import Iterator

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks import families
from benchmarks.effort import Effort
from benchmarks.families import PASSWORD
from benchmarks.figures import Figure, Verdict
from benchmarks.server import Servers

SIZES = (1, 4, 12)
MOST = 8


def measure(effort: Effort, servers: Servers) -> Iterator[Figure]:
    stranger = Client()
    count = _count(stranger, "/connexion/")
    yield Figure("queries", "sign-in page, warm", str(count), "0", verdict=_verdict(count == 0))
    counts = []
    for size in SIZES:
        client = Client()
        [account] = families.accounts(1, size=size)
        client.post("/connexion/", {"username": account.email, "password": PASSWORD})
        counts.append(_count(client, "/mon-compte/"))
    value = ", ".join(map(str, counts))
    fits = len(set(counts)) == 1 and counts[0] <= MOST
    name = "dashboard, families of 1, 4 and 12"
    yield Figure("queries", name, value, f"equal, ≤ {MOST}", verdict=_verdict(fits))


def _count(client: Client, page: str) -> int:
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(page)
    assert answer.status_code == 200, answer.status_code
    return len(queries)


def _verdict(is_good: bool) -> Verdict:
    return Verdict.GOOD if is_good else Verdict.SHORT
