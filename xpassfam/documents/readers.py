"""Whom to write to about a document: who gave it; once they act for the home no more, who may read and renew it."""

from collections.abc import Mapping, Sequence
from datetime import date

from xpassfam.accounts.models import Account
from xpassfam.documents.actions.uploading import may_send
from xpassfam.documents.models import Document
from xpassfam.people.access import for_account
from xpassfam.people.models import Access


def handlers(documents: Sequence[Document], *, household: int, on: date) -> Mapping[Account, list[Document]]:
    """Of documents of one home, those to tell each account of. Two queries, and two for each account."""
    acting = Access.objects.open_on(on).filter(household=household)
    accounts = Account.objects.filter(person__in=acting.values("person"), closed_at=None).order_by("pk")
    readable = {account: _handled(account, documents, household=household, on=on) for account in accounts}
    told: dict[Account, list[Document]] = {}
    for document in documents:
        who = [account for account, keys in readable.items() if document.pk in keys]
        givers = [account for account in who if account.person_id == document.given_by_id]
        for account in givers or who:
            told.setdefault(account, []).append(document)
    return told


def _handled(account: Account, documents: Sequence[Document], *, household: int, on: date) -> set[int]:
    access = next((one for one in for_account(account, on=on) if one.household_id == household), None)
    if access is None or not may_send(access):
        return set()
    shown = Document.objects.visible_to(access).filter(pk__in=[document.pk for document in documents])
    return set(shown.values_list("pk", flat=True))
