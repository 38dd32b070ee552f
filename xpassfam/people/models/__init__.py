"""Facts the organisation's register holds: who lives where, and who may act for whom."""

from xpassfam.people.models.access import Access
from xpassfam.people.models.activity import Activity
from xpassfam.people.models.correction import Correction
from xpassfam.people.models.dated import dated, not_closed
from xpassfam.people.models.household import Household
from xpassfam.people.models.income import Income
from xpassfam.people.models.invitation import Invitation
from xpassfam.people.models.majority import MajorityNotice
from xpassfam.people.models.naming import NameWord, WordKey
from xpassfam.people.models.person import MARKS, Person
from xpassfam.people.models.residence import Residence
from xpassfam.people.models.separation import Separation

__all__ = [
    "MARKS",
    "Access",
    "Activity",
    "Correction",
    "Household",
    "Income",
    "Invitation",
    "MajorityNotice",
    "NameWord",
    "Person",
    "Residence",
    "Separation",
    "WordKey",
    "dated",
    "not_closed",
]
