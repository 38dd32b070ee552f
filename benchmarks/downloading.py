"""A file locked at rest, downloaded, against the same bytes in clear from the same server."""

import os
import random
import tempfile
from collections.abc import Iterator
from statistics import median
from time import perf_counter

from django.utils import timezone

from benchmarks import families, figures
from benchmarks.browser import Browser
from benchmarks.effort import Effort
from benchmarks.families import PASSWORD
from benchmarks.figures import Figure
from benchmarks.server import Server, Servers
from xpassfam.documents.models import Attached, Document
from xpassfam.people.models import Household
from xpassfam.vault.actions import keep
from xpassfam.vault.limits import MOST_BYTES
from xpassfam.vault.models import File

# Both are faster than any line that a family has.
LEAST = 0.33
BARE = "benchmarks.bare_page:application"
PLAIN = "/mon-compte/plain/"


def measure(effort: Effort, servers: Servers) -> Iterator[Figure]:
    content = random.Random(2026).randbytes(MOST_BYTES)  # noqa: S311 - as a photo: nothing to compress
    [account] = families.accounts(1, size=2)
    locked = _document(account.person, content)
    browser = Browser(servers.portal.port)
    browser.post("/connexion/", {"username": account.email, "password": PASSWORD})
    with tempfile.NamedTemporaryFile() as plain:
        plain.write(content)
        plain.flush()
        os.environ["BARE_FILE"] = plain.name
        with servers.serving(BARE) as bare:
            simple = Browser(bare.port)
            simple.cookies = browser.cookies
            times = max(1, effort.pages // 25)
            ways = ((servers.portal, browser, locked), (bare, simple, PLAIN))
            for _server, visitor, address in ways:
                assert visitor.get(address) == (200, content)
            rounds = [[_cost(*way, times) for way in ways] for _ in range(effort.slices)]
    ours, theirs = (median(r[n][1] for r in rounds) for n in (0, 1))
    megabytes = len(content) / 1e6
    made_of = f"{megabytes / ours:.0f} and {megabytes / theirs:.0f} MB a second, {megabytes:.0f} MB at once"
    speed = median(plain[1] / locked[1] for locked, plain in rounds)
    yield figures.at_least("downloads", "speed, locked ÷ in clear", speed, LEAST, detail=made_of)
    ours, theirs = (median(r[n][0] for r in rounds) * 1000 for n in (0, 1))
    cost = f"{ours / max(theirs, 1e-9):.2f}"
    yield Figure("downloads", "processor, locked ÷ in clear", cost, detail=f"{ours:.0f} and {theirs:.0f} ms")


def _document(giver: object, content: bytes) -> str:
    home = Household.objects.get(residences__person=giver, residences__role="holder")
    document = Document.objects.create(
        household=home,
        kind="other",
        issued_on=timezone.localdate(),
        given_by=giver,
        given_at=timezone.now(),
        form_key="benchmark",
    )
    file = keep([content], name="a.pdf", media_type=File.MediaType.PDF, pages=1, at=timezone.now())
    Attached.objects.create(document=document, file=file, rank=1)
    return f"/mon-compte/documents/{document.public_id}/fichier/1/"


def _cost(server: Server, browser: Browser, address: str, times: int) -> tuple[float, float]:
    """Processor and wall seconds of a download."""
    before, began = server.processor_seconds(), perf_counter()
    for _ in range(times):
        assert browser.get(address)[0] == 200
    return (server.processor_seconds() - before) / times, (perf_counter() - began) / times
