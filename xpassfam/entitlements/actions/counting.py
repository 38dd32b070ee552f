"""A proposal counted on the whole register, a block of homes at a time: whatever stops it, it goes on from there."""

from collections.abc import Iterable
from typing import Final

from django.db import transaction
from django.utils import timezone

from xpassfam.entitlements.actions.publishing import digest_of
from xpassfam.entitlements.language import Refused
from xpassfam.entitlements.models import SimulatedHome, Simulation
from xpassfam.entitlements.reading import homes_of
from xpassfam.entitlements.simulating import Both, both, worth
from xpassfam.people.models import Household

BLOCK: Final = 500


def carry_on(public_id: str) -> None:
    """Until the register is through, or what it counts has changed meanwhile: then nobody waits for it."""
    found = Simulation.objects.select_related("proposal").filter(public_id=public_id, ended_at=None)
    simulation = found.first()
    if simulation is None:
        return
    if digest_of(simulation.proposal.source) != simulation.digest:
        simulation.delete()
        return
    try:
        rules = both(simulation.proposal, simulation.day, at=simulation.asked_at)
    except Refused:
        simulation.delete()
        return
    while simulation is not None and _take_block(simulation, rules):
        simulation = found.first()


def _take_block(simulation: Simulation, rules: Both) -> bool:
    """Whether there was one. Counted outside the transaction: what another worker did meanwhile is not done twice."""
    began_at = simulation.last_household
    homes = list(Household.objects.filter(closed_on=None, pk__gt=began_at).order_by("pk")[:BLOCK])
    changed, cents = _changed(homes, simulation, rules)
    with transaction.atomic():
        held = Simulation.objects.select_for_update().filter(pk=simulation.pk, last_household=began_at).first()
        if held is None:
            return True
        SimulatedHome.objects.bulk_create(changed)
        held.done += len(homes)
        held.gaining += sum(one.is_gaining for one in changed)
        held.losing += sum(not one.is_gaining for one in changed)
        held.cents_before += cents[0]
        held.cents_after += cents[1]
        if homes:
            held.last_household = homes[-1].pk
        else:
            held.ended_at = timezone.now()
        held.save()
    return bool(homes)


def _changed(
    homes: Iterable[Household], simulation: Simulation, rules: Both
) -> tuple[list[SimulatedHome], tuple[int, int]]:
    facts = homes_of(homes)
    changed: list[SimulatedHome] = []
    cents_before = cents_after = 0
    for household in homes:
        before = worth(facts[household.pk], simulation.day, rules.before)
        after = worth(facts[household.pk], simulation.day, rules.after)
        cents_before, cents_after = cents_before + before.cents, cents_after + after.cents
        if before != after:
            home = SimulatedHome(simulation=simulation, file_number=household.file_number, town=household.town)
            home.is_gaining, home.cents_before, home.cents_after = after > before, before.cents, after.cents
            changed.append(home)
    return changed, (cents_before, cents_after)
