from datetime import timedelta

from django.utils import timezone

from xpassfam.jobs import job
from xpassfam.jobs.slices import delete_by_slices
from xpassfam.outbox.delivery import deliver
from xpassfam.outbox.models import Message

OVERDUE = timedelta(minutes=5)
KEPT = timedelta(days=30)


@job(every=timedelta(minutes=1), lease=timedelta(minutes=30))
def deliver_overdue() -> None:
    """The net under the jobs: what still waits well after its time, whatever became of its job."""
    overdue = Message.objects.filter(state=Message.State.WAITING, next_at__lt=timezone.now() - OVERDUE)
    for message_id in list(overdue.order_by("next_at").values_list("pk", flat=True)[:50]):
        deliver.call(message_id)


@job(every=timedelta(days=1), lease=timedelta(minutes=30))
def purge() -> None:
    """Addresses are kept as long as somebody may ask whether the mail went."""
    done = Message.objects.filter(
        state__in=[Message.State.SENT, Message.State.FAILED], created_at__lt=timezone.now() - KEPT
    )
    delete_by_slices(done)
