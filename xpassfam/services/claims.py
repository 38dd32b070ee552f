"""Who of a home may have what a right opens, as far as the viewer may know."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from xpassfam.entitlements.asking import ask_today
from xpassfam.entitlements.judging import Verdict
from xpassfam.entitlements.published import NoRules, rules_on
from xpassfam.entitlements.reading import home_of
from xpassfam.entitlements.shown import visible
from xpassfam.entitlements.wording.answers import sentence_of
from xpassfam.people.access import ActingAccess
from xpassfam.people.models import Household
from xpassfam.rules.visibility import may_see_payments


@dataclass(frozen=True)
class Claim:
    """`person`: a first name; empty for the whole home. `sentence`: why, as the family reads it."""

    person: str
    answer: Verdict
    sentence: str


def claims_of(access: ActingAccess, rights: Collection[str]) -> Mapping[str, Sequence[Claim]]:
    """By code of a right. Nothing where no rule is published."""
    if not rights:
        return {}
    household = Household.objects.visible_to(access).get()
    try:
        rules = rules_on(access.on).only(rights)
    except NoRules:
        return {}
    asked = ask_today(home_of(household), access.on, rules)
    hides_income = not may_see_payments(access, access.household_id)
    claims: dict[str, list[Claim]] = defaultdict(list)
    for answer in visible(asked, access):
        person = answer.person.name if answer.person else ""
        claims[answer.right.code].append(
            Claim(person, answer.verdict, sentence_of(answer, asked, hides_income=hides_income))
        )
    return claims
