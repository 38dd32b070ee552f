"""The dashboard's processor time, against a bare page of the same queries and size on the same server."""

import os
from collections.abc import Iterator
from statistics import median
from time import perf_counter

from benchmarks import families, figures
from benchmarks.browser import Browser
from benchmarks.effort import Effort
from benchmarks.families import PASSWORD
from benchmarks.figures import Figure
from benchmarks.server import Server, Servers

MOST = 1.2
PAGE = "/mon-compte/"
BARE = "benchmarks.bare_page:application"


def measure(effort: Effort, servers: Servers) -> Iterator[Figure]:
    [account] = families.accounts(1, size=4)
    portal = servers.portal
    browser = Browser(portal.port)
    browser.post("/connexion/", {"username": account.email, "password": PASSWORD})
    size = len(_page(browser))
    os.environ["BARE_PAGE_BYTES"] = str(size)
    with servers.serving(BARE) as bare:
        simple = Browser(bare.port)
        simple.cookies = browser.cookies
        bare_size = len(_page(simple))
        for warm in (browser, simple):
            _read(warm, min(effort.pages, 40))
        rounds = [
            (_cost(portal, browser, effort.pages), _cost(bare, simple, effort.pages)) for _ in range(effort.slices)
        ]
    ratios = [ours[0] / max(theirs[0], 1e-9) for ours, theirs in rounds]
    ours, theirs = (median(r[n][0] for r in rounds) * 1000 for n in (0, 1))
    made_of = f"{ours:.2f} and {theirs:.2f} ms, {size} and {bare_size} bytes; {min(ratios):.2f} to {max(ratios):.2f}"
    yield figures.at_most("dashboard", "processor ÷ bare page’s", median(ratios), MOST, detail=made_of)
    waits = median(ours[1] / theirs[1] for ours, theirs in rounds)
    yield Figure("dashboard", "time to the last byte ÷ bare page’s", f"{waits:.2f}")


def _page(browser: Browser) -> bytes:
    status, body = browser.get(PAGE)
    assert status == 200, status
    return body


def _read(browser: Browser, pages: int) -> None:
    for _ in range(pages):
        _page(browser)


def _cost(server: Server, browser: Browser, pages: int) -> tuple[float, float]:
    """Processor and wall seconds of a page."""
    before, began = server.processor_seconds(), perf_counter()
    _read(browser, pages)
    return (server.processor_seconds() - before) / pages, (perf_counter() - began) / pages
