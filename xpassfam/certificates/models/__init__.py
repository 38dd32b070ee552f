"""What was certified, what the public page may tell of it, and what the organisation decides of its papers."""

from xpassfam.certificates.models.certificate import Certificate, Face, Taking
from xpassfam.certificates.models.paper import Paper, State
from xpassfam.certificates.models.wording import Signature, Wording

__all__ = ["Certificate", "Face", "Paper", "Signature", "State", "Taking", "Wording"]
