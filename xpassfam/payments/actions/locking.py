"""The portal's key changed: what the former one locked is locked by the present one, whatever else happens to it."""

import logging

from django.db import transaction

from xpassfam.payments.models import BankDetails
from xpassfam.payments.sealing import Unreadable, present_key_name

logger = logging.getLogger(__name__)


def lock_anew() -> int:
    """How many were. A row at a time: it may stop at any moment, and goes on the next night."""
    count = 0
    for pk in BankDetails.objects.exclude(key_name=present_key_name()).values_list("pk", flat=True):
        with transaction.atomic():
            details = BankDetails.objects.select_for_update(of=("self",)).get(pk=pk)
            try:
                details.lock(details.iban)
            except Unreadable:
                logger.exception("Bank details are locked by a key that is not among OLD_SECRET_KEYS.")
                continue
            details.save(update_fields=["sealed_iban", "key_name", "iban_mark"])
        count += 1
    return count
