"""Account numbers are locked where they are stored: a copy of the database alone pays nobody."""

from xpassfam.vault.locks import Lock, Unreadable

__all__ = ["Unreadable", "marks", "present_key_name", "seal", "unseal"]

_lock = Lock(b"xpassfam.payments.iban")
seal, unseal, marks, present_key_name = _lock.seal, _lock.unseal, _lock.marks, _lock.present_key_name
