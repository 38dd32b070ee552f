"""A correction is about to take effect: what the first filings did is taken back, or is done anew in their place.

What is done anew needs answers to do it with: an address that was changed is not left as it is without a word.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xpassfam.filings import asking
from xpassfam.filings.correcting import earlier, has_taken_effect
from xpassfam.filings.effects.causes import CannotTakeEffect
from xpassfam.filings.models import Filing
from xpassfam.people.actions import joining, recording_activity, recording_income
from xpassfam.rules.identifiers import fold

Answers = Mapping[str, Any]
NOT_TWICE = _(
    "La demande {reference}, que celle-ci corrige, a déjà pris effet, et rien ne se fait deux fois. Classez celle-ci "
    "sans suite, et répondez à la famille par un message."
)
LACKING: Mapping[str, str | Promise] = {
    "move": _(
        "La demande {reference} a changé l’adresse du foyer, et cette correction n’en donne pas d’autre. Demandez à la "
        "famille l’adresse où vit tout le foyer."
    ),
    "share_residence": _(
        "La demande {reference} a inscrit un enfant dans un autre foyer. Une correction ne l’en retire pas : faites "
        "corriger le registre d’abord."
    ),
}


def refuse_twice(filing: Filing) -> None:
    """Of a yes, whenever its effects come: what the first ones did and nobody can do anew. Raise CannotTakeEffect."""
    for first in filter(has_taken_effect, earlier(filing)):
        if any(name not in TAKEN_BACK and name not in DONE_ANEW for name, _answers in asking.effects_of(first)):
            raise CannotTakeEffect(str(NOT_TWICE).format(reference=first.reference))


def make_way(filing: Filing) -> None:
    """For a caller who holds the filing and its home. Raise CannotTakeEffect."""
    refuse_twice(filing)
    wanted = dict(asking.effects_of(filing)) if filing.corrects_id else {}
    for first in filter(has_taken_effect, earlier(filing)):
        for name, answers in asking.effects_of(first):
            if name in TAKEN_BACK:
                TAKEN_BACK[name](first)
            elif name not in wanted or not DONE_ANEW[name](filing, answers, wanted[name]):
                raise CannotTakeEffect(str(LACKING.get(name, NOT_TWICE)).format(reference=first.reference))


def _income(first: Filing) -> None:
    recording_income.take_back(first.household, cause=first.public_id)


def _activity(first: Filing) -> None:
    recording_activity.take_back(first.public_id)


def _overwritten(filing: Filing, before: Answers, after: Answers) -> bool:
    return True


def _shared(filing: Filing, before: Answers, after: Answers) -> bool:
    """Of the same child, with the same other home; the day may be another."""
    number = fold(str(before.get("other_parent") or ""))
    if before["child"] != after["child"] or number not in ("", fold(str(after.get("other_parent") or ""))):
        return False
    # Without a number the child lived in the other home already: its days are not this request's.
    if number and before.get("since") and after.get("since"):
        since, put_right = date.fromisoformat(before["since"]), date.fromisoformat(after["since"])
        joining.begin_anew(after["child"], besides=filing.household, since=since, put_right=put_right)
    return True


TAKEN_BACK: Mapping[str, Callable[[Filing], None]] = {
    "update_income": _income,
    "compute_income": _income,
    "record_activity": _activity,
}
DONE_ANEW: Mapping[str, Callable[[Filing, Answers, Answers], bool]] = {
    "move": _overwritten,
    "change_bank_details": _overwritten,
    "share_residence": _shared,
}
