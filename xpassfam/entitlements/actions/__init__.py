"""The only writers of rules, published or proposed, of what was used of them, and of what homes have and are told."""

from xpassfam.entitlements.actions.announcing import announce_due
from xpassfam.entitlements.actions.evaluating import evaluate_due
from xpassfam.entitlements.actions.publishing import close_right, publish_right, publish_vocabulary
from xpassfam.entitlements.actions.using import cancel_uses, use

__all__ = ["announce_due", "cancel_uses", "close_right", "evaluate_due", "publish_right", "publish_vocabulary", "use"]
