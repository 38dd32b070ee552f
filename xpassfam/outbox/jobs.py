from datetime import timedelta

from django.utils import timezone

from xpassfam.jobs import job
from xpassfam.jobs.slices import delete_by_slices
from xpassfam.outbox.delivery import deliver
from xpassfam.outbox.models import Message, SmsCount

OVERDUE = timedelta(minutes=5)
COUNTED = timedelta(days=2)


@job(every=timedelta(minutes=1), lease=timedelta(minutes=30))
def deliver_overdue() -> None:
    """The net under the jobs: what still waits well after its time, whatever became of its job."""
    overdue = Message.objects.filter(state=Message.State.WAITING, next_at__lt=timezone.now() - OVERDUE)
    for message_id in list(overdue.order_by("next_at").values_list("pk", flat=True)[:50]):
        deliver.call(message_id)


@job(every=timedelta(days=1), lease=timedelta(minutes=30))
def forget_counts() -> None:
    """How many SMS left: of use for a day."""
    delete_by_slices(SmsCount.objects.filter(on__lt=timezone.localdate() - COUNTED))
