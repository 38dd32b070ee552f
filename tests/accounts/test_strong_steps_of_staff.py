"""Staff keep a strong second step, whatever is removed at the same instant."""

from tests.portal import eventually

PREPARE = """
from django.utils import timezone
from tests.accounts.factories import account
from tests.accounts.steps import with_totp
from xpassfam.accounts.models import Passkey
nadia = account(role="agent", email="nadia@organisation.example")
with_totp(nadia)
Passkey.objects.create(account=nadia, credential_id="c", credential=b"c", name="Clé", created_at=timezone.now())
"""
REMOVE_THE_APPLICATION_SLOWLY = """
import time
from pathlib import Path
from django.db import transaction
from django.utils import timezone
from xpassfam.accounts.actions.second_step import turning
from xpassfam.accounts.models import Account
with transaction.atomic():
    turning.remove_totp(Account.objects.get(), device="", at=timezone.now())
    Path({removed!r}).touch()
    time.sleep(6)
"""
REMOVE_THE_KEY = """
import sys
from django.utils import timezone
from xpassfam.accounts.actions.second_step import turning
from xpassfam.accounts.models import Passkey
try:
    turning.remove_passkey(Passkey.objects.select_related("account__person").get(), device="", at=timezone.now())
except turning.LastStrongMethod:
    sys.exit(7)
"""


def test_of_two_methods_removed_at_once_one_stays(portal, tmp_path):
    portal.run(PREPARE)
    removed = tmp_path / "removed"
    first = portal.start("shell", "-v0", "-c", REMOVE_THE_APPLICATION_SLOWLY.format(removed=str(removed)))
    eventually(removed.exists)
    second = portal.start("shell", "-v0", "-c", REMOVE_THE_KEY)

    assert (first.wait(60), second.wait(60)) == (0, 7)
    assert portal.sql("SELECT count(*) FROM accounts_passkey") == [(1,)]
