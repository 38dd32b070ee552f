from datetime import timedelta

from django.utils import timezone

from xpassfam.jobs import job
from xpassfam.register.actions import carrying


# Two that run at once are told apart by the lock of imports: a lease that ends early only asks again, and waits for
# the other to finish. How often the files are read is counted on the import.
@job(retries=20, lease=timedelta(minutes=10))
def run_import(public_id: str) -> None:
    carrying.carry_on(public_id)


@job(every=timedelta(hours=1), lease=timedelta(minutes=30))
def tidy() -> None:
    carrying.tidy(at=timezone.now())
