"""What the demo's families filed: the stories of the first ones, and a queue that lives.

Everything goes by the actions that people use, at instants of the past counted from the first start.
"""

from datetime import datetime

from django.db import transaction

from xpassfam.filings.demo import queue, stories
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
