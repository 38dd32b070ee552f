"""What the rules say of the right that a request is about: beside it, never in the place of whoever decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.entitlements.asking import Answer, Asked, ask
from xpassfam.entitlements.judging import Verdict
from xpassfam.entitlements.published import NoRules, book
from xpassfam.entitlements.reading import home_of
from xpassfam.entitlements.wording.answers import facts_of, sentence_of
from xpassfam.entitlements.wording.facts import Fact, code_of, fact_of
from xpassfam.filings.granting import beneficiaries
from xpassfam.filings.models import Filing
from xpassfam.people.access import ActingAccess
from xpassfam.people.models import Household
from xpassfam.procedures.facts import Entitled
from xpassfam.procedures.language import Definition
from xpassfam.rules.criteria import All, Truth
from xpassfam.rules.rights import may_see_right
from xpassfam.rules.visibility import may_see_payments
from xpassfam.ui import words

# What a rule looks at, as refusals name it.
REASONS: Mapping[str, tuple[str, str | Promise]] = {
    "bracket": ("M08", gettext_lazy("Votre quotient familial est de {value}. La limite est de {threshold}.")),
    "age": ("M10", gettext_lazy("{name} a {value} au jour qui compte. L’aide concerne les {threshold}.")),
    "today": ("M11", gettext_lazy("La demande a été reçue le {value}. Elle se fait {threshold}.")),
}

KINDS: Mapping[Verdict, tuple[str, str | Promise]] = {
    Verdict.YES: ("ok", gettext_lazy("Oui")),
    Verdict.NO: ("no", gettext_lazy("Non")),
    Verdict.UNKNOWN: ("wait", gettext_lazy("Il manque une information")),
    Verdict.REVIEW: ("info", gettext_lazy("À étudier")),
}


@dataclass(frozen=True)
class Claim:
    """The answer for one of those whom the request is for, with all that was looked at.

    `against`: what speaks against it, as the facts of a refusal, by the code of the reason that it would be.
    """

    name: str
    answer: Answer
    sentence: str
    facts: Sequence[Fact]
    against: Mapping[str, str]

    @property
    def verdict(self) -> Verdict:
        return self.answer.verdict

    @property
    def kind(self) -> str:
        """Of its tag; `word` is what that says."""
        return KINDS[self.verdict][0]

    @property
    def word(self) -> str:
        return str(KINDS[self.verdict][1])

    @property
    def used_in_words(self) -> str:
        return _used_in_words(self.answer)

    @property
    def proposed_cents(self) -> int | None:
        """What is left of the amount, where the rules say yes: what they can't say is written by a person."""
        if self.verdict is not Verdict.YES:
            return None
        if self.answer.given.is_monthly:
            return None if self.answer.used_on else self.answer.given.cents
        return self.answer.left_cents or None


def claims_of(filing: Filing) -> dict[str, Claim]:
    """By whom the request is for (see `granting.beneficiaries`), on the day it was sent: an answer that takes its time
    takes nothing away. Eight queries at most; none where no aid is asked.
    """
    aid, names = filing.definition.aid, beneficiaries(filing)
    if aid is None:
        return {}
    asked = _asked(filing.household, timezone.localdate(filing.filed_at or filing.saved_at), but=filing.reference or "")
    answers = {one.key: one for one in asked.answers} if asked else {}
    found = {key: answers.get((aid.right, key)) for key in names}
    return {
        key: Claim(names[key], answer, sentence_of(answer, asked), facts_of(answer, asked), _against(answer, asked))
        for key, answer in found.items()
        if answer and asked
    }


def entitled(definition: Definition, access: ActingAccess) -> Mapping[str, Mapping[str, Entitled]]:
    """What a draft's questions tell of each person they offer, to who may know it. Seven queries, none for most."""
    rights = {one.right for one in definition.fields() if one.right}
    if not rights or not may_see_right(access, person_id=None, household_id=access.household_id):
        return {}
    asked = _asked(Household.objects.visible_to(access).get(), access.on)
    if asked is None:
        return {}
    hides_income = not may_see_payments(access, access.household_id)
    told: dict[str, dict[str, Entitled]] = {right: {} for right in rights}
    for one in asked.answers:
        if one.right.code in rights and one.person:
            why = _why(one, asked, hides_income=hides_income)
            told[one.right.code][one.person.key] = Entitled(not why, why)
    return told


def _why(answer: Answer, asked: Asked, *, hides_income: bool) -> str:
    """What stands in the way, in words; nothing for a yes that was not used yet."""
    if answer.used_on and not answer.left_cents:
        return _("Déjà accordé le {day}.").format(day=words.full_day(answer.used_on))
    return "" if answer.verdict is Verdict.YES else sentence_of(answer, asked, hides_income=hides_income)


def against(claims: Mapping[str, Claim]) -> dict[str, str]:
    """What the rules found against the request, by the code of the reason that it would be: for a person to judge."""
    found: dict[str, list[str]] = {}
    for claim in claims.values():
        for code, text in claim.against.items():
            found.setdefault(code, []).append(text)
    return {code: " ".join(dict.fromkeys(texts)) for code, texts in found.items()}


def above(claims: Mapping[str, Claim], amounts: Mapping[str, int]) -> list[str]:
    """Where more is granted than the rules propose: a person may, and reads it before the letter leaves."""
    text = _("Vous accordez {given} pour {name}. Les règles proposent {proposed}.")
    found = [(claim, amounts.get(key, 0)) for key, claim in claims.items()]
    return [
        text.format(
            given=words.euros(cents), name=claim.name or _("le foyer"), proposed=words.euros(claim.proposed_cents)
        )
        for claim, cents in found
        if claim.proposed_cents and cents > claim.proposed_cents
    ]


def _against(answer: Answer, asked: Asked) -> dict[str, str]:
    """Of what the rule asks of everybody, alternatives apart."""
    criterion, found = answer.right.criterion, {}
    wanted = criterion.parts if isinstance(criterion, All) else (criterion,)
    for leaf in answer.leaves:
        if leaf.met is Truth.NO and leaf.criterion in wanted and code_of(leaf) in REASONS:
            fact = fact_of(leaf, answer.person, asked)
            text, name = str(REASONS[fact.code][1]), answer.person.name if answer.person else ""
            said = text.format(name=name, value=fact.value, threshold=fact.threshold, rule=fact.rule)
            found[REASONS[fact.code][0]] = _("{said} Règle : {law}.").format(said=said, law=answer.right.law)
    if used := _used_in_words(answer):
        found["M12"] = used
    return found


def _used_in_words(answer: Answer) -> str:
    if answer.used_on is None:
        return ""
    day, amount = words.full_day(answer.used_on), words.euros(answer.used_cents or 0)
    text = _("L’aide a déjà été accordée pour cette période : {amount}, demande {reference} du {day}.")
    return text.format(amount=amount, reference=answer.reference, day=day)


def _asked(household: Household, day: date, *, but: str = "") -> Asked | None:
    """None where no rules are published. `but`: the reference of a request, as if it had granted nothing yet."""
    rules, home = book(), home_of(household)
    uses = tuple(one for one in home.uses if not but or one.reference != but)
    try:
        return ask(replace(home, uses=uses), day, rules.on, edges=rules.edges)
    except NoRules:
        return None
