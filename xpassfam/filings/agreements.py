"""Two parents of a child in two homes: what each says of the sharing, and whether they say the same."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xpassfam.filings import asking, other_home
from xpassfam.filings.models import Agreement, Filing, Piece
from xpassfam.filings.other_home import EFFECT, OtherHome
from xpassfam.people.models import Household
from xpassfam.rules.criteria import Situation, evaluate

Sharing, Answer = Agreement.Sharing, Agreement.Answer
# What a parent is shown, and the number that led to them: an answer is to these.
TERMS = ("child", "since", "rhythm", "other_parent")
MIRROR = {Sharing.ME: Sharing.OTHER, Sharing.OTHER: Sharing.ME}
# The reason of law that two different choices give.
DIFFERENT_CHOICES = "M09"
# As it is said to whoever made the choice.
TO_ONESELF: Mapping[str, str | Promise] = {
    Sharing.HALF: gettext_lazy("pour moitié à chaque parent"),
    Sharing.ME: gettext_lazy("à vous"),
    Sharing.OTHER: gettext_lazy("à l’autre parent"),
}


class Standing(StrEnum):
    NOT_ASKED = "not_asked"
    WAITED = "waited"
    SILENT = "silent"
    SAME = "same"
    DIFFERENT = "different"
    REFUSED = "refused"


def is_wanted(filing: Filing) -> bool:
    """Whether its answers ask for the other parent's, online. No query."""
    agreement = filing.definition.agreement
    situation = Situation(today=timezone.localdate(filing.filed_at or filing.saved_at), answers=filing.answers)
    return agreement is not None and evaluate(agreement.condition, situation).holds


def of(filing: Filing) -> Agreement | None:
    """One query where it is wanted, and none where not."""
    if not is_wanted(filing):
        return None
    return Agreement.objects.filter(filing=filing).select_related("answered_by", "parent").first()


def terms_of(filing: Filing) -> dict[str, str]:
    answers = _answers(filing)
    return {name: str(answers.get(name) or "") for name in TERMS}


def sharing_of(filing: Filing) -> str:
    """As whoever filed says it; by half where nothing is said."""
    said = _answers(filing).get("sharing")
    return str(said) if said in Sharing.values else Sharing.HALF


def mirrored(sharing: str) -> str:
    """What one parent calls « me » is the other's « other »."""
    return MIRROR.get(Sharing(sharing), Sharing(sharing))


def standing(filing: Filing, agreement: Agreement | None, *, on: date) -> Standing:
    if agreement is None:
        return Standing.NOT_ASKED
    if agreement.answer == Answer.REFUSED:
        return Standing.REFUSED
    if agreement.answer:
        is_same = mirrored(agreement.sharing) == sharing_of(filing)
        return Standing.SAME if is_same else Standing.DIFFERENT
    return Standing.SILENT if agreement.until < on else Standing.WAITED


def stands(filing: Filing, homes: tuple[Household, ...], *, on: date) -> bool:
    """Whether the choice of the request is that of both parents: the other said the same online, for the home where the
    child will live, or an agent accepted a paper. Always where nobody was to be asked. Two queries at most.
    """
    if not is_wanted(filing):
        return True
    agreement = of(filing)
    if agreement and agreement.household in homes and standing(filing, agreement, on=on) is Standing.SAME:
        return True
    papers = filing.pieces.filter(replaced_at=None, verdict=Piece.Verdict.ACCEPTED)
    return papers.filter(key__in=[one["key"] for one in filing.asked]).exists()


def whom(filing: Filing, *, on: date) -> OtherHome | None:
    """The one other home that there is to ask; None for none, or several."""
    found = other_home.found(filing, on=on)
    return found[0] if len(found) == 1 and len(found[0].homes) == 1 else None


def out_of_reach(filing: Filing, *, on: date) -> dict[str, list[str]]:
    """What to write before the other parent can be asked, by section. Of a number that leads nowhere nothing is said:
    whether somebody is a member is not told.
    """
    if not is_wanted(filing) or _answers(filing).get("other_parent"):
        return {}
    found = other_home.found(filing, on=on)
    if not found or any(one.is_known for one in found):
        return {}
    text = _(
        "Pour que l’autre parent réponde en ligne, écrivez son numéro d’adhérent. Vous ne l’avez pas ? Choisissez un "
        "jugement, ou votre accord écrit."
    )
    return {_section_of_number(filing): [text]}


def against(filing: Filing, *, on: date) -> dict[str, str]:
    """What two different answers are a reason for, by its code: for a person to judge. The other parent's own answer is
    not said in it: the letter goes to whoever filed.
    """
    agreement = of(filing)
    if standing(filing, agreement, on=on) not in (Standing.DIFFERENT, Standing.REFUSED):
        return {}
    text = _("Votre choix de partage : {choice}. Interrogé en ligne, l’autre parent n’a pas fait le même.")
    return {DIFFERENT_CHOICES: text.format(choice=TO_ONESELF[sharing_of(filing)])}


def _answers(filing: Filing) -> Mapping[str, Any]:
    return next((answers for name, answers in asking.effects_of(filing) if name == EFFECT), {})


def _section_of_number(filing: Filing) -> str:
    keys = {effect.answers.get("other_parent") for effect in filing.definition.effects if effect.name == EFFECT}
    for section in filing.definition.sections:
        if any(field.key in keys for field in section.fields):
            return section.key
    return asking.WHO
