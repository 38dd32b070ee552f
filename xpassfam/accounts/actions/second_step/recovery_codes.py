"""Ten codes on paper, for the day the telephone is lost: each once, `3-XXXXX-XXXXX-XXXXX`.

75 random bits each: under the 112 of OWASP ASVS 5.0, 6.5.2, so hashed and salted as a password is. The first figure
tells which row to verify: one hash, whatever was typed.
"""

import re
import secrets
from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from xpassfam.accounts import history
from xpassfam.accounts.models import Account, RecoveryCode
from xpassfam.accounts.telling import alert, record

HOW_MANY = 10
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: none looks like another
LOOK_ALIKE = str.maketrans("OIL", "011")
LENGTH = 15


def make(account: Account, *, device: str, at: datetime) -> list[str]:
    """New codes, told now and never again; those of before end."""
    codes = {number: "".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for number in range(HOW_MANY)}
    hashed = {number: make_password(code) for number, code in codes.items()}  # outside any transaction
    with transaction.atomic():
        RecoveryCode.objects.filter(account=account).delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(account=account, number=number, hash=encoded, created_at=at)
            for number, encoded in hashed.items()
        )
        # Ten ways past the second step, and the owner's own sheet is dead: not to be learnt on the day it is needed.
        made = history.RECOVERY_CODES_MADE
        alert(account, "recovery_codes", about=made, at=at, made_at=at.isoformat(), device=device)
        record(account, made, at=at, device=device)
    return [f"{number}-{code[:5]}-{code[5:10]}-{code[10:]}" for number, code in codes.items()]


def left(account: Account) -> int:
    return RecoveryCode.objects.filter(account=account, used_at=None).count()


def accept(account: Account, typed: str, *, at: datetime) -> bool:
    """Right once. In whatever case and with whatever marks it was copied."""
    meant = re.sub(r"[^0-9A-Z]", "", typed.upper()).translate(LOOK_ALIKE)
    if len(meant) != LENGTH + 1 or not meant[0].isdigit():
        return False
    row = RecoveryCode.objects.filter(account=account, number=int(meant[0])).first()
    if row is None or row.used_at or not check_password(meant[1:], row.hash):
        return False
    return bool(RecoveryCode.objects.filter(pk=row.pk, used_at=None).update(used_at=at))
