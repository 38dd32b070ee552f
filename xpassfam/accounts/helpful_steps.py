"""The safe steps of « Pourquoi échouent-ils ? », by the last word of their address, and whom each was done for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from xpassfam.accounts import throttle
from xpassfam.accounts.models import Account, PendingSignUp

WRITE, CAPITALS, UNLOCK = "ecrire", "majuscules", "debloquer"
SEND_AGAIN, NEW_LINK, REACH = "renvoyer", "lien", "joindre"

Helped = Account | PendingSignUp


@dataclass(frozen=True)
class Step:
    """For how many it waits, and for how many it was done this week."""

    name: str
    left: int
    done: int


def counted(step: str, one: Helped) -> str:
    """As the throttle knows it: about capitals, the advice is that of any wrong password."""
    return f"{WRITE if step == CAPITALS else step}|{one.public_id}"


def steps_of(wanted: Sequence[tuple[str, Iterable[Helped]]], *, at: datetime) -> list[Step]:
    """In their order. One query for all."""
    keys = [(name, {counted(name, one) for one in those}) for name, those in wanted]
    spent = throttle.spent(throttle.HELP, set().union(*(those for _name, those in keys)), at=at)
    return [Step(name, len(those - spent), len(those & spent)) for name, those in keys]
