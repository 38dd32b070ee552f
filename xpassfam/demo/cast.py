"""Who plays in the demo: the families of the example register, and the people of the organisation."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from xpassfam.rules.second_step import Method

REGISTER = settings.ROOT / "examples" / "register"
FAMILY_PASSWORD = "canot-brume-tuile-41"  # noqa: S105
STAFF_PASSWORD = "phare-galet-moulin-58"  # noqa: S105

# Files of the families shown first; every adult who has a member number gets an account.
FILES = (
    *("SFE-85473", "SFE-95552", "SFE-63719", "SFE-93773", "SFE-63364", "SFE-67114", "SFE-69835", "SFE-93732"),
    *("SFE-95168", "SFE-47031"),  # a couple whose separation is to settle; a child about to be 18
    "SFE-68146",  # long names
)
NOT_ACTIVATED = {"ESF-2019-073676-T", "ESF-1998-094147-J", "ESF-2022-052931-L"}  # Karim, Gérard, Jules
WITH_SMS = {"ESF-2016-072678-L"}  # Sophie
BLOCKED = {"ESF-2006-029436-A"}  # Thomas
# One of each kind; staff have an application of codes.
SECOND_STEPS = {
    "ESF-2011-032967-E": Method.EMAIL,  # Hanitra
    "ESF-2017-021618-W": Method.SMS,  # Youssef
    "ESF-2012-007766-N": Method.TOTP,  # Guillaume
}

TEAM = "Service des aides"
# First name, name, role, what they are called; those of PAYERS see to payments too.
STAFF = (
    ("Nadia", "Ferrand", "agent", "gestionnaire"),
    ("Olivier", "Marchal", "agent", "gestionnaire"),
    ("Claire", "Delaunay", "agent", "responsable des recours"),
    ("Thierry", "Roux", "administrator", ""),
    ("Anne", "Riou", "administrator", "référente des prestations"),
    ("Inès", "Baudry", "agent", "déléguée à la protection des données"),
)
PAYERS = {"Ferrand", "Delaunay"}
ARCHIVISTS = {"Delaunay"}  # who open what is archived


def totp_key(email: str) -> str:
    """The same at each start, so that an application that took it goes on; everybody may read it."""
    return base64.b32encode(hashlib.sha256(f"demo {email}".encode()).digest()[:20]).decode()


@dataclass(frozen=True)
class Player:
    """One line of `/demo/` and of `/demo/comptes.json`."""

    name: str
    role: str
    active: bool
    blocked: bool
    email: str
    member_number: str
    password: str  # nothing where it has been changed since
    has_changed_password: bool
    activation_code: str
    file_number: str
    birth_date: date | None
    second_step: Method | None = None
    totp_secret: str = ""
    totp_code: str = ""  # of the moment, to try it by hand

    def as_json(self) -> dict[str, object]:
        """The shape outsiders rely on."""
        return {
            "name": self.name,
            "role": self.role,
            "active": self.active,
            "email": self.email,
            "member_number": self.member_number or None,
            "password": self.password or None,
            "activation_code": self.activation_code or None,
            "file_number": self.file_number or None,
            "birth_date": self.birth_date.isoformat() if self.birth_date else None,
            "second_step": self.second_step.value if self.second_step else None,
            "totp_secret": self.totp_secret or None,
        }
