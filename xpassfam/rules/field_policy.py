"""Which facts a family sees and changes: the organisation's choice, within bounds that no setting moves.

A fact is of oneself, of a minor of the home, or of the home itself. Plain rules: who asks is given as an
audience and a permission; the settings are read elsewhere (`household.policy`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Mode(StrEnum):
    HIDDEN = "hidden"
    SHOWN = "shown"
    AT_ONCE = "at_once"
    APPROVAL = "approval"

    @property
    def is_open(self) -> bool:
        """Whether the family may ask for a change."""
        return self in (Mode.AT_ONCE, Mode.APPROVAL)


class Audience(StrEnum):
    """Who looks, by their place in the home acted for. Who does not live there is another adult."""

    HOLDER = "holder"
    PARTNER = "partner"
    OTHER_ADULT = "other_adult"


class Whose(StrEnum):
    SELF = "self"
    CHILD = "child"
    HOME = "home"


@dataclass(frozen=True)
class Rule:
    mode: Mode
    is_required: bool = False


@dataclass(frozen=True)
class Fact:
    """`can_hide`: a page would make no sense without a person’s name."""

    whose: Whose
    usual: Mapping[Audience, Rule]
    can_hide: bool = True


def _usual(mode: Mode, *, required: bool = False, other_adult: Mode | None = None) -> dict[Audience, Rule]:
    rule = Rule(mode, required)
    other = Rule(other_adult) if other_adult else rule
    return {Audience.HOLDER: rule, Audience.PARTNER: rule, Audience.OTHER_ADULT: other}


# What a portal that nobody configured does. An address is where activation letters go: it is checked.
FACTS: dict[str, Fact] = {
    "last_name": Fact(Whose.SELF, _usual(Mode.APPROVAL, required=True), can_hide=False),
    "birth_name": Fact(Whose.SELF, _usual(Mode.APPROVAL)),
    "first_names": Fact(Whose.SELF, _usual(Mode.APPROVAL, required=True), can_hide=False),
    "birth_date": Fact(Whose.SELF, _usual(Mode.APPROVAL, required=True)),
    "email": Fact(Whose.SELF, _usual(Mode.AT_ONCE)),
    "phone": Fact(Whose.SELF, _usual(Mode.AT_ONCE)),
    "address": Fact(Whose.HOME, _usual(Mode.APPROVAL, required=True, other_adult=Mode.SHOWN)),
    "child_last_name": Fact(Whose.CHILD, _usual(Mode.APPROVAL, required=True, other_adult=Mode.SHOWN), can_hide=False),
    "child_first_names": Fact(
        Whose.CHILD, _usual(Mode.APPROVAL, required=True, other_adult=Mode.SHOWN), can_hide=False
    ),
    "child_birth_date": Fact(Whose.CHILD, _usual(Mode.APPROVAL, required=True, other_adult=Mode.SHOWN)),
}


def audience_of(role: str) -> Audience:
    """The place in a home, from the role of a residence there; `""` for who does not live there."""
    return Audience(role) if role in (Audience.HOLDER, Audience.PARTNER) else Audience.OTHER_ADULT


def modes_offered(fact: Fact, audience: Audience) -> list[Mode]:
    """What an organisation may choose. The home and its minors are changed by its holder and their partner only.

    Source: code civil, art. 371-1 and 372-2 (parents act for their minor children).
    """
    is_for_others = fact.whose is not Whose.SELF and audience is Audience.OTHER_ADULT
    modes = [Mode.SHOWN] if is_for_others else [Mode.SHOWN, Mode.APPROVAL, Mode.AT_ONCE]
    return [Mode.HIDDEN, *modes] if fact.can_hide else modes


def is_offered(rule: Rule, fact: Fact, audience: Audience) -> bool:
    """A mode within the bounds; nobody is asked for what is hidden from them."""
    return rule.mode in modes_offered(fact, audience) and not (rule.mode is Mode.HIDDEN and rule.is_required)


def comes_to(rule: Rule, fact: Fact, *, audience: Audience, may_change: bool, is_shared: bool = False) -> Mode:
    """What a rule comes to for somebody who looks.

    An access that only sees changes nothing, whatever the setting. The identity of a child who lives in two
    homes is never changed at once: each parent would rewrite what the other reads.

    Source: RGPD, art. 5.1.d and 16 (accuracy, rectification); code civil, art. 373-2 (both parents).
    """
    mode = rule.mode if rule.mode in modes_offered(fact, audience) else Mode.SHOWN
    if mode.is_open and not may_change:
        return Mode.SHOWN
    if mode is Mode.AT_ONCE and is_shared:
        return Mode.APPROVAL
    return mode
