"""What families may change, what they asked to change, what they confirmed."""

from xpassfam.household.models.change import Change, Reason
from xpassfam.household.models.confirmation import Confirmation
from xpassfam.household.models.policy import ConfirmationRule, FieldPolicy

__all__ = ["Change", "Confirmation", "ConfirmationRule", "FieldPolicy", "Reason"]
