"""Finds the account of a session. Nobody signs in through it: see `pipeline`."""

from django.contrib.auth.backends import BaseBackend

from xpassfam.accounts.models import Account


class AccountBackend(BaseBackend):
    def get_user(self, user_id: int) -> Account | None:
        account = Account.objects.select_related("person").filter(pk=user_id).first()
        return account if account and account.is_active else None
