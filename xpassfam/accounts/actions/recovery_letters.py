"""The letter of a recovery: printed by somebody of staff, never by who started it; its code is read on paper only."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from xpassfam.accounts import history
from xpassfam.accounts.actions.activation_letters import Letter
from xpassfam.accounts.actions.known_addresses import safe_home
from xpassfam.accounts.actions.recovering import CODE, keyed, may_recover
from xpassfam.accounts.models import Account, Recovery
from xpassfam.accounts.telling import record
from xpassfam.rules.identifiers import new_activation_code


class StartedIt(Exception):
    """Whoever started a recovery does not print its letter."""


class Over(Exception):
    """It was stopped, has served or has expired."""


def waiting(at: datetime) -> "QuerySet[Recovery]":
    """Those that still may open an account, the oldest first."""
    known = Recovery.objects.live(at).select_related("account__person", "started_by", "printed_by")
    return known.order_by("started_at", "pk")


def print_letter(recovery: Recovery, to: Callable[[Letter], bytes], *, by: Account, at: datetime) -> bytes:
    """The letter, now; the code of one printed before ends. Where the printer stops, nothing changes.

    Raise StartedIt, Over, or NoSafeAddress where the address changed, or a separation was declared, meanwhile.
    """
    with transaction.atomic():
        locked = Recovery.objects.live(at).select_for_update(of=("self",)).select_related("account__person")
        found = locked.filter(pk=recovery.pk).first()
        if found is None or not may_recover(found.account):
            raise Over
        if found.started_by_id == by.pk:
            raise StartedIt
        home = safe_home(found.account, at=at)
        assert found.account.person  # noqa: S101 - staff have no recovery
        code = new_activation_code()
        found.code_digest = keyed(CODE, found, code)
        found.printed_at, found.printed_by = at, by
        found.save(update_fields=["code_digest", "printed_at", "printed_by"])
        paper = to(Letter(found.account.person, home, code))
        record(found.account, history.RECOVERY_PRINTED, by=by.actor, at=at)
    return paper
