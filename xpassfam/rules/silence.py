"""What the law makes of an organisation's silence: of an administration's only.

A rejection by silence is a dated fact, which may be contested; it is no decision, and an agent may still decide.
An acceptance by silence is a right of its day: an agent records it, and only then are its effects written down.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from xpassfam.rules.time_limits import DAY, Delay, IsWorking, Pause, Unit, due_on

ADMINISTRATION = "adm"
# Source: CRPA, art. L231-1 and L231-4: two months, unless a decree says otherwise (art. L231-6).
USUAL_DELAY = Delay(2, Unit.MONTHS)


class Effect(StrEnum):
    ACCEPTANCE = "acceptance"
    REJECTION = "rejection"
    NONE = "none"


@dataclass(frozen=True)
class SilenceRule:
    """A procedure's own: what silence comes to, after how long, by which text. Says nothing outside `adm`."""

    effect: Effect
    basis: str
    delay: Delay = USUAL_DELAY

    def __post_init__(self) -> None:
        object.__setattr__(self, "effect", Effect(self.effect))


@dataclass(frozen=True)
class Silence:
    """What silence comes to at the end of the day `on`; None while an acceptance waits for indispensable pieces."""

    effect: Effect
    on: date | None
    basis: str


def effect_of_silence(
    profile: str, rule: SilenceRule, *, filed_on: date, pauses: Iterable[Pause] = (), is_working: IsWorking
) -> Silence | None:
    """None where silence has no effect in law: outside administrations, and where no text gives it one.

    Said of a file that has just come in, the date holds « sous réserve que la demande soit complète ».
    What was asked for once the time had run out changes nothing.

    Source: CRPA, art. L100-3 (who is bound), L231-1, L231-4, L114-5.
    """
    if profile != ADMINISTRATION or rule.effect is Effect.NONE:
        return None
    on = due_on(rule.delay, start=filed_on, is_working=is_working)
    ends = _end_of_acceptance if rule.effect is Effect.ACCEPTANCE else _end_of_rejection
    return Silence(rule.effect, ends(on, rule.delay, _in_order(pauses), is_working), rule.basis)


def _end_of_acceptance(on: date, delay: Delay, pauses: list[Pause], is_working: IsWorking) -> date | None:
    """Begun again, whole, on the day the last indispensable piece arrived. Source: CRPA, art. L114-5, 2nd par."""
    for pause in pauses:
        if pause.asked_on > on:
            break
        if pause.ended_on is None:
            return None
        on = max(on, due_on(delay, start=pause.ended_on, is_working=is_working))
    return on


def _end_of_rejection(on: date, delay: Delay, pauses: list[Pause], is_working: IsWorking) -> date:
    """Suspended for the time given to bring pieces, less what was left of it when they arrived.

    Who brings nothing is rejected all the same, later. Source: CRPA, art. L114-5, 3rd par.
    """
    suspended_until: date | None = None
    for pause in pauses:
        if pause.asked_on > on:
            break
        start = pause.asked_on if suspended_until is None else max(pause.asked_on, suspended_until)
        end = pause.until if pause.ended_on is None else min(pause.ended_on, pause.until)
        if end > start:
            on += (end - start).days * DAY
            suspended_until = end
    return on


def _in_order(pauses: Iterable[Pause]) -> list[Pause]:
    return sorted(pauses, key=lambda pause: pause.asked_on)
