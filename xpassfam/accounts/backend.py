"""Finds the account of a session. Nobody signs in through it: see `pipeline`."""

from django.contrib.auth.backends import BaseBackend

from xpassfam.accounts.models import Account
from xpassfam.people.prepared import PreparedObjects

# Of every page: compiled once.
_BY_ID = PreparedObjects(Account, lambda *, pk: Account.objects.filter(pk=pk), related="person")


class AccountBackend(BaseBackend):
    def get_user(self, user_id: int) -> Account | None:
        account = _BY_ID.first(pk=user_id)
        return account if account and account.is_active else None
