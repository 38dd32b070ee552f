"""Real browsers on a real portal: one portal for each process of tests, which each module finds as the demo leaves it,
and each person in a browser of their own."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from house import debian
from tests.journeys import site as sites
from tests.journeys.site import Site
from tests.journeys.visiting import Visitor

# Whoever is asked to show their screen says yes, and shows a picture that Chromium draws: there is no screen here.
SHOWS_A_SCREEN = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
LAUNCH = {
    "chromium": {"args": ["--no-sandbox", *SHOWS_A_SCREEN]},
    "firefox-esr": {"channel": "moz-firefox", "firefox_user_prefs": {"network.proxy.type": 0}},
}


@pytest.fixture(scope="session")
def loaded_var(tmp_path_factory):
    """A folder where a first start has migrated and loaded the demo: made once, whatever the processes."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    var = shared / "loaded"
    with (shared / "loaded.lock").open("w") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        if not var.exists():
            new = shared / "loading"
            new.mkdir()
            sites.prepare(new)
            new.rename(var)
    return var


@pytest.fixture(scope="session")
def running_site(loaded_var, tmp_path_factory) -> Iterator[Site]:
    var = tmp_path_factory.mktemp("site") / "var"
    shutil.copytree(loaded_var, var)
    site = Site(var)
    site.start()
    yield site
    site.stop()


@pytest.fixture(scope="module")
def site(running_site) -> Site:
    """As the demo leaves it: an account that one story froze or closed is whole again in the next."""
    running_site.begin_again()
    return running_site


# Not for the whole session: Playwright's loop would run under the tests of other rooms, and Django refuses that.
@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def browsers(playwright) -> Iterator[Callable[[str], Browser]]:
    """Each browser is started when first asked for."""
    started: dict[str, Browser] = {}

    def browser(program: str) -> Browser:
        if program not in started:
            path = shutil.which(program) or absent(program)
            kind = playwright.firefox if program == "firefox-esr" else playwright.chromium
            started[program] = kind.launch(executable_path=path, **LAUNCH[program])
        return started[program]

    yield browser
    for each in started.values():
        each.close()


def absent(program: str) -> str:
    need = next(need for need in debian.FOR_TESTS if need.program == program)
    message = f"{need.without}: {program} is absent (apt-get install {need.package})"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


VISITORS = pytest.StashKey[list[Visitor]]()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """A journey that stops says where: what each visitor had before their eyes."""
    report = (yield).get_result()
    if report.when == "call" and report.failed:
        for visitor in item.stash.get(VISITORS, []):
            report.sections.append(("Before their eyes", visitor.stands_before()))


@pytest.fixture
def visit(site, browsers, record_property, request) -> Iterator[Callable[..., Visitor]]:
    """`visit()`: somebody arrives, in a browser that knows nothing yet."""
    visitors = request.node.stash[VISITORS] = []
    site.forget_tries()

    def arrive(
        program: str = "chromium", *, width: int = 1280, javascript: bool = True, thorough: bool | None = None
    ) -> Visitor:
        context = browsers(program).new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            locale="fr-FR",
            reduced_motion="reduce",
        )
        is_thorough = program == "chromium" and javascript if thorough is None else thorough
        visitors.append(Visitor(site, context, thorough=is_thorough))
        return visitors[-1]

    yield arrive
    complaints = [complaint for visitor in visitors for complaint in visitor.complaints]
    for visitor in visitors:
        record_property("pages", visitor.seen)
        visitor.context.close()
    assert not complaints, "\n" + "\n".join(complaints)
