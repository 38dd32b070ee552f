"""What the room has the worker do."""

from datetime import timedelta

from django.utils import timezone

from xpassfam.entitlements.actions import announce_due, counting, evaluate_due
from xpassfam.jobs import job


@job(every=timedelta(minutes=1), lease=timedelta(hours=2))
def evaluate() -> None:
    """Where something changed; after new rules, every home, in blocks of which each stands by itself."""
    while evaluate_due(at=timezone.now()):
        pass
    while announce_due(at=timezone.now()):
        pass


# A block is kept as it is counted: one that is killed, or outlives its lease, goes on from the last.
@job(retries=20, lease=timedelta(minutes=10))
def run_simulation(public_id: str) -> None:
    counting.carry_on(public_id)
