"""The one row that says who runs this portal, in one file per subject."""

from xpassfam.organisation.models.access import SecondStep, SignUpProof
from xpassfam.organisation.models.accessibility import Conformity
from xpassfam.organisation.models.brand import Typeface
from xpassfam.organisation.models.calendar import Closing, HolidayZone
from xpassfam.organisation.models.committee import Meeting, next_meeting
from xpassfam.organisation.models.legal import LegalProfile
from xpassfam.organisation.models.logo import LogoFile
from xpassfam.organisation.models.organisation import Organisation, current, forget, known

__all__ = [
    "Closing",
    "Conformity",
    "HolidayZone",
    "LegalProfile",
    "LogoFile",
    "Meeting",
    "Organisation",
    "SecondStep",
    "SignUpProof",
    "Typeface",
    "current",
    "forget",
    "known",
    "next_meeting",
]
