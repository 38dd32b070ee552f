"""A proposal is counted on the register; who lives there is read by agents alone."""

from datetime import date, datetime

from django.db import transaction

from xpassfam.accounts.models import Account
from xpassfam.entitlements import history, jobs
from xpassfam.entitlements.actions.publishing import digest_of
from xpassfam.entitlements.models import Proposal, Simulation
from xpassfam.journal.actions import Actor, Fact, write
from xpassfam.people.models import Household


@transaction.atomic
def ask(proposal: Proposal, day: date, *, by: Actor, at: datetime) -> Simulation:
    """In place of the former one."""
    proposal.simulations.all().delete()
    simulation = Simulation.objects.create(
        proposal=proposal,
        digest=digest_of(proposal.source),
        day=day,
        asked_at=at,
        total=Household.objects.filter(closed_on=None).count(),
    )
    jobs.run_simulation.enqueue(simulation.public_id)
    write(history.SIMULATED, by=by, at=at, facts={"code": proposal.code, "title": proposal.title})
    return simulation


def note_list(simulation: Simulation, *, by: Account, at: datetime) -> None:
    facts: dict[str, Fact] = {"code": simulation.proposal.code, "count": simulation.gaining + simulation.losing}
    write(history.LIST_READ, by=by.actor, at=at, account=by.public_id, facts=facts)
