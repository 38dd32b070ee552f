"""What a proposed rule would change is counted on the register before anybody publishes it."""

from datetime import date

import pytest
from django.utils import timezone

from tests.entitlements.conftest import CLAIRE, THIERRY
from tests.entitlements.texts import SUMMER, changed, shipped_text
from tests.people.factories import Role, household, living, person
from xpassfam.entitlements.actions import counting, proposing, simulating
from xpassfam.entitlements.models import SimulatedHome, Simulation
from xpassfam.entitlements.simulating import usual_day
from xpassfam.people.models import Income

DAY = date(2026, 11, 23)
AT = timezone.now()


def home(quotient, *born):
    found = household()
    living(person(birth_date=date(1988, 4, 12)), found, Role.HOLDER)
    for day in born:
        living(person(birth_date=day), found, Role.DEPENDENT_CHILD)
    Income.objects.create(
        household=found, month=date(2026, 9, 1), quotient_cents=quotient * 100, source="caf", recorded_at=AT
    )
    return found


@pytest.fixture
def homes(publishing):
    """Published; one home of each sort: gains, loses, keeps, has no child."""
    publishing(SUMMER)
    return [home(1000, date(2016, 4, 1)), home(700, date(2016, 4, 1)), home(300, date(2016, 4, 1)), home(300)]


@pytest.fixture
def proposal(homes):
    """T3 comes in, T2 gets less."""
    text = changed("bracket: [T1, T2]", "bracket: [T1, T2, T3]").replace("T2: 60}", "T2: 50, T3: 20}")
    text = text.replace("amount: 60", "amount: 50").replace("dépasse 900 €", "dépasse {limite} €")
    return proposing.propose_right(text, reason="", by=THIERRY, at=AT)


def simulate(proposal, day=DAY):
    simulation = simulating.ask(proposal, day, by=THIERRY, at=timezone.now())
    counting.carry_on(simulation.public_id)
    return Simulation.objects.get(pk=simulation.pk)


def test_who_gains_who_loses_and_what_it_costs(homes, proposal):
    found = simulate(proposal)

    assert (found.done, found.gaining, found.losing, found.unchanged) == (4, 1, 1, 2)
    assert (found.cents_before, found.cents_after) == (16_000, 17_000)
    assert (found.percent, found.ended_at is not None) == (100, True)
    assert {(one.file_number, one.is_gaining, one.cents_before, one.cents_after) for one in found.homes.all()} == {
        (homes[0].file_number, True, 0, 2000),
        (homes[1].file_number, False, 6000, 5000),
    }


def test_one_that_is_stopped_goes_on_where_it_was(monkeypatch, proposal):
    monkeypatch.setattr(counting, "BLOCK", 1)
    simulation = simulating.ask(proposal, DAY, by=THIERRY, at=timezone.now())
    rules = counting.both(proposal, DAY, at=AT)
    counting._take_block(simulation, rules)
    counting._take_block(simulation, rules)  # another worker, which has not seen the first

    assert Simulation.objects.get().done == 1
    counting.carry_on(simulation.public_id)
    found = Simulation.objects.get()
    assert (found.done, found.gaining, found.losing) == (4, 1, 1)


def test_it_runs_twice_and_counts_once(proposal):
    found = simulate(proposal)
    counting.carry_on(found.public_id)

    assert Simulation.objects.get().done == 4


def test_the_homes_of_any_number_are_read_by_a_fixed_number_of_queries(proposal, django_assert_max_num_queries):
    for _ in range(10):
        home(500, date(2016, 4, 1), date(2018, 4, 1))
    simulation = simulating.ask(proposal, DAY, by=THIERRY, at=timezone.now())
    with django_assert_max_num_queries(30):
        counting.carry_on(simulation.public_id)


def test_a_text_written_over_meanwhile_is_counted_no_longer(proposal):
    simulation = simulating.ask(proposal, DAY, by=THIERRY, at=timezone.now())
    proposing.propose_right(changed("T1: 100", "T1: 120"), reason="", by=CLAIRE, at=AT)
    counting.carry_on(simulation.public_id)

    assert not Simulation.objects.exists()


def test_closing_a_right_takes_it_from_all_who_have_it(homes):
    closing = proposing.propose_closing("R20", since=DAY, reason="", by=THIERRY, at=AT)
    found = simulate(closing)

    assert (found.gaining, found.losing, found.cents_after) == (0, 2, 0)


def test_what_rules_share_is_counted_on_every_right(homes):
    from xpassfam.entitlements.models import Version

    text = Version.objects.get(code="VOC").source.replace("until: 900}", "until: 1000}")
    text = text.replace("{name: T3, above: 900,", "{name: T3, above: 1000,")
    found = simulate(proposing.propose_vocabulary(text, reason="", by=THIERRY, at=AT))

    assert (found.gaining, found.losing, found.cents_after - found.cents_before) == (1, 0, 6000)


def test_whose_homes_they_were_is_forgotten_once_it_is_decided(proposal):
    simulate(proposal)
    proposing.drop(proposal, by=THIERRY, at=timezone.now())

    assert not SimulatedHome.objects.exists()
    assert Simulation.objects.get().gaining == 1


def test_a_right_of_a_season_is_counted_in_its_season(publishing):
    text = changed("since: 2025-09-01", "since: 2026-12-10", shipped_text("R02"))
    proposal = proposing.propose_right(text, reason="", by=THIERRY, at=AT)

    assert usual_day(proposal, today=date(2026, 11, 23), at=AT) == date(2027, 6, 1)
