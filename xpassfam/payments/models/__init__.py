"""Bank details, payment orders, and the batches they leave in."""

from xpassfam.payments.models.bank_details import BankDetails
from xpassfam.payments.models.batch import Batch
from xpassfam.payments.models.order import PaymentOrder

__all__ = ["BankDetails", "Batch", "PaymentOrder"]
