"""What persons and households need now and then."""

from datetime import timedelta

from xpassfam.jobs import job
from xpassfam.people.actions.naming import make_findable


@job(every=timedelta(minutes=1), lease=timedelta(hours=2))
def make_names_findable() -> None:
    """Names written since the last time can be searched; after an import of a million, it takes its time."""
    while make_findable():
        pass
