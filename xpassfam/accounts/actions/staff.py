"""Accounts of the organisation's own people."""

from datetime import datetime

from django.db import transaction

from xpassfam.accounts import history
from xpassfam.accounts.models import Account
from xpassfam.journal.actions import Actor, write
from xpassfam.rules.identifiers import normalise_email


def create(*, email: str, first_name: str, last_name: str, role: str, by: Actor, at: datetime) -> Account:
    """A staff account without a password: its owner chooses one by « Mot de passe oublié »."""
    account = Account(email=normalise_email(email), first_name=first_name, last_name=last_name, role=role)
    account.set_unusable_password()
    with transaction.atomic():
        account.save()
        write(history.STAFF_CREATED, by=by, at=at, account=account.public_id, facts={"name": str(account)})
    return account
