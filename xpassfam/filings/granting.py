"""What a yes grants, where the definition is of an aid: an amount for each person it is asked for, or for the home."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from xpassfam.filings.models import Filing
from xpassfam.filings.months import is_paid_monthly
from xpassfam.people.models import Person
from xpassfam.ui import words

HOME = ""
# As a decision keeps it: {"person": public id or `HOME`, "name": …, "amount_cents": …}, and "is_monthly" where that is
# what is paid each month.
Grant = Mapping[str, Any]


def beneficiaries(filing: Filing) -> dict[str, str]:
    """Names, by public id, in the order of the answer; one without a name for the home. None where no aid is asked.

    One query, and none for the home.
    """
    aid = filing.definition.aid
    if aid is None:
        return {}
    if not aid.persons:
        return {HOME: ""}
    named = filing.answers.get(aid.persons) or []
    keys = named if isinstance(named, list) else [named]
    known = {one.public_id: str(one) for one in Person.objects.filter(public_id__in=keys)}
    return {key: known[key] for key in keys if key in known}


def grants_of(filing: Filing, amounts: Mapping[str, int]) -> list[dict[str, Any]]:
    """Those of more than nothing, with their names as they are today."""
    monthly = {"is_monthly": True} if is_paid_monthly(filing) else {}
    return [
        {"person": key, "name": name, "amount_cents": amounts[key], **monthly}
        for key, name in beneficiaries(filing).items()
        if amounts.get(key, 0) > 0
    ]


def left_out(filing: Filing, grants: Sequence[Grant]) -> list[str]:
    """Names of those whom it was asked for and who get nothing."""
    given = {one["person"] for one in grants}
    return [name for key, name in beneficiaries(filing).items() if name and key not in given]


def in_words(grants: Sequence[Grant]) -> list[str]:
    """« 80 € pour Inès Benali », « 25 € par mois » for the home."""
    return [_said(one) for one in grants]


def _said(grant: Grant) -> str:
    amount = words.euros(grant["amount_cents"])
    if grant.get("is_monthly"):
        amount = _("{amount} par mois").format(amount=amount)
    return _("{amount} pour {name}").format(amount=amount, name=grant["name"]) if grant["name"] else amount
