"""The life of a filing: what may follow what, and nothing else may.

Silence changes no state: that an implicit decision was born is a dated fact beside it (`Filing.silence_told_at`).
Being contested neither: the contest is a filing of its own, linked to the decision.
"""

from collections.abc import Mapping
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    DRAFT = "draft", _("Brouillon")
    RECEIVED = "received", _("Reçue")
    UNDER_REVIEW = "under_review", _("En cours d’examen")
    COMMITTEE = "committee", _("En commission")
    AWAITING_APPLICANT = "awaiting_applicant", _("À compléter")
    RECORDED = "recorded", _("Enregistrée")
    APPROVED = "approved", _("Validée")
    APPROVED_UNDER_RESERVE = "approved_under_reserve", _("Validée sous réserve")
    APPROVED_IN_PART = "approved_in_part", _("Validée en partie")
    REFUSED = "refused", _("Refusée")
    WITHDRAWN = "withdrawn", _("Retirée par vous")
    CLOSED = "closed", _("Classée sans suite")
    EXPIRED = "expired", _("Délai dépassé")
    REPLACED = "replaced", _("Remplacée")


class Event(models.TextChoices):
    """What can happen to a filing: by its family, an agent, or the clock (EXPIRE, RESUME)."""

    FILE = "file"
    DECLARE = "declare"
    COMPLETE = "complete"
    WITHDRAW = "withdraw"
    EXAMINE = "examine"
    REFER = "refer"
    RECALL = "recall"
    ASK = "ask"
    APPROVE = "approve"
    APPROVE_UNDER_RESERVE = "approve_under_reserve"
    APPROVE_IN_PART = "approve_in_part"
    REFUSE = "refuse"
    LIFT_RESERVE = "lift_reserve"
    CLOSE = "close"
    EXPIRE = "expire"
    RESUME = "resume"
    REOPEN = "reopen"
    CORRECT = "correct"


# The organisation's turn; the family's turn is AWAITING_APPLICANT.
AT_DESK: Final = (Status.RECEIVED, Status.UNDER_REVIEW, Status.COMMITTEE)
PENDING: Final = (*AT_DESK, Status.AWAITING_APPLICANT)
GRANTED: Final = (Status.APPROVED, Status.APPROVED_UNDER_RESERVE, Status.APPROVED_IN_PART)
# As long as its pieces are looked at: an agent may still say what one is worth.
CHECKING: Final = (*PENDING, Status.APPROVED_UNDER_RESERVE)
# The family may give documents.
TO_GIVE: Final = (Status.AWAITING_APPLICANT, Status.APPROVED_UNDER_RESERVE)
DECIDED: Final = (*GRANTED, Status.REFUSED)
ENDED: Final = (*DECIDED, Status.RECORDED, Status.WITHDRAWN, Status.CLOSED, Status.EXPIRED, Status.REPLACED)

_DECISIONS: Final = {
    Event.APPROVE: Status.APPROVED,
    Event.APPROVE_UNDER_RESERVE: Status.APPROVED_UNDER_RESERVE,
    Event.APPROVE_IN_PART: Status.APPROVED_IN_PART,
    Event.REFUSE: Status.REFUSED,
    Event.CLOSE: Status.CLOSED,
}

TRANSITIONS: Final[Mapping[tuple[Status, Event], Status]] = {
    (Status.DRAFT, Event.FILE): Status.RECEIVED,
    # A declaration needs nobody's yes: it takes effect when it is sent.
    (Status.DRAFT, Event.DECLARE): Status.RECORDED,
    (Status.RECEIVED, Event.EXAMINE): Status.UNDER_REVIEW,
    # Of what is before a committee, that is another day.
    **{(status, Event.REFER): Status.COMMITTEE for status in AT_DESK},
    (Status.COMMITTEE, Event.RECALL): Status.UNDER_REVIEW,
    **{(status, Event.ASK): Status.AWAITING_APPLICANT for status in AT_DESK},
    (Status.AWAITING_APPLICANT, Event.COMPLETE): Status.UNDER_REVIEW,
    (Status.AWAITING_APPLICANT, Event.EXPIRE): Status.EXPIRED,
    # What nothing depends on did not come, or silence has accepted meanwhile: the examination goes on.
    (Status.AWAITING_APPLICANT, Event.RESUME): Status.UNDER_REVIEW,
    **{(status, Event.WITHDRAW): Status.WITHDRAWN for status in PENDING},
    **{(status, event): after for status in AT_DESK for event, after in _DECISIONS.items()},
    # What was asked may turn out not to be needed: nobody is made to wait for it. A refusal waits for its day.
    (Status.AWAITING_APPLICANT, Event.APPROVE): Status.APPROVED,
    (Status.AWAITING_APPLICANT, Event.APPROVE_UNDER_RESERVE): Status.APPROVED_UNDER_RESERVE,
    (Status.AWAITING_APPLICANT, Event.APPROVE_IN_PART): Status.APPROVED_IN_PART,
    (Status.APPROVED_UNDER_RESERVE, Event.LIFT_RESERVE): Status.APPROVED,
    # A contest was right: the decision is taken back, and the filing examined anew.
    **{(status, Event.REOPEN): Status.UNDER_REVIEW for status in (*DECIDED, Status.CLOSED)},
    # The family corrected what was accepted, by us or by our silence, and its correction was accepted in its place.
    **{(status, Event.CORRECT): Status.REPLACED for status in (*GRANTED, *PENDING)},
}


class NotPossible(Exception):
    """The filing is not, or no longer, in a state where this can happen."""

    def __init__(self, status: str, event: str) -> None:
        self.status, self.event = status, event
        super().__init__(f"{event} of a filing that is {status}")


def after(status: str, event: Event) -> Status:
    """The state that follows. Raise NotPossible."""
    try:
        return TRANSITIONS[Status(status), event]
    except KeyError:
        raise NotPossible(status, event) from None


def may_happen(status: str, event: Event) -> bool:
    return (Status(status), event) in TRANSITIONS
