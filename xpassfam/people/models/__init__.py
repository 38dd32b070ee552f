"""Facts the organisation's register holds: who lives where, and who may act for whom."""

from xpassfam.people.models.access import Access
from xpassfam.people.models.correction import Correction
from xpassfam.people.models.dated import dated, not_closed
from xpassfam.people.models.household import Household
from xpassfam.people.models.person import MARKS, Person
from xpassfam.people.models.residence import Residence

__all__ = ["MARKS", "Access", "Correction", "Household", "Person", "Residence", "dated", "not_closed"]
