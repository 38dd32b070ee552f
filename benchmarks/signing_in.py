"""Sign-ins a second through the real server, against Argon2id alone on as many processes and turns."""

import multiprocessing
import threading
import time
from collections.abc import Iterator
from functools import partial
from itertools import cycle
from multiprocessing.pool import Pool
from statistics import median

from django.contrib.auth.hashers import make_password

from benchmarks import families, figures
from benchmarks.bare_hashing import verify_for
from benchmarks.browser import Browser, address_of
from benchmarks.effort import Effort
from benchmarks.families import PASSWORD
from benchmarks.figures import Figure
from benchmarks.server import Servers

CLIENTS = 8
LEAST = 0.70


class Family:
    """Somebody at home, on a device that the account knows after the first time."""

    def __init__(self, email: str, number: int) -> None:
        self.email, self.address, self.device = email, address_of(number), ""

    def sign_in(self, browser: Browser) -> None:
        browser.forget()
        browser.address = self.address
        if self.device:
            browser.cookies["device"] = self.device
        status, _ = browser.post("/connexion/", {"username": self.email, "password": PASSWORD})
        assert status == 302, f"{self.email} could not sign in: {status}"
        self.device = browser.cookies["device"]


def measure(effort: Effort, servers: Servers) -> Iterator[Figure]:
    # Repeats of one account are far apart: several devices of a family, not one gone mad.
    count = 12 * CLIENTS if effort.is_judged else CLIENTS
    visitors = [Family(account.email, n) for n, account in enumerate(families.accounts(count, size=4))]
    shares = [cycle(visitors[n::CLIENTS]) for n in range(CLIENTS)]
    encoded = make_password(PASSWORD).removeprefix("argon2")
    ratios, costs, rates, spendings = [], [], [], []
    server = servers.portal
    with multiprocessing.get_context("spawn").Pool(effort.workers) as pool:
        bare = partial(_bare_rate, pool, [(encoded, PASSWORD, effort.slice_seconds)] * effort.workers)
        bare()
        browsers = [Browser(server.port) for _ in range(CLIENTS)]
        _rate(browsers, shares, turns_each=count // CLIENTS)
        for _ in range(effort.slices):
            hashes, hash_seconds = bare()
            before = server.processor_seconds()
            done, took = _rate(browsers, shares, seconds=effort.slice_seconds)
            spent = (server.processor_seconds() - before) / done
            costs.append(spent / hash_seconds)
            spendings.append((spent * 1000, hash_seconds * 1000))
            ratios.append(done / took / hashes)
            rates.append((done / took, hashes))
    made_of = "{:.1f} sign-ins a second, {:.1f} hashes".format(*map(median, zip(*rates, strict=True)))
    yield figures.at_least("sign-in", "sign-ins ÷ bare hashes, in the same time", median(ratios), LEAST, detail=made_of)
    detail = "{:.1f} and {:.1f} ms".format(*map(median, zip(*spendings, strict=True)))
    detail += f"; {min(costs):.2f} to {max(costs):.2f}"
    yield Figure("sign-in", "processor: server’s per sign-in ÷ bare hash’s", f"{median(costs):.2f}", detail=detail)


def _rate(
    browsers: list[Browser], shares: list[Iterator[Family]], *, seconds: float = 0, turns_each: int = 0
) -> tuple[int, float]:
    """Sign-ins made and the time they took: for some time, or so many by each client."""
    began = time.perf_counter()
    counts = [0] * len(browsers)
    failures: list[BaseException] = []

    def work(n: int) -> None:
        try:
            while counts[n] < turns_each if turns_each else time.perf_counter() - began < seconds:
                next(shares[n]).sign_in(browsers[n])
                counts[n] += 1
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(len(browsers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return sum(counts), time.perf_counter() - began


def _bare_rate(pool: Pool, shares: list[tuple[str, str, float]]) -> tuple[float, float]:
    """Hashes a second by all processes, and the processor time of one."""
    done = pool.starmap(verify_for, shares, chunksize=1)
    return sum(count / took for count, took, _ in done), sum(d[2] for d in done) / sum(d[0] for d in done)
