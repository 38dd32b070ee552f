"""Agents' pages about payments: the lists, one order, what leaves in a batch."""

from xpassfam.payments.agent_views.batches import batch, export, take
from xpassfam.payments.agent_views.listing import orders
from xpassfam.payments.agent_views.one import cancel, order, take_out, undo
from xpassfam.payments.agent_views.paying import note

__all__ = ["batch", "cancel", "export", "note", "order", "orders", "take", "take_out", "undo"]
