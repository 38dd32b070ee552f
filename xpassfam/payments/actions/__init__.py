"""The only writers of bank details, payment orders and their batches."""

from xpassfam.payments.actions.bank_details import change_bank_details, stop_change
from xpassfam.payments.actions.ordering import order
from xpassfam.payments.actions.paying import cancel, note_paid

__all__ = ["cancel", "change_bank_details", "note_paid", "order", "stop_change"]
