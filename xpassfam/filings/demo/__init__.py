"""What the demo's families filed: the stories of the first ones, and a queue that lives.

Everything goes by the actions that people use, at instants of the past counted from the first start.
"""

from datetime import datetime

from django.db import transaction

from xpassfam.documents.actions import reminding
from xpassfam.filings import given_once, promise
from xpassfam.filings.demo import aids, parents, queue, stories
from xpassfam.filings.demo.players import Cast
from xpassfam.filings.models import Filing


def load(*, at: datetime) -> None:
    """Once: what visitors do comes on top of it."""
    if Filing.objects.exists():
        return
    cast = Cast.meet(at=at)
    if cast is None:
        return
    with transaction.atomic():
        queue.fill(cast)
        stories.tell(cast)
        aids.tell(cast)
        parents.tell(cast)
        # As the worker does each night.
        reminding.remind(kinds=given_once.kinds_asked(), at=at)
        promise.measure(at=at)
