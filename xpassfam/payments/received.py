"""What a family is paid, the latest first."""

from django.db.models import Q

from xpassfam.payments.models import PaymentOrder
from xpassfam.payments.queue import Page
from xpassfam.people.access import ActingAccess
from xpassfam.rules.identifiers import is_public_id

ROWS = 20


def page(access: ActingAccess, before: str) -> Page:
    """From one of them on. Two queries at most."""
    mine = PaymentOrder.objects.visible_to(access)
    found, last = mine, mine.filter(public_id=before).first() if is_public_id(before) else None
    if last:
        older = Q(ordered_at__lt=last.ordered_at) | Q(ordered_at=last.ordered_at, pk__lt=last.pk)
        found = mine.filter(older)
    shown = list(found.select_related("account").order_by("-ordered_at", "-pk")[: ROWS + 1])
    return Page(shown[:ROWS], shown[ROWS - 1] if len(shown) > ROWS else None)


def of_cause(access: ActingAccess, cause: str) -> list[PaymentOrder]:
    """What one decision granted, as far as the viewer may read it. One query."""
    found = PaymentOrder.objects.visible_to(access).filter(cause=cause)
    return list(found.select_related("account").order_by("ordered_at", "pk"))
