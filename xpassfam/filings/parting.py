"""A request that declares a separation: what it will do, whom it tells, until when somebody reads it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from xpassfam.filings import asking
from xpassfam.filings.models import Filing
from xpassfam.filings.states import Status
from xpassfam.organisation.calendar import is_working
from xpassfam.people.access import ActingAccess
from xpassfam.people.actions.separating import couple
from xpassfam.people.models import Separation
from xpassfam.procedures.language import Effect
from xpassfam.rules.time_limits import promised_on

EFFECT = "declare_separation"


def is_one(filing: Filing) -> bool:
    """Whether it was sent as a declaration that may have parted a couple. No query."""
    return filing.status == Status.RECORDED and _effect(filing) is not None


def is_waiting(filing: Filing) -> bool:
    """Whether what it declared is still to be settled. One query, and none for any other filing."""
    if filing.filed_at is None or not is_one(filing):
        return False
    return Separation.objects.open().filter(household=filing.household_id, declared_at=filing.filed_at).exists()


def given(filing: Filing) -> Mapping[str, Any]:
    """Its answers by the effect's own names for them."""
    effect = _effect(filing)
    return {name: filing.answers.get(key) for name, key in effect.answers.items()} if effect else {}


def read_by(filing: Filing) -> date | None:
    """The day before whose end an agent reads it, where its definition gives a delay."""
    delay = filing.definition.delay
    if delay is None or filing.filed_at is None:
        return None
    return promised_on(delay, filed_on=timezone.localdate(filing.filed_at), is_working=is_working)


def told_by(draft: Filing, access: ActingAccess) -> list[str]:
    """First names of those whom sending this draft would tell of a separation. Two queries, and none for others."""
    if _effect(draft) is None or not asking.is_declaration(draft):
        return []
    if EFFECT not in {name for name, _answers in asking.effects_of(draft)}:
        return []
    return [one.first_name for one in couple(access.household_id, on=access.on) if one.pk != access.person_id]


def _effect(filing: Filing) -> Effect | None:
    return next((one for one in filing.definition.effects if one.name == EFFECT), None)
