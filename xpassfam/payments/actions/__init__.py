"""The only writers of bank details and payment orders."""

from xpassfam.payments.actions.bank_details import change_bank_details, stop_change
from xpassfam.payments.actions.ordering import order

__all__ = ["change_bank_details", "order", "stop_change"]
