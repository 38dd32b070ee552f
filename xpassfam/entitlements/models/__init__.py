"""Rules as they were published or are proposed, what a proposal would change, what was used of rights, and what each
home has, as last counted."""

from xpassfam.entitlements.models.evaluation import Evaluation, Notice
from xpassfam.entitlements.models.proposal import Proposal
from xpassfam.entitlements.models.simulation import SimulatedHome, Simulation
from xpassfam.entitlements.models.use import Use
from xpassfam.entitlements.models.version import VOCABULARY, Version

__all__ = ["VOCABULARY", "Evaluation", "Notice", "Proposal", "SimulatedHome", "Simulation", "Use", "Version"]
