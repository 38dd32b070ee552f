"""What the demo shows of households: accesses, and what families change."""

from datetime import datetime

from xpassfam.household.demo import accesses, changes
from xpassfam.journal.actions import Actor


def load(*, by: Actor, at: datetime) -> None:
    accesses.load(by=by, at=at)
    changes.load(at=at)
