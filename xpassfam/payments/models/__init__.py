"""Bank details and payment orders."""

from xpassfam.payments.models.bank_details import BankDetails
from xpassfam.payments.models.order import PaymentOrder

__all__ = ["BankDetails", "PaymentOrder"]
