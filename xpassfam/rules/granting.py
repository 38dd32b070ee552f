"""Who gives, limits and takes back an access to a household's file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from xpassfam.rules.ages import is_adult_on
from xpassfam.rules.visibility import COUPLE_ROLES, Viewer, may

GIVEN_BY_FAMILIES = "invitation"


@dataclass(frozen=True)
class Held:
    """An open access, as far as ending it is concerned. `role` in the home, empty where they don't live there.

    `signs_in`: its person has an account that is neither closed nor blocked, and can use it.
    """

    person_id: int
    permission: str
    role: str = ""
    origin: str = "register"
    until: date | None = None
    signs_in: bool = True


def may_end(viewer: Viewer, access: Held, others: Iterable[Held]) -> bool:
    """Whether the viewer may end this access; `others` are all the other open ones of the household.

    - Everybody gives up their own, the holder too.
    - Nobody takes the holder's, nor the partner's, however it was given: one of a couple never locks the other
      out, who could then not declare a separation. The organisation ends it, or a separation does.
    - A court named the guardian: only the organisation ends what it holds of that.
    - The holder takes back any other; the partner what was given by invitation.
    - The last access that can change the file stays, whoever asks: a file is never left without anybody, nor
      to somebody who cannot sign in.
    - While a separation is declared nothing changes.

    Source: code civil, art. 220, 1988 (whoever gives a mandate ends it, art. 2004); 475 (guardians).
    """
    if viewer.is_frozen or is_last_that_changes(access, others):
        return False
    if access.person_id == viewer.person_id:
        return True
    if not may(viewer, "grant") or access.role in COUPLE_ROLES:
        return False
    return access.origin == GIVEN_BY_FAMILIES or (bool(access.role) and viewer.role == "holder")


def is_last_that_changes(access: Held, others: Iterable[Held]) -> bool:
    """Whether nobody who signs in has a lasting access that could change the file any more."""
    if access.permission != "all":
        return False
    return not any(other.permission == "all" and other.until is None and other.signs_in for other in others)


def may_be_invited(*, born: date | None, on: date) -> bool:
    """An access is an adult's. Source: code civil, art. 414, 1990."""
    return is_adult_on(on, born=born)
