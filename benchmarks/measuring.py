"""Inside a portal's surroundings: bring it up to date, measure the subjects named."""

import os
import sys
from dataclasses import replace

import django
from django.contrib.staticfiles.storage import ManifestFilesMixin
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection


def main() -> None:
    names = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    persons = [int(argument.partition("=")[2]) for argument in sys.argv if argument.startswith("--persons=")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xpassfam.config.settings")
    django.setup()
    from benchmarks import (
        costs,
        dashboard,
        downloading,
        figures,
        history,
        importing,
        papers,
        queries,
        queue,
        rights,
        search,
        signing_in,
        timing,
    )
    from benchmarks.effort import FULL, QUICK
    from benchmarks.server import Servers
    from house import prepare

    subjects = {
        "sign-in": signing_in.measure,
        "dashboard": dashboard.measure,
        "downloads": downloading.measure,
        "papers": papers.measure,
        "timing": timing.measure,
        "queries": queries.measure,
        "costs": costs.measure,
        "history": history.measure,
        "search": search.measure,
        "queue": queue.measure,
        "rights": rights.measure,
        "import": importing.measure,
    }
    effort = QUICK if "--quick" in sys.argv else FULL
    effort = replace(effort, persons=persons[0]) if persons else effort
    call_command("migrate", interactive=False, verbosity=0)
    if isinstance(storages["staticfiles"], ManifestFilesMixin):
        prepare.collect_static()
    _take_guesses_for_ordinary()
    is_short = False
    with Servers(effort.workers) as servers:
        for name in names:
            for figure in subjects[name](effort, servers):
                is_short |= effort.is_judged and figure.verdict is figures.Verdict.SHORT
                shown = figure if effort.is_judged else replace(figure, verdict=figures.Verdict.NONE)
                figures.show(shown, database=connection.vendor)
    sys.exit(is_short)


def _take_guesses_for_ordinary() -> None:
    """What compares wrong passwords sends more of them a minute than the portal lets pass by default."""
    from xpassfam.organisation.models import Organisation
    from xpassfam.organisation.models.access import BOUNDS

    most = BOUNDS["portal_failures_per_minute"][1]
    Organisation.objects.update_or_create(defaults={"portal_failures_per_minute": most})


if __name__ == "__main__":
    main()
